"""Keys that sign: their two halves, and the shapes in which others want to read the public one.

Everything here is Ed25519 (RFC 8032). The arithmetic is the ``cryptography`` package's; only spellings are ours.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HALF = 32
# multicodec ed25519-pub (0xed) as a varint, which did:key and Multikey put before the bytes of the key.
ED25519_PUB = b"\xed\x01"
ED25519_PRIV = b"\x80\x26"
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
# The signed-note algorithm byte of a plain Ed25519 key (C2SP signed-note).
NOTE_ED25519 = b"\x01"


class NotAKey(ValueError):  # noqa: N818 - a refusal is named for what is the matter
    """A text that is no key of ours. Its text says what was expected."""


class Purpose(Enum):
    """What a key may sign. One key never serves two."""

    CREDENTIAL = "credential"
    LOG = "log"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class PublicKey:
    """The half that everybody may know: 32 bytes."""

    raw: bytes

    def __post_init__(self) -> None:
        """Refuse what has not the length of a key (``NotAKey``)."""
        if len(self.raw) != HALF:
            raise NotAKey(f"A public key has {HALF} bytes; these are {len(self.raw)}.")

    @property
    def multibase(self) -> str:
        """The key as Multikey and did:key write it: ``z6Mk…`` (Controlled Identifiers 1.0, section 2.2.2)."""
        return "z" + base58(ED25519_PUB + self.raw)

    @property
    def did(self) -> str:
        """The key as an identifier of its own: ``did:key:z6Mk…``."""
        return f"did:key:{self.multibase}"

    @property
    def jwk(self) -> dict[str, str]:
        """The key as a JSON Web Key (RFC 8037)."""
        return {"kty": "OKP", "crv": "Ed25519", "x": base64.urlsafe_b64encode(self.raw).rstrip(b"=").decode()}

    def note_id(self, name: str) -> bytes:
        """Tell the four bytes by which a signed note points to this key under ``name`` (C2SP signed-note)."""
        return hashlib.sha256(f"{name}\n".encode() + NOTE_ED25519 + self.raw).digest()[:4]

    def note_verifier(self, name: str) -> str:
        """Write the key as checkers of signed notes take it: ``name+hash+base64``.

        ``name`` holds neither a space nor a plus sign, as the format wants; ``NotAKey`` where it does.
        """
        if not name or "+" in name or any(sign.isspace() for sign in name):
            raise NotAKey(f"A name for a note's key has no space and no plus sign; this one is {name!r}.")
        return f"{name}+{self.note_id(name).hex()}+{base64.b64encode(NOTE_ED25519 + self.raw).decode()}"

    def verifies(self, signature: bytes, *, of: bytes) -> bool:
        """Tell whether ``signature`` was made over the bytes ``of`` with the private half."""
        try:
            Ed25519PublicKey.from_public_bytes(self.raw).verify(signature, of)
        except (InvalidSignature, ValueError):
            return False
        return True


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """The half that nobody else may know: a seed of 32 bytes. Printing it tells nothing."""

    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        """Refuse what has not the length of a key (``NotAKey``)."""
        if len(self.seed) != HALF:
            raise NotAKey(f"A private key has {HALF} bytes; these are {len(self.seed)}.")

    @property
    def public(self) -> PublicKey:
        """The other half."""
        return PublicKey(Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    @property
    def multibase(self) -> str:
        """The key as Multikey writes a private one: ``z3u2…``. For the place it is kept in, and nowhere else."""
        return "z" + base58(ED25519_PRIV + self.seed)

    def sign(self, data: bytes) -> bytes:
        """Sign bytes: 64 bytes, always the same for the same key and data."""
        return Ed25519PrivateKey.from_private_bytes(self.seed).sign(data)


@dataclass(frozen=True, slots=True)
class Signer:
    """Something that signs for one key, wherever its private half is."""

    key_name: str
    public: PublicKey
    sign: Callable[[bytes], bytes] = field(repr=False)


def signer_of(private: PrivateKey, *, key_name: str = "") -> Signer:
    """Sign with a key at hand; its name is its did:key where none is given."""
    public = private.public
    return Signer(key_name or f"{public.did}#{public.multibase}", public, private.sign)


def read_public(text: str) -> PublicKey:
    """Read a public key from ``z6Mk…`` or ``did:key:z6Mk…``. Refuses every other text (``NotAKey``)."""
    return PublicKey(_unwrapped(text.strip().removeprefix("did:key:"), ED25519_PUB, "z6Mk"))


def read_private(text: str) -> PrivateKey:
    """Read a private key from ``z3u2…``. Refuses every other text (``NotAKey``) without repeating it."""
    return PrivateKey(_unwrapped(text.strip(), ED25519_PRIV, "z3u2"))


def read_note_verifier(text: str) -> tuple[str, PublicKey]:
    """Read the name and the key of ``name+hash+base64``. Refuses a hash that is not theirs (``NotAKey``)."""
    name, _, rest = text.strip().partition("+")
    told, _, coded = rest.partition("+")
    try:
        raw = base64.b64decode(coded, validate=True)
    except binascii.Error as no:
        raise NotAKey("The key of a note is written name+hash+base64; this one is not.") from no
    if raw[:1] != NOTE_ED25519:
        raise NotAKey("The key of a note is written name+hash+base64, for Ed25519; this one is not.")
    key = PublicKey(raw[1:])
    if key.note_verifier(name) != f"{name}+{told}+{coded}":
        raise NotAKey("The hash in the note's key does not belong to its name and key.")
    return name, key


def base58(raw: bytes) -> str:
    """Write bytes in base 58 (the alphabet of Bitcoin); each leading zero byte is a ``1``."""
    number, signs = int.from_bytes(raw, "big"), ""
    while number:
        number, place = divmod(number, len(BASE58))
        signs = BASE58[place] + signs
    zeros = len(raw) - len(raw.lstrip(b"\0"))
    return BASE58[0] * zeros + signs


def unbase58(text: str) -> bytes:
    """Read bytes from base 58. Refuses another sign (``NotAKey``)."""
    number = 0
    for sign in text:
        place = BASE58.find(sign)
        if place < 0:
            raise NotAKey(f"{sign!r} is no sign of base 58.")
        number = number * len(BASE58) + place
    zeros = len(text) - len(text.lstrip(BASE58[0]))
    return b"\0" * zeros + number.to_bytes((number.bit_length() + 7) // 8, "big")


def _unwrapped(text: str, before: bytes, begins: str) -> bytes:
    if len(text) > 2 * HALF or not text.startswith("z"):
        raise NotAKey(f"A key is written {begins}…, in one line; this text is not.")
    raw = unbase58(text[1:])
    if not raw.startswith(before):
        raise NotAKey(f"A key is written {begins}…, in one line; this is a key of another kind.")
    return raw[len(before) :]
