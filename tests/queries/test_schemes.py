"""Schemes on file: what is shipped, who is known, and which rules hold when."""

import hashlib
import re
import subprocess
import sys
from datetime import date, timedelta
from fractions import Fraction

import pytest

from secor.core.anniversary import DuePolicy, Milestone
from secor.core.audit import Kind, Performer
from secor.core.employer import GrowthBy
from secor.core.scheme import NoSuchRule
from secor.core.term import Snap
from secor.queries import schemes
from secor.queries.files import Unreadable, read_text

ON = date(2026, 1, 1)
PARTNERS = {"aasp", "acsa", "afpa-food", "afpa-forest", "amta", "amhsa", "asc", "ccsa", "esc", "mhsa"}
SHIPPED = ("ab-cor", "ab-secor", "bc-forestry-sebase", "bc-small-cor", "mb-secor", "ns-cor", "sk-secor")
EXTERNAL = {Performer.EXTERNAL_AUDITOR}


def rules(partner, on=ON):
    return schemes.rules("ab-secor", partner=partner, on=on)


def test_seven_schemes_are_shipped():
    assert schemes.keys() == SHIPPED


@pytest.mark.parametrize("scheme", SHIPPED)
def test_each_scheme_has_rules_on_every_day_of_its_editions(scheme):
    for edition in schemes.editions(scheme):
        day = edition.in_force_from
        last = min(edition.in_force_until or date(2027, 1, 1), date(2027, 1, 1))
        while day <= last:
            held = edition.rules_on(day)
            assert held.certificate.terms
            assert held.pass_marks[Kind.CERTIFICATION].overall is not None
            day += timedelta(days=17)


@pytest.mark.parametrize("scheme", SHIPPED)
def test_every_rule_has_an_address_or_says_that_it_is_ours(scheme):
    every = [edition.rules for edition in schemes.editions(scheme)]
    every += [partner.rules for partner in schemes.partners(scheme)]
    for name, values in ((name, values) for dated in every for name, values in dated.items()):
        for value in values:
            known = re.search(r"https?://\S+\.\S+", value.source)
            assert known or value.ours or name in {"portable", "carry_over"}, (scheme, name)


def test_the_ten_certifying_partners_of_alberta_are_known():
    assert {partner.key for partner in schemes.partners("ab-secor")} == PARTNERS
    assert len({partner.name for partner in schemes.partners("ab-secor")}) == 10


def test_two_partners_share_an_acronym_and_not_a_key():
    shared = [partner.key for partner in schemes.partners("ab-secor") if partner.acronym == "AFPA"]

    assert sorted(shared) == ["afpa-food", "afpa-forest"]


def test_asc_wants_an_external_auditor_in_years_one_and_four_by_the_day_and_gives_five_percent():
    held = rules("asc")

    assert held.performers[Kind.CERTIFICATION] == EXTERNAL == held.performers[Kind.RECERTIFICATION]
    assert held.performers[Kind.MAINTENANCE] == EXTERNAL | {Performer.SELF_ASSESSOR}
    assert (held.due.policy, held.due.milestone, held.due.grace_days) == (
        DuePolicy.ANNIVERSARY_DAY,
        Milestone.SUBMITTED,
        0,
    )
    assert (held.incentive.first_year, held.incentive.later) == (Fraction(5, 100), Fraction(5, 100))
    assert held.pass_marks[Kind.CERTIFICATION].overall == Fraction(4, 5)


def test_esc_goes_by_the_month_of_expiry_and_takes_self_assessments():
    held = rules("esc")

    assert (held.due.policy, held.expiry.snap) == (DuePolicy.EXPIRY_MONTH, Snap.MONTH_END)
    assert Performer.SELF_ASSESSOR in held.performers[Kind.CERTIFICATION]


def test_amhsa_goes_by_the_calendar_year_counts_subcontractors_and_gives_five_percent():
    held = rules("amhsa")

    assert held.due.policy is DuePolicy.CALENDAR_YEAR
    assert "subcontractors" in held.headcount.counts
    assert held.headcount.growth.by is GrowthBy.IMMEDIATE
    assert (held.incentive.first_year, held.incentive.later) == (Fraction(5, 100), Fraction(5, 100))


def test_acsa_has_letters_carry_over_and_plans_and_gives_ten_percent_then_five():
    held = rules("acsa")

    assert held.told("temporary_letter") is not None
    assert (held.carry_over.allowed, held.carry_over.max_share) == (True, Fraction(1, 3))
    assert held.action_plan.previous_plan == Fraction(4, 5)
    assert (held.incentive.first_year, held.incentive.later) == (Fraction(10, 100), Fraction(5, 100))
    assert rules("acsa", date(2023, 12, 31)).action_plan is None


@pytest.mark.parametrize(
    ("on", "element", "months"),
    [
        (date(2019, 1, 1), Fraction(1, 2), {36, 12}),
        (date(2020, 3, 16), Fraction(1, 2), {36, 12}),
        (date(2020, 3, 17), None, {12}),
        (date(2020, 8, 31), None, {12}),
        (date(2020, 9, 1), None, {36, 12}),
        (date(2022, 12, 31), None, {36, 12}),
        (date(2023, 1, 1), Fraction(1, 2), {36, 12}),
    ],
)
def test_the_years_of_the_pandemic_had_rules_of_their_own(on, element, months):
    held = schemes.rules("ab-secor", partner=None, on=on)

    assert held.pass_marks[Kind.CERTIFICATION].element == element
    assert {term.months for term in held.terms} == months


def test_an_audit_stays_with_the_edition_it_began_under():
    pinned = schemes.pinned("ab-secor-2019", partner="asc", on=date(2022, 12, 31))

    assert pinned.edition == "ab-secor-2019"
    assert pinned.pass_marks[Kind.CERTIFICATION].element is None


def test_an_edition_is_chosen_by_the_day():
    assert schemes.edition_on("ab-secor", date(2022, 12, 31)).key == "ab-secor-2019"
    assert schemes.edition_on("ab-secor", date(2023, 1, 1)).key == "ab-secor-2023"
    with pytest.raises(NoSuchRule, match="2018-12-31"):
        schemes.edition_on("ab-secor", date(2018, 12, 31))


def test_what_is_not_there_is_refused_by_its_name():
    with pytest.raises(NoSuchRule, match="xy-2020"):
        schemes.edition("xy-2020")
    with pytest.raises(NoSuchRule, match="nobody"):
        schemes.partner("ab-secor", "nobody")
    with pytest.raises(Unreadable, match="xy-secor"):
        schemes.editions("xy-secor")
    with pytest.raises(NoSuchRule, match="nothing"):
        schemes.text("nothing/partners")


@pytest.mark.parametrize("key", ["ab-secor-2023", "secor-open", "ab-secor/partners"])
def test_a_frozen_text_is_whole_and_known_by_its_digest(key):
    text = schemes.text(key)

    assert schemes.digest(key) == hashlib.sha256(text.encode()).hexdigest()
    assert read_text(text, name=key)


def test_the_files_are_read_without_django():
    code = "import sys, secor.queries.schemes; assert 'django' not in sys.modules"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
