"""An audit's open file: out, into an audit where nothing is written, and out again, byte for byte the same."""

import io
import json
import zipfile
from dataclasses import replace

import pytest

from assessments import AT, fill, scene
from secor.papers.audit_file import CONTENT, audit_file
from secor.queries.audit_file import content_of, files_of
from secor.queries.audits import instrument_of
from secor.queries.composition import drafted
from secor.queries.progress import progress_of
from secor.store import shelf
from secor.store.models import Answer, Audit, Declaration, Entry, Evidence, Explanation, Remark, ReportEdit
from secor.store.scope import house
from secor.usecases import answers, assessor, evidence, explanations, report
from secor.usecases.audit_files import Begun, OtherInstrument, Unreadable, bring
from secor.usecases.changes import Found, Remarked
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
SITES = {"sites": [{"employees": 4, "met": 3, "of": 4}, {"employees": 2, "percent": "50"}]}


@pytest.fixture(autouse=True)
def shelf_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def there():
    """A whole audit with every shape of answer, photos, explanations and edits."""
    made = scene()
    fill(made, share=0.5)
    act = made.dev_acts()
    for nth, question in enumerate(("1.1", "1.1", "2.2", "")):
        content = photo(size=(60 + nth, 40))
        evidence.add(
            act, employer=made.employer, audit=made.audit, question=question, upload=sent(content, f"no {nth}.jpg")
        )
    changes = [
        Found("2.2", "D", SITES, 1),
        Found("1.4", "I", {"roles": {"worker": {"pos": 2, "neg": 1}}}, 1),
        Found("10.2", "D", {"percent": "33.3"}, 1),
        Remarked("6.2", "Nobody from outside works here, ever.", True, "", 1),
    ]
    kinds = [replace(each, method=_method(each.method)) if isinstance(each, Found) else each for each in changes]
    answers.keep(act, audit=made.audit, changes=[each for each in kinds if _fits(made, each)])
    explanations.explain(act, audit=made.audit, rule="thin_note", question="1.1", text="So it is — “fertig”.")
    report.edit(act, audit=made.audit, sentence="profile.people", text="Six people.")
    report.edit(act, audit=made.audit, sentence="scope.records", text="")
    made.audit.refresh_from_db()
    return made


def _method(letter):
    from secor.core.method import Method

    return Method(letter)


def _fits(made, change):
    return not isinstance(change, Found) or instrument_of(made.audit).question(change.question).rule_of(change.method)


def out(there) -> bytes:
    audit = Audit._base_manager.select_related("employer", "partner").get(pk=there.audit.pk)
    with audit_file(content_of(audit), files=files_of(audit)) as made:
        return made.read()


def emptied(there):
    """The same audit as on the day it began, in the same place but with nothing on the shelf."""
    for table in (Answer, Remark, Evidence, Explanation, ReportEdit):
        table._base_manager.filter(audit=there.audit).delete()
    Audit._base_manager.filter(pk=there.audit.pk).update(gathering_from=None, gathered_on=None)
    there.audit.refresh_from_db()
    return there


