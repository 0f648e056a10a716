"""Keys: which one signs, where its private half is, and all that anybody may know of the rest.

The private half is found by the public one: in ``SECOR_SIGNING_KEYS``, in a file of the keys' folder that is named for
it, or in a device that never lets it out. Nothing of it is ever in the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from django.conf import settings

from secor.core.key import NotAKey, PrivateKey, PublicKey, Purpose, Signer, read_private, read_public, signer_of
from secor.core.paper_key import PaperKey, read_paper_key
from secor.store import device
from secor.store.models import Halt, Key, Partner

__all__ = ["Halt", "Key", "NoKey", "Stopped", "current", "every", "signer", "stopped"]

ENDING = ".key"
OTHERS = 0o077


class NoKey(Exception):  # noqa: N818 - a refusal is named for what is the matter
    """There is no key to sign with, or its private half is not where the site's keys are."""


class Stopped(Exception):  # noqa: N818 - the same
    """Signing was stopped by hand, and was not taken up again."""


@dataclass(frozen=True, slots=True)
class Held:
    """A key, and whether its private half is at hand on this machine."""

    key: Key
    at_hand: bool


def current(purpose: Purpose, *, partner: Partner | None = None) -> Key | None:
    """The key that signs now for this purpose and partner: the newest that has no end."""
    rows = Key.objects.filter(purpose=purpose.value, partner=partner, until_at__isnull=True)
    return rows.order_by("-pk").first()


def every(*, partner: Partner | None = None, purpose: Purpose | None = None) -> tuple[Key, ...]:
    """All keys there ever were, oldest first; of one partner or purpose where that is asked."""
    rows = Key.objects.select_related("partner")
    rows = rows.filter(partner=partner) if partner is not None else rows
    rows = rows.filter(purpose=purpose.value) if purpose is not None else rows
    return tuple(rows.order_by("pk"))


def held(rows: Iterable[Key]) -> tuple[Held, ...]:
    """Tell of each key whether this machine can sign with it."""
    return tuple(Held(row, private_of(row) is not None or in_device(row)) for row in rows)


def stopped() -> Halt | None:
    """The stop that holds now, where there is one."""
    return Halt.objects.filter(until_at__isnull=True).order_by("-pk").first()


def signer(purpose: Purpose, *, partner: Partner | None = None, even_stopped: bool = False) -> Signer:
    """Give what signs for this purpose and partner; its ``key_name`` is the public key as ``z6Mk…``.

    Refuses while signing is stopped (``Stopped``), unless ``even_stopped``: what tells others that something ended is
    signed in every case. Refuses where there is no key or not its private half (``NoKey``).
    """
    if (halt := stopped()) and not even_stopped:
        raise Stopped(
            f"Nothing is signed since {halt.from_at:%Y-%m-%d %H:%M} UTC ({halt.reason}). Checking goes on. "
            "When it is settled, `secor keys resume` takes it up again."
        )
    row = current(purpose, partner=partner)
    if row is None:
        whose = f" of {partner.name}" if partner else ""
        raise NoKey(f"There is no {purpose.value} key{whose} yet. Make one with `secor keys make`.")
    private = private_of(row)
    if private is None and in_device(row):
        return Signer(row.public, public_of(row), partial(_sign_in_device, row.public))
    if not isinstance(private, PrivateKey):
        raise NoKey(
            f"The private half of the key {row.public} is not on this machine. Put it into {folder()} or into "
            "SECOR_SIGNING_KEYS, connect the device that has it, or make a new key with `secor keys make`."
        )
    return signer_of(private, key_name=row.public)


def public_of(row: Key) -> PublicKey:
    """The public half of a kept key."""
    return read_public(row.public)


def paper_key(partner: Partner) -> tuple[PaperKey, str] | None:
    """What signs a partner's papers, with its certificate in PEM; None where there is none, or signing is stopped."""
    row = current(Purpose.PAPER, partner=partner)
    if row is None or stopped() is not None:
        return None
    private = private_of(row)
    return (private, row.certificate) if isinstance(private, PaperKey) else None


def private_of(row: Key) -> PrivateKey | PaperKey | None:
    """The private half of a kept key, from the environment or from its file; None where it is in neither.

    A file that others may read is refused (``NoKey``): what others could have copied proves nothing.
    """
    found = [_read(text) for text in re.split(r"[\s,]+", settings.SIGNING_KEYS) if text]
    path = path_of(row.public)
    if path.is_file():
        if path.stat().st_mode & OTHERS:
            raise NoKey(f"{path} can be read by others on this machine. Close it with `chmod 600`, or make a new key.")
        found.append(_read(path.read_text()))
    return next((private for private in found if _public(private) == row.public), None)


def in_device(row: Key) -> bool:
    """Tell whether a device has the private half. One that does not open is no key at hand (``NoKey``)."""
    try:
        return device.holds(row.public)
    except device.DeviceTrouble as no:
        raise NoKey(str(no)) from no


def _sign_in_device(public: str, data: bytes) -> bytes:
    try:
        return device.sign(public, data)
    except device.DeviceTrouble as no:
        raise NoKey(str(no)) from no


def folder() -> Path:
    """The folder of the private halves."""
    return Path(settings.KEYS)


def path_of(public: str) -> Path:
    """The file of the private half that belongs to ``public``."""
    return folder() / f"{public}{ENDING}"


def _public(private: PrivateKey | PaperKey) -> str:
    return private.public if isinstance(private, PaperKey) else private.public.multibase


def _read(text: str) -> PrivateKey | PaperKey:
    with suppress(NotAKey):
        return read_private(text)
    try:
        return read_paper_key(text)
    except NotAKey as no:
        raise NoKey(f"A private key of this site cannot be read: {no}") from no
