"""Sigstore's own program accepts the proofs of the public log, and refuses a changed entry, size, place and key."""

import base64
import json
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from secor.core.checkpoint import Checkpoint, signed
from secor.core.key import PrivateKey, signer_of
from secor.core.leaf import Leaf
from secor.core.merkle import frontier_of, inclusion, leaf_hash
from secor.core.tile import node_in

HERE = Path(__file__).resolve().parent
AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
ORIGIN = "register.example/log"
KEY, OTHER = (signer_of(PrivateKey(bytes([seed]) * 32)) for seed in (7, 8))
LEAVES = [Leaf("certified", AT, AT.date(), certificate=f"SECOR-2026-{nth:06}-00").data for nth in range(200)]
HASHES = [leaf_hash(each) for each in LEAVES]


def b64(raw):
    return base64.b64encode(raw).decode()


def case(index, *, size=200, entry=None, at=None, told=None, signer=KEY):
    way = inclusion(index, size=size, node=node_in(lambda _, first, last: HASHES[first:last]))
    checkpoint = Checkpoint(ORIGIN, told or size, frontier_of(HASHES[:size]).root)
    note = signed(checkpoint, signer=signer)
    place = index if at is None else at
    return {"entry": b64(entry or LEAVES[index]), "index": place, "hashes": [b64(each) for each in way], "note": note}


def test_a_program_that_we_did_not_write_follows_the_proofs(tmp_path):
    node = shutil.which("node")
    if node is None or not (HERE / "node_modules" / ".complete").exists():
        pytest.skip("the programs from npm are not there: python tests/trust/fetch.py")
    good = {f"good {index} of {size}": case(index, size=size) for size in (1, 7, 128, 200) for index in {0, size - 1}}
    bad = {
        "entry": case(17, entry=LEAVES[18]),
        "place": case(17, at=18),
        "beyond": case(17, at=200),
        "size": case(17, told=128),  # not 199: the way would have the same shape, and only the signature tells
        "key": case(17, signer=OTHER),
        "note": {**case(17), "note": case(17)["note"].replace("\n200\n", "\n201\n")},
        "hashes": {**case(17), "hashes": case(18)["hashes"]},
    }
    der = bytes.fromhex("302a300506032b6570032100") + KEY.public.raw
    asked = {"key": b64(der), "keyId": b64(KEY.public.note_id(ORIGIN)), "origin": ORIGIN, "cases": good | bad}
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(asked))
    done = subprocess.run(
        [node, str(HERE / "logged.mjs"), str(file)], cwd=HERE, check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)

    assert {name for name, word in told.items() if word == "accepted"} == set(good)
    assert all(told[name].startswith("refused: ") for name in bad)
