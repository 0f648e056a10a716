"""Photos for a paper: small enough to print well, and no larger."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

MOST_PIXELS = 900  # on the longer side: 300 dots an inch at the width that the report gives them
QUALITY = 82


def small(place: Path) -> bytes:
    """Draw the picture anew as a JPEG of at most 900 pixels a side; a smaller one keeps its size."""
    made = io.BytesIO()
    with Image.open(place) as picture:
        picture.draft("RGB", (MOST_PIXELS, MOST_PIXELS))
        drawn = picture.convert("RGB")
    drawn.thumbnail((MOST_PIXELS, MOST_PIXELS))
    drawn.save(made, "JPEG", quality=QUALITY, optimize=True)
    return made.getvalue()
