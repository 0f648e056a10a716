"""What has to be put right is given to somebody, put right with proof, and opened again if need be."""

from datetime import date, timedelta

import pytest

from cards import NOON, act_of, worker_of
from cast import cast
from estates import estates
from secor.queries import actions as asked
from secor.queries.people import Scope
from secor.store.models import CorrectiveAction, Entry, Note, Reopening, Role
from secor.store.scope import house
from secor.usecases import actions, files, records
from secor.usecases.act import Act
from secor.usecases.actions import Wanted
from uploads import photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
DAY = NOON.date()


def rows():
    return CorrectiveAction.objects.within(ALL).order_by("pk")


def acted(what):
    return Entry.objects.within(ALL).filter(act=what)


@pytest.fixture
def there():
    return cast()


@pytest.fixture
def action(there):
    return actions.add(act_of(there.rosa), employer=there.roofing, wanted=Wanted("Fix the stairs"))


def keep(there, made, *, who="wes"):
    return records.keep(act_of(getattr(there, who)), employer=there.roofing, sent=made)


@pytest.mark.parametrize("who", ["rosa", "sol"])
def test_who_answers_for_the_business_adds_gives_and_reopens(there, who):
    act, wes = act_of(getattr(there, who)), worker_of(there.roofing, "Wes", person=there.wes)
    row = actions.add(act, employer=there.roofing, wanted=Wanted(" Fix  the stairs\r\n", wes, DAY))
    assert (row.what, row.worker, row.due_on, row.source) == ("Fix  the stairs", wes, DAY, "own")
    assert actions.add(act, employer=there.roofing, wanted=Wanted("Fix  the stairs")) == row
    row = actions.change(act, action=row, wanted=Wanted("Fix the stairs", None, DAY + timedelta(days=3)))
    assert (row.worker, row.due_on) == (None, DAY + timedelta(days=3))
    actions.change(act, action=row, wanted=Wanted("Fix the stairs", None, DAY + timedelta(days=3)))
    assert acted("action.changed").count() == 1
    row = actions.finish(act, action=row, how="New tread")
    assert (row.done_on, row.done_by, row.done_how, row.proof) == (DAY, act.by, "New tread", None)
    row = actions.reopen(act, action=row, why="It broke", due_on=DAY)
    assert (row.done_on, row.done_by, row.done_how, row.due_on) == (None, None, "", DAY)


@pytest.mark.parametrize("who", ["wes", "sam", "dev", "pat", "rey", "mona", "vic"])
def test_nobody_else_changes_anything(there, action, who):
    act = act_of(getattr(there, who))
    for refused in (
        lambda: actions.add(act, employer=there.roofing, wanted=Wanted("Mine")),
        lambda: actions.change(act, action=action, wanted=Wanted("Mine")),
        lambda: actions.finish(act, action=action, how="Done"),
        lambda: actions.reopen(act, action=action, why="Because"),
    ):
        with pytest.raises(actions.NotYours):
            refused()
    assert [row.what for row in rows()] == ["Fix the stairs"]
    assert rows().get().done_on is None


def test_a_worker_finishes_what_is_given_to_them_and_nothing_else(there, action):
    wes, ola = worker_of(there.roofing, "Wes", person=there.wes), worker_of(there.roofing, "Ola")
    actions.change(act_of(there.rosa), action=action, wanted=Wanted(action.what, ola))
    with pytest.raises(actions.NotYours):
        actions.finish(act_of(there.wes), action=action, how="Done")
    actions.change(act_of(there.rosa), action=action, wanted=Wanted(action.what, wes))
    action.refresh_from_db()

    row = actions.finish(act_of(there.wes), action=action, how="Done", upload=sent(photo()))
    assert (row.done_by, row.done_worker, row.proof.kind) == (there.wes, None, "image/jpeg")
    with pytest.raises(actions.NotYours):
        actions.reopen(act_of(there.wes), action=row, why="Mine")


def test_a_worker_without_an_account_finishes_with_a_pin_what_is_given_to_them(there, action):
    ola, kim = worker_of(there.roofing, "Ola"), worker_of(there.roofing, "Kim")
    actions.change(act_of(there.rosa), action=action, wanted=Wanted(action.what, ola))
    action.refresh_from_db()
    for stranger in (Act(None, NOON), Act(None, NOON, worker=kim.code)):
        with pytest.raises(actions.NotYours):
            actions.finish(stranger, action=action, how="Done")

    row = actions.finish(Act(None, NOON, worker=ola.code), action=action, how="Done")
    assert (row.done_by, row.done_worker) == (None, ola)


