"""Explaining an objection: by who works on the audit, only what may be explained, and it travels with the version."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assessments import AT, fill, scene
from secor.queries.objections import raised_in
from secor.queries.progress import progress_of
from secor.queries.versions import versions_of
from secor.store.models import Entry, Remark, Worker
from secor.store.scope import house
from secor.usecases import assessor, submission
from secor.usecases.explanations import MOST, NothingToExplain, TooLong, explain

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture(autouse=True)
def shelf_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def there():
    made = scene()
    fill(made)
    return made


def said(there):
    found = raised_in(progress_of(there.audit))
    return {each.objection.key: each.explanation for each in found if each.explanation}


def test_an_explanation_stands_beside_its_objection_and_travels_with_the_version(there):
    explain(there.dev_acts(), audit=there.audit, rule="thin_note", question="1.1", text=" One page, one look. ")
    assert said(there) == {"thin_note:1.1": "One page, one look."}

    submission.submit(there.dev_acts(), audit=there.audit)
    (version,) = versions_of(there.audit)
    assert [(each["rule"], each["question"], each["explanation"]) for each in version.frozen["objections"] if each["explanation"]] == [
        ("thin_note", "1.1", "One page, one look.")
    ]  # fmt: skip


def test_the_journal_tells_which_objection_and_never_the_words(there):
    explain(there.dev_acts(), audit=there.audit, rule="small_sample", question="", text="Wes was ill.")
    explain(there.dev_acts(), audit=there.audit, rule="small_sample", question="", text="Wes was ill.")
    (entry,) = Entry.objects.within(ALL)

    assert (entry.act, entry.detail) == ("audit.objection_explained", {"rule": "small_sample", "question": ""})


def test_an_explanation_is_changed_and_taken_back(there):
    explain(there.dev_acts(), audit=there.audit, rule="thin_note", question="1.1", text="First.")
    explain(there.dev_acts(), audit=there.audit, rule="thin_note", question="1.1", text="Second.")
    assert said(there) == {"thin_note:1.1": "Second."}
    explain(there.dev_acts(), audit=there.audit, rule="thin_note", question="1.1", text=" ")
    assert said(there) == {}
    explain(there.dev_acts(), audit=there.audit, rule="thin_note", question="1.1", text="")

    assert [entry.act for entry in Entry.objects.within(ALL)][-1] == "audit.explanation_taken_back"
    assert Entry.objects.within(ALL).count() == 3


def test_what_must_be_mended_cannot_be_talked_away(there):
    Remark._base_manager.filter(question="1.1").update(note="")
    with pytest.raises(NothingToExplain, match="must be mended"):
        explain(there.dev_acts(), audit=there.audit, rule="no_note", question="1.1", text="It is obvious.")
    with pytest.raises(submission.Incomplete) as refused:
        submission.submit(there.dev_acts(), audit=there.audit)
    assert [(each.question, each.what) for each in refused.value.open] == [
        ("1.1", "Write a note that says what you found")
    ]


@pytest.mark.parametrize(("rule", "question"), [("no_rule", "1.1"), ("thin_note", "99.9"), ("loose_proof", "")])
def test_nothing_is_explained_that_nobody_objects_to(there, rule, question):
    with pytest.raises(NothingToExplain, match="in order by now"):
        explain(there.dev_acts(), audit=there.audit, rule=rule, question=question, text="So it is.")


def test_an_explanation_has_an_end(there):
    explain(there.dev_acts(), audit=there.audit, rule="thin_note", question="1.1", text="x" * MOST)
    with pytest.raises(TooLong, match=str(MOST + 1)):
        explain(there.dev_acts(), audit=there.audit, rule="thin_note", question="1.1", text="x" * (MOST + 1))


@pytest.mark.parametrize("who", ["rosa", "wes", "pat", "sam"])
def test_nobody_else_explains(there, who):
    act = replace(there.dev_acts(), by=getattr(there, who))
    with pytest.raises(assessor.NotYours):
        explain(act, audit=there.audit, rule="thin_note", question="1.1", text="So it is.")


def test_a_sent_audit_is_closed_to_explanations(there):
    submission.submit(there.dev_acts(), audit=there.audit)
    with pytest.raises(assessor.Closed):
        explain(there.dev_acts(AT + timedelta(1)), audit=there.audit, rule="thin_note", question="1.1", text="So.")


def test_a_workers_name_in_a_note_of_an_interview_is_seen_and_another_firms_is_not(there):
    Worker.objects.create(employer=there.employer, name="Tom Okafor", began_on=AT.date())
    Worker.objects.create(employer=there.sam.roles.get().employer, name="Lena Fox", began_on=AT.date())
    Remark._base_manager.filter(question="1.2").update(note="Okafor could say what the policy promises, and where.")
    Remark._base_manager.filter(question="1.4").update(note="Fox could say what the policy promises, and where.")
    found = {each.objection.key for each in raised_in(progress_of(there.audit))}

    assert "named_person:1.2" in found
    assert "named_person:1.4" not in found
