"""Photos for a paper: small enough to print well, and no larger."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

MOST_PIXELS = 900  # on the longer side: 300 dots an inch at the width that the report gives them
QUALITY = 82


def small(place: Path, *, most: int = MOST_PIXELS) -> bytes:
    """Draw the picture anew as a JPEG of at most ``most`` pixels a side; a smaller one keeps its size."""
    made = io.BytesIO()
    with Image.open(place) as picture:
        picture.draft("RGB", (most, most))
        drawn = picture.convert("RGB")
    drawn.thumbnail((most, most))
    drawn.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()
