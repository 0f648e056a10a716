"""What must hold for every history, and for a certificate begun on any day of four years."""

import itertools
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from lives import (
    RENEWAL,
    RULES,
    certified,
    day,
    extended,
    failed,
    gathered,
    on,
    passed,
    people,
    rules,
    sent,
    stands,
    told,
)
from secor.core.anniversary import DuePolicy, DueRule, Milestone
from secor.core.audit import Kind
from secor.core.certificate import LIVE, Projection, Standing, projection, standing
from secor.core.employer import GrowthBy
from secor.core.event import Event, EventKind
from secor.core.term import Expiry, RenewalAnchor, Snap

A_DAY = timedelta(days=1)
DAY_ONE = date(2024, 1, 1)
FOUR_YEARS = 1461
POLICIES = {
    policy: DueRule(policy, fixed_day=(12, 1) if policy is DuePolicy.FIXED_DAY else None) for policy in DuePolicy
}
ISSUED = certified()
FIRST, SECOND = passed("2025-05-10"), passed("2026-05-10")
MAINTAINED = (ISSUED, FIRST, SECOND)

days = some.dates(date(2023, 6, 1), date(2029, 12, 31))
happenings = some.builds(
    Event,
    on=days,
    event=some.sampled_from(EventKind),
    kind=some.none() | some.sampled_from(Kind),
    passed=some.none() | some.booleans(),
    until=some.none() | days,
    count=some.none() | some.integers(0, 14),
    records_months=some.none() | some.integers(0, 24),
)
histories = some.lists(happenings, max_size=12).map(lambda told: [certified("2023-06-01"), *told])
regimes = some.builds(
    rules,
    due=some.builds(
        replace,
        some.sampled_from(list(POLICIES.values())),
        milestone=some.sampled_from(Milestone),
        opens_months_before=some.none() | some.integers(1, 12),
        grace_days=some.integers(0, 60),
    ),
    expiry=some.builds(Expiry, some.sampled_from(Snap), renewal_anchor=some.sampled_from(RenewalAnchor)),
    by=some.sampled_from(GrowthBy),
)


@given(histories, regimes, days)
def test_every_history_has_a_standing_on_every_day(history, under, asked):
    report = standing(history, rules=under, on=asked)

    assert (report.owed is not None) == (report.standing in LIVE)
    assert (report.standing is Standing.NONE) == (asked < date(2023, 6, 1))
    assert report.why
    if report.since is not None:
        assert report.standing not in LIVE or report.since <= asked


@given(histories, regimes, days, some.randoms(use_true_random=False))
def test_no_order_of_telling_and_no_telling_twice_changes_a_standing(history, under, asked, chance):
    shuffled = history + chance.sample(history, k=len(history) // 2)
    chance.shuffle(shuffled)

    assert standing(shuffled, rules=under, on=asked) == standing(history, rules=under, on=asked)


def test_one_day_told_in_every_order_is_one_day():
    same_day = [
        certified(months=4),
        certified(months=12),
        told("suspended", "2024-05-17"),
        told("revoked", "2024-05-17"),
    ]

    assert len({on("2024-06-01", *order) for order in itertools.permutations(same_day)}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (certified(months=None), certified(months=0)),
        (certified(months=0), certified(months=11)),
        (extended("2025-05-01", "2025-06-01"), extended("2025-05-01", "2025-07-01")),
        (people("2025-05-01", 11), people("2025-05-01", 10)),
        (failed("2025-05-01"), passed("2025-05-01")),
        (sent("2025-05-01"), sent("2025-05-01", RENEWAL)),
        (gathered("2025-05-01"), gathered("2025-05-01", None)),
    ],
)
def test_two_things_said_of_one_day_have_an_order_of_their_own(one, other):
    assert on("2025-05-12", ISSUED, one, other) == on("2025-05-12", ISSUED, other, one)


def test_records_that_nobody_counted_are_enough_whatever_else_is_told_of_that_day():
    assert on("2024-05-17", certified(months=0), certified(months=None)).term_ends_on == day("2027-05-17")


@given(histories, regimes, days, some.integers(0, 400))
def test_an_ended_certificate_stays_so_until_a_new_certification(history, under, asked, ahead):
    kept = [event for event in history if event.event is not EventKind.CERTIFIED or event.on <= asked]
    before = standing(kept, rules=under, on=asked)
    after = standing(kept, rules=under, on=asked + timedelta(days=ahead))

    if before.standing not in LIVE and before.standing is not Standing.NONE:
        assert after == before


@given(histories, regimes, days, happenings)
def test_what_happens_later_changes_nothing_before(history, under, asked, later):
    event = replace(later, on=asked + A_DAY)

    assert standing([*history, event], rules=under, on=asked) == standing(history, rules=under, on=asked)


@given(histories, regimes, days)
def test_the_day_after_a_valid_one_ends_it_only_by_something_that_fell_due(history, under, asked):
    kept = [event for event in history if event.on <= asked]
    today, tomorrow = (standing(kept, rules=under, on=each) for each in (asked, asked + A_DAY))

    if today.standing in LIVE and tomorrow.standing not in LIVE:
        assert tomorrow.since is not None
        assert tomorrow.since <= asked + A_DAY
        assert tomorrow.standing in {Standing.LAPSED, Standing.EXPIRED, Standing.CONVERTED}
    if today.standing in LIVE and tomorrow.standing in LIVE:
        assert (tomorrow.owed, tomorrow.standing, tomorrow.since) == (today.owed, today.standing, today.since)