@pytest.mark.parametrize("days", [0, 1])
def test_who_left_finishes_nothing_from_the_day_after_their_last(there, action, days):
    wes = worker_of(there.roofing, "Wes", person=there.wes)
    actions.change(act_of(there.rosa), action=action, wanted=Wanted(action.what, wes))
    wes.ended_on = DAY
    wes.save()
    action.refresh_from_db()
    assert actions.may_finish(act_of(there.wes, after=timedelta(days=days)), action=action) is (days == 0)


def test_a_worker_whose_role_ended_finishes_nothing(there, action):
    wes = worker_of(there.roofing, "Wes", person=there.wes)
    actions.change(act_of(there.rosa), action=action, wanted=Wanted(action.what, wes))
    action.refresh_from_db()
    Role.objects.filter(person=there.wes).update(until_on=DAY - timedelta(days=1))
    assert not actions.may_finish(act_of(there.wes), action=action)


def test_finishing_twice_is_once_and_a_done_one_is_changed_only_after_it_was_reopened(there, action):
    act = act_of(there.rosa)
    actions.finish(act, action=action, how="New tread", upload=sent(photo()))
    actions.finish(act, action=action, how="Another story")
    assert rows().get().done_how == "New tread"
    assert acted("action.finished").count() == 1
    with pytest.raises(actions.Done):
        actions.change(act, action=action, wanted=Wanted("Other"))

    actions.reopen(act, action=action, why="It broke again")
    with pytest.raises(actions.StillOpen):
        actions.reopen(act, action=action, why="It broke again")
    (kept,) = asked.reopenings_of(rows().get())
    assert (kept.why, kept.done_how, kept.done_on, kept.done_by) == ("It broke again", "New tread", DAY, there.rosa)
    assert kept.proof is not None, "the photo of the fix that did not hold is kept"


def test_no_words_of_anybody_stand_in_the_journal(there, action):
    wes = worker_of(there.roofing, "Wes Doe", person=there.wes)
    actions.change(act_of(there.rosa), action=action, wanted=Wanted("Fix the gate", wes, DAY))
    actions.finish(act_of(there.rosa), action=action, how="New hinge")
    actions.reopen(act_of(there.rosa), action=action, why="Loose")

    told = " ".join(str(entry.detail) for entry in Entry.objects.within(ALL))
    assert not [word for word in ("stairs", "gate", "hinge", "Loose", "Doe") if word in told]


@pytest.mark.parametrize(("days", "fits"), [(-1, False), (0, True), (1, True), (3 * 366, True), (3 * 366 + 1, False)])
def test_a_due_day_lies_between_today_and_three_years_from_now(there, action, days, fits):
    wanted = Wanted(action.what, due_on=DAY + timedelta(days=days))
    if fits:
        assert actions.change(act_of(there.rosa), action=action, wanted=wanted).due_on == wanted.due_on
    else:
        with pytest.raises(actions.WrongDay):
            actions.change(act_of(there.rosa), action=action, wanted=wanted)


def test_a_day_that_has_passed_and_somebody_who_left_may_stay(there, action):
    wes = worker_of(there.roofing, "Wes")
    actions.change(act_of(there.rosa), action=action, wanted=Wanted(action.what, wes, DAY))
    wes.ended_on = DAY
    wes.save()
    later = act_of(there.rosa, after=timedelta(days=9))
    row = actions.change(later, action=action, wanted=Wanted("Fix the steps", wes, DAY))
    assert (row.what, row.due_on, row.worker) == ("Fix the steps", DAY, wes)
    with pytest.raises(actions.WrongDay):
        actions.change(later, action=action, wanted=Wanted("Fix the steps", wes, DAY + timedelta(days=1)))


def test_it_is_given_only_to_somebody_who_works_here_today(there, action):
    left = worker_of(there.roofing, "Gus")
    left.ended_on = DAY - timedelta(days=1)
    left.save()
    for worker in (left, worker_of(there.siding, "Sid")):
        with pytest.raises(actions.NotTheirs):
            actions.change(act_of(there.rosa), action=action, wanted=Wanted(action.what, worker))


@pytest.mark.parametrize("words", ["", "  \n", "\0"])
def test_words_that_say_nothing_are_refused_and_write_nothing(there, action, words):
    act = act_of(there.rosa)
    for refused in (
        lambda: actions.add(act, employer=there.roofing, wanted=Wanted(words)),
        lambda: actions.change(act, action=action, wanted=Wanted(words)),
        lambda: actions.finish(act, action=action, how=words),
    ):
        with pytest.raises(actions.Blank):
            refused()
    actions.finish(act, action=action, how="x")
    with pytest.raises(actions.Blank):
        actions.reopen(act, action=action, why=words)
    assert not Reopening.objects.within(ALL).exists()


