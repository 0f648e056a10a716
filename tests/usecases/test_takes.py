"""Takes: what devices bring is kept once, adds up, and never writes over what its giver did not see."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest

from assessments import AT, BEGAN, scene
from secor.core.role import RoleKind
from secor.core.take import Place
from secor.queries.answers import sheet_of
from secor.queries.takes import apart_in, base_uid, standing_in
from secor.store.models import Answer, Audit, Declaration, Entry, Person, Remark, Role, Take
from secor.store.scope import house
from secor.usecases import answers, assessor, declarations, takes, teams
from secor.usecases.act import Act
from secor.usecases.changes import Undeclared

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
DOCUMENTS = Place("1.1", "D")


def take(value, *, question="1.1", part="D", over=(), at=AT, uid=None):
    return {
        "uid": uid or str(uuid4()),
        "question": question,
        "part": part,
        "value": value,
        "over": list(over),
        "made_at": at.isoformat(),
    }


def count(met, of=5):
    return {"met": met, "of": of}


def bring(there, *sent, act=None):
    told = takes.keep(act or there.dev_acts(), audit=there.audit, sent=list(sent))
    there.audit.refresh_from_db()
    return told


def kept(there, question="1.1", part="D"):
    there.audit.refresh_from_db()
    sheet = sheet_of(there.audit)
    answer = next(
        (each for (name, method), each in sheet.given.items() if (name, method.value) == (question, part)), None
    )
    return dict(answer.given) if answer and answer.given else None


def colleague(there, name="ann", *, declared=True):
    person = Person.objects.create(email=f"{name}@example.ca", name=name.title())
    Role.objects.create(person=person, kind=RoleKind.AUDITOR, partner=there.partner, from_on=BEGAN)
    teams.ask_in(there.dev_acts(), audit=there.audit, person=person)
    if declared:
        declarations.declare(Act(person, AT), audit=there.audit, ties=[], clear=True)
    return person


def test_what_a_device_brings_is_kept_once_and_scored_with_one_line_in_the_journal():
    there = scene()
    sent = take(count(4))
    first, second = bring(there, sent), bring(there, sent)

    assert first.kept == second.kept == (sent["uid"],)
    assert kept(there) == count(4)
    assert there.audit.on_site
    (entry,) = Entry.objects.within(ALL)
    assert (entry.act, entry.detail) == ("answers.taken", {"places": ["1.1"]})


def test_two_who_did_not_see_each_other_stand_apart_until_somebody_chooses():
    there = scene()
    ann = colleague(there)
    mine, hers = take(count(4)), take(count(2), at=AT + timedelta(minutes=1))
    bring(there, mine)
    bring(there, hers, act=Act(ann, AT))

    (apart,) = apart_in(there.audit)
    assert [(each.take.value["met"], each.by) for each in apart.takes] == [(4, there.dev.name), (2, "Ann")]
    assert kept(there) == count(2)
    takes.choose(there.dev_acts(), audit=there.audit, place=DOCUMENTS, uid=mine["uid"], seen=[mine["uid"], hers["uid"]])
    assert apart_in(there.audit) == ()
    assert kept(there) == count(4)


def test_what_came_after_somebody_looked_goes_on_standing():
    there = scene()
    one, other, late = (take(count(each), at=AT + timedelta(minutes=each)) for each in (1, 2, 3))
    bring(there, one, other, late)
    takes.choose(there.dev_acts(), audit=there.audit, place=DOCUMENTS, uid=one["uid"], seen=[one["uid"], other["uid"]])

    (apart,) = apart_in(there.audit)
    assert {each.take.value["met"] for each in apart.takes} == {1, 3}
    with pytest.raises(takes.Gone):
        takes.choose(there.dev_acts(), audit=there.audit, place=DOCUMENTS, uid=other["uid"], seen=[])


def test_a_device_that_saw_the_page_goes_over_it_and_one_that_did_not_stands_beside_it():
    there = scene()
    answers.record(there.dev_acts(), audit=there.audit, question="1.1", method="D", given=count(1))
    seen = str(base_uid(there.audit, DOCUMENTS, 1))
    bring(there, take(count(3), over=[seen]))
    assert (kept(there), apart_in(there.audit)) == (count(3), ())

    answers.record(there.dev_acts(), audit=there.audit, question="1.5", method="D", given=count(1))
    bring(there, take(count(3), question="1.5"))
    (apart,) = apart_in(there.audit)
    assert {each.take.value["met"] for each in apart.takes} == {1, 3}


def test_a_page_goes_over_what_it_showed_and_a_device_that_saw_only_the_device_stands_against_it():
    there = scene()
    one = take(count(3))
    bring(there, one)
    answers.record(there.dev_acts(), audit=there.audit, question="1.1", method="D", given=count(5), revision=1)
    assert apart_in(Audit.objects.within(ALL).get()) == ()
    bring(there, take(count(2), over=[one["uid"]], at=AT + timedelta(minutes=2)))

    (apart,) = apart_in(there.audit)
    assert {each.take.value["met"] for each in apart.takes} == {5, 2}


def test_a_page_opened_before_a_device_sent_is_stale():
    there = scene()
    answers.record(there.dev_acts(), audit=there.audit, question="1.1", method="D", given=count(1))
    bring(there, take(count(3), over=[str(base_uid(there.audit, DOCUMENTS, 1))]))

    with pytest.raises(answers.Stale):
        answers.record(there.dev_acts(), audit=there.audit, question="1.1", method="D", given=count(5), revision=1)


def test_interviews_of_two_auditors_add_up_with_what_was_counted_by_hand():
    there = scene()
    ann = colleague(there)
    voices = {"pos": 1, "neg": 1}
    answers.record(there.dev_acts(), audit=there.audit, question="1.5", method="I", given=voices)
    said = [take({"role": "worker", "word": "pos"}, part=f"said:{uuid4()}", question="1.5") for _ in range(2)]
    bring(there, said[0])
    bring(there, said[1], act=Act(ann, AT))
    assert kept(there, "1.5", "I") == {"pos": 3, "neg": 1}

    bring(there, take(None, part=said[0]["part"], question="1.5", over=[said[0]["uid"]], at=AT + timedelta(minutes=1)))
    assert kept(there, "1.5", "I") == {"pos": 2, "neg": 1}
    row = Answer.objects.within(ALL).get(method="I")
    answers.record(
        there.dev_acts(),
        audit=there.audit,
        question="1.5",
        method="I",
        given={"pos": 5, "neg": 0},
        revision=row.revision,
    )
    assert kept(there, "1.5", "I") == {"pos": 6, "neg": 0}


def test_points_stand_after_the_note_until_they_are_written_into_it():
    there = scene()
    answers.remark(there.dev_acts(), audit=there.audit, question="1.1", note="Signed in May.")
    bring(there, take({"method": "D", "text": "Posted  in the\ntruck"}, part=f"point:{uuid4()}"))
    there.audit.refresh_from_db()
    assert sheet_of(there.audit).note("1.1") == "Signed in May.\nDocuments: Posted in the truck"

    takes.into_note(there.dev_acts(), audit=there.audit, question="1.1")
    assert sheet_of(there.audit).points == {}
    assert sheet_of(there.audit).note("1.1") == "Signed in May.\nDocuments: Posted in the truck"
    assert Remark.objects.within(ALL).get().note.startswith("Signed")


def test_words_are_kept_part_by_part_and_taken_away_again():
    there = scene()
    note, advice = take("Seen.", part="note"), take("Post it.", part="recommendation")
    bring(there, note, advice)
    bring(there, take(None, part="note", over=[note["uid"]], at=AT + timedelta(minutes=1)))

    remark = sheet_of(Audit.objects.within(ALL).get()).remark("1.1")
    assert (remark.note, remark.recommendation) == ("", "Post it.")


def test_the_good_ones_are_kept_though_others_cannot_be():
    there = scene()
    good = take(count(4))
    bad = [
        take(count(6, of=5)),
        take(count(1), question="99.9"),
        take(True, part="na"),
        take({"role": "bystander", "word": "pos"}, part=f"said:{uuid4()}", question="1.5"),
        take(count(1), part="X"),
        "nothing",
        {"uid": "none"},
    ]
    told = bring(there, good, *bad)

    assert told.kept == (good["uid"],)
    assert len(told.refused) == len(bad)
    assert Take.objects.within(ALL).count() == 1
    with pytest.raises(takes.TooMany):
        bring(there, *[good] * (takes.AT_ONCE + 1))


def test_a_clock_that_runs_ahead_or_is_none_says_nothing():
    there = scene()
    ahead = take(count(4), at=AT + timedelta(days=300))
    none = take(count(3), question="1.5") | {"made_at": "yesterday"}
    bring(there, ahead, none)

    assert {row.made_at for row in Take.objects.within(ALL)} == {AT}


def test_each_who_works_on_it_declares_and_nobody_else_may():
    there = scene()
    ann = colleague(there, declared=False)
    with pytest.raises(Undeclared):
        bring(there, take(count(4)), act=Act(ann, AT))
    declarations.declare(Act(ann, AT), audit=there.audit, ties=[], clear=True)
    bring(there, take(count(4)), act=Act(ann, AT))
    teams.leave(there.dev_acts(), audit=there.audit, person=ann)

    for person in (ann, there.sam, there.pat, there.rosa):
        with pytest.raises(assessor.NotYours):
            bring(there, take(count(1)), act=Act(person, AT))
    assert kept(there) == count(4)


def test_nothing_is_taken_once_the_audit_was_sent():
    there = scene(stage="submitted")
    with pytest.raises(assessor.Closed):
        bring(there, take(count(4)))


def test_who_said_what_is_forgotten_and_a_late_copy_is_not_counted_twice():
    there = scene()
    said = take({"role": "worker", "word": "neg"}, part=f"said:{uuid4()}", question="1.5")
    bring(there, said)
    there.audit.refresh_from_db()
    takes.fold(there.dev_acts(), audit=there.audit)
    bring(there, said)

    assert kept(there, "1.5", "I") == {"pos": 0, "neg": 1}
    row = Take.objects.within(ALL).get()
    assert (row.value, row.by, row.stands) == (None, None, False)
    bring(there, take({"role": "worker", "word": "pos"}, part=f"said:{uuid4()}", question="1.5"))
    assert kept(there, "1.5", "I") == {"pos": 1, "neg": 1}


def history(rng):
    """Three devices that answer, correct themselves and look at each other now and then."""
    seen = {device: set() for device in range(3)}
    made = []
    for nth in range(rng.randrange(3, 9)):
        device = rng.randrange(3)
        if made and rng.random() < 0.4:
            seen[device] = {made[-1]["uid"]}
        each = take(count(rng.randrange(6)), over=seen[device], at=AT - timedelta(minutes=60 - nth), uid=str(uuid4()))
        seen[device] = {each["uid"]}
        made.append(each)
    return made


@pytest.mark.parametrize("seed", range(8))
def test_in_whatever_order_and_however_often_it_comes_the_same_is_kept(seed):
    there = scene()
    rng = random.Random(seed)
    made = history(rng)
    bring(there, *made)
    wanted = (kept(there), {each.take.uid for each in standing_in(there.audit)[DOCUMENTS]})
    Take.objects.within(ALL).delete()
    Answer.objects.within(ALL).delete()
    for each in rng.sample(made * 2, len(made) * 2):
        bring(there, each)

    assert (kept(there), {each.take.uid for each in standing_in(there.audit)[DOCUMENTS]}) == wanted


def test_a_declaration_of_a_tie_shuts_the_answers_for_that_one_alone():
    there = scene()
    ann = colleague(there, declared=False)
    Declaration.objects.create(audit=there.audit, person=ann, signed_at=AT, wording="x", ties=["family"], clear=False)
    with pytest.raises(Undeclared):
        bring(there, take(count(4)), act=Act(ann, AT))
    assert bring(there, take(count(4))).refused == {}
