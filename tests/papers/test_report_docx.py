"""The report in Word: the same words, marks that lead to their places, pictures with words, and nothing hostile."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx import Document
from docx.oxml.ns import qn

from papers.test_report import paper
from secor.papers.report import Line, Mark, SectionPart
from secor.papers.report_docx import report_docx
from uploads import photo

AT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)


@pytest.fixture
def whole():
    return replace(paper(photos={"board.jpg": None}), photos={"board.jpg": photo()})


def words_of(docx):
    book = Document(io.BytesIO(docx))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join(["".join(node.text or "" for node in each._p.iter(qn("w:t"))) for each in book.paragraphs] + cells)


def test_it_says_what_the_pdf_says(whole):
    said = words_of(report_docx(whole, at=AT))

    for words in (
        "Certification audit report", "Rosa Kowalchuk Roofing Ltd.", "80.0 %: 16 of 20 points. Reached the pass mark.",
        "One element was audited. 1.1", "Signed. E1, P", "1.1 Is there a policy?", "4 of 5 items met", "16 of 20",
        "#set text(red)", "Recommendation: Sign it again.", "Evidence: policy.pdf", "ab" * 32, "Leadership",
    ):  # fmt: skip
        assert words in said, words


def test_every_mark_leads_to_a_place_in_the_file(whole):
    body = Document(io.BytesIO(report_docx(whole, at=AT))).element.body
    places = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    links = [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))]

    assert links == ["q_1_1", "e_1", "particulars", "score"]
    assert set(links) <= places
    ids = [each.get(qn("w:id")) for each in body.iter(qn("w:bookmarkStart"))]
    assert len(set(ids)) == len(ids)


def test_a_picture_is_there_with_its_words(whole):
    made = report_docx(whole, at=AT)
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        assert [name for name in book.namelist() if name.startswith("word/media/")]
    (drawn,) = Document(io.BytesIO(made)).inline_shapes
    assert drawn._inline.docPr.get("descr") == "The notice board in the shop"


def test_what_somebody_wrote_is_only_words(whole):
    hostile = '{ INCLUDETEXT "/etc/passwd" } <w:p/> \x00\x0b ]]>'
    section = SectionPart("summary", "Summary", (Line(hostile, (Mark("S", "score"),)),))
    made = report_docx(replace(whole, sections=(section,), business=hostile), at=AT)
    body = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()

    assert "<w:instrText" not in body
    assert '{ INCLUDETEXT "/etc/passwd" } <w:p/>  ]]>' in words_of(made)


def test_where_a_partner_wants_no_section_on_the_score_its_table_is_there_all_the_same(whole):
    without = replace(whole, sections=whole.sections[:2])

    assert "Score by element" in words_of(report_docx(without, at=AT))
    assert "All elements" in words_of(report_docx(without, at=AT))
