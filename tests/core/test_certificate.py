"""What a certificate is worth, day by day."""

import pytest

from lives import (
    RENEWAL,
    certified,
    day,
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
from secor.core.certificate import Owed, Standing, StandingReport
from secor.core.term import Expiry, RenewalAnchor, Snap

ISSUED = certified()
FIRST, SECOND = passed("2025-05-10"), passed("2026-05-10")
MAINTAINED = (ISSUED, FIRST, SECOND)
RENEWED = (*MAINTAINED, sent("2027-05-10", RENEWAL), passed("2027-06-01", RENEWAL, months=36))


@pytest.mark.parametrize(
    ("asked", "events", "expected"),
    [
        ("2024-05-16", (ISSUED,), "none"),
        ("2024-05-17", (ISSUED,), "valid"),
        ("2025-05-17", (ISSUED,), "valid"),  # the due day is still in time
        ("2025-05-18", (ISSUED,), "lapsed"),
        ("2025-05-18", (ISSUED, sent("2025-05-17")), "valid"),
        ("2025-05-18", (ISSUED, sent("2025-05-18")), "lapsed"),
        ("2025-05-18", (ISSUED, passed("2025-05-17")), "valid"),  # what was accepted had been sent
        ("2025-05-18", (ISSUED, gathered("2025-05-17")), "lapsed"),  # gathered is not sent
        ("2026-05-17", (ISSUED, FIRST), "valid"),
        ("2026-05-18", (ISSUED, FIRST), "lapsed"),
        ("2027-05-17", MAINTAINED, "valid"),
        ("2027-05-18", MAINTAINED, "expired"),
        ("2027-05-18", (*MAINTAINED, sent("2027-05-17", RENEWAL)), "valid"),
        ("2027-05-18", (*MAINTAINED, sent("2027-05-17")), "expired"),  # maintenance is no recertification
        ("2028-05-17", RENEWED, "valid"),
        ("2028-05-18", RENEWED, "lapsed"),
    ],
)
def test_a_certificate_stands_while_it_is_maintained(asked, events, expected):
    assert stands(asked, *events) == expected


def test_the_whole_report_of_a_certificate_in_its_second_year():
    assert on("2026-03-01", ISSUED, FIRST, people("2026-02-01", 11)) == StandingReport(
        standing=Standing.VALID,
        since=day("2024-05-17"),
        cycle_year=2,
        term_ends_on=day("2027-05-17"),
        owed=Owed(Kind.MAINTENANCE, None, day("2026-05-17"), Milestone.SUBMITTED),
        decision_pending=False,
        convert_by=day("2026-05-17"),
        next_scheme="ab-cor",
        why=("due 2026-05-17: second anniversary of 2024-05-17, on or before the day (asc)",),
    )


def test_a_missed_audit_is_told_with_the_day_it_was_due():
    assert on("2030-01-01", ISSUED) == StandingReport(
        standing=Standing.LAPSED,
        since=day("2025-05-18"),
        term_ends_on=day("2027-05-17"),
        why=("missed: due 2025-05-17: first anniversary of 2024-05-17, on or before the day (asc)",),
    )


def test_a_term_that_ended_is_told_with_its_last_day():
    report = on("2027-05-18", *MAINTAINED)

    assert (report.since, report.why) == (
        day("2027-05-18"),
        ("missed: due 2027-05-17: the last day of the term (asc)",),
    )


@pytest.mark.parametrize("asked", ["2024-05-16", "2025-05-18"])
def test_where_no_certificate_lives_nothing_is_owed_and_no_decision_is_awaited(asked):
    report = on(asked, ISSUED)

    assert (report.owed, report.decision_pending, report.convert_by) == (None, False, None)


def test_before_the_first_certification_there_is_none():
    assert on("2024-05-17", sent("2024-05-01"), told("cancelled", "2024-05-02")) == StandingReport(
        Standing.NONE, why=("no certificate has been issued",)
    )


@pytest.mark.parametrize(
    ("asked", "year"),
    [("2024-05-17", 1), ("2025-05-16", 1), ("2025-05-17", 2), ("2026-05-16", 2), ("2026-05-17", 3), ("2027-05-17", 4)],
)
def test_the_anniversary_begins_the_next_year_of_the_cycle(asked, year):
    assert on(asked, ISSUED, passed("2025-05-10"), passed("2026-05-10")).cycle_year == year


@pytest.mark.parametrize(("asked", "year"), [("2025-02-27", 1), ("2025-02-28", 2)])
def test_a_leap_day_certificate_begins_its_second_year_on_28_february(asked, year):
    assert on(asked, certified("2024-02-29"), passed("2025-01-10")).cycle_year == year


# --- what waits for a decision, and what did not pass ---


@pytest.mark.parametrize("asked", ["2025-05-11", "2025-05-18", "2025-12-31"])
def test_what_was_sent_in_time_keeps_the_certificate_while_it_is_decided(asked):
    report = on(asked, ISSUED, sent("2025-05-10"))

    assert (report.standing, report.decision_pending, report.owed.due_on) == (Standing.VALID, True, day("2025-05-17"))
    assert report.why[1:] == ("reached its milestone in time; the decision is pending",)


def test_a_late_decision_that_passes_keeps_the_certificate():
    report = on("2025-07-01", ISSUED, sent("2025-05-17"), passed("2025-07-01"))

    assert (report.standing, report.decision_pending, report.owed.due_on) == (Standing.VALID, False, day("2026-05-17"))


def test_an_audit_that_did_not_pass_leaves_its_duty_open_and_says_so():
    report = on("2025-05-17", ISSUED, sent("2025-04-01"), failed("2025-04-20"))

    assert (report.standing, report.decision_pending, report.owed.due_on) == (Standing.VALID, False, day("2025-05-17"))
    assert report.why[1:] == ("not passed on 2025-04-20; one that passes is still owed",)


def test_the_certificate_lapses_the_day_after_nothing_passing_came():
    report = on("2025-05-18", ISSUED, sent("2025-04-01"), failed("2025-04-20"))

    assert (report.standing, report.since) == (Standing.LAPSED, day("2025-05-18"))
    assert report.why[0].endswith("; not passed on 2025-04-20; one that passes is still owed")


@pytest.mark.parametrize("again", [sent("2025-05-17"), passed("2025-05-17")])
def test_another_audit_in_time_makes_good_for_one_that_did_not_pass(again):
    assert stands("2025-05-18", ISSUED, failed("2025-04-20"), again) == "valid"


@pytest.mark.parametrize(
    ("decided", "expected", "since"),
    [
        ("2025-05-17", "valid", "2024-05-17"),
        ("2025-05-18", "lapsed", "2025-05-18"),
        ("2025-06-09", "lapsed", "2025-06-09"),
    ],
)
def test_a_decision_after_the_due_day_that_does_not_pass_ends_it_on_that_day(decided, expected, since):
    report = on(decided, ISSUED, sent("2025-05-10"), failed(decided))

    assert (report.standing.value, report.since) == (expected, day(since))


def test_a_renewal_that_does_not_pass_after_the_term_ends_it_as_expired():
    report = on("2027-06-20", *MAINTAINED, sent("2027-05-17", RENEWAL), failed("2027-06-20", RENEWAL))

    assert (report.standing, report.since) == (Standing.EXPIRED, day("2027-06-20"))
    assert report.why == ("not passed on 2027-06-20, and due 2027-05-17: the last day of the term (asc)",)


@pytest.mark.parametrize("kind", [Kind.ACTION_PLAN, Kind.LIMITED_SCOPE, Kind.ADMINISTRATIVE])
def test_an_action_plan_or_an_audit_in_part_stands_in_for_maintenance(kind):
    assert on("2025-05-18", ISSUED, sent("2025-05-17", kind)).decision_pending
    assert on("2025-06-01", ISSUED, sent("2025-05-17", kind), passed("2025-06-01", kind)).owed.due_on == day(
        "2026-05-17"
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [(Kind.LIMITED_SCOPE, "valid"), (Kind.ACTION_PLAN, "expired"), (Kind.CERTIFICATION, "expired")],
)
def test_no_action_plan_renews_a_certificate(kind, expected):
    assert stands("2027-05-18", *MAINTAINED, passed("2027-05-17", kind)) == expected


# --- milestones and windows ---


@pytest.mark.parametrize(
    ("milestone", "step", "expected"),
    [
        (Milestone.DATA_GATHERED, gathered("2025-05-17"), "valid"),
        (Milestone.DATA_GATHERED, gathered("2025-05-17", None), "valid"),
        (Milestone.DATA_GATHERED, sent("2025-05-17"), "valid"),
        (Milestone.DATA_GATHERED, gathered("2025-05-18"), "lapsed"),
        (Milestone.SUBMITTED, gathered("2025-05-17"), "lapsed"),
        (Milestone.SUBMITTED, sent("2025-05-17"), "valid"),
        (Milestone.ACCEPTED, sent("2025-05-17"), "lapsed"),
        (Milestone.ACCEPTED, passed("2025-05-17"), "valid"),
        (Milestone.ACCEPTED, passed("2025-05-18"), "lapsed"),
    ],
)
def test_each_partner_says_which_step_must_be_in_time(milestone, step, expected):
    under = rules(due=DueRule(DuePolicy.ANNIVERSARY_DAY, milestone))

    assert stands("2025-05-18", ISSUED, step, under=under) == expected


@pytest.mark.parametrize(
    ("came", "expected"), [("2024-12-31", "lapsed"), ("2025-01-01", "valid"), ("2025-12-31", "valid")]
)
def test_one_audit_in_each_calendar_year_is_counted_in_its_year(came, expected):
    under = rules(due=DueRule(DuePolicy.CALENDAR_YEAR))

    assert stands("2026-01-01", ISSUED, passed(came), under=under) == expected


def test_an_audit_at_the_start_of_one_year_and_the_end_of_the_next_is_in_time():
    under = rules(due=DueRule(DuePolicy.CALENDAR_YEAR))

    assert stands("2027-01-01", ISSUED, passed("2025-01-02"), passed("2026-12-30"), under=under) == "valid"


@pytest.mark.parametrize(("came", "expected"), [("2026-11-16", "expired"), ("2026-11-17", "valid")])
def test_a_renewal_sent_before_its_window_opens_does_not_count(came, expected):
    under = rules(due=DueRule(DuePolicy.ANNIVERSARY_DAY, opens_months_before=6))
    events = (ISSUED, passed("2025-05-10"), passed("2026-05-10"), sent(came, RENEWAL))

    assert stands("2027-05-18", *events, under=under) == expected


# --- renewing ---


@pytest.mark.parametrize(
    ("anchor", "snap", "ends", "due_on"),
    [
        (RenewalAnchor.OLD_EXPIRY, Snap.NONE, "2030-05-17", "2028-05-17"),
        (RenewalAnchor.NEW_ISSUE, Snap.NONE, "2030-04-20", "2028-04-20"),
        (RenewalAnchor.OLD_EXPIRY, Snap.MONTH_END, "2030-05-31", "2028-05-31"),
    ],
)
def test_a_renewed_term_counts_from_the_day_its_partner_says(anchor, snap, ends, due_on):
    under = rules(expiry=Expiry(snap, renewal_anchor=anchor))
    report = on("2027-04-20", *MAINTAINED, passed("2027-04-20", RENEWAL), under=under)

    assert (report.term_ends_on, report.owed.due_on, report.since) == (day(ends), day(due_on), day("2024-05-17"))


@pytest.mark.parametrize(("asked", "year"), [("2027-04-20", 3), ("2027-05-16", 3), ("2027-05-17", 1)])
def test_a_cycle_renewed_early_begins_when_the_old_one_ends(asked, year):
    assert on(asked, *MAINTAINED, passed("2027-04-20", RENEWAL)).cycle_year == year


def test_a_renewal_with_short_records_lives_one_year():
    report = on("2027-06-01", *MAINTAINED, passed("2027-05-10", RENEWAL, months=5))

    assert (report.term_ends_on, report.owed.kind) == (day("2028-05-17"), RENEWAL)


@pytest.mark.parametrize(
    ("months", "ends", "kind"),
    [(3, "2025-05-17", RENEWAL), (11, "2025-05-17", RENEWAL), (12, "2027-05-17", Kind.MAINTENANCE)],
)
def test_short_records_earn_one_year_without_maintenance(months, ends, kind):
    report = on("2024-05-17", certified(months=months))

    assert (report.term_ends_on, report.owed.kind, report.owed.due_on) == (day(ends), kind, day("2025-05-17"))


@pytest.mark.parametrize(
    ("events", "good"),
    [
        ((ISSUED,), True),
        ((ISSUED, told("suspended", "2024-06-01")), False),
        ((ISSUED, told("revoked", "2024-06-01")), False),
    ],
)
def test_only_a_valid_certificate_is_good(events, good):
    assert on("2024-06-01", *events).good is good
    assert not on("2024-05-16", *events).good
