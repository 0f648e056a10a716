"""Documents: only PDF, only whole, and only without a program inside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

import pikepdf

from secor.usecases.act import Refusal
from secor.usecases.pictures import Damaged

OBJECTS_MAX = 200_000
ACTIVE = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Movie", "/Rendition", "/RichMediaExecute")
TAIL = 2048
_PRINT_ANEW = "Open it, print it to a new PDF, and add that one."


class Active(Refusal):
    """A PDF that carries a program, another file, or something glued to its end."""


class Locked(Refusal):
    """A PDF that cannot be opened without a password."""


def examine(file: IO[bytes]) -> None:
    """Open the whole document and look at every object in it.

    Refuses one that is damaged (``Damaged``), locked (``Locked``), or active (``Active``): scripts, actions that
    start something, files inside it, and anything after its end, where a second kind of file could hide.
    """
    _nothing_after_the_end(file)
    file.flush()
    try:
        with pikepdf.open(file.name, attempt_recovery=False, suppress_warnings=True) as document:
            if not len(document.pages):
                raise Damaged("This PDF has no pages, so it was not kept. Save it again and add it again.")
            for found in _dictionaries(document):
                _refuse_active(found)
    except pikepdf.PasswordError as locked:
        raise Locked("This PDF wants a password. Save a copy without one, and add the copy.") from locked
    except pikepdf.PdfError as trouble:
        raise Damaged(
            "This PDF is damaged or not complete, so it was not kept. Save it again and add it again."
        ) from trouble


def _nothing_after_the_end(file: IO[bytes]) -> None:
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    _, end, after = file.read().rpartition(b"%%EOF")
    if not end:
        raise Damaged("This PDF is cut short, so it was not kept. Save it again and add it again.")
    if after.strip(b"\r\n\t \x00"):
        raise Active(f"Something is glued to the end of this PDF, so it was not kept. {_PRINT_ANEW}")


def _dictionaries(document: pikepdf.Pdf) -> Iterator[Any]:
    if len(document.objects) > OBJECTS_MAX:
        raise Active(f"This PDF is made of too many pieces to be looked through. {_PRINT_ANEW}")
    for found in document.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            yield from _with_those_inside(found)


def _with_those_inside(found: Any) -> Iterator[Any]:
    """A dictionary and those written inside it (not those it only points to, which come by themselves)."""
    yield found
    waiting = [value for _, value in found.items()]
    while waiting:
        value = waiting.pop()
        if not isinstance(value, pikepdf.Object) or value.is_indirect:
            continue
        if isinstance(value, pikepdf.Dictionary):
            yield value
            waiting.extend(inner for _, inner in value.items())
        elif isinstance(value, pikepdf.Array):
            waiting.extend(list(value))


def _refuse_active(found: Any) -> None:
    if "/JS" in found or str(found.get("/S", "")) in ACTIVE:
        raise Active(f"This PDF carries a program, so it was not kept. {_PRINT_ANEW}")
    if "/EF" in found or "/EmbeddedFiles" in found or str(found.get("/Type", "")) == "/EmbeddedFile":
        raise Active(f"This PDF carries another file inside it, so it was not kept. {_PRINT_ANEW}")
