"""A part's text as HTML: every word escaped, every tag our own."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from secor.web.prose import html

OURS = {"p", "h2", "h3", "h4", "ul", "ol", "li", "strong", "em", "br", "table", "thead", "tbody", "tr", "th", "td"}
THEIRS = {"class", "role", "scope", "data-column"}


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.said = set(), set(), ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data):
        self.said += data


def test_headings_lists_and_bold_become_tags():
    drawn = html("## Ladders\n\nTie **it**, *always*.\\\nTwice.\n\n- a\n  1. b\n\n- c")

    assert "<h2>Ladders</h2>" in drawn
    assert "<p>Tie <strong>it</strong>, <em>always</em>.<br>Twice.</p>" in drawn
    assert "<ul><li>a<ol><li>b</li></ol></li><li>c</li></ul>" in drawn


def test_a_cell_carries_the_name_of_its_column():
    drawn = html('| Tool "x" |\n|---|\n| <b>Saw</b> |')

    assert '<td role="cell" data-column="Tool &quot;x&quot;">&lt;b&gt;Saw&lt;/b&gt;</td>' in drawn


HOSTILE = st.sampled_from(
    [
        "<script>",
        "</p>",
        '"',
        "'",
        "&",
        "<",
        ">",
        "**",
        "*",
        "|",
        "\n",
        "- ",
        "# ",
        "1. ",
        "|---|",
        "[a](javascript:x)",
        "<!--",
        "x",
    ]
)


@given(st.lists(HOSTILE, max_size=30).map("".join))
def test_no_text_brings_a_tag_or_an_attribute_of_its_own(text):
    drawn = Tags(html(text))

    assert drawn.tags <= OURS
    assert drawn.attributes <= THEIRS
