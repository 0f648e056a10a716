"""A key that never leaves its device signs like any other: tried with SoftHSM, a real PKCS #11 library."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from django.test import override_settings

from certified import a_certificate, office
from secor.core import proof
from secor.core.key import Purpose, read_public
from secor.queries import contexts
from secor.queries import keys as asked
from secor.store import device
from secor.store.models import Credential, Key
from secor.usecases import credentials, keys
from secor.usecases.act import Act
from secor.web import clock

pytestmark = pytest.mark.django_db
PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so")
MODULE = next((place for place in PLACES if Path(place).exists()), "")


@pytest.fixture(scope="session")
def token(tmp_path_factory):
    """A token of our own; the library reads where it is kept once, when it is loaded."""
    maker = shutil.which("softhsm2-util")
    if not maker or not MODULE:
        pytest.skip("SoftHSM is not on this machine")
    folder = tmp_path_factory.mktemp("device")
    (folder / "tokens").mkdir()
    told = folder / "softhsm2.conf"
    told.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(told)
    words = ["--init-token", "--free", "--label", "secor", "--pin", "4821", "--so-pin", "9370"]
    subprocess.run([maker, *words], check=True, capture_output=True, timeout=30)
    return folder


@pytest.fixture
def inside(token, settings):
    settings.PKCS11_MODULE, settings.PKCS11_TOKEN, settings.PKCS11_PIN = MODULE, "secor", "4821"
    yield token
    device.shut()


def test_a_key_made_inside_signs_and_its_private_half_is_nowhere_else(inside):
    there = office()
    act = Act(None, clock.now())

    row = keys.make(act, purpose=Purpose.CREDENTIAL, partner=there.partner, in_device=True)

    signer = asked.signer(Purpose.CREDENTIAL, partner=there.partner)
    assert read_public(row.public).verifies(signer.sign(b"data"), of=b"data")
    assert signer.sign(b"data") == signer.sign(b"data")
    assert not asked.path_of(row.public).exists()
    assert asked.private_of(row) is None
    assert [each.at_hand for each in asked.held([row])] == [True]


def test_a_certificate_is_signed_by_the_device_and_verifies(inside):
    there = office()
    now = clock.now()
    keys.make(Act(None, now), purpose=Purpose.CREDENTIAL, partner=there.partner, in_device=True)
    a_certificate(there.employer, there.partner, on=clock.day_of(now))

    assert credentials.seal_missing(Act(None, now)) == 1

    document = json.loads(Credential.objects.get().body)
    public = read_public(Key.objects.get().public)
    proof.check(document, key_of=lambda _: public, contexts=contexts.contexts())
    changed = {**document, "name": "Somebody else's"}
    with pytest.raises(proof.Forged):
        proof.check(changed, key_of=lambda _: public, contexts=contexts.contexts())


def test_a_device_that_was_away_and_came_back_is_opened_anew(inside):
    row = keys.make(Act(None, clock.now()), purpose=Purpose.LOG, in_device=True)
    device._open[0].close()

    assert len(device.sign(row.public, b"data")) == 64


def test_a_wrong_pin_a_wrong_token_and_no_library_are_told_and_nothing_is_kept(inside, settings):
    for name, value, told in (
        ("PKCS11_PIN", "0000", "PinIncorrect"),
        ("PKCS11_TOKEN", "another", "NoSuchToken"),
        ("PKCS11_MODULE", "/nowhere/lib.so", "cannot be loaded"),
    ):
        device.shut()
        with override_settings(**{name: value}), pytest.raises(keys.NotInDevice, match=told):
            keys.make(Act(None, clock.now()), purpose=Purpose.LOG, in_device=True)
    assert not Key.objects.exists()


def test_a_key_of_a_device_that_is_not_there_signs_nothing_and_says_so(inside, settings):
    row = keys.make(Act(None, clock.now()), purpose=Purpose.LOG, in_device=True)
    settings.PKCS11_MODULE = ""

    with pytest.raises(asked.NoKey, match="connect the device"):
        asked.signer(Purpose.LOG)
    assert [each.at_hand for each in asked.held([row])] == [False]


def test_without_a_device_none_is_made(settings):
    with pytest.raises(keys.NotInDevice, match="SECOR_PKCS11_MODULE"):
        keys.make(Act(None, clock.now()), purpose=Purpose.LOG, in_device=True)
    with pytest.raises(keys.NotInDevice, match="papers"):
        keys.make(Act(None, clock.now()), purpose=Purpose.PAPER, partner=office().partner, in_device=True)
