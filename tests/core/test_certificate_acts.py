"""What a partner, the government or the employer does to a certificate: extend, suspend, end."""

import pytest

from lives import (
    RENEWAL,
    certified,
    day,
    extended,
    on,
    passed,
    stands,
    told,
)
from secor.core.certificate import Standing

ISSUED = certified()
FIRST, SECOND = passed("2025-05-10"), passed("2026-05-10")
MAINTAINED = (ISSUED, FIRST, SECOND)


@pytest.mark.parametrize(
    ("asked", "expected"), [("2025-05-18", "valid"), ("2025-07-31", "valid"), ("2025-08-01", "lapsed")]
)
def test_an_extension_moves_the_day_of_what_is_owed(asked, expected):
    assert stands(asked, ISSUED, extended("2025-05-17", "2025-07-31")) == expected


def test_an_extension_on_the_day_after_comes_too_late():
    assert stands("2025-06-01", ISSUED, extended("2025-05-18", "2025-07-31")) == "lapsed"


def test_an_extension_of_the_term_moves_its_last_day():
    report = on("2027-06-30", *MAINTAINED, extended("2027-05-01", "2027-06-30"))

    assert (report.standing, report.term_ends_on) == (Standing.VALID, day("2027-06-30"))
    assert report.why == ("due 2027-06-30: extended by the partner (asc)",)
    assert on("2027-07-01", *MAINTAINED, extended("2027-05-01", "2027-06-30")).since == day("2027-07-01")


@pytest.mark.parametrize("until", ["2025-06-30", "2026-05-17"])
def test_an_extension_never_makes_what_is_owed_due_earlier(until):
    report = on("2025-07-01", ISSUED, FIRST, extended("2025-05-12", until))

    assert report.owed.due_on == day("2026-05-17")
    assert report.why == ("due 2026-05-17: second anniversary of 2024-05-17, on or before the day (asc)",)


def test_a_second_extension_puts_the_first_one_right():
    events = (ISSUED, extended("2025-05-01", "2025-09-30"), extended("2025-05-02", "2025-07-31"))

    assert on("2025-06-01", *events).owed.due_on == day("2025-07-31")


def test_an_extension_past_the_end_of_the_term_does_not_carry_the_term():
    report = on("2027-05-18", ISSUED, FIRST, extended("2026-05-01", "2028-01-01"))

    assert (report.standing, report.since) == (Standing.EXPIRED, day("2027-05-18"))
    assert on("2027-05-17", ISSUED, FIRST, extended("2026-05-01", "2028-01-01")).owed.kind is RENEWAL


def test_a_suspension_holds_until_it_is_taken_back():
    events = (ISSUED, told("suspended", "2024-09-01"), told("reinstated", "2024-11-01"))

    assert [
        (on(asked, *events).standing.value, on(asked, *events).since.isoformat())
        for asked in ("2024-08-31", "2024-09-01", "2024-10-31", "2024-11-01")
    ] == [
        ("valid", "2024-05-17"),
        ("suspended", "2024-09-01"),
        ("suspended", "2024-09-01"),
        ("valid", "2024-11-01"),
    ]


def test_a_suspended_certificate_still_owes_and_still_lapses():
    events = (ISSUED, told("suspended", "2024-09-01"))

    assert on("2025-05-17", *events).owed.due_on == day("2025-05-17")
    assert stands("2025-05-18", *events) == "lapsed"


def test_a_second_suspension_does_not_move_the_first_day():
    assert on("2024-10-01", ISSUED, told("suspended", "2024-09-01"), told("suspended", "2024-09-20")).since == day(
        "2024-09-01"
    )


def test_what_was_not_suspended_is_not_reinstated():
    assert on("2024-10-01", ISSUED, told("reinstated", "2024-09-01")).since == day("2024-05-17")


@pytest.mark.parametrize("how", ["cancelled", "revoked", "withdrawn"])
def test_an_end_holds_from_its_day_and_nothing_but_a_new_certification_begins_again(how):
    ended = (ISSUED, told(how, "2024-09-01"))
    later = (told("reinstated", "2024-09-02"), passed("2024-09-03"), extended("2024-09-04", "2030-01-01"))

    assert stands("2024-08-31", *ended) == "valid"
    assert on("2024-09-01", *ended).why == (f"{how} on 2024-09-01",)
    assert on("2029-01-01", *ended, *later).since == day("2024-09-01")
    assert stands("2029-01-01", *ended, *later) == how
    assert on("2025-02-01", *ended, certified("2025-02-01")).since == day("2025-02-01")
    assert stands("2025-02-01", *ended, certified("2025-02-01")) == "valid"
