"""The program's manual as a PDF: a cover, contents, every part, and the list of its versions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from secor.core.markdown import Block, Grid, Heading, Listing, Words, plain_words, printable, read_markdown
from secor.papers.press import print_pdf
from secor.queries.manuals import Chapter


@dataclass(frozen=True, slots=True)
class Revision:
    """One line of the list of versions."""

    part: str
    version: int
    written_on: str
    signed: str
    why: str


@dataclass(frozen=True, slots=True)
class ManualPart:
    """A part as it is printed: its text in blocks, and a line about its signature. A draft was never signed."""

    number: int
    title: str
    told: str
    draft: bool
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ManualPaper:
    """Everything the manual prints, in words. ``business`` stands on the cover and above each page."""

    business: str
    about: str
    printed_on: date
    parts: tuple[ManualPart, ...]
    revisions: tuple[Revision, ...]
    specimen: bool = False

    @property
    def day(self) -> str:
        """The day it was printed, as a person writes it."""
        return day(self.printed_on)

    @property
    def drafts(self) -> int:
        """How many parts nobody has signed."""
        return sum(part.draft for part in self.parts)


def paper_of(
    chapters: Sequence[Chapter], *, business: str, about: str, on: date, specimen: bool = False
) -> ManualPaper:
    """Put a program on paper as it stands on a day."""
    return ManualPaper(
        business=printable(business),
        about=printable(about),
        printed_on=on,
        parts=tuple(part_of(chapter) for chapter in chapters),
        revisions=tuple(_revisions(chapters)),
        specimen=specimen,
    )


def manual(paper: ManualPaper, *, at: datetime) -> bytes:
    """Print the manual as a tagged PDF/A. What an owner wrote is data to the press, never markup."""
    values: dict[str, Any] = {
        "business": paper.business,
        "about": paper.about,
        "printed_on": paper.day,
        "drafts": paper.drafts,
        "specimen": paper.specimen,
        "parts": [told(part) for part in paper.parts],
        "revisions": [
            {
                "part": each.part,
                "version": each.version,
                "written": each.written_on,
                "signed": each.signed,
                "why": each.why,
            }
            for each in paper.revisions
        ],
    }
    return print_pdf("manual", values, at=at, files={})


def part_of(chapter: Chapter) -> ManualPart:
    """Put one part on paper: the text that stands in the manual, and who signed it."""
    shown = chapter.shown
    signature = f"Draft {shown.number}: nobody has signed it"
    if shown.signed_on:
        signer = printable(shown.signer)
        signature = f"Version {shown.number}, in force since {day(shown.signed_on)}, signed by {signer}"
    return ManualPart(
        number=chapter.part.number,
        title=printable(chapter.part.title),
        told=signature,
        draft=chapter.draft,
        blocks=read_markdown(shown.text),
    )


def told(part: ManualPart) -> dict[str, Any]:
    """A part as plain values for the press."""
    return {
        "number": part.number,
        "title": part.title,
        "told": part.told,
        "draft": part.draft,
        "blocks": [_laid(block) for block in part.blocks],
    }


def day(on: date) -> str:
    """A day as a person writes it."""
    return f"{on:%B} {on.day}, {on.year}"


def _revisions(chapters: Sequence[Chapter]) -> Iterable[Revision]:
    for chapter in chapters:
        for version in chapter.versions:
            yield Revision(
                part=f"{chapter.part.number}. {printable(chapter.part.title)}",
                version=version.number,
                written_on=f"{version.written_at:%Y-%m-%d}",
                signed=f"{version.signed_on}, {printable(version.signer)}" if version.signed_on else "Not signed",
                why=printable(version.reason) or ("Written from the builder's answers" if version.built else ""),
            )


def _laid(block: Block) -> dict[str, Any]:
    """A block as plain JSON."""
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "words": _spans(block.words)}
    if isinstance(block, Listing):
        items = [[_laid(each) for each in item] for item in block.items]
        return {"kind": "steps" if block.ordered else "points", "items": items}
    if isinstance(block, Grid):
        rows = [[_spans(cell) for cell in row] for row in block.rows]
        return {"kind": "table", "head": [_spans(cell) for cell in block.head], "rows": rows, "widths": _widths(block)}
    return {"kind": "paragraph", "words": _spans(block.words)}


def _spans(words: Words) -> list[dict[str, Any]]:
    return [{"text": span.text, "bold": span.bold, "italic": span.italic} for span in words]


def _widths(grid: Grid) -> list[float]:
    """How wide each column may be beside the others: by what stands in it, the narrowest a sixth of the widest."""
    columns = zip(*(grid.head, *grid.rows), strict=True)
    lengths = [max(len(plain_words(cell)) for cell in column) ** 0.5 for column in columns]
    widest = max(lengths, default=1) or 1
    return [max(length / widest, 1 / 6) for length in lengths]
