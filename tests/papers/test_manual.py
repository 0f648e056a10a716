"""The program's manual, as a PDF and as a Word file, read back by other programs."""

import io
import subprocess
import zipfile
from datetime import UTC, date, datetime

import pytest
from docx import Document

from cast import cast
from programs import act_of, built, little_library, signed
from secor.core.markdown import read_markdown
from secor.papers.manual import ManualPaper, ManualPart, Revision, manual, paper_of
from secor.papers.manual_docx import manual_docx
from secor.queries.manuals import chapters_of
from secor.usecases import parts

AT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
HOSTILE = """## #read("/etc/passwd") and <script>alert(1)</script>

#set page(width: 1pt) $ 1/0 $ @nowhere <label> \\u{0} *open **bold

- { INCLUDETEXT "/etc/passwd" } & <w:p/> ]]>
- #panic("out")

| a | #sys.inputs |
|---|---|
| `raw` | =1+1 |

1. one

   #eval("1")
2. two
"""
TYPED = (
    '#read("/etc/passwd")',
    "<script>alert(1)</script>",
    "#set page(width: 1pt)",
    "@nowhere",
    '#panic("out")',
    "#sys.inputs",
)


def part(number, title, text, *, draft=False):
    told = "Draft 1: nobody has signed it" if draft else "Version 2, in force since June 3, 2026, signed by Rosa"
    return ManualPart(number, title, told, draft, read_markdown(text))


def paper(*given, business="Volt & Søns Électrique"):
    found = given or (
        part(1, "Policy", "We promise.\n\n## Duties\n\n- **All**: speak up"),
        part(2, "Dogs", "No.", draft=True),
    )
    revisions = tuple(Revision(f"{each.number}. {each.title}", 1, "2026-06-03", "Not signed", "Why") for each in found)
    return ManualPaper(business, "Red Deer", date(2026, 11, 23), found, revisions)


def pages_of(pdf, tmp_path):
    (tmp_path / "manual.pdf").write_bytes(pdf)
    done = subprocess.run(
        ["pdftotext", "-layout", tmp_path / "manual.pdf", "-"], capture_output=True, text=True, check=True
    )
    return done.stdout.split("\f")[:-1]


def words_of(docx):
    book = Document(io.BytesIO(docx))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in book.paragraphs] + cells)


def test_the_pdf_has_a_cover_contents_headers_numbered_pages_and_a_list_of_versions(tmp_path):
    cover, contents, policy, dogs, versions = pages_of(manual(paper(), at=AT), tmp_path)

    assert "Volt & Søns Électrique" in cover
    assert "1 of them nobody has signed yet" in " ".join(cover.split())
    assert "Page" not in cover
    for title, page in (("1. Policy", "3"), ("2. Dogs", "4"), ("List of versions", "5")):
        assert any(line.strip().startswith(title) and line.rstrip().endswith(page) for line in contents.splitlines())
    assert "Volt & Søns Électrique" in policy.splitlines()[0]
    assert "Health and safety program, November 23, 2026" in policy.splitlines()[0]
    assert "Page 3 of 5" in policy
    assert "in force since June 3, 2026, signed by Rosa" in policy
    assert "Draft 1: nobody has signed it" in dogs
    assert "2. Dogs" in versions and "Not signed" in versions and "Why" in versions


def test_the_pdf_is_tagged_and_says_its_language_and_title(tmp_path):
    import pikepdf

    with pikepdf.open(io.BytesIO(manual(paper(), at=AT))) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang).startswith("en")
        assert "Volt" in str(pdf.docinfo["/Title"])
        assert len(pdf.Root.Outlines) > 0


def test_what_an_owner_writes_is_never_read_as_markup_by_the_press(tmp_path):
    given = part(1, '#read("/etc/passwd") = Title', HOSTILE)
    text = " ".join(" ".join(pages_of(manual(paper(given, business='#panic("x") <b>'), at=AT), tmp_path)).split())

    assert "root:" not in text
    assert '#panic("x") <b>' in text
    for typed in TYPED:
        assert typed in text, typed


def test_what_an_owner_writes_is_never_a_field_or_markup_in_word():
    given = part(1, "{ MACROBUTTON } <w:p>", HOSTILE)
    made = manual_docx(paper(given, business="A & <w:r>"), at=AT)
    with zipfile.ZipFile(io.BytesIO(made)) as book:
        body = book.read("word/document.xml").decode()
    fields = [piece.split("</w:instrText>")[0].split(">")[-1] for piece in body.split("<w:instrText")[1:]]

    assert [field.split()[0] for field in fields] == ["TOC"]
    assert "<script>" not in body
    assert "&lt;script&gt;" in body
    said = words_of(made)
    for typed in (*TYPED, '{ INCLUDETEXT "/etc/passwd" } & <w:p/> ]]>', "{ MACROBUTTON } <w:p>"):
        assert typed in said, typed


def test_the_word_file_has_headings_contents_header_and_versions():
    book = Document(io.BytesIO(manual_docx(paper(), at=AT)))
    headings = [(each.style.name, each.text) for each in book.paragraphs if each.style.name.startswith("Heading")]

    assert headings == [
        ("Heading 1", "1. Policy"), ("Heading 2", "Duties"), ("Heading 1", "2. Dogs"), ("Heading 1", "List of versions"),
    ]  # fmt: skip
    assert any(each.text == "1. Policy\n2. Dogs\nList of versions" for each in book.paragraphs)
    section = book.sections[0]
    assert section.header.paragraphs[0].text == "Volt & Søns Électrique\t\tHealth and safety program, November 23, 2026"
    assert section.footer.paragraphs[0].text.strip() == "Page 1 of 1"
    assert [cell.text for cell in book.tables[-1].rows[2].cells] == ["2. Dogs", "1", "2026-06-03", "Not signed", "Why"]
    assert book.core_properties.author == "Volt & Søns Électrique"


def test_each_list_of_steps_begins_at_one():
    book = Document(io.BytesIO(manual_docx(paper(part(1, "Steps", "1. a\n2. b\n\nAnd:\n\n1. c\n2. d")), at=AT)))
    steps = [each for each in book.paragraphs if each.style.name == "List Number"]
    numbers = [each._p.pPr.numPr.numId.val for each in steps]

    assert [each.text for each in steps] == ["a", "b", "c", "d"]
    assert numbers[0] == numbers[1] != numbers[2] == numbers[3]


@pytest.mark.django_db
def test_the_manual_holds_what_is_in_force_and_drafts_only_where_nothing_is(monkeypatch):
    little_library(monkeypatch)
    there = cast()
    rows = built(there.rosa, there.roofing)
    signed(there.rosa, rows["policy"])
    parts.edit(act_of(there.rosa), part=rows["policy"], text="Not signed yet.", reason="Hired\x0b hand", over=1)
    gone = parts.add_part(act_of(there.rosa), employer=there.roofing, title="Gone", text="Gone.")
    parts.remove_part(act_of(there.rosa), part=gone)
    made = paper_of(chapters_of(there.roofing), business="Volt\x00", about="", on=date(2026, 6, 3))

    assert [(each.title, each.draft) for each in made.parts] == [("Policy", False), ("Hazards", True)]
    assert made.parts[0].blocks == read_markdown("Volt promises. Rosa sees to it.")
    assert made.parts[0].told == "Version 1, in force since June 3, 2026, signed by Rosa"
    assert [(each.version, each.why) for each in made.revisions] == [
        (1, "Written from the builder's answers"), (2, "Hired hand"), (1, "Written from the builder's answers"),
    ]  # fmt: skip
    assert made.business == "Volt"
