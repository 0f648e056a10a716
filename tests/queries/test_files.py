"""Files are read strictly: what YAML and JSON would forgive is told."""

from datetime import date
from decimal import Decimal

import pytest

from secor.queries.files import Unreadable, read_file, read_text


def test_plain_values_come_back_as_they_were_written():
    text = 'when: 2025-05-17\nshare: 79.96\n"1.10": [1, null, true, text]\n'

    assert read_text(text, name="f") == {
        "when": date(2025, 5, 17),
        "share": Decimal("79.96"),
        "1.10": [1, None, True, "text"],
    }
    assert read_text('{"share": 79.96}', name="f") == {"share": Decimal("79.96")}


@pytest.mark.parametrize(
    ("text", "place", "word"),
    [
        ("a: 1\nb: 2\na: 3\n", "f:3", "'a' is there twice"),
        ("a:\n  b: 1\n  b: 2\n", "f:3", "'b' is there twice"),
        ("a: 1\nb: no\n", "f:2", "quotes"),
        ("no: 1\n", "f:1", "quotes"),
        ("a: Yes\n", "f:1", "quotes"),
        ("a: 1.10\n", "f:1", "last 0"),
        ("1.10: a\n", "f:1", "last 0"),
        ("a: .inf\n", "f:1", "not a number"),
        ("a: &x 1\nb: *x\n", "f:2", "*x points elsewhere"),
        ("a: [1,\n", "f:2", "not YAML"),
        ("a: 2024-13-45\n", "f", "month"),
        ("a: !!python/object:os.system x\n", "f:1", "not YAML"),
        ("- " * 30_000, "f:1", "nested"),
        ("[" * 100_000, "f", "nested"),
        ('{"a": 1, "a": 2}', "f", "'a' is there twice"),
        ('{"a": NaN}', "f", "NaN"),
        ('{"a": }', "f:1", "not JSON"),
        ('{"a": 1' + "0" * 5000 + "}", "f", "thousands of digits"),
        ("a: 1" + "0" * 5000, "f", "digits"),
        ("\x00", "f", "not YAML"),
    ],
)
def test_each_trap_is_told_with_its_line(text, place, word):
    with pytest.raises(Unreadable) as refusal:
        read_text(text, name="f")

    assert [problem.place for problem in refusal.value.problems] == [place]
    assert word in refusal.value.problems[0].problem


def test_every_trap_of_a_file_is_told_at_once():
    with pytest.raises(Unreadable) as refusal:
        read_text("a: 1\na: no\nb: 1.0\n", name="f")

    assert [problem.place for problem in refusal.value.problems] == ["f:2", "f:2", "f:3"]


@pytest.mark.parametrize(("name", "content"), [("a.json", b"\xff"), ("b.yaml", b"a: \xe9"), ("c.json", b"a: 1")])
def test_a_file_that_is_not_what_its_name_says_is_refused(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(Unreadable):
        read_file(tmp_path / name)


def test_a_folder_a_missing_file_and_a_huge_one_are_refused(tmp_path):
    (tmp_path / "huge.yaml").write_bytes(b"#" * 5_000_001)

    for path in (tmp_path, tmp_path / "none.yaml", tmp_path / "huge.yaml"):
        with pytest.raises(Unreadable) as refusal:
            read_file(path)
        assert str(path) in refusal.value.problems[0].place
