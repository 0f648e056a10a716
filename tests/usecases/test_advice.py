"""Advice and memory: an assessor's own recommendations go along, and reviewers' earlier notes become a checklist."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assessments import AT, fill, scene
from secor.queries import advice as kept
from secor.queries.answers import sheet_of
from secor.queries.memory import remembered
from secor.store.models import Advice, Audit, Employer, Entry, Note, Remark, Review
from secor.store.scope import house
from secor.usecases import answers, assessor
from secor.usecases.advice import A_QUESTION, MOST, Full, NotYours, Wordless, forget, keep, use

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture
def there():
    made = scene()
    fill(made)
    return made


def texts(there, who="dev", question="1.1"):
    return [each.text for each in kept.of(getattr(there, who), instrument="secor-open", question=question)]


def advise(there, text="Sign it each year.", question="1.1", at=AT):
    return keep(there.dev_acts(at), audit=there.audit, question=question, text=text)


def test_what_is_kept_is_the_persons_own_and_kept_once(there):
    advise(there)
    advise(there, " Sign it each year. ", at=AT + timedelta(days=1))
    advise(there, "Post it.", at=AT + timedelta(days=2))

    assert texts(there) == ["Post it.", "Sign it each year."]
    assert texts(there, "rosa") == texts(there, question="1.2") == []
    assert [entry.act for entry in Entry.objects.within(ALL)] == ["advice.kept", "advice.kept"]
    assert all(entry.employer_id is None and "Sign" not in str(entry.detail) for entry in Entry.objects.within(ALL))


def test_a_sign_that_no_table_takes_is_left_out(there):
    advise(there, "Post\0 it.")
    with pytest.raises(Wordless):
        advise(there, " \0 ")

    assert texts(there) == ["Post it."]


def test_advice_that_is_used_stands_below_what_was_there_and_once(there):
    own = advise(there)
    for _ in range(2):
        use(there.dev_acts(), audit=there.audit, advice=own)
    remark = sheet_of(there.audit).remark("1.1")

    assert remark.recommendation == "Do it weekly.\nSign it each year."
    assert remark.note == "Seen in the binder."
    assert [entry.act for entry in Entry.objects.within(ALL)].count("advice.kept") == 1


def test_advice_stands_alone_where_nothing_was_recommended(there):
    Remark._base_manager.filter(question="1.1").update(recommendation="")
    use(there.dev_acts(), audit=there.audit, advice=advise(there))

    assert sheet_of(there.audit).remark("1.1").recommendation == "Sign it each year."


def test_what_is_forgotten_is_gone_and_stays_where_it_was_used(there):
    own = advise(there)
    use(there.dev_acts(), audit=there.audit, advice=own)
    forget(there.dev_acts(), advice=own)

    assert texts(there) == []
    assert "Sign it each year." in sheet_of(there.audit).remark("1.1").recommendation


def test_somebody_elses_advice_is_neither_found_nor_used_nor_forgotten(there):
    own = advise(there)
    assert kept.one(own.code, person=there.rosa) is None
    assert kept.one(own.code, person=there.dev) == own
    for act in (there.rosa_acts(), replace(there.dev_acts(), by=there.sam)):
        with pytest.raises(NotYours):
            use(act, audit=there.audit, advice=own)
        with pytest.raises(NotYours):
            forget(act, advice=own)
    assert Advice.objects.within(ALL).count() == 1


@pytest.mark.parametrize("who", ["rosa", "wes", "pat", "sam"])
def test_only_who_works_on_the_audit_keeps_from_it(there, who):
    with pytest.raises(assessor.NotYours):
        keep(replace(there.dev_acts(), by=getattr(there, who)), audit=there.audit, question="1.1", text="x")


def test_what_cannot_be_kept_says_why(there):
    with pytest.raises(Wordless, match="Write"):
        advise(there, "  ")
    with pytest.raises(Wordless, match=str(MOST + 1)):
        advise(there, "x" * (MOST + 1))
    advise(there, "x" * MOST)
    with pytest.raises(answers.NotAsked):
        advise(there, question="99.1")
    for nth in range(A_QUESTION - 1):
        advise(there, f"Number {nth}.")
    with pytest.raises(Full, match="Forget one"):
        advise(there, "One too many.")


def test_advice_is_used_only_while_the_audit_is_written(there):
    own = advise(there)
    Audit._base_manager.filter(pk=there.audit.pk).update(stage="accepted")
    with pytest.raises(assessor.Closed):
        use(there.dev_acts(), audit=there.audit, advice=own)


def earlier(there, *, assessor, employer=None, performer="external_auditor", concluded=True, text="Say how many."):
    """An audit of last year, with one note of its reviewer."""
    audit = Audit.objects.create(
        employer=employer or there.sam.roles.get().employer,
        partner=there.partner,
        assessor=assessor,
        kind="certification",
        performer=performer,
        stage="accepted",
        scheme="ab-secor",
        edition="ab-secor-2023",
        instrument="secor-open",
        methods=["D"],
        asked_on=AT.date() - timedelta(days=400),
    )
    review = Review.objects.create(
        audit=audit, round=1, reviewer=there.pat, claimed_at=AT, concluded_at=AT if concluded else None
    )
    return Note.objects.create(review=review, question="2.1", kind="must_fix", text=text, written_at=AT)


def test_what_reviewers_noted_before_is_remembered_once(there):
    earlier(there, assessor=there.dev)
    earlier(there, assessor=there.dev, employer=Employer.objects.create(legal_name="Third Ltd.", joined_on=AT.date()))

    assert [(each.question, each.text, each.must_fix) for each in remembered(there.audit)] == [
        ("2.1", "Say how many.", True)
    ]


def test_neither_anothers_notes_nor_those_of_a_review_under_way_are_remembered(there):
    earlier(there, assessor=there.rosa)
    earlier(
        there,
        assessor=there.dev,
        employer=Employer.objects.create(legal_name="Third Ltd.", joined_on=AT.date()),
        concluded=False,
    )
    review = Review.objects.create(audit=there.audit, round=1, reviewer=there.pat, claimed_at=AT, concluded_at=AT)
    Note.objects.create(review=review, question="1.1", kind="must_fix", text="Now.", written_at=AT)

    assert remembered(there.audit) == ()


def test_a_self_assessment_remembers_its_own_business_alone():
    there = scene(performer="self_assessor")
    earlier(there, assessor=there.rosa, performer="self_assessor")  # at Sam's business
    assert remembered(there.audit) == ()
    earlier(there, assessor=there.rosa, performer="self_assessor", employer=there.employer, text="Ours.")

    assert [each.text for each in remembered(there.audit)] == ["Ours."]


def test_an_auditors_self_assessment_elsewhere_is_not_told_at_the_next_business(there):
    earlier(there, assessor=there.dev, performer="self_assessor")

    assert remembered(there.audit) == ()
