"""The library of Standard Webhooks takes the messages that we sign, and refuses what was changed, old, or another's."""

import json
import shutil
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from secor.core.webhook import headers, secret_written

HERE = Path(__file__).resolve().parent
SECRET, OTHER = bytes(range(32)), bytes(range(1, 33))
BODY = '{"type":"certificate.changed","data":{"word":"suspended","city":"Wetaskiwin – é"}}'


def case(*, body=BODY, late=timedelta(0), secrets=(SECRET,), **changed):
    told = headers(BODY, number="msg_1", at=datetime.now(UTC) - late, secrets=secrets)
    return {"body": body, "headers": told | changed}


def test_the_standards_own_library_takes_ours_and_refuses_the_rest(tmp_path):
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules" / ".complete").exists():
        pytest.skip("the programs from npm are not there: python tests/trust/fetch.py")
    good = {"good": case(), "while the secret is changed": case(secrets=(OTHER, SECRET))}
    bad = {
        "body": case(body=BODY.replace("suspended", "valid")),
        "number": case(**{"webhook-id": "msg_2"}),
        "moment": case(**{"webhook-timestamp": str(int(datetime.now(UTC).timestamp()) + 60)}),
        "old": case(late=timedelta(minutes=6)),
        "ahead": case(late=timedelta(minutes=-6)),
        "another": case(secrets=(OTHER,)),
        "unsigned": case(**{"webhook-signature": ""}),
    }
    file = tmp_path / "cases.json"
    file.write_text(json.dumps({"secret": secret_written(SECRET), "cases": good | bad}))
    done = subprocess.run(
        [node, str(HERE / "webhooks.mjs"), str(file)], cwd=HERE, check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    assert {name: told[name] for name in good} == dict.fromkeys(good, "accepted")
    assert {name for name in bad if told[name].startswith("refused: ")} == set(bad)
