"""What the eleventh person does to a certificate."""

from dataclasses import replace
from datetime import timedelta

import pytest

from lives import (
    RENEWAL,
    RULES,
    certified,
    day,
    extended,
    on,
    passed,
    people,
    rules,
    sent,
)
from secor.core.employer import Growth, GrowthBy
from secor.core.event import Event, EventKind

ISSUED = certified()
FIRST, SECOND = passed("2025-05-10"), passed("2026-05-10")
MAINTAINED = (ISSUED, FIRST, SECOND)


def grown(asked, *events, by=GrowthBy.NEXT_DUE):
    report = on(asked, *events, under=rules(by=by))
    return report.standing.value, report.convert_by and report.convert_by.isoformat()


@pytest.mark.parametrize(("count", "by"), [(10, None), (11, "2025-05-17")])
def test_the_eleventh_person_and_not_the_tenth_moves_an_employer_on(count, by):
    assert grown("2024-08-01", ISSUED, people("2024-08-01", count)) == ("valid", by)


@pytest.mark.parametrize(
    ("by", "last"),
    [(GrowthBy.NEXT_DUE, "2025-05-17"), (GrowthBy.YEAR_END, "2024-12-31"), (GrowthBy.IMMEDIATE, "2024-08-01")],
)
def test_the_last_day_to_move_on_is_still_good(by, last):
    events = (ISSUED, people("2024-08-01", 11))
    after = (day(last) + timedelta(days=1)).isoformat()

    assert grown(last, *events, by=by) == ("valid", last)
    assert grown(after, *events, by=by) == ("converted", None)
    assert on(after, *events, under=rules(by=by)).why == (f"more than 10 people: moved on by {last}",)
    assert on(after, *events, under=rules(by=by)).since == day(after)


def test_shrinking_again_and_growing_more_change_nothing():
    events = (ISSUED, people("2024-08-01", 11), people("2024-09-01", 9), people("2025-01-01", 14))

    assert grown("2025-05-17", *events) == ("valid", "2025-05-17")


def test_a_maintenance_audit_does_not_keep_a_grown_employer():
    assert grown("2025-05-18", ISSUED, people("2024-08-01", 11), FIRST) == ("converted", None)


def test_who_grows_after_sending_this_years_audit_moves_on_at_the_next():
    events = (ISSUED, sent("2025-05-10"), people("2025-05-12", 11), passed("2025-06-01"))

    assert grown("2025-06-01", *events) == ("valid", "2026-05-17")


def test_who_grows_after_sending_the_renewal_moves_on_in_the_next_cycle():
    events = (*MAINTAINED, sent("2027-04-01", RENEWAL), people("2027-04-10", 11), passed("2027-05-01", RENEWAL))

    assert grown("2027-04-30", *events) == ("valid", "2027-05-17")
    assert grown("2027-05-18", *events) == ("valid", "2028-05-17")


def test_a_renewal_of_an_employer_that_shrank_again_takes_the_note_back():
    events = (*MAINTAINED, people("2026-09-01", 11), people("2026-10-01", 10), passed("2027-05-01", RENEWAL))

    assert grown("2027-04-30", *events) == ("valid", "2027-05-17")
    assert grown("2027-05-18", *events) == ("valid", None)


def test_who_had_to_move_on_and_missed_an_audit_on_the_same_day_has_moved_on():
    events = (ISSUED, people("2024-08-01", 11))
    missed = on("2025-05-18", *events)

    assert (missed.standing.value, missed.since, missed.why) == (
        "converted",
        day("2025-05-18"),
        ("more than 10 people: moved on by 2025-05-17",),
    )


@pytest.mark.parametrize("last", ["2025-05-16", "2025-05-18"])
def test_of_two_things_missed_the_earlier_one_ends_a_certificate(last):
    under = replace(RULES, growth=Growth("ab-cor", GrowthBy.IMMEDIATE))
    moved_on = last < "2025-05-17"
    grew = people(last, 11)
    kept = () if moved_on else (extended("2025-05-01", "2025-06-30"),)

    assert on("2025-07-02", ISSUED, *kept, grew, under=under).since == day(last) + timedelta(days=1)


@pytest.mark.parametrize("order", [1, -1])
def test_a_count_told_without_its_number_takes_back_nothing_of_the_same_day(order):
    uncounted = Event(day("2026-10-01"), EventKind.HEADCOUNT)
    events = (*MAINTAINED, people("2026-09-01", 11), *(uncounted, people("2026-10-01", 0))[::order])

    assert grown("2027-05-18", *events, passed("2027-05-01", RENEWAL)) == ("valid", None)


def test_a_new_certification_takes_the_note_back():
    assert grown("2025-05-18", ISSUED, people("2024-08-01", 11), certified("2025-02-01")) == ("valid", None)


def test_a_scheme_without_a_limit_moves_nobody_on():
    assert on("2024-09-01", ISSUED, people("2024-08-01", 400), under=NO_LIMIT).convert_by is None


NO_LIMIT = type(RULES)("ns-cor", "csns", RULES.terms, RULES.due)
