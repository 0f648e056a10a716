"""Hints about a year's records: told to the owner alone, in words that blame nobody, with the way to the records."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client

from cards import act_of, card, worker_of
from cast import cast, signed_in
from secor.queries.hints import HintKind, hints_of
from secor.store.models import Record
from secor.store.scope import house
from secor.usecases import records

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2026, 5, 29, 16, 55)
ON = date(2026, 6, 3)
ALL = house("the test looks at everything")


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: act_of(None).at)
    return cast()


def kept(there, on, *, finished=None, **more):
    made = card(on=on, **more)
    at = finished or datetime(on.year, on.month, on.day, 7, on.day)
    made |= {"began_at": f"{at:%Y-%m-%dT%H:%M:%S}-06:00", "finished_at": f"{at:%Y-%m-%dT%H:%M:%S}-06:00"}
    return records.keep(act_of(there.wes), employer=there.roofing, sent=made)


def ready(there, who):
    answer = signed_in(Client(), getattr(there, who)).get(f"/employer/{there.roofing.code}/ready/")
    return answer.status_code, " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def kinds(there):
    return [each.hint.kind for each in hints_of(there.roofing, on=ON)]


def test_cards_of_a_week_made_on_friday_afternoon_are_told_to_the_owner_alone(there):
    week = [FRIDAY.date() - timedelta(days=nth) for nth in range(4)]
    for nth, day in enumerate(week):
        kept(there, day, finished=FRIDAY + timedelta(minutes=nth), task=f"Shingles, north side, row {nth}")
    status, words = ready(there, "rosa")
    assert status == 200
    assert "4 records of different days, finished within the same ten minutes" in words
    assert "Only you see this. It blocks nothing, and nobody is told." in words
    assert "May 29, 2026" in words

    assert "finished within the same ten minutes" not in ready(there, "sol")[1]
    assert ready(there, "wes")[0] == 403


def test_a_firm_without_anything_to_wonder_at_is_told_nothing(there):
    for nth in range(4):
        kept(there, ON - timedelta(days=nth), task=f"Shingles, north side, row {nth}")
    assert "wonder" not in ready(there, "rosa")[1]


def test_the_same_words_in_many_cards_are_told_with_how_many(there):
    for nth in range(6):
        kept(there, ON - timedelta(days=nth))
    assert "Site hazard card: 6 of 6 say the same, word for word" in ready(there, "rosa")[1]


@pytest.mark.parametrize(("days", "told"), [(0, []), (1, [HintKind.AFTER_LEAVING])])
def test_a_signature_counts_up_to_the_last_day_and_not_after_it(there, days, told):
    wes = worker_of(there.roofing, "Wes")
    kept(there, ON, crew=(("Wes", wes.code),))
    wes.ended_on = ON - timedelta(days=days)
    wes.save()
    assert kinds(there) == told


def test_a_card_that_was_made_weeks_after_its_day_is_told_of(there):
    kept(there, ON - timedelta(days=20), finished=datetime(2026, 6, 2, 9))
    assert kinds(there) == [HintKind.LATE]


def test_the_time_of_day_is_that_of_alberta(there):
    for nth in range(6):
        day = FRIDAY.date() - timedelta(weeks=nth)
        kept(there, day, finished=FRIDAY - timedelta(weeks=nth), task=f"Shingles, north side, row {nth}")
    assert "6 of 6 finished on Friday about 4:55 pm" in ready(there, "rosa")[1]


def test_corrected_records_those_of_a_year_ago_and_first_aid_are_left_alone(there):
    old = kept(there, ON - timedelta(days=366), finished=datetime(2026, 6, 2, 9))
    wrong = kept(there, ON - timedelta(days=30), finished=datetime(2026, 6, 2, 9))
    kept(there, ON, corrects=wrong.uid)
    aid = kept(there, ON - timedelta(days=40), finished=datetime(2026, 6, 2, 10))
    Record.objects.within(ALL).filter(uid=aid.uid).update(read_by="first_aid")
    assert kinds(there) == []
    Record.objects.within(ALL).filter(uid=old.uid).update(on=ON - timedelta(days=364))
    assert kinds(there) == [HintKind.LATE]


def test_another_businesss_records_are_nothing_to_wonder_at_here(there):
    made = card(on=ON - timedelta(days=30))
    records.keep(act_of(there.sam), employer=there.siding, sent=made | {"finished_at": "2026-06-02T09:00:00-06:00"})
    assert kinds(there) == []


def test_a_years_records_are_asked_in_few_queries(there, django_assert_max_num_queries):
    for nth in range(9):
        kept(there, ON - timedelta(days=nth))
    with django_assert_max_num_queries(5):
        assert hints_of(there.roofing, on=ON)
