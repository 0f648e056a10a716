"""``docs/verify-without-us.md`` is followed to the letter, by nobody who knows us: good, cancelled, forged."""

import base64
import json
import re
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from certified import a_certificate, office
from secor.core.key import Purpose
from secor.core.merkle import frontier_of, leaf_hash
from secor.store.models import Leaf, Log
from secor.usecases import credentials, decisions, keys, log
from secor.usecases.act import Act

DOCUMENT = Path(__file__).resolve().parents[2] / "docs/verify-without-us.md"
NOW = datetime.now(UTC)
WANTED = ("curl", "openssl", "pdfsig", "pdfdetach", "python3", "bash")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not all(map(shutil.which, WANTED)), reason="curl, openssl or poppler's programs are not there"),
]


@pytest.fixture
def scene(live_server, settings, monkeypatch):
    settings.SITE_URL = live_server.url
    monkeypatch.setattr("secor.web.public.credentials._LISTS", {})
    return office()


@pytest.fixture
def certificate(scene):
    for purpose in (Purpose.CREDENTIAL, Purpose.PAPER):
        keys.make(Act(None, NOW), purpose=purpose, partner=scene.partner)
    row = a_certificate(scene.employer, scene.partner, on=Act(None, NOW).on)
    credentials.seal(Act(None, NOW), certificate=row)
    keys.make(Act(None, NOW), purpose=Purpose.LOG)
    assert log.keep(at=NOW) == ""
    return row


def steps():
    return re.findall(r"^```sh\n(.*?)^```$", DOCUMENT.read_text(), re.MULTILINE | re.DOTALL)


def followed(site, number, folder, *, spoil=""):
    """Run every block in one shell, ``spoil`` after the first of them."""
    first, *others = steps()
    first = re.sub(r"^SITE=.*$", f"SITE={site}", first, flags=re.MULTILINE)
    first = re.sub(r"^NUMBER=.*$", f"NUMBER={number}", first, flags=re.MULTILINE)
    script = "\n".join(["set -e", first, spoil, *others])
    return subprocess.run(["bash", "-c", script], cwd=folder, check=False, capture_output=True, text=True, timeout=120)


def test_a_good_certificate_convinces(live_server, certificate, tmp_path):
    told = followed(live_server.url, certificate.number, tmp_path)

    assert told.returncode == 0, told.stderr
    assert "Signature is Valid" in told.stdout
    assert told.stdout.count("Signature Verified Successfully") == 3
    assert "\nvalid\n" in told.stdout
    assert told.stdout.strip().endswith("entries, and nothing was rewritten")
    assert f'"certificate":"{certificate.number}","event":"signed"' in told.stdout
    said = json.loads((tmp_path / "certificate.told").read_text())
    assert said["credentialSubject"]["licenseNumber"] == certificate.number
    inside = json.loads((tmp_path / "certificate.json").read_text())
    assert {name: each for name, each in inside.items() if name != "proof"}.items() <= said.items()


def test_a_cancelled_one_is_shown_as_such(live_server, scene, certificate, tmp_path):
    decisions.cancel(Act(scene.ines, NOW), certificate=certificate, reason="Closed")

    told = followed(live_server.url, certificate.number, tmp_path)

    assert "\nno longer valid\n" in told.stdout


def test_a_forged_one_is_noticed(live_server, certificate, tmp_path):
    body = base64.urlsafe_b64encode(b'{"issuer": "x"}').decode().rstrip("=")
    forged = f"""python3 -c '
head, said, tail = open("certificate.jwt").read().split(".")
open("certificate.jwt", "w").write(".".join([head, "{body}", tail]))'"""
    changed = r"""python3 -c '
import base64
head, said, tail = open("certificate.jwt").read().split(".")
raw = base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)).replace(b"Roofing", b"Plumbin")
open("certificate.jwt", "w").write(".".join([head, base64.urlsafe_b64encode(raw).decode().rstrip("="), tail]))'"""

    for spoil, says in ((forged, "another issuer"), (changed, "Signature Verification Failure")):
        told = followed(live_server.url, certificate.number, tmp_path, spoil=spoil)

        assert told.returncode != 0
        assert says in told.stdout + told.stderr


def test_a_rewritten_and_a_rolled_back_register_are_noticed(live_server, scene, certificate, tmp_path):
    told = followed(live_server.url, certificate.number, tmp_path)
    assert told.returncode == 0, told.stderr
    held = Log.objects.values().get()
    decisions.suspend(Act(scene.ines, NOW), certificate=certificate, reason="An open order")
    log.keep(at=NOW)
    assert followed(live_server.url, certificate.number, tmp_path).returncode == 0

    log.published().unlink()  # whoever runs the server, and has its key, does as they like
    Log.objects.update(**{name: value for name, value in held.items() if name != "id"})
    told = followed(live_server.url, certificate.number, tmp_path)
    assert "rolled back: the list was longer before" in told.stderr
    Leaf.objects.filter(index__gte=held["size"]).delete()
    first = Leaf.objects.order_by("index").first()
    Leaf.objects.filter(index=first.index).update(data=first.data.replace("key_made", "key_retired"))
    log.catch_up()
    rewritten(Log.objects.get())
    told = followed(live_server.url, certificate.number, tmp_path)
    assert "rewritten: the first" in told.stderr


def rewritten(row):
    """Make the whole log anew from what stands in the tables now, and sign it."""
    leaves = list(Leaf.objects.order_by("index"))
    for leaf in leaves:
        leaf.hash = leaf_hash(leaf.data.encode()).hex()
    Leaf.objects.bulk_update(leaves, ["hash"])
    edge = frontier_of(bytes.fromhex(each.hash) for each in leaves)
    Log.objects.update(size=edge.size, signed_size=0, peaks=" ".join(peak.hex() for peak in edge.peaks))
    log.published().unlink(missing_ok=True)
    log.sign(at=NOW)
