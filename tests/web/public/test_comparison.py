"""What certifying partners have published, in words that a person would use."""

import pytest

from secor.web.public.comparison import _lettered, _paid


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ({"max_days": 180}, "good for 180 days at most"),
        (
            {"max_days": 180, "reapply_wait_months": 12, "needs": "membership"},
            "good for 180 days at most; it takes membership; then 12 months until the next one",
        ),
    ],
)
def test_a_temporary_letter_is_told_in_words(rule, said):
    assert _lettered(rule) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("Not published.", "Not published."),
        ({"review": "0.00"}, "nothing for the review of an audit"),
        (
            {"year_member": "150.00", "year_non_member": "600.00"},
            "$150.00 a year for its members; $600.00 a year for others",
        ),
        ({"late_fee": "10.00"}, "late fee: 10.00"),
    ],
)
def test_fees_are_told_in_words_and_none_is_left_out(rule, said):
    assert _paid(rule) == said
