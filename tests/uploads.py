"""Files as people send them, and as nobody should."""

from __future__ import annotations

import io
import struct
import zlib

import pikepdf
import pillow_heif
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

EDMONTON = {1: "N", 2: (53.0, 32.0, 44.0), 3: "W", 4: (113.0, 29.0, 25.0)}  # EXIF's GPS block


def sent(content: bytes, name: str = "photo.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """A file in a form; name and kind are what the sender says."""
    return SimpleUploadedFile(name, content, kind)


def photo(*, size: tuple[int, int] = (60, 40), colour: str = "red", kind: str = "JPEG", **more: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, colour).save(made, kind, **more)
    return made.getvalue()


def heic(*, size: tuple[int, int] = (64, 48), colour: str = "red", picture: Image.Image | None = None) -> bytes:
    """A photo as an iPhone keeps it, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x010F] = "Secretphone"
    exif.get_ifd(0x8825).update(EDMONTON)
    made = io.BytesIO()
    pillow_heif.from_pillow(picture or Image.new("RGB", size, colour)).save(made, exif=exif.tobytes())
    return made.getvalue()


def photo_with_place() -> bytes:
    """A photo whose EXIF says where it was taken, and that it lies on its side."""
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to stand upright
    exif[0x010F] = "Secretphone"
    exif.get_ifd(0x8825).update(EDMONTON)
    return photo(exif=exif)


def bomb(side: int = 31_623) -> bytes:
    """A few hundred bytes that say they are a picture of a thousand million pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def document(*, script: str = "", attached: bytes = b"", password: str = "", pages: int = 1) -> bytes:
    """A PDF, perhaps with what a PDF should not carry."""
    made, pdf = io.BytesIO(), pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page()
    if script:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=script)
    if attached:
        pdf.attachments["inner.exe"] = pikepdf.AttachedFileSpec(pdf, attached)
    locked = {"encryption": pikepdf.Encryption(owner=password, user=password)} if password else {}
    pdf.save(made, **locked)
    return made.getvalue()
