"""Which course proofs count on a day: by the partner's rule, by the paper, and with the rule's grace."""

from datetime import date

import pytest

from secor.core.rules import Training
from secor.queries.courses import counting
from secor.store.models import CourseProof

TAKEN = date(2024, 2, 29)


def proof(**more):
    told = {"course": "program", "accepted": True, "taken_on": TAKEN, "valid_until": None} | more
    return CourseProof(holder_name="Rosa", **told)


@pytest.mark.parametrize(
    ("rule", "told", "last"),
    [
        (Training(("program",)), {}, None),
        (Training(("program",), 36), {}, date(2027, 2, 28)),
        (Training(("program",), 36), {"valid_until": date(2025, 1, 31)}, date(2025, 1, 31)),
        (Training(("program",), 36, grace_months=6), {}, date(2027, 8, 28)),
        (Training(("program",), grace_months=6), {"valid_until": date(2025, 1, 31)}, date(2025, 7, 31)),
        (Training(("program",), grace_months=6), {}, None),
    ],
)
def test_a_proof_counts_through_its_last_day_and_not_a_day_longer(rule, told, last):
    row = proof(**told)

    assert counting([row], rule=rule, on=last or date(2099, 1, 1)) == (row,)
    if last is not None:
        assert counting([row], rule=rule, on=date.fromordinal(last.toordinal() + 1)) == ()


@pytest.mark.parametrize(
    "told", [{"accepted": None}, {"accepted": False}, {"course": "forklift"}, {"taken_on": date(2024, 3, 2)}]
)
def test_what_is_not_accepted_not_that_course_or_still_to_come_does_not_count(told):
    assert counting([proof(**told)], rule=Training(("program",)), on=date(2024, 3, 1)) == ()


def test_without_a_rule_nothing_counts():
    assert counting([proof()], rule=None, on=date(2024, 3, 1)) == ()
