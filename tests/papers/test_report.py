"""The report, read back by another program."""

import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from secor.papers.press import Jammed
from secor.papers.report import (
    ElementPart,
    Fact,
    Finding,
    Line,
    Mark,
    Photo,
    QuestionPart,
    ReportPaper,
    SectionPart,
    report,
)

AT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


def paper(*, photos: dict[str, Path], words: str = "The notice board in the shop") -> ReportPaper:
    question = QuestionPart(
        code="1.1",
        text="Is there a policy?",
        possible=20,
        awarded=16,
        findings=(Finding("Documents", "4 of 5 items met", "20", "16"),),
        note="The name under it is a former owner's. #set text(red)",
        recommendation="Sign it again.",
        evidence=("policy.pdf",),
        photos=tuple(Photo(name, words) for name in photos),
    )
    element = ElementPart(1, "Leadership", 20, 16, "80.0 %", 0.8, below=False, counted=True, questions=(question,))
    return ReportPaper(
        title="Certification audit report",
        business="Rosa Kowalchuk Roofing Ltd.",
        code="k3v9",
        outcome="Reached the pass mark",
        percent="80.0 %",
        possible=20,
        awarded=16,
        pass_mark="80 %",
        element_mark="50 %",
        element_mark_share=0.5,
        sections=(
            SectionPart("summary", "Executive summary", (Line("One element was audited.", (Mark("1.1", "q-1.1"),)),)),
            SectionPart("strengths", "Strengths", (Line("Signed.", (Mark("E1", "e-1"), Mark("P", "particulars"))),)),
            SectionPart("scoring", "Score by element", (Line("It is 16 of 20.", (Mark("S", "score"),)),)),
        ),
        employer=(Fact("Legal name", "Rosa Kowalchuk Roofing Ltd."),),
        performer=(),
        dates=(),
        scope=(),
        elements=(element,),
        declarations=(),
        evidence=(Fact("policy.pdf", "ab" * 32),),
        conclusion=(),
        printed_on=date(2026, 11, 23),
        photos=photos,
    )


@pytest.fixture
def photo(tmp_path) -> Path:
    Image.new("RGB", (60, 40), "green").save(tmp_path / "board.jpg")
    return tmp_path / "board.jpg"


def test_another_program_reads_score_note_and_fingerprint(tmp_path, photo):
    (tmp_path / "r.pdf").write_bytes(report(paper(photos={"board.jpg": photo}), at=AT))

    done = subprocess.run(
        ["pdftotext", "-layout", "r.pdf", "-"], cwd=tmp_path, capture_output=True, text=True, check=True
    )

    for said in (
        "One element was audited.",
        "Signed.",
        "16 of 20 points",
        "4 of 5 items met",
        "Sign it again.",
        "#set text(red)",
    ):
        assert said in done.stdout.replace("\n", " ")
    assert "ab" * 32 in "".join(done.stdout.split())


def test_a_picture_without_words_is_refused(photo):
    with pytest.raises(Jammed, match="alt"):
        report(paper(photos={"board.jpg": photo}, words=None), at=AT)


def test_a_mark_leads_to_its_place(tmp_path, photo):
    (tmp_path / "r.pdf").write_bytes(report(paper(photos={"board.jpg": photo}), at=AT))
    with pikepdf.open(tmp_path / "r.pdf") as pdf:
        links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.get("/Subtype") == "/Link"]

    assert len(links) == 4


def test_the_whole_report_is_tagged(tmp_path, photo):
    (tmp_path / "r.pdf").write_bytes(report(paper(photos={"board.jpg": photo}), at=AT))

    told = subprocess.run(["pdfinfo", "r.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert "Tagged:          yes" in told
