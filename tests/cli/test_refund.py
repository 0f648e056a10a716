"""``secor refund``, as it is called and as it answers."""

import io
import json

import pytest

from secor.cli.entry import main

CASE = {
    "accounts": [
        {"industry_code": "A", "insurable_earnings": "450000", "industry_rate": "2.00", "covered": True},
    ],
    "certificate": {"valid": True, "year": 1},
    "improvement": {
        "prior_cost": "12000",
        "prior_earnings": "1200000",
        "current_earnings": "1350000",
        "current_cost": "11745",
    },
    "leadership_percent": None,
    "withheld_because": None,
}


@pytest.fixture
def refund(capsys, monkeypatch):
    def run(case, scheme="ab-secor", partner="acsa"):
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(case)))
        overlay = ["--partner", partner] if partner else []
        status = main(["refund", "--scheme", scheme, *overlay, "--case", "-"])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err.splitlines()

    return run


def test_the_whole_answer_is_printed_to_the_letter(refund):
    assert json.dumps(refund(CASE)[1]) == json.dumps(
        {
            "estimate": True,
            "industry_rated_premium": "9000.00",
            "measures": [
                {"measure": "certificate", "percent": "10"},
                {"measure": "improvement", "percent": "13"},
            ],
            "applied": {"measure": "improvement", "percent": "13"},
            "refund": "1170.00",
            "payable": "1170.00",
            "status": "payable",
        }
    )


def test_what_is_withheld_is_computed_and_not_payable(refund):
    _, told, _ = refund({**CASE, "withheld_because": "an employer review is open"})

    assert (told["refund"], told["payable"], told["status"]) == ("1170.00", "0.00", "withheld")


@pytest.mark.parametrize(
    "change",
    [
        {"certificate": {"valid": False, "year": 1}},
        {"accounts": []},
        {"accounts": [{**CASE["accounts"][0], "covered": False}]},
    ],
)
def test_without_a_certificate_or_a_covered_account_there_is_none(refund, change):
    _, told, _ = refund({**CASE, **change})

    assert (told["refund"], told["payable"], told["status"], told["applied"]) == ("0.00", "0.00", "none", None)


def test_a_scheme_without_a_refund_of_this_kind_says_so(refund):
    assert refund(CASE, scheme="mb-secor", partner=None) == (
        2,
        None,
        ["--scheme: mb-secor has no premium refund of this kind"],
    )
