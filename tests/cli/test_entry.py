"""``secor``: one door, and complaints of one line."""

import json
import os
import subprocess
import sys

import pytest

from secor.cli import entry
from secor.queries.schemes import folder

REFUND = ("refund", "--scheme", "ab-secor", "--partner", "acsa", "--case")
CASE = {
    "accounts": [{"industry_code": "A", "insurable_earnings": "450000", "industry_rate": "2.00"}],
    "certificate": {"valid": True},
}
HISTORY = {"events": [{"on": "2024-05-17", "event": "certified", "records_months": 12}]}


@pytest.fixture
def secor(capsys):
    def run(*words):
        status = entry.main(list(words))
        out, err = capsys.readouterr()
        return status, out, err.splitlines()

    return run


@pytest.fixture
def written(tmp_path):
    def write(content, name="input.json"):
        data = content if isinstance(content, bytes) else json.dumps(content).encode()
        (tmp_path / name).write_bytes(data)
        return str(tmp_path / name)

    return write


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_without_a_command_it_gives_an_example_of_each(secor, words):
    status, out, err = secor(*words)

    assert (status, err) == (0, [])
    for command in entry.RULES:
        assert f"  secor {command} " in out


@pytest.mark.parametrize("command", entry.RULES)
def test_each_rule_command_explains_itself(secor, command):
    status, out, err = secor(command, "--help")

    assert (status, err) == (0, [])
    assert out.startswith(f"usage: secor {command}")


@pytest.mark.parametrize("command", entry.RULES)
def test_a_command_without_its_words_complains_in_one_line(secor, command):
    status, out, err = secor(command)

    assert (status, out, len(err)) == (2, "", 1)
    assert err[0].startswith(f"secor {command}: ")


def test_an_unknown_option_is_told(secor):
    status, out, err = secor("sample", "--scheme", "ab-secor", "--headcount", "9", "--site", "1")

    assert (status, out, len(err)) == (2, "", 1)
    assert "--site" in err[0]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "input.json: "),
        (b"  \n", "input.json: "),
        (b"\x00\xff\xfe", "input.json: "),
        (b"{", "input.json:1: "),
        (b"[" * 100_000, "input.json: "),
        (b'{"a":' * 100_000, "input.json: "),
        (b"null", "the whole file: "),
        (b"[]", "the whole file: "),
        ({"certificate": {"valid": True}}, "accounts: "),
        ({**CASE, "extra": 1}, "extra: "),
        ({**CASE, "line\nbreak": 1}, "line break: "),
        ({**CASE, "accounts": {}}, "accounts: "),
        ({**CASE, "certificate": {"valid": "yes"}}, "certificate.valid: "),
        ({**CASE, "certificate": {"valid": True, "year": 0}}, "certificate.year: "),
        ({**CASE, "certificate": {"valid": True, "year": 10**20}}, "certificate.year: "),
        ({**CASE, "leadership_percent": "101"}, "leadership_percent: "),
        (json.dumps(CASE).replace('"2.00"', "NaN").encode(), "input.json: "),
        (json.dumps(CASE).replace('"2.00"', "-2").encode(), "accounts.1.industry_rate: "),
        (json.dumps(CASE).replace('"2.00"', "1e400000000").encode(), "accounts.1.industry_rate: "),
        (json.dumps(CASE).replace('"2.00"', "1e-400000000").encode(), "accounts.1.industry_rate: "),
        (json.dumps(CASE).replace('"2.00"', '"1e9"').encode(), "accounts.1.industry_rate: "),
        (json.dumps(CASE).replace('"2.00"', "9" * 4000).encode(), "accounts.1.industry_rate: "),
        (json.dumps(CASE).replace('"2.00"', "9" * 9000).encode(), "input.json: "),
    ],
)
def test_bad_input_is_one_line_with_its_place_and_nothing_else(secor, written, content, place):
    status, out, err = secor(*REFUND, written(content))

    assert (status, out, len(err)) == (2, "", 1)
    assert place in err[0]


def test_a_byte_order_mark_is_no_mistake(secor, written):
    assert secor(*REFUND, written(b"\xef\xbb\xbf" + json.dumps(CASE).encode()))[0] == 0


def test_half_a_character_is_no_crash(secor, written):
    odd = json.dumps(CASE).replace('"A"', '"\\ud800"').encode()

    assert secor(*REFUND, written(odd))[0] == 0


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-30", "20240517", "2024-W20-5", "", "soon"])
def test_a_day_of_no_use_is_told(secor, written, day):
    history = {"events": [{"on": day, "event": "certified"}]}

    status, out, err = secor("standing", "--scheme", "ab-secor", "--history", written(history), "--on", "2025-01-01")

    assert (status, out, len(err)) == (2, "", 1)
    assert err[0].startswith("events.1.on: ")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2024-02-30", "20240517", "soon"])
@pytest.mark.parametrize("option", ["--on", "--as-of"])
def test_a_day_given_as_an_option_is_held_to_the_same(secor, written, option, day):
    words = ["standing", "--scheme", "ab-secor", "--history", written(HISTORY), "--on", "2025-01-01", option, day]

    status, out, err = secor(*words)

    assert (status, out, len(err)) == (2, "", 1)
    assert err[0].startswith(f"{option}: ")


def test_a_fault_of_ours_is_told_in_one_line_too(secor, monkeypatch):
    monkeypatch.setattr("secor.cli.files.show", lambda answer: 1 / 0)

    status, out, err = secor("sample", "--scheme", "ab-secor", "--headcount", "9")

    assert (status, out, len(err)) == (entry.OUR_FAULT, "", 1)
    assert "please report" in err[0]


def test_the_rule_commands_load_no_django_and_touch_no_database():
    code = (
        "import sys; from secor.cli import entry;"
        "entry.main(['check', sys.argv[1]]);"
        "assert not [name for name in sys.modules if name.split('.')[0] in {'django', 'sqlite3'}]"
    )
    done = subprocess.run([sys.executable, "-c", code, str(folder())], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_that_leaves_is_no_traceback():
    read, write = os.pipe()
    os.close(read)
    command = [sys.executable, "-m", "secor.cli.entry", "sample", "--scheme", "ab-secor", "--headcount", "9"]

    done = subprocess.run(command, stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)

    assert "Traceback" not in done.stderr
