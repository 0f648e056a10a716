"""Owners are told of tickets that run out: each span once, on the last day too, and nothing private."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cast import cast
from secor.post import sender
from secor.store.models import Letter, Ticket, Worker

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 30)


@pytest.fixture
def there():
    return cast()


def at(days_before: int) -> datetime:
    """Noon in Alberta, so many days before the last day."""
    day = LAST - timedelta(days=days_before)
    return datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


def hand(employer, name="Tia", **more) -> Worker:
    return Worker.objects.create(employer=employer, name=name, began_on=date(2024, 1, 8), **more)


def ticket(worker, *, training="fall", expires_on=LAST, **more) -> Ticket:
    told = {"title": "Tia's fall protection", "issued_on": date(2024, 1, 8), **more}
    return Ticket.objects.create(
        employer=worker.employer, worker=worker, training=training, expires_on=expires_on, **told
    )


def subjects() -> list[str]:
    return list(Letter.objects.order_by("pk").values_list("subject", flat=True))


@pytest.mark.parametrize(("days", "new"), [(61, 0), (60, 1), (31, 1), (30, 1), (8, 1), (7, 1), (1, 1), (0, 1), (-1, 0)])
def test_a_letter_is_written_from_sixty_days_before_until_the_last_day_itself(there, days, new):
    ticket(hand(there.roofing))

    assert sender.remind(at=at(days)) == new


def test_each_of_the_four_letters_is_written_once_whatever_the_days_between(there):
    ticket(hand(there.roofing))
    for days in range(70, -3, -1):
        sender.remind(at=at(days))
        sender.remind(at=at(days))

    assert subjects() == [
        f"A ticket of your crew runs out {when}" for when in ("in 60 days", "in 30 days", "in 7 days", "today")
    ]


def test_one_letter_for_all_tickets_of_one_day_and_one_for_each_business(there):
    for name in ("Tia", "Bo"):
        ticket(hand(there.roofing, name))
    ticket(hand(there.siding, "Stan"))
    sender.remind(at=at(5))

    assert sorted((letter.to, letter.subject) for letter in Letter.objects.all()) == [
        ("rosa@example.ca", "2 tickets of your crew run out in 5 days"),
        ("sam@example.ca", "A ticket of your crew runs out in 5 days"),
    ]


def test_a_letter_names_nobody_and_leads_to_the_page(there):
    ticket(hand(there.roofing))
    sender.remind(at=at(1))

    letter = Letter.objects.get()
    assert "Tia" not in letter.body + letter.subject
    assert "June 30, 2026. That day is still good." in letter.body
    assert f"/employer/{there.roofing.code}/workers/" in letter.body
    assert "in 1 day" in letter.subject


@pytest.mark.parametrize(
    "hushed",
    [
        lambda tia: ticket(tia, expires_on=LAST + timedelta(days=51)),
        lambda tia: ticket(tia, expires_on=None),
    ],
)
def test_a_renewed_ticket_hushes_the_one_before(there, hushed):
    tia = hand(there.roofing)
    ticket(tia)
    hushed(tia)

    assert sender.remind(at=at(10)) == 0


def test_another_training_hushes_nothing(there):
    tia = hand(there.roofing)
    ticket(tia)
    ticket(tia, training="lift", expires_on=None)

    assert sender.remind(at=at(10)) == 1


def test_tickets_that_were_taken_out_and_of_those_who_left_are_not_told(there):
    ticket(hand(there.roofing), removed_at=at(100))
    ticket(hand(there.roofing, "Gus", ended_on=LAST - timedelta(days=11)))
    assert sender.remind(at=at(10)) == 0

    ticket(hand(there.roofing, "Lu", ended_on=LAST - timedelta(days=10)))
    assert sender.remind(at=at(10)) == 1, "the last day of work still counts"
