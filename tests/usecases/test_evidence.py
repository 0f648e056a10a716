"""What comes in as evidence, and what does not; whoever sends it, and under whatever name."""

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from assessments import AT, scene
from secor.store import shelf
from secor.store.models import Entry, Evidence, File, Role
from secor.store.scope import house
from secor.usecases import assessor, documents, evidence, files, pictures
from uploads import bomb, document, photo, photo_with_place, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture(autouse=True)
def shelf_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


def add(there, upload, *, question="1.1", act=None, **more):
    act = act or there.dev_acts()
    return evidence.add(act, employer=there.employer, audit=there.audit, question=question, upload=upload, **more)


def on_disk(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def refused(there, root, upload, refusal, words):
    with pytest.raises(refusal, match=words):
        add(there, upload)
    assert on_disk(root) == []
    assert not Evidence.objects.within(ALL).exists()
    assert not File.objects.exists()
    assert not Entry.objects.within(ALL).exists()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (photo(), "image/jpeg"),
        (photo(kind="PNG"), "image/png"),
        (photo(kind="WEBP"), "image/webp"),
        (document(), "application/pdf"),
    ],
)
def test_the_kind_is_told_from_the_bytes(content, kind):
    piece = add(scene(), sent(content, "anything.bin", "text/html"))

    assert piece.file.kind == kind
    assert shelf.place(piece.file.sha256).read_bytes() == content
    assert piece.file.size == len(content)


def test_adding_leaves_one_line_in_the_journal_that_names_no_file():
    there = scene()
    piece = add(there, sent(photo(), "Rosa Diaz on the roof.jpg"))

    (entry,) = Entry.objects.within(ALL)
    assert (entry.act, entry.subject, entry.employer_id) == ("evidence.added", there.audit.code, there.employer.pk)
    assert entry.detail == {"question": "1.1", "evidence": piece.code, "sha256": piece.file_id}


def test_a_photo_of_0_bytes_is_refused(shelf_of_its_own):
    refused(scene(), shelf_of_its_own, sent(b""), files.Empty, "empty.*Take the photo again")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG, HTML.*programs"),
        (b"<?xml version='1.0'?><svg><script/></svg>", "SVG, HTML"),
        (b"  <!DOCTYPE html><script>alert(1)</script>", "SVG, HTML"),
        (b"<html><script>alert(1)</script>", "SVG, HTML"),
        (b"PK\x03\x04 a workbook", "Word and Excel.*PDF"),
        (b'=cmd|"/c calc"!A1,2,3\n', "Only photos .JPEG, PNG, WebP. and PDF"),
        (b"MZ\x90\x00", "Only photos"),
        (b"\0\0\0\x18ftypavif\0\0\0\0", "Only photos"),
        (b"/*%PDF-1.4*/alert(1)//" + document(), "Only photos"),
        (b"\n" + document(), "Only photos"),
    ],
    ids=[
        "script in SVG",
        "SVG after XML",
        "HTML named jpg",
        "html",
        "xlsx",
        "CSV formula",
        "program",
        "AVIF",
        "JS and PDF",
        "PDF later",
    ],
)
def test_other_kinds_are_refused_whatever_their_name_says(shelf_of_its_own, content, words):
    refused(scene(), shelf_of_its_own, sent(content, "photo.jpg"), files.NotTaken, words)


@pytest.mark.parametrize(
    ("content", "refusal", "words"),
    [
        (document(script="app.alert(1)"), documents.Active, "carries a program.*print it to a new PDF"),
        (document(attached=b"MZ"), documents.Active, "another file inside"),
        (document() + b"<script>alert(1)</script>", documents.Active, "glued to the end"),
        (document(password="secret"), documents.Locked, "without one"),
        (document()[:-30], pictures.Damaged, "cut short"),
        (b"%PDF-1.7\nnothing\n%%EOF", pictures.Damaged, "damaged"),
        (document(pages=0), pictures.Damaged, "no pages"),
    ],
    ids=["script", "attachment", "HTML at the end", "password", "cut", "hollow", "no pages"],
)
def test_a_pdf_is_whole_and_carries_nothing_that_acts(shelf_of_its_own, content, refusal, words):
    refused(scene(), shelf_of_its_own, sent(content, "policy.pdf"), refusal, words)


