"""The certificate of an online course, read back by programs that did not write it."""

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime

from secor.papers.course_certificate import CoursePaper, course_certificate, told

PAPER = CoursePaper(
    course="Health and safety program building",
    name="#Rosa *Kowalchuk*",
    business="Rosa & Sons",
    finished_on=date(2026, 12, 1),
    written_on=date(2026, 11, 24),
    lessons=("Your promise", "Finding what can hurt you"),
    right=22,
    of=24,
    check_url="https://secor.example/courses/0123456789abcdefghjkmnpqrs/",
)
AT = datetime(2026, 12, 1, 12, tzinfo=UTC)


def test_the_certificate_tells_who_what_and_when_and_reads_no_name_as_markup(tmp_path):
    made = course_certificate(PAPER, at=AT)

    (tmp_path / "c.pdf").write_bytes(made)
    command = ["pdftotext", "-layout", str(tmp_path / "c.pdf"), "-"]
    text = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    for words in (PAPER.course, PAPER.name, PAPER.business, "December 1, 2026", "22 of 24", PAPER.check_url):
        assert words in text
    assert text.count("\f") == 1, "one page"
    assert made == course_certificate(PAPER, at=AT)


def test_a_demonstration_says_so():
    assert told(PAPER)["specimen"] == ""
    assert "Specimen" in str(told(replace(PAPER, specimen=True))["specimen"])
