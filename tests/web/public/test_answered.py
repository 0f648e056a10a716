"""Answers worked out from the rules on file."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db
TEN = {"asked": "yes", "owners": "1", "full_time": "5", "part_time": "2", "casual": "2", "account": "yes"}


def _ask(client, name, given):
    answer = client.get(reverse(f"public:{name}"), given)
    return answer, answer.content.decode()


def test_ten_people_qualify_and_eleven_are_led_to_cor(client):
    answer, words = _ask(client, "qualify", TEN)
    assert answer.status_code == 200
    assert "SECOR is made for you" in words

    _, words = _ask(client, "qualify", TEN | {"casual": "3"})
    assert "COR instead" in words
    assert "SECOR is made for you" not in words


def test_without_an_account_the_answer_is_not_yet(client):
    _, words = _ask(client, "qualify", TEN | {"account": "no"})

    assert "Not yet" in words
    assert "WCB account in Alberta first" in words


def test_nobody_at_all_is_not_yet_either(client):
    _, words = _ask(client, "qualify", {"asked": "yes", "account": "yes"})

    assert "one person at least" in words


def test_a_partner_that_counts_subcontractors_counts_them(client):
    ten_and_one = TEN | {"subcontractors": "1"}

    assert "SECOR is made for you" in _ask(client, "qualify", ten_and_one | {"partner": "asc"})[1]
    assert "COR instead" in _ask(client, "qualify", ten_and_one | {"partner": "amhsa"})[1]


@pytest.mark.parametrize(
    "change", [{"owners": "-1"}, {"owners": "1.5"}, {"owners": "x"}, {"account": ""}, {"partner": "nobody"}]
)
def test_what_cannot_be_counted_is_asked_again(client, change):
    answer, words = _ask(client, "qualify", TEN | change)

    assert answer.status_code == 422
    assert "There is something to mend" in words


EARNINGS = {"asked": "yes", "earnings": "450000", "rate": "2.00", "year": "1"}


@pytest.mark.parametrize(
    ("partner", "year", "money"), [("asc", "1", "$450.00"), ("acsa", "1", "$900.00"), ("acsa", "2", "$450.00")]
)
def test_the_refund_is_estimated_by_the_partners_rules(client, partner, year, money):
    _, words = _ask(client, "savings", EARNINGS | {"partner": partner, "year": year})

    assert f"<dd>{money}</dd>" in words
    assert "Our estimate" in words


def test_claims_that_cost_less_may_earn_more(client):
    history = {
        "prior_cost": "12000",
        "prior_earnings": "1200000",
        "current_earnings": "1350000",
        "current_cost": "11745",
    }

    _, words = _ask(client, "savings", EARNINGS | {"partner": "asc"} | history)

    assert "<dd>$1,170.00</dd>" in words


def test_half_a_history_is_asked_for_whole(client):
    answer, words = _ask(client, "savings", EARNINGS | {"prior_cost": "12000"})

    assert answer.status_code == 422
    assert "Give all four figures" in words


@pytest.mark.parametrize(
    "change", [{"earnings": "much"}, {"earnings": "-1"}, {"earnings": "1e400"}, {"rate": "NaN"}, {"year": "9"}]
)
def test_what_cannot_be_estimated_is_asked_again(client, change):
    assert _ask(client, "savings", EARNINGS | change)[0].status_code == 422


def test_partners_stand_side_by_side_with_their_sources(client):
    answer, words = _ask(client, "partners", {})

    assert answer.status_code == 200
    assert "Alberta Safety Council" in words
    assert "not published" in words
    assert "our default" in words
