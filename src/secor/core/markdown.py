"""The small Markdown of a program's parts, read into blocks: headings, paragraphs, lists, tables, bold and italic.

Nothing else is read: no HTML, no links, no pictures, no code. What somebody wrote of these stays the letters they
typed. Whoever shows the blocks gets plain text to escape in its own way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one kind of type."""

    text: str
    bold: bool = False
    italic: bool = False


Words = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``level`` is 2 to 4: 1 is the part's own title. No level is ever skipped on the way down."""

    level: int
    words: Words


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph. A line break that was meant is a newline in its words."""

    words: Words


@dataclass(frozen=True, slots=True)
class Listing:
    """A list: of steps, where their order counts, or of points."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its head, and rows as wide as the head."""

    head: tuple[Words, ...]
    rows: tuple[tuple[Words, ...], ...]


Block = Heading | Paragraph | Listing | Grid
_TOP, _DEEPEST = 2, 4
_READ = ["table", "list", "heading", "paragraph", "emphasis", "newline", "escape"]
# Letters that no page, paper or Word file can hold. A tab, a line's end and everything that shows may stay.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_READER = MarkdownIt("zero", {"maxNesting": 12}).enable(_READ)


def printable(text: str) -> str:
    """Take out the letters that cannot be printed, and write every line's end the same way."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def read_markdown(text: str) -> tuple[Block, ...]:
    """Read a text into its blocks. Every text can be read."""
    return _levelled(_blocks(iter(_READER.parse(printable(text))), ""))


def _blocks(tokens: Iterator[Token], until: str) -> Iterator[Block]:
    """The blocks up to the token that closes them."""
    for token in tokens:
        if token.type == until:
            return
        if token.type == "heading_open":
            yield Heading(int(token.tag[1:]), _inline(tokens))
        elif token.type == "paragraph_open":
            if words := _inline(tokens):
                yield Paragraph(words)
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            yield _listing(tokens, token.type)
        elif token.type == "table_open":
            yield _grid(tokens)


def _inline(tokens: Iterator[Token]) -> Words:
    return _words(next(tokens).children or ())


def _words(children: Iterable[Token]) -> Words:
    found: list[Span] = []
    bold = italic = 0
    for child in children:
        if child.type in {"strong_open", "strong_close"}:
            bold += child.nesting
        elif child.type in {"em_open", "em_close"}:
            italic += child.nesting
        elif text := _SAID.get(child.type, child.content):
            found.append(Span(text, bool(bold), bool(italic)))
    return tuple(found)


_SAID = {"softbreak": " ", "hardbreak": "\n"}


def _listing(tokens: Iterator[Token], opened: str) -> Listing:
    closed = opened.replace("open", "close")
    items = []
    for token in tokens:
        if token.type == closed:
            break
        items.append(tuple(_blocks(tokens, "list_item_close")))
    return Listing(opened.startswith("ordered"), tuple(items))


def _grid(tokens: Iterator[Token]) -> Grid:
    rows: list[list[Words]] = []
    for token in tokens:
        if token.type == "table_close":
            break
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_words(token.children or ()))
    head, *body = rows
    return Grid(tuple(head), tuple(tuple(row) for row in body))


def _levelled(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Bring the headings into order: a reader who hears the page steps down one level at a time."""
    found: list[Block] = []
    last = _TOP - 1
    for block in blocks:
        if isinstance(block, Heading):
            last = min(max(block.level, _TOP), last + 1, _DEEPEST)
            found.append(Heading(last, block.words))
        else:
            found.append(_unheaded(block))
    return tuple(found)


def _unheaded(block: Block) -> Block:
    """A heading inside a list is a bold line there: a list has no chapters."""
    if not isinstance(block, Listing):
        return block
    items = tuple(tuple(_bold(each) for each in item) for item in block.items)
    return Listing(block.ordered, items)


def _bold(block: Block) -> Block:
    if isinstance(block, Heading):
        return Paragraph(tuple(Span(span.text, True, span.italic) for span in block.words))
    return _unheaded(block)


def plain_words(words: Sequence[Span]) -> str:
    """The words alone."""
    return "".join(span.text for span in words)