@given(histories, regimes, some.integers(0, 700))
def test_until_what_is_owed_falls_due_the_kept_projection_holds(history, under, ahead):
    kept = projection(history, rules=under)
    asked = max(event.on for event in history) + timedelta(days=ahead)
    report = standing(history, rules=under, on=asked)

    if kept.ended:
        assert report.standing not in LIVE
    elif asked <= kept.owed_due_on and report.standing is not Standing.CONVERTED:
        assert (report.owed.kind, report.owed.due_on) == (kept.owed_kind, kept.owed_due_on)
        assert report.term_ends_on == kept.term_ends_on


# --- a certificate begun on any day of four years ---


def cycle(started_on, under, months):
    """A certificate whose every duty is done on its very last day, and that is renewed on its last day too."""
    events = [Event(started_on, EventKind.CERTIFIED, records_months=months)]
    while True:
        report = standing(events, rules=under, on=events[-1].on)
        owed = report.owed
        events.append(Event(owed.due_on, EventKind.AUDIT_ACCEPTED, owed.kind, passed=True, records_months=months))
        if owed.kind is RENEWAL:
            return events, owed.due_on


def hold(started_on, policy, months, *, snap=Snap.NONE, every_day=False):
    under = rules(due=POLICIES[policy], expiry=Expiry(snap))
    events, ended_on = cycle(started_on, under, months)
    due = [event.on for event in events[1:]]
    assert due == sorted(set(due))
    assert started_on < due[0]
    for place, by in enumerate(due, start=1):
        # On the last day still good, and one day on not, unless the duty was done: no gap and no day too many.
        assert standing(events[:place], rules=under, on=by).standing is Standing.VALID
        how = Standing.EXPIRED if by == ended_on else Standing.LAPSED
        missed = standing(events[:place], rules=under, on=by + A_DAY)
        assert (missed.standing, missed.since) == (how, by + A_DAY)
        assert standing(events[: place + 1], rules=under, on=by + A_DAY).standing is Standing.VALID
    before, after = (standing(events[:place], rules=under, on=ended_on) for place in (-1, len(events)))
    assert before.term_ends_on == ended_on
    renewed = standing([Event(ended_on, EventKind.CERTIFIED, records_months=months)], rules=under, on=ended_on)
    assert (after.term_ends_on, after.owed) == (renewed.term_ends_on, renewed.owed)
    if every_day:
        for ahead in range((ended_on - started_on).days + 30):
            assert standing(events, rules=under, on=started_on + timedelta(days=ahead)).standing is Standing.VALID


@pytest.mark.parametrize("months", [3, 12])
@pytest.mark.parametrize("policy", DuePolicy)
def test_no_gap_and_no_overlap_for_a_certificate_begun_on_any_day_of_four_years(policy, months):
    # A step of 13 meets every day of the month and every month; the days that have gone wrong are added by name.
    named = {date(2024, 2, 29), date(2024, 12, 31), date(2024, 1, 1), date(2025, 2, 28), date(2024, 3, 31)}
    swept = {DAY_ONE + timedelta(days=ahead) for ahead in range(0, FOUR_YEARS, 13)}
    for started_on in sorted(named | swept):
        hold(started_on, policy, months)


@pytest.mark.slow
@pytest.mark.parametrize("snap", Snap)
@pytest.mark.parametrize("months", [3, 12])
@pytest.mark.parametrize("policy", DuePolicy)
def test_no_gap_and_no_overlap_on_all_days_of_four_years(policy, months, snap):
    for ahead in range(FOUR_YEARS):
        hold(DAY_ONE + timedelta(days=ahead), policy, months, snap=snap, every_day=ahead % 61 == 0)


# --- what is kept beside a certificate ---


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), Projection(None, None, None, ended=True)),
        ((sent("2024-05-01"),), Projection(None, None, None, ended=True)),
        ((ISSUED,), Projection(Kind.MAINTENANCE, day("2025-05-17"), day("2027-05-17"), ended=False)),
        (MAINTAINED, Projection(RENEWAL, day("2027-05-17"), day("2027-05-17"), ended=False)),
        (
            (ISSUED, told("suspended", "2024-09-01")),
            Projection(Kind.MAINTENANCE, day("2025-05-17"), day("2027-05-17"), ended=False),
        ),
        ((ISSUED, told("cancelled", "2024-09-01")), Projection(None, None, day("2027-05-17"), ended=True)),
        ((ISSUED, sent("2025-06-01")), Projection(None, None, day("2027-05-17"), ended=True)),
    ],
)
def test_what_is_owed_next_follows_from_the_events_alone(events, expected):
    assert projection(events, rules=RULES) == expected


def test_until_what_is_owed_falls_due_the_standing_says_the_same():
    events = (ISSUED, FIRST)
    kept = projection(events, rules=RULES)
    for ahead in range((date(2026, 5, 17) - date(2025, 5, 10)).days + 1):
        report = on((date(2025, 5, 10) + timedelta(days=ahead)).isoformat(), *events)
        assert (report.owed.kind, report.owed.due_on, report.term_ends_on) == (
            kept.owed_kind,
            kept.owed_due_on,
            kept.term_ends_on,
        )
    assert stands("2026-05-18", *events) == "lapsed"
