"""The business in numbers, on its page: each with its sentence, nothing where there is too little to say."""

import re
from datetime import date

import pytest
from django.test import Client

from cards import act_of
from cast import cast, signed_in
from secor.core.figures import Pool
from secor.queries import figures as asked
from secor.queries.figures import Comparison
from secor.store.models import Consent, MonthOfWork, Program
from secor.store.scope import house
from secor.web.charts import happened
from secor.web.employer.figures import _compared

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: act_of(None).at)
    return cast()


@pytest.fixture
def here(there):
    return f"/employer/{there.roofing.code}/numbers/"


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())


def test_a_firm_that_has_just_begun_is_told_what_will_stand_here(there, here):
    said = words(signed_in(Client(), there.rosa).get(here))
    assert "Nothing is on file yet. Your first records bring the first numbers." in said
    assert "0 near misses and 0 incidents. Too few to say." in said
    assert "0 incidents in an estimated 11,520 hours of 12 months." in said
    assert "Too few firms of your trade share their figures yet. It takes 10" in said


def test_the_owners_own_hours_take_the_place_of_the_estimate(there, here):
    rosa = signed_in(Client(), there.rosa)
    assert "May 2026 960 our estimate" in words(rosa.get(here))
    assert rosa.post(here, {"do": "month", "month": "2026-05-01", "hours": "812", "days_lost": "0"}).status_code == 302
    said = words(rosa.get(here))
    assert "May 2026 812 as you told" in said
    assert "0 days lost in 812 hours of 1 month: too few to say. It takes 2,000 hours." in said
    assert MonthOfWork.objects.within(ALL).get().month == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"month": "2026-06-01"}, "Choose one of the list."),
        ({"month": "x"}, "Choose one of the list."),
        ({"month": "2026-05-01", "hours": "many"}, "Write a whole number, such as 800."),
        ({"month": "2026-05-01", "hours": "20001"}, "20000"),
    ],
)
def test_a_month_that_cannot_be_is_told_in_its_place(there, here, fields, told):
    answer = signed_in(Client(), there.rosa).post(here, {"do": "month", **fields})
    assert (answer.status_code, told in words(answer)) == (422, True)
    assert not MonthOfWork.objects.within(ALL).exists()


def test_the_owner_consents_and_withdraws_on_the_page(there, here):
    rosa = signed_in(Client(), there.rosa)
    assert "Yes, count ours" in words(rosa.get(here))
    rosa.post(here, {"do": "consent"})
    said = words(rosa.get(here))
    assert "You share Since June 3, 2026, agreed by Rosa." in said
    assert "Stop sharing" in said
    rosa.post(here, {"do": "withdraw"})
    assert "Yes, count ours" in words(rosa.get(here))
    assert Consent.objects.within(ALL).get().withdrawn_on == date(2026, 6, 3)


def test_a_self_assessor_reads_and_changes_nothing_and_others_do_not_read(there, here):
    sol = signed_in(Client(), there.sol)
    said = words(sol.get(here))
    assert "Yes, count ours" not in said
    assert "Keep this month" not in said
    assert sol.post(here, {"do": "consent"}).status_code == 403
    for who, status in (("wes", 403), ("sam", 404), ("pat", 403), ("dev", 403)):
        assert signed_in(Client(), getattr(there, who)).get(here).status_code == status


def test_a_program_brings_its_schedule(there, here):
    at = act_of(None).at
    Program.objects.create(employer=there.roofing, trade="roofing", begun_on=date(2026, 3, 1), changed_at=at)
    assert "Toolbox talk: 0 of 13 weeks" in words(signed_in(Client(), there.rosa).get(here))


@pytest.mark.parametrize(
    ("measure", "number", "mine", "told"),
    [
        (asked.TALK, 20, 12, "hold a toolbox talk about every 9 days; you hold one every 12 days."),
        (asked.TALK, 20, None, "hold a toolbox talk about every 9 days; you have none on file."),
        (asked.NEAR_MISS, 180, 1, "tell of a near miss about every 1 day; you do every 1 day."),
        (asked.FIX, 20, None, "take 9 days to put a thing right; you have put none right yet."),
        (asked.INSPECTION, 0, 12, None),
    ],
)
def test_a_comparison_is_a_sentence_with_whole_days(measure, number, mine, told):
    said = _compared(Comparison(measure, mine, Pool(10, number, 180)))
    assert said == (f"Firms like yours that share their figures {told}" if told else "")
    assert _compared(Comparison(measure, mine, None)) == ""


def test_the_drawing_is_as_high_as_its_highest_month_and_says_itself_in_words():
    months = [asked.Happened(date(2026, nth, 1), nth, 4 - nth) for nth in (1, 2, 4)]
    drawn = happened(months)
    assert [(each.height, each.near_height) for each in drawn.months] == [(22, 68), (45, 45), (90, 0)]
    assert all(each.top + each.height == drawn.ground == each.near_top + each.near_height for each in drawn.months)
    assert drawn.telling == "Incidents and near misses. January: 1 and 3; February: 2 and 2; April: 4 and 0."
    assert happened([asked.Happened(date(2026, 1, 1), 0, 0)]).months[0].height == 0
