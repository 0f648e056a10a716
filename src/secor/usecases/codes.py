"""The square code of a printed sheet, found in a photo of it: crooked, in shadow, from an angle, upside down."""

from __future__ import annotations

import re
from collections.abc import Iterator

import zxingcpp
from PIL import Image, ImageFilter, ImageMath, ImageOps

from secor.store.code import ALPHABET

# What stands before a sheet's code in its square, so that the code of a parcel or a poster is not taken for ours.
MARK = "SECOR:"
_OURS = re.compile(rf"{MARK}([{ALPHABET.upper()}]{{12}})")
# The square is an eighth of the page's width: at this size each of its dots still has several pixels.
_ENOUGH = 2000
_QUICK = 1200
_FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def codes_in(picture: Image.Image) -> frozenset[str]:
    """Give the codes of our sheets that stand in a photo in shades of grey; none where none can be read for sure.

    A square either passes its own check sums or is not read, so what comes back stood there. Several come back where
    several sheets are in the photo.
    """
    for looked in _ways(picture):
        found = frozenset(
            match[1].lower()
            for each in zxingcpp.read_barcodes(looked, formats=_FORMATS)
            if each.valid and (match := _OURS.fullmatch(each.text))
        )
        if found:
            return found
    return frozenset()


def _ways(picture: Image.Image) -> Iterator[Image.Image]:
    """The same photo in other lights, the quickest first: small, as it is, evened out, sharpened, softened."""
    small = _at_most(picture, _QUICK)
    yield small
    middle = _at_most(picture, _ENOUGH)
    yield middle
    yield picture
    for each in (middle, picture):
        even = _evened(each)
        yield even
        yield even.filter(ImageFilter.UnsharpMask(radius=3, percent=250, threshold=0))
        yield even.filter(ImageFilter.GaussianBlur(1.2))


def _at_most(picture: Image.Image, side: int) -> Image.Image:
    if max(picture.size) <= side:
        return picture
    share = side / max(picture.size)
    return picture.resize((max(round(picture.width * share), 1), max(round(picture.height * share), 1)), reducing_gap=2)


def _evened(picture: Image.Image) -> Image.Image:
    """Take a shadow out: a part of the page is as bright as the paper around it."""
    around = picture.resize((max(picture.width // 16, 1), max(picture.height // 16, 1))).filter(
        ImageFilter.MaxFilter(5)
    )
    around = around.filter(ImageFilter.GaussianBlur(3)).resize(picture.size)
    lit = Image.eval(around, lambda level: max(level, 1))
    return ImageOps.autocontrast(_divided(picture, lit), cutoff=1)


def _divided(picture: Image.Image, by: Image.Image) -> Image.Image:
    """Each pixel over the brightness around it, as a level from 0 to 255."""
    made = ImageMath.lambda_eval(
        lambda known: known["convert"](known["min"](known["a"] * 255 / known["b"], 255), "L"), a=picture, b=by
    )
    assert isinstance(made, Image.Image)
    return made
