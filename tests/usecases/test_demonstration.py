"""The demonstration's day moves to where it was told, and on no other site."""

from datetime import UTC, date, datetime

import pytest

import listed
from secor.queries.clock import days_ahead
from secor.store.models import Certificate
from secor.store.scope import Scope, house
from secor.usecases import demonstration
from secor.usecases.act import Act
from secor.usecases.demonstration import Stride

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_demonstration(settings):
    settings.DEMONSTRATION = True


def _act(year, month, day):
    return Act(None, datetime(year, month, day, 18, tzinfo=UTC))


def _owes(row, on, *, ended=False):
    Certificate.objects.within(house("test")).filter(pk=row.pk).update(owed_due_on=on, ended=ended)
    return row


@pytest.mark.parametrize(
    ("today", "then"),
    [
        ((2026, 1, 31), date(2026, 2, 28)),
        ((2028, 1, 31), date(2028, 2, 29)),
        ((2026, 12, 15), date(2027, 1, 15)),
        ((2026, 4, 30), date(2026, 5, 30)),
    ],
)
def test_a_month_on_is_the_same_day_or_the_months_last(today, then):
    assert demonstration.move_day(_act(*today), by=Stride.MONTH) == then
    assert days_ahead() == (then - date(*today)).days


def test_the_next_due_day_is_the_readers_own_before_anybodys():
    theirs = _owes(listed.certificate(listed.employer("Later Ltd."), serial=1), date(2025, 5, 17))
    _owes(listed.certificate(listed.employer("Sooner Ltd."), serial=2), date(2025, 3, 1))
    scope = Scope(employers=frozenset({theirs.employer_id}))

    assert demonstration.move_day(_act(2025, 1, 1), by=Stride.DUE, scope=scope) == date(2025, 5, 17)
    assert demonstration.move_day(_act(2025, 1, 1), by=Stride.DUE, scope=Scope()) == date(2025, 3, 1)
    assert demonstration.move_day(_act(2025, 1, 1), by=Stride.DUE) == date(2025, 3, 1)


def test_a_due_day_that_is_today_or_belongs_to_an_ended_certificate_is_not_ahead():
    _owes(listed.certificate(listed.employer("Today Ltd."), serial=1), date(2025, 1, 1))
    _owes(listed.certificate(listed.employer("Ended Ltd."), serial=2), date(2025, 3, 1), ended=True)

    with pytest.raises(demonstration.NothingDue):
        demonstration.move_day(_act(2025, 1, 1), by=Stride.DUE)
    assert days_ahead() == 0


def test_a_real_site_refuses(settings):
    settings.DEMONSTRATION = False

    with pytest.raises(demonstration.NotADemonstration):
        demonstration.move_day(_act(2025, 1, 1), by=Stride.DAY)