def test_a_hostile_photo_is_refused_and_the_action_stays_open(there, action):
    with pytest.raises(files.NotTaken):
        actions.finish(act_of(there.rosa), action=action, how="Done", upload=sent(b"<svg onload=alert(1)>" + b" " * 99))
    assert rows().get().done_on is None


def test_the_501st_open_action_is_refused(there, monkeypatch):
    monkeypatch.setattr(actions, "OPEN_MOST", 2)
    act = act_of(there.rosa)
    for nth in range(2):
        row = actions.add(act, employer=there.roofing, wanted=Wanted(f"Fix {nth}"))
    with pytest.raises(actions.Full):
        actions.add(act, employer=there.roofing, wanted=Wanted("Fix 3"))
    actions.finish(act, action=row, how="x")
    actions.add(act, employer=there.roofing, wanted=Wanted("Fix 3"))


def test_what_a_reviewer_wants_put_right_goes_on_the_list_once():
    people, estate, _ = estates("returned", performer="self_assessor")
    act = Act(people.rosa, NOON)
    row = actions.add_from_note(act, note=estate.note)
    assert actions.add_from_note(act, note=estate.note) == row
    assert (row.source, row.what, row.audit) == ("note", "Question 1.1: Kestrelmark reviewer says", estate.audit)
    assert asked.of_audit(estate.audit) == {f"note:{estate.note.code}"}
    with pytest.raises(actions.NotYours):
        actions.add_from_note(Act(people.sam, NOON), note=estate.note)
    Note.objects.within(ALL).filter(pk=estate.note.pk).update(kind="information")
    with pytest.raises(actions.NothingToFix):
        actions.add_from_note(act, note=estate.note)


def test_a_note_that_was_not_sent_yet_is_nobodys_to_know():
    people, estate, _ = estates("in_review")
    with pytest.raises(actions.NothingToFix):
        actions.add_from_note(Act(people.rosa, NOON), note=estate.note)
    assert asked.note_of(estate.employer, estate.note.code) is None


def test_the_gaps_of_an_accepted_audit_go_on_the_list_once():
    people, estate, _ = estates("accepted")
    act = Act(people.rosa, NOON)
    gaps = {"1.1": "Sign the policy", "1.2": "Post it " + "x" * 400}
    first = actions.add_from_audit(act, audit=estate.audit, gaps=gaps)
    assert actions.add_from_audit(act, audit=estate.audit, gaps=gaps) == first
    assert [(row.line, row.source, len(row.what)) for row in first] == [("1.1", "audit", 15), ("1.2", "audit", 300)]
    for wrong in ({}, {"99.9": "Other"}):
        with pytest.raises(actions.NothingToFix):
            actions.add_from_audit(act, audit=estate.audit, gaps=wrong)
    estate.audit.stage = "open"
    estate.audit.save()
    with pytest.raises(actions.NothingToFix):
        actions.add_from_audit(act, audit=estate.audit, gaps=gaps)


def test_the_list_stands_overdue_first_then_by_day_then_without_one(there):
    act = act_of(there.rosa)

    def added(what, days=None):
        due_on = None if days is None else DAY + timedelta(days=days)
        return actions.add(act, employer=there.roofing, wanted=Wanted(what, due_on=due_on))

    someday, later, soon, today = added("someday"), added("later", 9), added("soon", 1), added("today", 0)
    gone = added("gone", 2)
    actions.finish(act, action=gone, how="x")
    on = DAY + timedelta(days=1)
    listed = asked.listed(there.roofing, on=on)
    assert listed.overdue == (today,)
    assert listed.ahead == (soon, later)
    assert listed.dayless == (someday,)
    assert listed.done == (gone,)
    assert listed.open == (today, soon, later, someday)
    assert asked.open_count(there.roofing, on=on) == (4, 1)
    assert asked.open_count(there.roofing, on=DAY) == (4, 0)
    assert asked.open_count(there.siding, on=on) == (0, 0)


def test_only_the_businesss_own_people_reach_an_action(there, action):
    def sees(**scope):
        return asked.reached(Scope(**scope), there.roofing, action.code) is not None

    assert sees(employers=frozenset({there.roofing.pk}))
    assert not sees(partners=frozenset({there.asc.pk}))
    assert not sees(employers=frozenset({there.siding.pk}))
    assert not sees(assessor=there.dev.pk)


def test_what_is_given_to_a_person_is_theirs_alone(there, action):
    wes = worker_of(there.roofing, "Wes", person=there.wes)
    actions.change(act_of(there.rosa), action=action, wanted=Wanted(action.what, wes, date(2026, 6, 9)))
    assert asked.given_to(there.roofing, there.wes) == (action,)
    assert asked.given_to(there.roofing, there.rosa) == ()
    actions.finish(act_of(there.rosa), action=action, how="x")
    assert asked.given_to(there.roofing, there.wes) == ()
