"""A printed page as a phone sees it: rendered, laid on a table, photographed from an angle, in bad light."""

from __future__ import annotations

import io
import random
import subprocess
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageEnhance, ImageFilter

TWELVE_MEGAPIXELS = (3024, 4032)


@dataclass(frozen=True)
class Shot:
    """How a photo was taken. ``turn`` in degrees, ``tilt`` as the share by which the far side is shorter."""

    turn: float = 0
    tilt: float = 0
    blur: float = 0
    dark: float = 1
    shadow: float = 0
    noise: float = 0
    size: tuple[int, int] = TWELVE_MEGAPIXELS
    quality: int = 80


def rendered(pdf: bytes, folder: Path, *, page: int = 1, dpi: int = 200) -> Image.Image:
    """A page of a PDF as a printer would lay it on paper."""
    place = folder / "page.pdf"
    place.write_bytes(pdf)
    order = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-png", "-singlefile", str(place)]
    subprocess.run([*order, str(folder / "page")], check=True)
    return Image.open(folder / "page.png").convert("RGB")


def text_of(pdf: bytes, folder: Path) -> str:
    """The words of a PDF, as it would be read aloud."""
    place = folder / "page.pdf"
    place.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", str(place), "-"], check=True, capture_output=True, text=True).stdout


def photographed(page: Image.Image, shot: Shot = Shot(), *, seed: int = 0) -> bytes:
    """A JPEG of the page as a phone takes it."""
    width, height = shot.size
    laid = Image.new("RGB", shot.size, (112, 84, 60))
    sheet = page.resize((int(width * 0.86), int(width * 0.86 * page.height / page.width)))
    laid.paste(sheet, ((width - sheet.width) // 2, max((height - sheet.height) // 2, 0)))
    seen = laid.rotate(
        shot.turn, resample=Image.Resampling.BICUBIC, expand=abs(shot.turn) > 45, fillcolor=(112, 84, 60)
    )
    if shot.tilt:
        seen = _tilted(seen, shot.tilt)
    if shot.shadow:
        seen = _shaded(seen, shot.shadow)
    if shot.dark != 1:
        seen = ImageEnhance.Brightness(seen).enhance(shot.dark)
    if shot.blur:
        seen = seen.filter(ImageFilter.GaussianBlur(shot.blur))
    if shot.noise:
        random.seed(seed)
        grain = Image.effect_noise(seen.size, shot.noise).convert("RGB")
        seen = ImageChops.add(seen, grain, scale=1, offset=-128)
    made = io.BytesIO()
    seen.save(made, "JPEG", quality=shot.quality)
    return made.getvalue()


def _tilted(seen: Image.Image, tilt: float) -> Image.Image:
    """The far side of the page is shorter, as when it is photographed from the near edge."""
    width, height = seen.size
    inset = width * tilt / 2
    to = [(inset, height * tilt / 3), (width - inset, height * tilt / 3), (width, height), (0, height)]
    return seen.transform(
        seen.size, Image.Transform.PERSPECTIVE, _coefficients(to, seen.size), Image.Resampling.BICUBIC,
        fillcolor=(112, 84, 60),
    )  # fmt: skip


def _coefficients(corners: list[tuple[float, float]], size: tuple[int, int]) -> list[float]:
    """Solve for the eight numbers that lead a pixel of the photo back to the page (Gauss, eight by eight)."""
    width, height = size
    goals = [(0, 0), (width, 0), (width, height), (0, height)]
    rows = []
    for (x, y), (u, v) in zip(corners, goals, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for at in range(8):
        pivot = max(range(at, 8), key=lambda row: abs(rows[row][at]))
        rows[at], rows[pivot] = rows[pivot], rows[at]
        for row in range(8):
            if row != at:
                share = rows[row][at] / rows[at][at]
                rows[row] = [a - share * b for a, b in zip(rows[row], rows[at], strict=True)]
    return [rows[at][8] / rows[at][at] for at in range(8)]


def _shaded(seen: Image.Image, shadow: float) -> Image.Image:
    """A hand's shadow across the upper right of the page."""
    mask = Image.new("L", seen.size, 255)
    drawn = ImageDraw.Draw(mask)
    width, height = seen.size
    drawn.polygon([(width * 0.78, 0), (width, 0), (width, height * 0.7)], fill=int(255 * (1 - shadow)))
    mask = mask.filter(ImageFilter.GaussianBlur(25))
    return ImageChops.multiply(seen, Image.merge("RGB", [mask] * 3))