def changed(content: bytes, edit) -> io.BytesIO:
    """The file with its JSON changed by ``edit``, which may give another value."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(made, "w") as write:
        for entry in read.infolist():
            data = read.read(entry)
            if entry.filename == CONTENT:
                value = json.loads(data)
                value = edit(value) or value
                data = value if isinstance(value, bytes) else json.dumps(value).encode()
            write.writestr(entry, data)
    made.seek(0)
    return made


def test_out_in_and_out_again_is_the_same_byte_for_byte(there):
    before, score, sections = out(there), progress_of(there.audit).score, drafted(there.audit).sections
    bytes_of = {sha: place.read_bytes() for sha, place in files_of(there.audit).items()}
    emptied(there)
    for sha in bytes_of:
        shelf.place(sha).unlink()
    bring(there.dev_acts(), audit=there.audit, source=io.BytesIO(before))
    there.audit.refresh_from_db()

    assert out(there) == before
    assert progress_of(there.audit).score == score
    assert {sha: place.read_bytes() for sha, place in files_of(there.audit).items()} == bytes_of
    told = [
        (each.key, each.text, each.edited) for section in drafted(there.audit).sections for each in section.sentences
    ]
    assert told == [(each.key, each.text, each.edited) for section in sections for each in section.sentences]


def test_the_file_is_open_and_names_no_number_of_this_place(there):
    content = out(there)
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        value = json.loads(box.read(CONTENT))
        assert len(box.namelist()) == 5
    text = json.dumps(value)

    assert value["questions"]["6.2"]["NA"] is True
    assert "D" in value["questions"]["6.2"]  # what was counted before is not lost
    assert value["edits"]["profile.people"]["text"] == "Six people."
    assert value["audit"]["instrument"]["key"] == "secor-open"
    assert there.audit.code not in text
    assert all(each.code not in text for each in Evidence.objects.within(ALL))
    assert out(there) == content


def test_the_journal_tells_that_a_file_was_brought_and_which(there):
    content = out(emptied_of_entries(there))
    bring(there.dev_acts(), audit=emptied(there).audit, source=io.BytesIO(content))
    entry = Entry.objects.within(ALL).get(act="audit.brought")

    assert entry.detail["questions"] == 63
    assert entry.detail["evidence"] == 4
    assert len(entry.detail["file"]) == 64


def emptied_of_entries(there):
    assert not Entry.objects.within(ALL).filter(act="audit.brought").exists()
    return there


def test_nothing_is_written_over(there):
    content = out(there)
    with pytest.raises(Begun, match="has answers already"):
        bring(there.dev_acts(), audit=there.audit, source=io.BytesIO(content))
    assert out(there) == content


@pytest.mark.parametrize("who", ["rosa", "wes", "pat", "sam"])
def test_nobody_else_brings_a_file(there, who):
    content = out(there)
    act = replace(there.dev_acts(), by=getattr(there, who))
    with pytest.raises(assessor.NotYours):
        bring(act, audit=emptied(there).audit, source=io.BytesIO(content))


def test_an_audit_that_is_not_declared_or_not_open_takes_no_file(there):
    content = out(there)
    emptied(there)
    Declaration._base_manager.all().delete()
    with pytest.raises(answers.Undeclared):
        bring(there.dev_acts(), audit=there.audit, source=io.BytesIO(content))
    assert not Evidence.objects.within(ALL).exists()
    Declaration.objects.create(audit=there.audit, person=there.dev, signed_at=AT, wording="1", clear=True)
    Audit._base_manager.filter(pk=there.audit.pk).update(stage="submitted")
    with pytest.raises(assessor.Closed):
        bring(there.dev_acts(), audit=there.audit, source=io.BytesIO(content))


def put(value, path, new):
    *way, last = path
    for step in way:
        value = value[step]
    value[last] = new


@pytest.mark.parametrize(
    ("path", "new", "told"),
    [
        (("format",), "another", "another kind"),
        (("form",), 2, "another kind"),
        (("questions", "99.9"), {}, "no such question"),
        (("questions", "1.1", "D"), {"met": 9, "of": 5}, "1.1.D"),
        (("questions", "1.1", "I"), {"pos": 1, "neg": 0}, "not answered by this method"),
        (("questions", "1.1", "note"), 7, "questions.1.1.note"),
        (("questions", "1.1", "note"), "x" * 10_001, "10001 signs"),
        (("questions", "1.1", "extra"), "x", "not a known key"),
        (("explanations", 0, "question"), "99.9", "no such question"),
        (("explanations", 0, "text"), "a\0b", "needs a text"),
        (("edits", "k" * 61), {"text": "", "over": ""}, "longer than the key"),
        (("edits", "profile.people"), "Six.", "keys with values"),
        (("evidence", 0, "sha256"), "../../etc/passwd", "64 signs"),
        (("evidence", 0, "sha256"), "0" * 64, "is not in the file"),
        (("audit", "gathered_on"), "tomorrow", "audit.gathered_on"),
    ],
)
def test_a_file_that_was_spoiled_is_refused_with_its_place_and_nothing_is_kept(there, path, new, told):
    content = out(there)
    emptied(there)
    with pytest.raises(Unreadable) as refused:
        bring(there.dev_acts(), audit=there.audit, source=changed(content, lambda value: put(value, path, new)))

    assert any(told in f"{each.place} {each.problem}" for each in refused.value.problems)
    assert not Answer.objects.within(ALL).exists()
    assert not Evidence.objects.within(ALL).exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"{}"])
def test_what_is_no_audit_file_is_refused(there, content):
    emptied(there)
    with pytest.raises(Unreadable):
        bring(there.dev_acts(), audit=there.audit, source=io.BytesIO(content))


@pytest.mark.parametrize("text", [b"[]", b"not json", b'{"format": "secor audit"}', b"[" * 100_000])
def test_a_zip_without_an_audit_in_it_is_refused(there, text):
    content = out(there)
    emptied(there)
    with pytest.raises(Unreadable):
        bring(there.dev_acts(), audit=there.audit, source=changed(content, lambda _: text))


def test_a_photo_that_was_changed_on_the_way_is_refused(there):
    content = out(there)
    emptied(there)
    other = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as read, zipfile.ZipFile(other, "w") as write:
        for entry in read.infolist():
            write.writestr(entry, read.read(entry) if entry.filename == CONTENT else photo(size=(99, 9)))
    other.seek(0)
    with pytest.raises(Unreadable, match="not the file that was taken out"):
        bring(there.dev_acts(), audit=there.audit, source=other)


def test_another_instrument_or_other_methods_are_told_in_words(there):
    content = out(there)
    emptied(there)
    with pytest.raises(OtherInstrument, match="version 9"):
        bring(
            there.dev_acts(),
            audit=there.audit,
            source=changed(
                content,
                lambda value: value["audit"].update(instrument={"key": "secor-open", "version": "9", "digest": "0"}),
            ),
        )
    Audit._base_manager.filter(pk=there.audit.pk).update(methods=["D"])
    there.audit.refresh_from_db()
    with pytest.raises(OtherInstrument, match="D, I, O"):
        bring(there.dev_acts(), audit=there.audit, source=io.BytesIO(content))


def test_a_file_that_broke_off_is_brought_again_without_doubling(there):
    content = out(there)
    emptied(there)
    with zipfile.ZipFile(io.BytesIO(content)) as box:
        first = json.loads(box.read(CONTENT))["evidence"][0]
        upload = sent(box.read(f"evidence/{first['sha256']}"), first["title"])
    evidence.add(there.dev_acts(), employer=there.employer, audit=there.audit, question="1.1", upload=upload)
    bring(there.dev_acts(), audit=there.audit, source=io.BytesIO(content))

    assert Evidence.objects.within(ALL).count() == 4
    there.audit.refresh_from_db()
    assert out(there) == content
