"""Evidence that looks like evidence: a filled-in form, drawn, as a phone would photograph it."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from datetime import date

from PIL import Image, ImageDraw, ImageFont

SIZE = (900, 1165)
PAPER, INK, PEN, LINE = (250, 249, 243), (40, 44, 52), (28, 52, 130), (196, 200, 204)


def filled_form(*, title: str, business: str, lines: Sequence[str], signed_by: str, signed_on: date) -> bytes:
    """Draw a one-page form with its lines filled in and signed. The same words give the same picture (a JPEG)."""
    chance = random.Random(f"{title}{business}{signed_on}")  # noqa: S311 - a drawing, not a secret
    picture = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((50, 45, 850, 125), outline=INK, width=3)
    draw.text((70, 62), title[:44], fill=INK, font=ImageFont.load_default(32))
    draw.text((70, 140), business[:60], fill=INK, font=ImageFont.load_default(20))
    draw.text((640, 140), f"{signed_on:%Y-%m-%d}", fill=PEN, font=ImageFont.load_default(22))
    for row, line in enumerate(lines[:16]):
        y = 200 + row * 52
        draw.line((60, y + 38, 840, y + 38), fill=LINE, width=2)
        draw.rectangle((62, y + 8, 86, y + 32), outline=INK, width=2)
        if chance.random() < 0.93:  # noqa: PLR2004 - now and then a box is left open, as on real forms
            draw.line((66, y + 20, 73, y + 29, 90, y + 3), fill=PEN, width=3)
        draw.text((104, y + 4), line[:62], fill=PEN, font=ImageFont.load_default(22))
    draw.text((60, 1065), "Signed", fill=INK, font=ImageFont.load_default(18))
    _sign(draw, chance)
    draw.text((560, 1065), signed_by[:28], fill=INK, font=ImageFont.load_default(18))
    photo = picture.rotate(
        chance.uniform(-1.6, 1.6), expand=True, fillcolor=(108, 98, 84), resample=Image.Resampling.BICUBIC
    )
    kept = io.BytesIO()
    photo.save(kept, "JPEG", quality=72)
    return kept.getvalue()


def _sign(draw: ImageDraw.ImageDraw, chance: random.Random) -> None:
    x, y = 150.0, 1075.0
    points = []
    for _ in range(26):
        x += chance.uniform(4, 18)
        y = 1075 + chance.uniform(-28, 18)
        points.append((x, y))
    draw.line(points, fill=PEN, width=3, joint="curve")
    draw.line((140, 1105, 520, 1105), fill=LINE, width=2)
