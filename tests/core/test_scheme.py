"""An edition is typed rules, or every reason why it is none; a partner's rules lie over it."""

from copy import deepcopy
from datetime import date
from fractions import Fraction

import pytest

from secor.core.anniversary import DuePolicy
from secor.core.audit import Kind, Performer
from secor.core.rules import NEEDED
from secor.core.scheme import NoSuchRule, read_edition, read_partners
from secor.core.sentence import ORDER, Part

S = "a page"
DUE = {"policy": "ANNIVERSARY_DAY", "milestone": "submitted"}
EDITION = {
    "scheme": "xy-secor",
    "edition": "xy-secor-2024",
    "title": "A scheme",
    "jurisdiction": "Nowhere",
    "in_force": {"from": "2024-01-01", "until": "2025-12-31"},
    "rules": {
        "headcount": {"value": {"at_most": 10, "counts": ["owners"]}, "source": S},
        "pass_marks": {
            "value": {
                "certification": {"overall": "80 %", "element": "50 %"},
                "maintenance": {"overall": "60 %", "element": None},
            },
            "source": S,
            "open_question": "Q2",
        },
        "quality_mark": {"value": "80 %", "source": S},
        "terms": {"value": [{"months": 36, "records_months": 12, "maintained_at": [1, 2]}], "source": S},
        "expiry": {
            "value": {"snap": "none", "issue_anchor": "accepted", "renewal_anchor": "old_expiry"},
            "source": S,
        },
        "due": {"value": DUE, "source": S},
        "performers": {"value": {"certification": ["self_assessor", "external_auditor"]}, "source": S},
        "timelines": {"value": {"gather_days": 45}, "source": S},
        "independence": {"value": {"ties": ["built_program"], "applies_to": ["certification"]}, "source": S},
        "sampling": {
            "value": {
                "interviews": [{"first": 1, "last": None, "minimum": "all"}],
                "sites": [{"first": 1, "last": None, "minimum": "all"}],
                "records": {"all_up_to": 5, "at_least": 5, "share": "20 %"},
            },
            "source": S,
        },
    },
}
PARTNER = {"name": "A Partner", "acronym": "AP", "sector": "any", "source": S}
ON = date(2024, 6, 1)


def edition(**rules):
    given = deepcopy(EDITION)
    given["rules"].update(rules)
    found, problems = read_edition(given)
    assert problems == []
    return found


def problems_of(change):
    given = deepcopy(EDITION)
    change(given)
    found, problems = read_edition(given)
    assert (found is None) == bool(problems)
    return {problem.place: problem.problem for problem in problems}


def partners(**rules):
    found, problems = read_partners({"scheme": "xy-secor", "partners": {"ap": {**PARTNER, "rules": rules}}})
    assert problems == []
    return found[0]


def test_every_rule_comes_back_typed_and_with_its_source():
    rules = edition().rules_on(ON)

    assert (rules.scheme, rules.edition, rules.partner) == ("xy-secor", "xy-secor-2024", "")
    assert rules.headcount.at_most == 10
    assert rules.pass_marks[Kind.MAINTENANCE].overall == Fraction(3, 5)
    assert rules.pass_marks[Kind.MAINTENANCE].element is None
    assert rules.quality_mark == Fraction(4, 5)
    assert rules.performers[Kind.CERTIFICATION] == {Performer.SELF_ASSESSOR, Performer.EXTERNAL_AUDITOR}
    assert (rules.carry_over, rules.incentive, rules.training, rules.action_plan) == (None, None, None, None)
    assert rules.told("pass_marks").ours
    assert not rules.told("due").ours
    assert rules.told("fees") is None


def test_a_certificate_lives_by_the_rules_in_force():
    held = edition().rules_on(ON, partner=partners()).certificate

    assert (held.scheme, held.partner, held.at_most) == ("xy-secor", "ap", 10)
    assert edition().rules_on(ON).certificate.partner == "xy-secor"


@pytest.mark.parametrize("name", NEEDED)
def test_a_rule_without_which_nothing_works_must_be_there(name):
    assert problems_of(lambda given: given["rules"].pop(name)) == {f"rules.{name}": "is missing"}


@pytest.mark.parametrize("name", NEEDED)
def test_a_rule_without_a_source_is_told(name):
    assert problems_of(lambda given: given["rules"][name].pop("source")) == {f"rules.{name}.source": "is missing"}


def test_a_rule_that_nobody_knows_is_told():
    assert "rules.fine" in problems_of(lambda given: given["rules"].update(fine={"value": 1, "source": S}))


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("scheme", None, "scheme"),
        ("edition", "", "edition"),
        ("title", 7, "title"),
        ("in_force", {"from": "2024-01-02", "until": "2024-01-01"}, "in_force.until"),
        ("in_force", {"since": "2024-01-02"}, "in_force.since"),
        ("in_force", "2024", "in_force"),
        ("rules", [], "rules"),
        ("remark", "x", "remark"),
    ],
)
def test_a_head_that_is_out_of_order_is_told(key, value, place):
    assert place in problems_of(lambda given: given.update({key: value}))


