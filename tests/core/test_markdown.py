"""The small Markdown of a program's parts: what is read, and what stays the letters somebody typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secor.core.markdown import (
    Grid,
    Heading,
    Listing,
    Paragraph,
    Span,
    plain_words,
    printable,
    read_markdown,
)


def words(text):
    return (Span(text),)


def test_headings_paragraphs_and_bold_are_read():
    assert read_markdown("## Ladders\n\nTie it **at the top**, *always*.") == (
        Heading(2, words("Ladders")),
        Paragraph((Span("Tie it "), Span("at the top", bold=True), Span(", "), Span("always", italic=True), Span("."))),
    )


def test_a_heading_never_skips_a_level_and_is_never_the_part_s_own():
    levels = [block.level for block in read_markdown("#### a\n\n# b\n\n###### c\n\n###### d\n\n###### e\n\n## f")]

    assert levels == [2, 2, 3, 4, 4, 2]


def test_lists_lie_in_one_another_and_tables_have_a_head():
    (points, steps) = read_markdown("- a\n  - b\n\n1. c\n2. d")
    assert points == Listing(False, ((Paragraph(words("a")), Listing(False, ((Paragraph(words("b")),),))),))
    assert steps.ordered and len(steps.items) == 2

    (grid,) = read_markdown("| Tool | When |\n|---|---|\n| Ladder | daily |\n| Saw |")
    assert grid == Grid((words("Tool"), words("When")), ((words("Ladder"), words("daily")), (words("Saw"), ())))


def test_a_heading_in_a_list_is_a_bold_line_of_it():
    (points,) = read_markdown("- # Stop")

    assert points.items == ((Paragraph((Span("Stop", bold=True),)),),)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[link](javascript:alert(1))",
        "![picture](https://example.ca/x.png)",
        "<https://example.ca>",
        "`code`",
        "&lt;b&gt;",
        "#set text(red)",
        '#read("/etc/passwd")',
        "$ sum_(k=1)^n $ @label <label>",
        "{ INCLUDEPICTURE http://example.ca }",
    ],
)
def test_everything_else_stays_the_letters_that_were_typed(text):
    (block,) = read_markdown(text)

    assert isinstance(block, Paragraph)
    assert plain_words(block.words) == text


def test_letters_that_cannot_be_printed_are_taken_out():
    assert printable("a\x00b\x0bc\ud800d\r\ne\rf\tg é 安") == "abcd\ne\nf\tg é 安"


@given(st.text(alphabet=st.characters(), max_size=200))
def test_every_text_can_be_read_and_nothing_unprintable_comes_out(text):
    def said(block):
        match block:
            case Heading() | Paragraph():
                return plain_words(block.words)
            case Listing():
                return "".join(said(each) for item in block.items for each in item)
            case Grid():
                return "".join(plain_words(cell) for row in (block.head, *block.rows) for cell in row)

    told = "".join(said(block) for block in read_markdown(text))

    assert told == printable(told)
