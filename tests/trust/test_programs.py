"""Programs that we did not write accept what we sign, and refuse everything that was spoiled."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
PYTHON = HERE / ".venv" / "bin" / "python"
SPOILED = ("ended", "expired", "changed-name", "changed-date", "changed-status", "other-key", "undefined-term")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("material")
    subprocess.run([sys.executable, str(HERE / "material.py"), str(place)], check=True, timeout=60)
    return place


@pytest.fixture(scope="module")
def javascript(folder):
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules" / ".complete").exists():
        pytest.skip("the programs from npm are not there: python tests/trust/fetch.py")
    return _told([node, str(HERE / "programs.mjs"), str(folder)])


@pytest.fixture(scope="module")
def python(folder):
    if not (HERE / ".venv" / ".complete").exists():
        pytest.skip("openbadgeslib is not there: python tests/trust/fetch.py")
    return _told([str(PYTHON), str(HERE / "openbadges.py"), str(folder)])


@pytest.mark.parametrize("program", ["@digitalbazaar/vc", "@digitalcredentials/verifier-core"])
def test_programs_from_npm_accept_the_good_one_and_refuse_the_others(javascript, program):
    told = javascript[program]

    assert told["good"] == "accepted"
    assert {name for name in SPOILED if told[name].startswith("refused: ")} == set(SPOILED)


def test_a_list_that_was_forged_or_went_stale_frees_nobody(javascript):
    told = javascript["@digitalbazaar/vc"]

    for name in ("list-forged", "list-by-another", "list-stale"):
        assert told[f"ended, {name}"].startswith("refused: ")


def test_jose_reads_the_compact_form_and_refuses_what_proves_nothing(javascript):
    assert javascript["jose"]["good"] == "accepted"
    assert all(javascript["jose"][name].startswith("refused: ") for name in ("changed", "other-key", "alg-none"))


def test_openbadgeslib_agrees_about_both_forms(python):
    told, compact = python["openbadgeslib"], python["openbadgeslib jwt"]

    assert (told["good"], compact["good"]) == ("accepted", "accepted")
    assert all(told[name].startswith("refused: ") for name in (*SPOILED, "good, list-stale"))
    assert all(compact[name].startswith("refused: ") for name in ("ended", "changed", "other-key", "alg-none"))


def _told(words):
    done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=120)
    return json.loads(done.stdout)
