"""An iPhone's photo is taken as it comes where it can be read, shown as a fresh JPEG, and kept under its own digest."""

import hashlib
import importlib.util
import io
import sys
from datetime import UTC, datetime

import pytest
from PIL import Image

from pages import Shot, photographed, rendered
from secor.papers.sheet import SheetPaper, sheets
from secor.queries import library
from secor.store import shelf
from secor.usecases import files, pictures
from secor.usecases.codes import codes_in
from uploads import heic, photo, sent

pytestmark = pytest.mark.django_db
MADE_AT = datetime(2026, 6, 3, tzinfo=UTC)


@pytest.fixture
def without_the_extra(monkeypatch):
    monkeypatch.setattr(pictures, "pillow_heif", None)


def test_a_heic_photo_is_kept_as_it_came_and_shown_as_a_jpeg_without_its_place():
    content = heic(size=(2000, 1000))
    kept = files.shelve(sent(content, "IMG_0001.HEIC", "image/heic"))

    assert (kept.kind, kept.sha256) == ("image/heic", hashlib.sha256(content).hexdigest())
    assert shelf.place(kept.sha256).read_bytes() == content
    view = shelf.place(kept.view_sha256).read_bytes()
    shown = Image.open(io.BytesIO(view))
    assert (shown.format, shown.size) == ("JPEG", (1600, 800))
    red, green, blue = shown.convert("RGB").getpixel((800, 400))
    assert (red > 240, green < 20, blue < 20) == (True, True, True)
    assert not shown.getexif()
    assert b"Secretphone" not in view


def test_the_code_of_a_printed_form_is_found_in_a_heic_photo(tmp_path):
    pdf = sheets([SheetPaper(library.forms()["toolbox-talk"], "0123456789ab")], business="Rosa", at=MADE_AT)
    page = Image.open(io.BytesIO(photographed(rendered(pdf, tmp_path, dpi=130), Shot(turn=100, tilt=0.2))))
    kept = files.shelve(sent(heic(picture=page), "IMG_0002.HEIC", "image/heic"))

    with shelf.place(kept.sha256).open("rb") as file:
        assert codes_in(pictures.grey(file, kind=kept.kind)) == {"0123456789ab"}


@pytest.mark.parametrize("brand", [b"heix", b"mif1", b"hevc"])
def test_what_only_says_that_it_is_heic_is_damaged(brand):
    with pytest.raises(pictures.Damaged, match="damaged"):
        files.shelve(sent(b"\0\0\0\x18ftyp" + brand + b"\0" * 40))


@pytest.mark.parametrize("share", [0.2, 0.5, 0.9])
def test_a_heic_photo_that_was_cut_short_is_refused(share):
    content = heic(size=(800, 600))
    with pytest.raises(pictures.Damaged):
        files.shelve(sent(content[: int(len(content) * share)]))


def test_a_heic_photo_of_too_many_pixels_is_refused_before_one_is_read(monkeypatch):
    monkeypatch.setattr(pictures, "PIXELS_MAX", 64 * 48 - 1)
    with pytest.raises(pictures.TooManyPixels):
        files.shelve(sent(heic()))


def test_without_the_extra_a_heic_photo_is_refused_with_what_to_do(without_the_extra):
    with pytest.raises(files.NotTaken, match=r"HEIC.*Most Compatible.*JPEG"):
        files.shelve(sent(heic()))


def test_everything_else_works_where_the_extra_was_not_installed(monkeypatch):
    monkeypatch.setitem(sys.modules, "pillow_heif", None)  # what an import of it then raises
    found = importlib.util.find_spec("secor.usecases.pictures")
    bare = importlib.util.module_from_spec(found)
    found.loader.exec_module(bare)

    assert not bare.reads_heic()
    assert bare.remake(io.BytesIO(photo()), kind="image/jpeg")
