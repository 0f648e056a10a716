"""A part's text as HTML: every word of it escaped, every tag our own."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from secor.core.markdown import Block, Grid, Heading, Listing, Paragraph, Span, Words, read_markdown


def html(text: str) -> SafeString:
    """Draw a text in the small Markdown of a program's parts."""
    return _blocks(read_markdown(text))


def table(rows: tuple[tuple[str, ...], ...]) -> SafeString:
    """Draw rows of plain words, their heads first, as a table that a narrow page shows row by row."""
    head, *body = (tuple((Span(cell),) for cell in row) for row in rows)
    return _grid(Grid(head, tuple(body)))


def _blocks(blocks: Iterable[Block]) -> SafeString:
    return format_html_join("\n", "{}", ((_block(block),) for block in blocks))


def _block(block: Block) -> SafeString:
    if isinstance(block, Heading):
        return format_html("<h{0}>{1}</h{0}>", block.level, _words(block.words))
    if isinstance(block, Paragraph):
        return format_html("<p>{}</p>", _words(block.words))
    if isinstance(block, Listing):
        items = format_html_join("", "<li>{}</li>", ((_item(item),) for item in block.items))
        return format_html("<ol>{}</ol>" if block.ordered else "<ul>{}</ul>", items)
    return _grid(block)


def _item(blocks: tuple[Block, ...]) -> SafeString:
    """An item that is one line needs no paragraph around it."""
    if blocks and isinstance(blocks[0], Paragraph):
        return format_html("{}{}", _words(blocks[0].words), _blocks(blocks[1:]))
    return _blocks(blocks)


def _grid(grid: Grid) -> SafeString:
    """A table that a narrow page shows row by row: each cell carries its column's name.

    The roles are said again, because a table that is drawn as blocks is no table to those who hear the page.
    """
    names = ["".join(span.text for span in words) for words in grid.head]
    head = format_html_join(
        "", '<th scope="col" role="columnheader">{}</th>', ((_words(words),) for words in grid.head)
    )
    body = format_html_join("", '<tr role="row">{}</tr>', ((_row(row, names),) for row in grid.rows))
    return format_html(
        '<table class="stacking" role="table"><thead role="rowgroup"><tr role="row">{}</tr></thead>'
        '<tbody role="rowgroup">{}</tbody></table>',
        head,
        body,
    )


def _row(row: tuple[Words, ...], names: list[str]) -> SafeString:
    cells = zip(names, row, strict=False)
    return format_html_join(
        "", '<td role="cell" data-column="{}">{}</td>', ((name, _words(words)) for name, words in cells)
    )


def _words(words: Words) -> SafeString:
    return format_html_join("", "{}", ((_span(span),) for span in words))


def _span(span: Span) -> SafeString:
    lines = span.text.split("\n")
    said = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))
    if span.italic:
        said = format_html("<em>{}</em>", said)
    return format_html("<strong>{}</strong>", said) if span.bold else conditional_escape(said)
