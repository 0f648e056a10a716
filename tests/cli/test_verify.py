"""``secor verify``, as it is called and as it answers: offline, from files alone."""

import json
import subprocess
import sys

import pytest

from credentials import DID, FACTS, KEY, NOW, OTHER, signed
from secor.cli.entry import main
from secor.core import status_list

AT = NOW.isoformat()


@pytest.fixture
def verify(capsys, tmp_path):
    def run(document, *options, listed=None):
        (tmp_path / "file").write_text(document if isinstance(document, str) else json.dumps(document))
        if listed is not None:
            (tmp_path / "list").write_text(json.dumps(listed))
            options = (*options, "--list", str(tmp_path / "list"))
        status = main(["verify", str(tmp_path / "file"), "--at", AT, *options])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else None, err

    return run


def a_list(*ended, by=KEY):
    return signed(status_list.compose(address=FACTS.list_address, issuer=DID, ended=ended, at=NOW), by=by)


def test_the_whole_answer_is_printed_to_the_letter(verify):
    assert verify(signed(), listed=a_list()) == (
        0,
        {
            "worth": "valid",
            "form": "credential",
            "number": FACTS.number,
            "legal_name": "Rosa's Roofing Ltd.",
            "issuer": DID,
            "status_list": FACTS.list_address,
            "why": [],
            "as_of": AT,
        },
        "",
    )


@pytest.mark.parametrize(
    ("listed", "worth"),
    [
        (None, "could not be confirmed"),
        (a_list(by=OTHER), "could not be confirmed"),
        (a_list(94568), "no longer valid"),
    ],
)
def test_what_is_not_known_to_be_good_ends_with_one(verify, listed, worth):
    status, told, _ = verify(signed(), listed=listed)

    assert (status, told["worth"]) == (1, worth)


def test_a_changed_file_is_not_to_be_trusted_and_says_why(verify):
    status, told, _ = verify({**signed(), "name": "Another"}, listed=a_list())

    assert (status, told["worth"]) == (1, "not to be trusted")
    assert "changed" in told["why"][0]


@pytest.mark.parametrize(
    "options", [("--keys", "nowhere.json"), ("--list", "nowhere"), ("--at", "x"), ("--at", "2026-03-01")]
)
def test_what_cannot_be_read_ends_with_two_and_prints_nothing(verify, options):
    status, told, err = verify(signed(), *options)

    assert (status, told) == (2, None)
    assert err


def test_keys_that_are_none_are_told(verify, tmp_path):
    for text in (
        "[]",
        "{",
        '{"id": "x", "assertionMethod": ["x#1"], "verificationMethod": [{"id": "x#1", "controller": "x"}]}',
    ):
        (tmp_path / "did.json").write_text(text)

        assert verify(signed(), "--keys", str(tmp_path / "did.json"))[0] == 2


def test_it_loads_no_django(tmp_path):
    (tmp_path / "file").write_text(json.dumps(signed()))
    told = "import sys; from secor.cli.entry import main; main(sys.argv[1:]); print('django' in sys.modules)"
    words = [sys.executable, "-c", told, "verify", str(tmp_path / "file"), "--at", AT]

    assert subprocess.run(words, check=True, capture_output=True, text=True).stdout.endswith("False\n")
