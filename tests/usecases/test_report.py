"""The author's words in the report: in place of a sentence, taken back, and told when the facts move under them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assessments import AT, fill, scene
from secor.core.sentence import Edit
from secor.queries.composition import drafted
from secor.queries.versions import differences, versions_of
from secor.store.models import Entry, Remark
from secor.store.scope import house
from secor.usecases import answers, assessor, submission
from secor.usecases.report import MOST, NoSuchSentence, TooLong, edit, undo

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
PEOPLE = "When the audit began, 6 people worked there."


@pytest.fixture(autouse=True)
def shelf_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def there():
    made = scene()
    fill(made, share=0.5)
    return made


def sentence(there, key):
    there.audit.refresh_from_db()
    return drafted(there.audit).sentence(key)


def entries():
    return [entry.act for entry in Entry.objects.within(ALL)]


def test_an_edit_stands_with_its_links_and_the_journal_tells_which_sentence(there):
    before = sentence(there, "profile.people")
    edit(there.dev_acts(), audit=there.audit, sentence="profile.people", text=" Six people\r\nwork there. ")
    after = sentence(there, "profile.people")

    assert (before.text, before.edited) == (PEOPLE, False)
    assert (after.text, after.composed, after.edited, after.moved) == ("Six people\nwork there.", PEOPLE, True, False)
    assert after.cites == before.cites
    assert [entry.detail for entry in Entry.objects.within(ALL)] == [{"sentence": "profile.people"}]


def test_the_same_words_again_are_no_second_act_and_the_composed_ones_undo_the_edit(there):
    for _ in range(2):
        edit(there.dev_acts(), audit=there.audit, sentence="profile.people", text="Six.")
    assert entries() == ["report.edited"]
    edit(there.dev_acts(), audit=there.audit, sentence="profile.people", text=PEOPLE)

    assert sentence(there, "profile.people").edited is False
    assert entries() == ["report.edited", "report.edit_undone"]


def test_an_edit_is_undone_once(there):
    edit(there.dev_acts(), audit=there.audit, sentence="profile.people", text="")
    assert sentence(there, "profile.people").text == ""
    undo(there.dev_acts(), audit=there.audit, sentence="profile.people")
    undo(there.dev_acts(), audit=there.audit, sentence="profile.people")

    assert sentence(there, "profile.people").text == PEOPLE
    assert entries() == ["report.edited", "report.edit_undone"]


def test_facts_that_change_under_an_edit_are_told_until_it_is_kept_again(there):
    edit(there.dev_acts(), audit=there.audit, sentence="gap.1.2.note", text="Half of them could say it.")
    Remark._base_manager.filter(question="1.2").update(note="Three of four could say it.")
    moved = sentence(there, "gap.1.2.note")
    assert (moved.moved, moved.composed) == (True, "Three of four could say it.")

    edit(there.dev_acts(), audit=there.audit, sentence="gap.1.2.note", text="Half of them could say it.")
    assert sentence(there, "gap.1.2.note").moved is False


def test_an_edit_whose_gap_is_closed_is_kept_aside(there):
    edit(there.dev_acts(), audit=there.audit, sentence="gap.1.5", text="The owner takes part in half of it.")
    for method, given in (("D", {"met": 4, "of": 4}), ("I", {"pos": 4, "neg": 0})):
        answers.record(there.dev_acts(), audit=there.audit, question="1.5", method=method, given=given, revision=1)
    there.audit.refresh_from_db()
    report = drafted(there.audit)

    assert report.sentence("gap.1.5") is None
    assert [edit.text for edit in report.orphans.values()] == ["The owner takes part in half of it."]
    with pytest.raises(NoSuchSentence, match="Open it again"):
        edit(there.dev_acts(), audit=there.audit, sentence="gap.1.5", text="Still.")


def test_a_version_keeps_the_words_it_was_sent_with(there):
    edit(there.dev_acts(), audit=there.audit, sentence="profile.people", text="Six people.")
    submission.submit(there.dev_acts(), audit=there.audit)
    (version,) = versions_of(there.audit)

    assert version.frozen["edits"] == {"profile.people": {"text": "Six people.", "over": PEOPLE}}
    assert Edit(**version.frozen["edits"]["profile.people"]).over == PEOPLE
    with pytest.raises(assessor.Closed):
        edit(there.dev_acts(AT + timedelta(1)), audit=there.audit, sentence="profile.people", text="Seven.")
    with pytest.raises(assessor.Closed):
        undo(there.dev_acts(AT + timedelta(1)), audit=there.audit, sentence="profile.people")
    assert sentence(there, "profile.people").text == "Six people."


@pytest.mark.parametrize("who", ["rosa", "wes", "pat", "sam"])
def test_nobody_else_writes_the_report(there, who):
    act = replace(there.dev_acts(), by=getattr(there, who))
    with pytest.raises(assessor.NotYours):
        edit(act, audit=there.audit, sentence="profile.people", text="None.")
    with pytest.raises(assessor.NotYours):
        undo(act, audit=there.audit, sentence="profile.people")


def test_a_sentence_has_an_end(there):
    edit(there.dev_acts(), audit=there.audit, sentence="profile.people", text="x" * MOST)
    with pytest.raises(TooLong, match=str(MOST + 1)):
        edit(there.dev_acts(), audit=there.audit, sentence="profile.people", text="x" * (MOST + 1))


def test_the_words_changed_between_two_sendings_are_told_beside_the_answers(there):
    edit(there.dev_acts(), audit=there.audit, sentence="gap.1.2.note", text="First words.")
    edit(there.dev_acts(), audit=there.audit, sentence="profile.people", text="Six.")
    submission.submit(there.dev_acts(), audit=there.audit)
    submission.take_back(there.dev_acts(), audit=there.audit)
    there.audit.refresh_from_db()
    edit(there.dev_acts(), audit=there.audit, sentence="gap.1.2.note", text="Second words.")
    undo(there.dev_acts(), audit=there.audit, sentence="profile.people")
    submission.submit(there.dev_acts(AT + timedelta(days=1)), audit=there.audit)
    first, second = versions_of(there.audit)

    assert [
        (each.question, each.part, each.before, each.after) for each in differences(first.frozen, second.frozen)
    ] == [
        ("1.2", "report", "First words.", "Second words."),
        ("", "report", "Six.", PEOPLE),
    ]
    old = {key: value for key, value in first.frozen.items() if key != "edits"}  # sent before there were edits
    assert [each.before for each in differences(old, first.frozen)] == ["Seen in the binder.", PEOPLE]
