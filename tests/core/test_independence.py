"""Who may audit whom."""

from datetime import date

import pytest

from lives import day
from secor.core.audit import Kind, Performer
from secor.core.independence import IndependenceRule, Tie, TieKind, conflicts, read_independence
from secor.core.reading import Reading

ON = date(2025, 5, 17)
AUDITS = frozenset({Kind.CERTIFICATION, Kind.RECERTIFICATION})
BUILT = Tie(TieKind.BUILT_PROGRAM, date(2020, 1, 1), date(2020, 6, 30))


def ask(*ties, months=None, kind=Kind.CERTIFICATION, performer=Performer.EXTERNAL_AUDITOR, on=ON):
    rule = IndependenceRule(frozenset(TieKind) - {TieKind.OTHER}, AUDITS, months)
    return conflicts(ties, rule=rule, kind=kind, performer=performer, on=on)


def test_who_built_the_program_may_never_audit_it():
    assert ask(BUILT) == (
        (
            "helped to build the health and safety program until 2020-06-30; "
            "who did so at any time before may not audit it"
        ),
    )


def test_who_has_no_tie_may():
    assert ask() == ()


@pytest.mark.parametrize("kind", sorted(set(TieKind) - {TieKind.OTHER}, key=lambda tie: tie.value))
def test_each_tie_of_the_rule_forbids(kind):
    assert len(ask(Tie(kind))) == 1


def test_a_tie_the_rule_does_not_name_forbids_nothing():
    assert ask(Tie(TieKind.OTHER)) == ()


@pytest.mark.parametrize(
    ("ended", "on", "forbidden"),
    [
        ("2022-11-17", "2025-05-17", True),  # thirty months to the day
        ("2022-11-16", "2025-05-17", False),
        ("2022-08-31", "2025-02-28", True),  # February is too short, and its last day stands for the 31st
        ("2022-08-31", "2025-03-01", False),
        ("2025-05-17", "2025-05-17", True),
        ("2026-01-01", "2025-05-17", True),
    ],
)
def test_a_tie_that_ended_forbids_for_the_months_of_the_rule_that_day_included(ended, on, forbidden):
    tie = Tie(TieKind.BUILT_PROGRAM, None, day(ended))

    assert bool(ask(tie, months=30, on=day(on))) is forbidden


def test_a_tie_that_lasts_forbids_however_short_the_look_back():
    assert ask(Tie(TieKind.OWNER, date(2000, 1, 1)), months=1) == (
        "owns or owned a part of the business; who did so in the 1 months before may not audit it",
    )


@pytest.mark.parametrize(("begins", "forbidden"), [("2025-05-17", True), ("2025-05-18", False)])
def test_a_tie_forbids_from_the_day_it_begins(begins, forbidden):
    assert bool(ask(Tie(TieKind.EMPLOYEE, day(begins)))) is forbidden


@pytest.mark.parametrize(
    ("kind", "forbidden"),
    [(Kind.CERTIFICATION, True), (Kind.RECERTIFICATION, True), (Kind.MAINTENANCE, False), (Kind.ACTION_PLAN, False)],
)
def test_a_rule_forbids_only_the_audits_it_names(kind, forbidden):
    assert bool(ask(BUILT, kind=kind)) is forbidden


@pytest.mark.parametrize(
    ("performer", "forbidden"),
    [
        (Performer.EXTERNAL_AUDITOR, True),
        (Performer.PARTNER, True),
        (Performer.SELF_ASSESSOR, False),
        (Performer.INTERNAL_AUDITOR, False),
    ],
)
def test_an_employers_own_people_are_tied_to_it_and_may_assess_it(performer, forbidden):
    assert bool(ask(BUILT, performer=performer)) is forbidden


def test_all_reasons_are_told_and_always_in_the_same_order():
    ties = [Tie(TieKind.OWNER), BUILT, Tie(TieKind.FAMILY)]

    assert len(ask(*ties)) == 3
    assert ask(*ties) == ask(*ties[::-1])


def read(**given):
    reading = Reading("r")
    return read_independence(reading, given), [problem.place for problem in reading.problems]


def test_a_rule_is_read_and_looks_back_for_ever_unless_it_says_otherwise():
    given = {"ties": ["family"], "applies_to": ["certification"]}
    ties, applies = frozenset({TieKind.FAMILY}), frozenset({Kind.CERTIFICATION})

    assert read(**given) == (IndependenceRule(ties, applies, None, declaration_required=True), [])
    assert read(**given, lookback_months=30, declaration_required=False) == (
        IndependenceRule(ties, applies, 30, declaration_required=False),
        [],
    )


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"ties": ["friend"]}, "r.ties.1"),
        ({"applies_to": ["yearly"]}, "r.applies_to.1"),
        ({"lookback_months": 0}, "r.lookback_months"),
        ({"declaration_required": "yes"}, "r.declaration_required"),
        ({"waiver": True}, "r.waiver"),
    ],
)
def test_a_rule_that_makes_no_sense_is_told_with_its_place(change, place):
    assert read(**{"ties": ["family"], "applies_to": ["certification"], **change}) == (None, [place])


@pytest.mark.parametrize("value", [None, "nobody", {"ties": ["family"]}])
def test_what_is_no_rule_is_none_and_told(value):
    reading = Reading("r")

    assert read_independence(reading, value) is None
    assert reading.problems


def test_one_month_back_is_a_rule_and_a_declaration_is_wanted_unless_it_says_otherwise():
    given = {"ties": ["family"], "applies_to": ["certification"]}

    assert read(**given, lookback_months=1)[0].lookback_months == 1
    assert IndependenceRule(frozenset(), frozenset()).declaration_required
