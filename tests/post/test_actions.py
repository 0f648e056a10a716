"""Owners are told of what has to be put right: on its day and a week later, in one letter, never twice."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cast import cast
from certified import a_person
from secor.core.role import RoleKind
from secor.post import sender
from secor.store.models import CorrectiveAction, Letter
from secor.store.scope import house
from secor.usecases import actions
from secor.usecases.act import Act
from secor.usecases.actions import Wanted

pytestmark = pytest.mark.django_db
DUE = date(2026, 6, 30)
BEFORE = datetime(2026, 6, 1, 18, tzinfo=UTC)


@pytest.fixture
def there():
    return cast()


def at(days_after: int, hour: int = 18) -> datetime:
    """Noon in Alberta, so many days after the due day."""
    day = DUE + timedelta(days=days_after)
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def due(there, what="Fix the stairs", on=DUE, employer=None):
    act = Act(there.sam if employer else there.rosa, BEFORE)
    return actions.add(act, employer=employer or there.roofing, wanted=Wanted(what, due_on=on))


def subjects():
    return list(Letter.objects.order_by("pk").values_list("subject", flat=True))


def test_a_letter_goes_out_on_the_day_and_a_week_after_and_never_again(there):
    due(there)
    for days in range(-3, 40):
        for hour in (7, 18):
            sender.remind(at=at(days, hour))

    assert subjects() == ["To fix: 1 thing due today", "To fix: 1 thing past its day"]
    assert [letter.written_at.date() for letter in Letter.objects.order_by("pk")] == [DUE, DUE + timedelta(days=7)]


@pytest.mark.parametrize(("days", "new"), [(-1, 0), (0, 1), (6, 1), (7, 1), (400, 1)])
def test_whenever_the_sender_comes_there_is_one_letter_of_what_is_true_then(there, days, new):
    due(there)
    assert sender.remind(at=at(days)) == new
    assert sender.remind(at=at(days)) == 0


@pytest.mark.parametrize(
    ("first", "second", "new"), [(0, 6, 0), (0, 7, 1), (3, 6, 0), (3, 7, 1), (7, 14, 0), (9, 30, 0)]
)
def test_the_second_letter_comes_a_week_after_the_day_where_the_first_came_before(there, first, second, new):
    due(there)
    sender.remind(at=at(first))
    assert sender.remind(at=at(second)) == new


def test_the_day_is_albertas_day(there):
    due(there)
    early = datetime(2026, 6, 30, 5, 59, tzinfo=UTC)
    assert sender.remind(at=early) == 0
    assert sender.remind(at=early + timedelta(minutes=1)) == 1


def test_everything_of_a_business_stands_in_one_letter_that_names_nothing(there):
    for nth in range(3):
        due(there, f"Mend the secret ladder {nth}")
    due(there, "Mend the secret gate", DUE - timedelta(days=7))
    due(there, "Mend Sam's roof", employer=there.siding)
    assert sender.remind(at=at(0)) == 2

    letter = Letter.objects.get(to="rosa@example.ca")
    assert letter.subject == "To fix: 1 thing past its day and 3 things due today"
    assert f"/employer/{there.roofing.code}/actions/" in letter.body
    assert "secret" not in letter.subject + letter.body
    assert Letter.objects.get(to="sam@example.ca").subject == "To fix: 1 thing due today"


def test_what_joins_the_list_after_the_letter_of_that_day_is_not_forgotten(there):
    due(there)
    sender.remind(at=at(0, 7))
    due(there, "Fix the gate")
    sender.remind(at=at(0))

    assert subjects() == ["To fix: 1 thing due today"] * 2


def test_what_is_done_reminds_nobody_and_a_day_that_was_moved_reminds_anew(there):
    done, moved = due(there), due(there, "Fix the gate")
    actions.finish(Act(there.rosa, BEFORE), action=done, how="x")
    sender.remind(at=at(0))
    assert subjects() == ["To fix: 1 thing due today"]
    later = DUE + timedelta(days=20)
    actions.change(Act(there.rosa, at(1)), action=moved, wanted=Wanted(moved.what, due_on=later))
    for days in range(1, 40):
        sender.remind(at=at(days))
    assert subjects() == ["To fix: 1 thing due today", "To fix: 1 thing due today", "To fix: 1 thing past its day"]


def test_each_owner_is_told_and_nobody_else(there):
    a_person("Ola", RoleKind.OWNER, employer=there.roofing)
    due(there)
    sender.remind(at=at(0))
    assert set(Letter.objects.values_list("to", flat=True)) == {"rosa@example.ca", "ola@example.ca"}


def test_letters_and_their_marks_are_kept_together_or_not_at_all(there, monkeypatch):
    due(there)
    monkeypatch.setattr(actions.letters, "keep", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        sender.remind(at=at(0))
    assert set(CorrectiveAction.objects.within(house("the test")).values_list("reminded", flat=True)) == {0}
