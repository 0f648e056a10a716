"""What a cycle asks for, and which audits count toward it."""

from datetime import date

import pytest

from lives import LONG, SHORT
from secor.core.anniversary import DuePolicy, DueRule
from secor.core.audit import Kind
from secor.core.duty import duties, missable, owed

STARTED, ENDS = date(2024, 5, 17), date(2027, 5, 17)


def asked(term=LONG, opens=None):
    rule = DueRule(DuePolicy.ANNIVERSARY_DAY, opens_months_before=opens)
    return duties(rule, term=term, started_on=STARTED, ends_on=ENDS, partner="asc")


@pytest.mark.parametrize("opens", [None, 6])
def test_a_cycle_asks_for_each_maintenance_audit_and_a_renewal(opens):
    window = (None, None, None) if opens is None else (date(2024, 11, 17), date(2025, 11, 17), date(2026, 11, 17))

    assert [(duty.kind, duty.due.due_on, duty.due.opens_on) for duty in asked(opens=opens)] == [
        (Kind.MAINTENANCE, date(2025, 5, 17), window[0]),
        (Kind.MAINTENANCE, date(2026, 5, 17), window[1]),
        (Kind.RECERTIFICATION, ENDS, window[2]),
    ]


def test_a_short_term_asks_for_a_renewal_only():
    assert [duty.kind for duty in asked(SHORT)] == [Kind.RECERTIFICATION]


@pytest.mark.parametrize(
    ("kind", "maintenance", "renewal"),
    [
        (None, True, True),
        (Kind.MAINTENANCE, True, False),
        (Kind.RECERTIFICATION, False, True),
        (Kind.ACTION_PLAN, True, False),
        (Kind.LIMITED_SCOPE, True, True),
        (Kind.ADMINISTRATIVE, True, True),
        (Kind.CERTIFICATION, False, False),
    ],
)
def test_each_kind_of_audit_counts_toward_its_own_duty(kind, maintenance, renewal):
    first, _, last = asked()

    assert (first.takes(kind), last.takes(kind)) == (maintenance, renewal)


def test_what_waits_for_a_decision_is_owed_and_cannot_be_missed():
    all_three = asked()
    all_three[0].reached = True

    assert (owed(all_three), missable(all_three)) == (all_three[0], all_three[1])


def test_what_is_done_is_owed_no_more():
    all_three = asked()
    for duty in all_three:
        duty.done = True

    assert (owed(all_three), missable(all_three)) == (None, None)


def test_what_an_extension_carried_past_the_next_duty_is_owed_after_it():
    all_three = asked()

    assert all_three[1].extend(date(2027, 5, 18), partner="asc")
    assert [owed(all_three[1:]), owed(all_three)] == [all_three[2], all_three[0]]


@pytest.mark.parametrize(("until", "moved"), [(date(2025, 5, 17), False), (date(2025, 5, 18), True)])
def test_only_a_later_day_is_an_extension(until, moved):
    duty = asked()[0]

    assert duty.extend(until, partner="asc") is moved
    assert duty.due.due_on == until
    assert duty.due.why.endswith("extended by the partner (asc)") is moved