def test_what_is_no_mapping_is_no_edition():
    assert read_edition([])[0] is None
    assert read_edition(None)[1]


def test_an_edition_holds_from_its_first_day_to_its_last():
    held = edition()

    days = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 12, 31), date(2026, 1, 1)]
    assert [held.holds_on(day) for day in days] == [False, True, True, False]


def test_a_dated_rule_is_the_one_of_the_day():
    held = edition(
        quality_mark={
            "values": [
                {"until": "2024-05-31", "value": "70 %", "source": S},
                {"from": "2024-06-01", "value": "80 %", "source": S},
            ]
        }
    )

    assert held.rules_on(date(2024, 5, 31)).quality_mark == Fraction(7, 10)
    assert held.rules_on(date(2024, 6, 1)).quality_mark == Fraction(4, 5)


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [("2024-01-01", "2025-12-31", 0), ("2024-01-02", "2025-12-31", 1), ("2024-01-01", "2025-12-30", 1)],
)
def test_a_rule_must_hold_on_every_day_of_the_edition(first, last, told):
    value = {"values": [{"from": first, "until": last, "value": "80 %", "source": S}]}

    assert len(problems_of(lambda given: given["rules"].update(quality_mark=value))) == told


def test_a_partners_rule_takes_the_place_of_the_editions():
    own = partners(due={"value": {**DUE, "policy": "YEAR_END"}, "source": "their page"})
    rules = edition().rules_on(ON, partner=own)

    assert (rules.partner, rules.due.policy) == ("ap", DuePolicy.YEAR_END)
    assert rules.told("due").source == "their page"
    assert rules.quality_mark == Fraction(4, 5)


def test_on_days_the_partner_says_nothing_about_the_editions_rule_holds():
    own = partners(due={"values": [{"from": "2024-07-01", "value": {**DUE, "policy": "YEAR_END"}, "source": S}]})

    assert edition().rules_on(date(2024, 6, 30), partner=own).due.policy is DuePolicy.ANNIVERSARY_DAY
    assert edition().rules_on(date(2024, 7, 1), partner=own).due.policy is DuePolicy.YEAR_END


def test_a_mark_is_by_kind_and_where_the_years_differ_by_year():
    held = edition(marks_in_year={"value": {"3": {"overall": "70 %", "element": "50 %"}}, "source": S}).rules_on(ON)

    assert held.mark(Kind.MAINTENANCE).overall == Fraction(3, 5)
    assert held.mark(Kind.MAINTENANCE, cycle_year=2).overall == Fraction(3, 5)
    assert held.mark(Kind.MAINTENANCE, cycle_year=3).overall == Fraction(7, 10)
    with pytest.raises(NoSuchRule, match="no mark for a limited scope audit"):
        held.mark(Kind.LIMITED_SCOPE)


def test_a_rule_that_is_not_set_is_refused_by_name():
    rules = edition().rules_on(ON)
    bare = type(rules)("s", "e", "", "t", {})

    with pytest.raises(NoSuchRule, match="'due'"):
        _ = bare.due


def test_a_partner_is_read_with_its_days():
    entry = {**PARTNER, "valid": {"from": "2019-01-01", "until": "2022-12-31"}, "accepting_new": False}
    (found,), problems = read_partners({"scheme": "s", "partners": {"ap": entry}})

    assert problems == []
    assert (found.key, found.valid_from, found.valid_until) == ("ap", date(2019, 1, 1), date(2022, 12, 31))
    assert found.accepting_new is False
    assert partners().accepting_new is True


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        ({**PARTNER, "source": None}, "partners.ap.source"),
        ({**PARTNER, "sectors": "x"}, "partners.ap.sectors"),
        ({**PARTNER, "accepting_new": "yes"}, "partners.ap.accepting_new"),
        ({**PARTNER, "rules": {"due": {"value": DUE}}}, "partners.ap.rules.due.source"),
        ({**PARTNER, "rules": {"dew": {}}}, "partners.ap.rules.dew"),
        ("a partner", "partners.ap"),
    ],
)
def test_a_partner_out_of_order_is_told(entry, place):
    _, problems = read_partners({"scheme": "s", "partners": {"ap": entry}})

    assert place in [problem.place for problem in problems]


def test_a_partners_report_has_its_sections_in_its_own_order():
    plain = edition().rules_on(ON)
    own = edition(report_sections={"value": ["profile", "summary"], "source": S}).rules_on(ON)

    assert plain.report_sections == ORDER
    assert own.report_sections == (Part.PROFILE, Part.SUMMARY)


@pytest.mark.parametrize(
    ("value", "place"),
    [(["profile", "epilogue"], ".2"), (["profile", "profile"], ".2"), ("profile", "")],
)
def test_a_report_has_each_section_that_is_known_once(value, place):
    told = problems_of(lambda given: given["rules"].update(report_sections={"value": value, "source": S}))

    assert list(told) == [f"rules.report_sections.value{place}"]
