"""An online course: begun, answered, finished; and the proof that comes of it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from certified import a_person, acts, office
from estates import took
from secor.core.rules import Online
from secor.queries import lessons as asked
from secor.queries import library
from secor.queries.employers import rules_of
from secor.store.models import CourseProof, CourseTaken, Entry, Membership, Role, Worker
from secor.store.scope import house
from secor.usecases import courses, lessons

TODAY = date(2026, 12, 1)
ALL = house("this test")
COURSE = library.courses()["program-building"]
FIRST, SECOND = COURSE.lessons[:2]

pytestmark = pytest.mark.django_db


def right(lesson):
    return {each.key: each.right.key for each in lesson.questions}


def wrong(lesson, *keys):
    return right(lesson) | {each.key: each.wrong[0].key for each in lesson.questions if each.key in keys}


def begin(scene, who=None, on=TODAY):
    return lessons.begin(acts(who or scene.rosa, on), employer=scene.employer, course=COURSE)


def test_a_course_is_begun_once_and_gone_on_with():
    scene = office()

    first, again = begin(scene), begin(scene)

    assert first.pk == again.pk
    assert Entry.objects.within(ALL).get().act == "lesson.begun"
    for stranger in (scene.dev, scene.regan, None):
        with pytest.raises(lessons.NotYours):
            lessons.begin(acts(stranger, TODAY), employer=scene.employer, course=COURSE)


def test_answers_are_kept_and_a_wrong_one_is_asked_again():
    scene = office()
    taken = begin(scene)
    missed = SECOND.questions[1].key
    lessons.answer(acts(scene.rosa, TODAY), taken=taken, lesson=FIRST, nth=1, given=right(FIRST))

    row = lessons.answer(acts(scene.rosa, TODAY), taken=taken, lesson=SECOND, nth=1, given=wrong(SECOND, missed))
    now = asked.of_row(COURSE, row)
    assert (now.passed(SECOND), now.next, now.done) == (False, SECOND, 1)

    row = lessons.answer(
        acts(scene.rosa, TODAY), taken=taken, lesson=SECOND, nth=2, given={missed: right(SECOND)[missed]}
    )
    now = asked.learning(scene.employer, person=scene.rosa, course=COURSE)
    assert (now.passed(SECOND), now.done, now.of(SECOND).tries) == (True, 2, 2)
    assert now.of(SECOND).first == wrong(SECOND, missed)
    told = [entry.detail for entry in Entry.objects.within(ALL).filter(act="lesson.answered")]
    assert [(each["nth"], each["passed"]) for each in told] == [(1, True), (1, False), (2, True)]
    assert missed not in str(told), "what somebody answered is theirs alone"


def test_answers_out_of_turn_stale_or_left_out_are_refused_and_keep_nothing():
    scene = office()
    taken = begin(scene)
    act = acts(scene.rosa, TODAY)

    with pytest.raises(lessons.NotYet, match=FIRST.title):
        lessons.answer(act, taken=taken, lesson=SECOND, nth=1, given=right(SECOND))
    for nth in (0, 2):
        with pytest.raises(lessons.Stale):
            lessons.answer(act, taken=taken, lesson=FIRST, nth=nth, given=right(FIRST))
    last = FIRST.questions[2].key
    with pytest.raises(lessons.Unanswered) as told:
        lessons.answer(act, taken=taken, lesson=FIRST, nth=1, given=right(FIRST) | {last: "nonsense"})

    assert told.value.questions == (last,)
    assert CourseTaken.objects.within(ALL).get().tries == {}


def test_a_passed_lesson_stays_passed_whatever_is_sent():
    scene = office()
    taken = begin(scene)
    lessons.answer(acts(scene.rosa, TODAY), taken=taken, lesson=FIRST, nth=1, given=right(FIRST))

    row = lessons.answer(acts(scene.rosa, TODAY), taken=taken, lesson=FIRST, nth=9, given={})

    assert asked.of_row(COURSE, row).passed(FIRST)


def test_nobody_answers_for_a_colleague_or_after_they_left():
    scene = office()
    taken = begin(scene)
    sol = a_person("Sol", "self_assessor", employer=scene.employer)

    with pytest.raises(lessons.NotYours, match="colleague"):
        lessons.answer(acts(sol, TODAY), taken=taken, lesson=FIRST, nth=1, given=right(FIRST))
    Role.objects.filter(person=scene.rosa).update(until_on=date(2026, 11, 30))
    with pytest.raises(lessons.NotYours, match="invite"):
        lessons.answer(acts(scene.rosa, TODAY), taken=taken, lesson=FIRST, nth=1, given=right(FIRST))


def test_a_finished_course_brings_a_proof_that_a_registrar_checks_with_its_score():
    scene = office()
    hand = Worker.objects.create(employer=scene.employer, name="Rosa", person=scene.rosa, began_on=date(2024, 1, 2))

    row = took(scene.rosa, scene.employer, name=" Rosa  Kowalchuk ", at=acts(None, TODAY).at)

    proof = row.proof
    assert (proof.course, proof.holder, proof.worker, proof.taken_on) == (COURSE.proves, scene.rosa, hand, TODAY)
    assert (proof.holder_name, proof.accepted) == ("Rosa Kowalchuk", None)
    assert (row.right, row.of, row.finished_on, row.written_on) == (24, 24, TODAY, COURSE.written_on)
    entry = Entry.objects.within(ALL).get(act="lesson.finished")
    assert (entry.partner, entry.subject, entry.detail["to_check"]) == (scene.partner, proof.code, True)
    courses.check_proof(acts(scene.regan, TODAY), proof=proof, accepted=True)
    assert asked.of_proof(proof).pk == row.pk


def test_a_proof_that_came_of_a_course_here_is_not_taken_back():
    scene = office()
    row = took(scene.rosa, scene.employer, name="Rosa", at=acts(None, TODAY).at)

    with pytest.raises(courses.Judged, match="taken here"):
        courses.take_back(acts(scene.rosa, TODAY), proof=row.proof)


@pytest.mark.parametrize(
    ("key", "online", "accepted"),
    [
        ("asc", Online.COUNTS, True),
        ("asc", Online.CHECKED, None),
        ("asc", Online.NOT_TAKEN, "none"),
        ("esc", None, "none"),
    ],
)
def test_what_the_proof_is_worth_follows_from_the_partners_rule(monkeypatch, key, online, accepted):
    scene = office(key)
    under = rules_of(scene.employer, on=TODAY)
    if online is not None:
        of = under.sources["training"]
        changed = replace(of, value=replace(of.value, online=online, valid_months=36))
        under = replace(under, sources={**under.sources, "training": changed})
        monkeypatch.setattr("secor.usecases.lessons.rules_of", lambda *_, **__: under)

    row = took(scene.rosa, scene.employer, name="Rosa", at=acts(None, TODAY).at)

    if accepted == "none":
        assert row.proof is None
        assert not CourseProof.objects.within(ALL).exists()
    else:
        assert (row.proof.accepted, row.proof.valid_until) == (accepted, date(2029, 12, 1))
        assert row.proof.checked_by is None


def test_without_a_partner_the_proof_waits_for_one():
    scene = office()
    Membership.objects.within(ALL).update(left_on=date(2026, 1, 1))

    row = took(scene.rosa, scene.employer, name="Rosa", at=acts(None, TODAY).at)

    assert row.proof.accepted is None
    assert Entry.objects.within(ALL).get(act="lesson.finished").partner is None


def test_the_end_wants_every_lesson_a_name_and_ones_word_and_happens_once():
    scene = office()
    taken = begin(scene)
    act = acts(scene.rosa, TODAY)
    with pytest.raises(lessons.NotYet, match=FIRST.title):
        lessons.finish(act, taken=taken, name="Rosa", myself=True)
    for each in COURSE.lessons:
        lessons.answer(act, taken=taken, lesson=each, nth=1, given=right(each))
    for name in (" ", "x" * 121, "\0"):
        with pytest.raises(lessons.Nameless):
            lessons.finish(act, taken=taken, name=name, myself=True)
    with pytest.raises(lessons.NotSaid):
        lessons.finish(act, taken=taken, name="Rosa", myself=False)
    assert CourseTaken.objects.within(ALL).get().finished_on is None

    first = lessons.finish(act, taken=taken, name="x" * 120, myself=True)
    again = lessons.finish(act, taken=taken, name="Somebody else", myself=True)

    assert (first.secret, first.holder_name) == (again.secret, again.holder_name)
    assert CourseProof.objects.within(ALL).count() == 1
    with pytest.raises(lessons.Finished):
        lessons.answer(act, taken=taken, lesson=FIRST, nth=2, given=right(FIRST))
    assert begin(scene).pk != taken.pk, "it may be taken again"


def test_the_first_try_is_what_the_partner_reads():
    scene = office()
    taken = begin(scene)
    act = acts(scene.rosa, TODAY)
    for each in COURSE.lessons:
        missed = each.questions[0].key
        lessons.answer(act, taken=taken, lesson=each, nth=1, given=wrong(each, missed))
        lessons.answer(act, taken=taken, lesson=each, nth=2, given={missed: right(each)[missed]})

    row = lessons.finish(act, taken=taken, name="Rosa", myself=True)

    assert (row.right, row.of) == (16, 24)


def test_the_database_refuses_two_courses_under_way_and_an_end_nobody_can_check():
    scene = office()
    row = begin(scene)

    with pytest.raises(IntegrityError), transaction.atomic():
        CourseTaken.objects.create(employer=scene.employer, person=scene.rosa, course=row.course, begun_at=row.begun_at)
    row.finished_on = TODAY
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_who_reads_a_certificate_and_what_strangers_are_told():
    scene = office()
    row = took(scene.rosa, scene.employer, name="Rosa Kowalchuk", at=acts(None, TODAY).at)

    told = asked.checked(row.secret)
    assert (told.course, told.name, told.finished_on) == (COURSE.title, "Rosa K.", TODAY)
    assert asked.checked(row.code) is None
    assert asked.checked("") is None
