"""The compact form of a credential: ``vc+jwt``, a JSON Web Signature over its bytes (W3C VC-JOSE-COSE 1.0)."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from secor.core.key import Signer
from secor.core.proof import Forged, KeyOf

TYPE = "vc+jwt"
# RFC 9864 names Ed25519 apart; the verifiers of today read EdDSA only, and a reader takes both.
ALGORITHM = "EdDSA"
READ = frozenset({ALGORITHM, "Ed25519"})
PARTS = 3


def sign(document: dict[str, Any], *, signer: Signer, method: str) -> str:
    """Give the document as a token. ``method`` is the address of the key, as verifiers look it up."""
    issuer, _, _ = method.partition("#")
    header = {"alg": ALGORITHM, "cty": "vc", "iss": issuer, "kid": method, "typ": TYPE}
    signed = f"{_coded(_written(header))}.{_coded(_written(document))}"
    return f"{signed}.{_coded(signer.sign(signed.encode()))}"


def check(token: str, *, key_of: KeyOf) -> tuple[dict[str, Any], str]:
    """Give what the token says, and the address of the key that signed it.

    Refuses (``Forged``) every other algorithm, ``none`` first of all; a key that ``key_of`` does not know; and a
    signature that is not over these bytes.
    """
    parts = token.strip().split(".")
    if len(parts) != PARTS:
        raise Forged("It is not a signed token of three parts.")
    header, said = _read(parts[0]), _read(parts[1])
    if header.get("alg") not in READ or "crit" in header:
        raise Forged("It is signed in a way that proves nothing here: only EdDSA is taken.")
    if header.get("typ") != TYPE:
        raise Forged(f"It is a token of another kind than {TYPE}.")
    method = str(header.get("kid", ""))
    key = key_of(method)
    if key is None:
        raise Forged(f"The key {method} is not one of its issuer's keys.")
    if not key.verifies(_uncoded(parts[2]), of=f"{parts[0]}.{parts[1]}".encode()):
        raise Forged("Its signature does not belong to what it says: something was changed, or another key signed.")
    return said, method


def _written(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def _coded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _uncoded(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as no:
        raise Forged("It is not written as a token is.") from no


def _read(text: str) -> dict[str, Any]:
    try:
        value = json.loads(_uncoded(text))
    except ValueError as no:
        raise Forged("It is not written as a token is.") from no
    if not isinstance(value, dict):
        raise Forged("It is not written as a token is.")
    return value
