"""Files that come in: known by their bytes, never by their name, and kept once whoever brought them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Protocol

from django.conf import settings

from secor.store import shelf
from secor.store.models import File
from secor.usecases import documents, pictures
from secor.usecases.act import Act, Refusal

HEAD = 64
MEGABYTE = 1024 * 1024
# What stands at byte 8 of the photos that iPhones take (ISO/IEC 23008-12, annex B).
_HEIC_BRANDS = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"})


class Upload(Protocol):
    """What a page was sent: its name as the sender says, its size, and its bytes piece by piece."""

    @property
    def name(self) -> str | None:
        """What the sender calls it."""

    @property
    def size(self) -> int | None:
        """How many bytes the sender says it has."""

    def chunks(self) -> Iterator[bytes]:
        """Give the bytes, piece by piece."""


class Empty(Refusal):
    """A file without a byte in it."""


class TooBig(Refusal):
    """A file above the size that is kept."""


class NotTaken(Refusal):
    """A file of a kind that is not kept, whatever its name says."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file that was looked through and stands on the shelf: its fingerprint, its kind and its size in bytes."""

    sha256: str
    kind: str
    size: int
    view_sha256: str = ""


def keep(act: Act, *, upload: Upload) -> File:
    """Look through a file, put its bytes on the shelf and keep its row. The same bytes give the same row.

    Refuses as ``shelve`` does. Where the act holds rows, call ``shelve`` before and ``record`` inside instead, so
    that nobody waits for a picture to be decoded.
    """
    return record(act, shelved=shelve(upload))


def shelve(upload: Upload) -> Shelved:
    """Read a file to its end, tell its kind from its bytes, look through it, and put it on the shelf.

    Writes no row. Refuses an empty file (``Empty``), one above EVIDENCE_MAX_BYTES (``TooBig``, told from what
    really came and not from what the sender says), one that is no JPEG, PNG, WebP or PDF (``NotTaken``; HEIC is taken
    where the extra ``heic`` is there), and what ``pictures.remake`` and ``documents.examine`` refuse. A refused file
    leaves nothing on the disk.
    """
    if upload.size is not None and upload.size > settings.EVIDENCE_MAX_BYTES:
        raise too_big()
    with shelf.incoming() as file:
        sha256, size = _take_in(upload, file)
        file.seek(0)
        kind = _kind(file.read(HEAD))
        if kind == "application/pdf":
            documents.examine(file)
            view = ""
        else:
            view = _shelve_view(pictures.remake(file, kind=kind))
        shelf.put(file, sha256)
    return Shelved(sha256, kind, size, view)


def record(act: Act, *, shelved: Shelved) -> File:
    """Keep the row of a file that stands on the shelf; the one that is there already, where there is one."""
    row, _ = File.objects.get_or_create(
        sha256=shelved.sha256,
        defaults={
            "kind": shelved.kind,
            "size": shelved.size,
            "view_sha256": shelved.view_sha256,
            "kept_at": act.at,
        },
    )
    return row


def keep_text(act: Act, *, text: str) -> File:
    """Keep a text of our own (a scheme's edition, an instrument) under its fingerprint, once."""
    content = text.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    if not shelf.place(sha256).exists():
        with shelf.incoming() as file:
            file.write(content)
            shelf.put(file, sha256)
    return record(act, shelved=Shelved(sha256, "text/plain", len(content)))


def too_big() -> TooBig:
    """The refusal for a file above the size that is kept."""
    most = settings.EVIDENCE_MAX_BYTES // MEGABYTE
    return TooBig(
        f"This file is larger than {most} MB, so it was not kept. "
        "Take the photo with a smaller size, or split the document, and add it again."
    )


def _take_in(upload: Upload, file: IO[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in upload.chunks():
        size += len(piece)
        if size > settings.EVIDENCE_MAX_BYTES:
            raise too_big()
        digest.update(piece)
        file.write(piece)
    if not size:
        raise Empty("This file is empty: it holds no picture and no page. Take the photo again and add it again.")
    return digest.hexdigest(), size


def _kind(head: bytes) -> str:
    """Tell the kind from the first bytes. A short list of what is let in, and no guesses."""
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if _is_heic(head) and pictures.reads_heic():
        return pictures.HEIC
    raise NotTaken(_what_instead(head))


def _is_heic(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in _HEIC_BRANDS


def _what_instead(head: bytes) -> str:
    if _is_heic(head):
        return (
            "This photo is in Apple's HEIC form, which cannot be opened here. On an iPhone choose Settings, "
            "Camera, Formats, Most Compatible, and take it again; or send it as JPEG."
        )
    if head.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return "Word and Excel files are not kept, because they can change later. Save it as a PDF, and add the PDF."
    if head.lstrip()[:5].lower().startswith((b"<svg", b"<?xml", b"<!doc", b"<html")):
        return "Drawings and web pages (SVG, HTML) are not kept, because they can carry programs. Add a photo or a PDF."
    return "Only photos (JPEG, PNG, WebP) and PDF documents are kept. Save it as one of these, and add that."


def _shelve_view(made: bytes) -> str:
    sha256 = hashlib.sha256(made).hexdigest()
    with shelf.incoming() as file:
        file.write(made)
        shelf.put(file, sha256)
    return sha256
