"""Which course proofs count: validity and grace by the partner's rule."""

from datetime import date

import pytest

from secor.core.reading import Reading
from secor.core.rules import Online, read_rules
from secor.core.scheme import Training
from secor.queries.courses import CourseProof, counting, in_grace

TAKEN = date(2023, 5, 31)


def a_proof(**more):
    return CourseProof(pk=1, course="a-course", taken_on=TAKEN, accepted=True, **more)


@pytest.mark.parametrize(
    ("rule", "valid_until", "last"),
    [
        (Training(("a-course",), 36), None, date(2026, 5, 31)),
        (Training(("a-course",), 33), None, date(2026, 2, 28)),
        (Training(("a-course",), 36), date(2026, 5, 31), date(2026, 5, 31)),
        (Training(("a-course",), 36), date(2025, 1, 1), date(2025, 1, 1)),
        (Training(("a-course",), 36, grace_months=6), None, date(2026, 11, 30)),
        (Training(("a-course",), None), date(2024, 2, 29), date(2024, 2, 29)),
        (Training(("a-course",), None, grace_months=6), date(2024, 2, 29), date(2024, 8, 29)),
    ],
)
def test_a_proof_counts_until_the_last_day_of_its_rule_and_grace(rule, valid_until, last):
    row = a_proof(valid_until=valid_until)

    assert counting([row], rule=rule, on=last) == (row,)
    assert counting([row], rule=rule, on=date.fromordinal(last.toordinal() + 1)) == ()
    assert in_grace(row, rule=rule, on=last) is bool(rule.grace_months)


def test_without_months_a_proof_never_runs_out():
    row, rule = a_proof(), Training(("a-course",), grace_months=6)

    assert counting([row], rule=rule, on=date(2099, 1, 1)) == (row,)
    assert not in_grace(row, rule=rule, on=date(2099, 1, 1))


def test_what_was_not_accepted_is_of_another_course_or_of_somebody_gone_counts_for_nothing():
    rule = Training(("a-course",))
    row = a_proof()

    assert counting([row], rule=rule, gone=frozenset({1}), on=TAKEN) == ()
    assert counting([row], rule=Training(("another",)), on=TAKEN) == ()
    assert counting([row], rule=None, on=TAKEN) == ()
    assert counting([row], rule=rule, on=date(2023, 5, 30)) == ()
    row.accepted = None
    assert counting([row], rule=rule, on=TAKEN) == ()


def read(**more):
    reading = Reading()
    rules = read_rules(reading, {"training": {"value": {"any_of": ["a-course"], **more}, "source": "here"}})
    return (rules["training"][0].value if rules.get("training") else None), {each.place for each in reading.problems}


def test_a_partners_rule_says_grace_and_what_becomes_of_an_online_course():
    rule, problems = read(grace_months=6, online="counts")
    assert (rule.grace_months, rule.online, problems) == (6, Online.COUNTS, set())

    rule, problems = read()
    assert (rule.grace_months, rule.online, problems) == (0, Online.CHECKED, set())

    assert read(online="maybe")[1] == {"training.value.online"}
    assert read(grace_months=-1)[1] == {"training.value.grace_months"}