def test_a_pdf_may_end_in_empty_lines():
    assert add(scene(), sent(document() + b"\r\n\n \0")).file.kind == "application/pdf"


def test_a_program_hidden_deep_in_a_pdf_is_found(shelf_of_its_own):
    made, pdf = io.BytesIO(), pikepdf.new()
    pdf.add_blank_page()
    action = pikepdf.Dictionary(S=pikepdf.Name.GoTo, Next=[pikepdf.Dictionary(S=pikepdf.Name.Launch, F="calc.exe")])
    pdf.Root.OpenAction = action
    pdf.save(made)
    refused(scene(), shelf_of_its_own, sent(made.getvalue()), documents.Active, "carries a program")


@pytest.mark.parametrize("cut", [30, 200])
def test_a_jpeg_that_is_cut_short_is_refused(shelf_of_its_own, cut):
    whole = photo(size=(400, 300))
    refused(scene(), shelf_of_its_own, sent(whole[:-cut]), pictures.Damaged, "not complete")


def test_a_picture_of_a_thousand_million_pixels_is_refused_before_a_pixel_is_read(shelf_of_its_own):
    refused(scene(), shelf_of_its_own, sent(bomb(), "b.png"), pictures.TooManyPixels, "50 million")


def test_exactly_the_most_pixels_are_read_and_one_row_more_is_not(monkeypatch):
    monkeypatch.setattr(pictures, "PIXELS_MAX", 60 * 40)

    assert pictures.remake(io.BytesIO(photo(size=(60, 40))), kind="image/jpeg")
    with pytest.raises(pictures.TooManyPixels):
        pictures.remake(io.BytesIO(photo(size=(60, 41))), kind="image/jpeg")


def test_the_largest_size_is_kept_and_one_byte_more_is_not(settings, shelf_of_its_own):
    there, content = scene(), document()
    settings.EVIDENCE_MAX_BYTES = len(content) - 1
    refused(there, shelf_of_its_own, sent(content), files.TooBig, "larger than")

    settings.EVIDENCE_MAX_BYTES = len(content)
    assert add(there, sent(content)).file.size == len(content)


def test_a_sender_who_lies_about_the_size_is_stopped_while_reading(settings, shelf_of_its_own):
    read = []

    class Endless:
        name, size = "photo.jpg", 10

        def chunks(self):
            for _ in range(1000):
                read.append(1)
                yield b"\xff\xd8\xff" + bytes(997)

    settings.EVIDENCE_MAX_BYTES = 5000
    refused(scene(), shelf_of_its_own, Endless(), files.TooBig, "larger than")
    assert len(read) == 6


def test_what_is_shown_says_neither_where_nor_with_what_it_was_taken_and_stands_upright():
    content = photo_with_place()
    assert b"Secretphone" in content
    assert Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)

    piece = add(scene(), sent(content))
    shown = shelf.place(piece.file.view_sha256).read_bytes()

    assert b"Secretphone" not in shown
    with Image.open(io.BytesIO(shown)) as picture:
        assert dict(picture.getexif()) == {}
        assert "exif" not in picture.info
        assert picture.size == (40, 60)


def test_what_stands_behind_a_picture_is_not_in_what_is_shown():
    piece = add(scene(), sent(photo() + b"<script>alert(1)</script>"))

    assert b"script" not in shelf.place(piece.file.view_sha256).read_bytes()


def test_a_picture_is_shown_no_larger_than_a_screen_and_clear_parts_are_white():
    assert Image.open(io.BytesIO(pictures.remake(io.BytesIO(photo(size=(3200, 800))), kind="image/jpeg"))).size == (
        1600,
        400,
    )
    clear = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(clear, "PNG")
    shown = Image.open(io.BytesIO(pictures.remake(clear, kind="image/png")))
    assert min(shown.getpixel((4, 4))) > 250


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("invoice.pdf.exe", "invoice.pdf.exe"),
        ("../../etc/passwd", "passwd"),
        ("C:\\fakepath\\roof.jpg", "roof.jpg"),
        ("roof\0.jpg", "roof .jpg"),
        ("photo\u202egpj.exe", "photo gpj.exe"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("a" * 300, "a" * 200),
    ],
)
def test_a_name_is_only_ever_a_title(name, title):
    assert evidence.clean_title(name) == title


