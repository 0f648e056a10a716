"""What one text has that another has not."""

from hypothesis import given
from hypothesis import strategies as st

from secor.core.difference import Change, Line, difference

A, T, S, L = Change.ADDED, Change.TAKEN_OUT, Change.SAME, Change.LEFT_OUT


def test_two_texts_that_say_the_same_differ_in_nothing():
    assert difference("a\nb\n", "a\n\nb  ") == ()
    assert difference("", "") == ()


def test_a_changed_line_is_one_taken_out_and_one_added_with_two_lines_around():
    before = "\n".join("abcdefghij")
    after = before.replace("e", "E")

    assert difference(before, after) == (
        Line(L, lines=2), Line(S, "c"), Line(S, "d"), Line(T, "e"), Line(A, "E"), Line(S, "f"), Line(S, "g"), Line(L, lines=3),
    )  # fmt: skip


def test_one_line_alone_is_shown_and_not_counted():
    assert difference("a\nb\nc\nd", "a\nb\nc\nD")[0] == Line(S, "a")


def test_a_table_is_told_without_its_lines_and_asterisks():
    before = "| Tool | When |\n|---|---|\n| **Saw** | daily |"

    assert difference(before, before.replace("daily", "weekly")) == (
        Line(S, "Tool · When"),
        Line(T, "Saw · daily"),
        Line(A, "Saw · weekly"),
    )


LINES = st.lists(st.sampled_from(["a", "b", "c", "d e"]), max_size=12)


@given(LINES, LINES)
def test_what_stayed_and_what_was_added_make_the_new_text(before, after):
    lines = difference("\n".join(before), "\n".join(after))
    count = {change: sum(line.lines for line in lines if line.change is change) for change in Change}

    if before == after:
        assert lines == ()
    else:
        stayed = count[Change.SAME] + count[Change.LEFT_OUT]
        assert stayed + count[Change.ADDED] == len(after)
        assert stayed + count[Change.TAKEN_OUT] == len(before)
        assert count[Change.ADDED] + count[Change.TAKEN_OUT] > 0
