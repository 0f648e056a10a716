"""What a ticket is worth on a day: its last day is still a good one."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from secor.core.ticket import Need, Ticket, TicketState, Wanted, lasting, need_of, proves, wanted

LAST = date(2026, 6, 30)


def on(left: int) -> date:
    return LAST - timedelta(days=left)


@pytest.mark.parametrize(
    ("left", "state", "within"),
    [
        (91, TicketState.GOOD, None),
        (90, TicketState.RUNS_OUT, 90),
        (61, TicketState.RUNS_OUT, 90),
        (60, TicketState.RUNS_OUT, 60),
        (31, TicketState.RUNS_OUT, 60),
        (30, TicketState.RUNS_OUT, 30),
        (1, TicketState.RUNS_OUT, 30),
        (0, TicketState.RUNS_OUT, 30),
        (-1, TicketState.EXPIRED, None),
    ],
)
def test_the_last_day_still_counts_and_each_span_begins_on_its_day(left, state, within):
    ticket = Ticket("fall", LAST)

    assert (ticket.left(on(left)), ticket.state(on(left)), ticket.within(on(left))) == (left, state, within)


def test_a_ticket_without_an_end_is_good_for_ever():
    ticket = Ticket("journey", None)

    assert (ticket.left(LAST), ticket.state(LAST), ticket.within(LAST)) == (None, TicketState.GOOD, None)


def test_of_each_thing_proved_the_ticket_that_lasts_longest_counts():
    old, new = Ticket("fall", LAST), Ticket("fall", LAST + timedelta(days=1))
    forever, other = Ticket("fall", None), Ticket("lift", LAST)

    assert lasting([old, new, other]) == {"fall": new, "lift": other}
    assert lasting([new, old])["fall"] is new
    assert lasting([forever, new])["fall"] is forever
    assert lasting([new, forever])["fall"] is forever


def test_a_ticket_proves_a_training_or_what_its_title_says():
    assert proves("fall", "Anything") == "fall"
    assert proves("", " H2S   Alive ") == proves("", "h2s alive") != proves("", "h2s")


@pytest.mark.parametrize(
    ("ticket", "needed", "need"),
    [
        (Ticket("fall", LAST + timedelta(days=91)), True, Need.HELD),
        (Ticket("fall", LAST + timedelta(days=91)), False, Need.HELD),
        (Ticket("fall", LAST), True, Need.RUNS_OUT),
        (Ticket("fall", LAST - timedelta(days=1)), True, Need.EXPIRED),
        (None, True, Need.MISSING),
        (None, False, Need.NOT_NEEDED),
        (None, None, Need.UNTOLD),
        (Ticket("fall", LAST), None, Need.RUNS_OUT),
        (Ticket("fall", LAST - timedelta(days=1)), None, Need.EXPIRED),
        (Ticket("fall", LAST - timedelta(days=1)), False, Need.NOT_NEEDED),
    ],
)
def test_how_somebody_stands_with_a_training(ticket, needed, need):
    assert need_of(ticket, needed=needed, on=LAST) is need


def test_what_is_wanted_is_counted_by_each_thing_that_a_ticket_shows():
    needs = [
        (Need.HELD, ["ticket", "first_aid"]),
        (Need.RUNS_OUT, ["ticket"]),
        (Need.EXPIRED, ["ticket", "first_aid"]),
        (Need.MISSING, ["ticket"]),
        (Need.UNTOLD, ["ticket", "rep"]),
        (Need.NOT_NEEDED, ["ticket"]),
    ]
    found = wanted(needs)

    assert found == {"ticket": Wanted(2, 4), "first_aid": Wanted(1, 2)}
    assert found["ticket"].share == Fraction(1, 2)
    assert wanted([]) == {}