def test_a_file_without_a_readable_name_is_called_evidence():
    upload = sent(photo())
    upload.name = "\u202e\0"

    piece = add(scene(), upload)
    assert piece.title == "Evidence"


def test_the_same_bytes_beside_the_same_question_are_one_piece_and_elsewhere_another(shelf_of_its_own):
    there = scene()
    first, again = add(there, sent(photo(), "a.jpg")), add(there, sent(photo(), "b.jpg"))
    elsewhere = add(there, sent(photo()), question="1.2")

    assert first.pk == again.pk != elsewhere.pk
    assert File.objects.count() == 1
    assert Entry.objects.within(ALL).count() == 2
    assert len(on_disk(shelf_of_its_own)) == 2  # the bytes and what is shown


def test_a_removed_piece_can_be_added_again_and_removing_twice_is_one_act():
    there = scene()
    piece = add(there, sent(photo()))
    evidence.remove(there.dev_acts(), evidence=piece)
    stale = Evidence.objects.within(ALL).get(pk=piece.pk)
    evidence.remove(there.dev_acts(AT + timedelta(hours=1)), evidence=stale)

    assert stale.removed_at == AT
    assert [entry.act for entry in Entry.objects.within(ALL)] == ["evidence.added", "evidence.removed"]
    assert add(there, sent(photo())).pk != piece.pk


def test_the_most_pieces_are_kept_and_not_one_more(monkeypatch):
    there = scene()
    monkeypatch.setattr(evidence, "PIECES_MAX", 1)
    add(there, sent(photo()))

    with pytest.raises(evidence.Full, match="Remove one"):
        add(there, sent(photo(colour="blue")))


@pytest.mark.parametrize("stage", ["asked", "submitted", "in_review", "accepted", "rejected", "withdrawn"])
def test_an_audit_that_is_not_being_done_takes_no_evidence(stage):
    with pytest.raises(assessor.Closed):
        add(scene(stage=stage), sent(photo()))


def test_one_that_was_sent_back_takes_evidence_again():
    assert add(scene(stage="returned"), sent(photo()))


@pytest.mark.parametrize("who", ["rosa", "wes", "pat", "sam"])
def test_only_the_auditor_adds_evidence_to_an_auditors_audit(shelf_of_its_own, who):
    there = scene()
    with pytest.raises(assessor.NotYours):
        add(there, sent(photo()), act=replace(there.dev_acts(), by=getattr(there, who)))
    assert on_disk(shelf_of_its_own) == []


@pytest.mark.parametrize("who", ["wes", "pat", "sam", "dev"])
def test_only_the_employers_own_assessor_adds_evidence_to_a_self_assessment(who):
    there = scene(performer="self_assessor")
    assert add(there, sent(photo()), act=there.rosa_acts())
    with pytest.raises(assessor.NotYours):
        add(there, sent(photo(colour="blue")), act=replace(there.dev_acts(), by=getattr(there, who)))


def test_an_auditor_whose_certification_ended_yesterday_is_refused_and_today_is_not():
    there = scene()
    role = Role.objects.get(person=there.dev)
    role.until_on = there.dev_acts().on
    role.save()
    assert add(there, sent(photo()))

    with pytest.raises(assessor.NotYours):
        add(there, sent(photo(colour="blue")), act=there.dev_acts(AT + timedelta(days=1)))


def test_an_owner_keeps_evidence_of_their_own_without_an_audit():
    there = scene()
    piece = evidence.add(there.rosa_acts(), employer=there.employer, audit=None, question="", upload=sent(photo()))
    assert piece.audit is None

    with pytest.raises(assessor.NotYours):
        evidence.remove(there.dev_acts(), evidence=piece)


def test_evidence_of_one_employer_never_joins_the_audit_of_another():
    there = scene()
    other = Role.objects.get(person=there.sam).employer
    with pytest.raises(evidence.Elsewhere):
        evidence.add(there.dev_acts(), employer=other, audit=there.audit, question="1.1", upload=sent(photo()))
