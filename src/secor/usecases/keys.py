"""Keys: made, retired, stopped. Each act is in the journal; no private half ever is."""

from __future__ import annotations

import os
import secrets

from django.db import transaction

from secor.core.key import PrivateKey, Purpose
from secor.core.paper_key import a_paper_key, self_signed
from secor.queries import keys
from secor.store import device
from secor.store.models import Halt, Key, Partner
from secor.usecases import log
from secor.usecases.act import Act, Refusal


class WhoseKey(Refusal):
    """A credential key belongs to a partner, and a log key to the register alone."""


class NotInDevice(Refusal):
    """The device does not open, or does not make such keys."""


class NotThisKey(Refusal):
    """There is no such key, or it was retired before."""


class StoppedAlready(Refusal):
    """Signing is stopped already, or goes on already."""


@transaction.atomic
def make(act: Act, *, purpose: Purpose, partner: Partner | None = None, in_device: bool = False) -> Key:
    """Make a key and sign with it from now on. The one before is retired: what it signed stays good.

    The private half goes into a file of the keys' folder that only the site may read, before anything else is
    written, so that no key is ever told whose private half was lost. Refuses (``WhoseKey``) a log key of a partner
    and a credential key of none, and (``NotInDevice``) a key for papers inside a device and a device that does not
    open.

    ``in_device``: the key is made inside the site's device, which never lets it out.
    """
    if (purpose is Purpose.LOG) != (partner is None):
        raise WhoseKey("A log key is the register's, so it has no partner. Every other key names one.")
    if in_device:
        return _enter(act, _made_in_device(purpose), "", purpose, partner)
    if purpose is Purpose.PAPER and partner is not None:
        paper = a_paper_key()
        certificate = self_signed(paper, name=partner.name, at=act.at)
        return _enter(act, paper.public, paper.multibase, purpose, partner, certificate)
    private = PrivateKey(secrets.token_bytes(32))
    return _enter(act, private.public.multibase, private.multibase, purpose, partner)


@transaction.atomic
def retire(act: Act, *, public: str) -> Key:
    """Let a key sign nothing more. What it signed stays good, and its public half stays published."""
    row = Key.objects.select_for_update().filter(public=public, until_at__isnull=True).first()
    if row is None:
        raise NotThisKey("No key in use is written so. `secor keys list` shows them all.")
    _end(act, row)
    return row


@transaction.atomic
def stop(act: Act, *, reason: str) -> Halt:
    """Stop all signing at once, for every partner and the register. Checking goes on."""
    if keys.stopped() is not None:
        raise StoppedAlready("Signing is stopped already. `secor keys resume` takes it up again.")
    if not reason.strip():
        raise StoppedAlready("Say why, in a sentence: it is shown to everybody who wants to issue.")
    row = Halt.objects.create(from_at=act.at, reason=reason.strip())
    act.enter("keys.stopped", subject=str(row.pk))
    return row


@transaction.atomic
def resume(act: Act) -> Halt:
    """Take signing up again."""
    row = keys.stopped()
    if row is None:
        raise StoppedAlready("Signing is not stopped.")
    row.until_at = act.at
    row.save(update_fields=["until_at"])
    act.enter("keys.resumed", subject=str(row.pk))
    return row


def _enter(
    act: Act, public: str, private: str, purpose: Purpose, partner: Partner | None, certificate: str = ""
) -> Key:
    if private:
        _keep(public, private)
    for before in Key.objects.select_for_update().filter(purpose=purpose.value, partner=partner, until_at__isnull=True):
        _end(act, before)
    row = Key.objects.create(
        purpose=purpose.value, partner=partner, public=public, certificate=certificate, from_at=act.at
    )
    act.enter("key.made", partner=partner, subject=public, purpose=purpose.value)
    log.enter_key(act, key=row)
    return row


def _made_in_device(purpose: Purpose) -> str:
    if purpose is Purpose.PAPER:
        raise NotInDevice("A key for papers is not made inside a device yet. Leave out --device for this one.")
    try:
        return device.make().multibase
    except device.DeviceTrouble as no:
        raise NotInDevice(str(no)) from no


def _keep(public: str, private: str) -> None:
    keys.folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(keys.path_of(public), os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{private}\n")
        file.flush()
        os.fsync(file.fileno())


def _end(act: Act, row: Key) -> None:
    row.until_at = act.at
    row.save(update_fields=["until_at"])
    act.enter("key.retired", partner=row.partner_id, subject=row.public, purpose=row.purpose)
    log.enter_key(act, key=row, retired=True)
