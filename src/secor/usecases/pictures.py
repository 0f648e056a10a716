"""Pictures: looked at whole before they are kept, and made again from their pixels for viewing.

What is shown is never what was sent. The picture that people see is drawn anew from the pixels alone, so that no
script, no second file behind the first and no place data (GPS) comes with it.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from PIL import Image, ImageOps, UnidentifiedImageError

try:
    import pillow_heif
except ImportError:  # the extra `heic` brings it; its wheel holds an encoder under the GPL, so nobody gets it unasked
    pillow_heif = None  # type: ignore[assignment]

from secor.usecases.act import Refusal

# 50 million pixels are more than a phone takes by itself, and about 150 MB in memory.
PIXELS_MAX = 50_000_000
VIEW_SIDE = 1600
HEIC = "image/heic"
FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/webp": "WEBP", HEIC: "HEIF"}


class TooManyPixels(Refusal):
    """A picture whose pixels would fill the memory, however small its file."""


class Damaged(Refusal):
    """A file that ends too early or cannot be read as what it says it is."""


def reads_heic() -> bool:
    """Tell whether the photos of iPhones can be read as they come: the extra ``heic`` is there."""
    return pillow_heif is not None


def remake(file: IO[bytes], *, kind: str) -> bytes:
    """Decode the whole picture and give a fresh JPEG of at most 1600 pixels a side, upright, without metadata.

    Refuses a picture that is cut short or of another kind (``Damaged``) and one of more than 50 million pixels
    (``TooManyPixels``), whose size is read before any pixel is.
    """
    with _opened(file, kind) as picture:
        return _view(picture)


def grey(file: IO[bytes], *, kind: str) -> Image.Image:
    """Decode a picture whole, upright and in shades of grey, to be looked through. Refuses as ``remake`` does."""
    with _opened(file, kind) as picture:
        picture.load()
        return ImageOps.exif_transpose(picture).convert("L")


@contextmanager
def _opened(file: IO[bytes], kind: str) -> Iterator[Image.Image]:
    """A picture whose size was read and found bearable; whatever is the matter with its pixels is a refusal."""
    file.seek(0)
    if kind == HEIC:
        pillow_heif.register_heif_opener(thumbnails=False)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is the lower one
            with Image.open(file, formats=[FORMATS[kind]]) as picture:
                width, height = picture.size
                if width * height > PIXELS_MAX:
                    raise _too_many()
                yield picture
    except Image.DecompressionBombError as bomb:
        raise _too_many() from bomb
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as trouble:
        raise Damaged(
            "This picture is damaged or not complete, so it was not kept. Take it again, or send it again."
        ) from trouble


def _view(picture: Image.Image) -> bytes:
    if picture.format == "JPEG":
        picture.draft("RGB", (VIEW_SIDE, VIEW_SIDE))
    picture.load()
    upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((VIEW_SIDE, VIEW_SIDE))
    made = io.BytesIO()
    _on_white(upright).save(made, "JPEG", quality=82, optimize=True)
    return made.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    """Only the pixels, on white where they were clear: a fresh picture has nothing to carry over."""
    fresh = Image.new("RGB", picture.size, "white")
    clear = picture.convert("RGBA") if picture.has_transparency_data else None
    fresh.paste(picture.convert("RGB"), mask=clear.getchannel("A") if clear else None)
    return fresh


def _too_many() -> TooManyPixels:
    return TooManyPixels(
        "This picture has more than 50 million pixels, so it was not kept. "
        "Set your camera to a smaller size and take it again."
    )
