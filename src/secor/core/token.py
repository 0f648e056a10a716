"""The compact form of a credential: ``vc+jwt``, a JSON Web Signature over its bytes (W3C VC-JOSE-COSE 1.0)."""

from __future__ import annotations

import base64
import binascii
import json
from datetime import datetime
from typing import Any

from secor.core.key import Signer
from secor.core.proof import Forged, KeyOf

TYPE = "vc+jwt"
# RFC 9864 names Ed25519 apart; the verifiers of today read EdDSA only, and a reader takes both.
ALGORITHM = "EdDSA"
READ = frozenset({ALGORITHM, "Ed25519"})
PARTS = 3
CLAIMS = ("iss", "jti", "nbf", "exp")


def sign(document: dict[str, Any], *, signer: Signer, method: str) -> str:
    """Give the document as a token. ``method`` is the address of the key, as verifiers look it up."""
    issuer, _, _ = method.partition("#")
    header = {"alg": ALGORITHM, "cty": "vc", "iss": issuer, "kid": method, "typ": TYPE}
    signed = f"{_coded(_written(header))}.{_coded(_written({**document, **_claims(document)}))}"
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
    claims = {name: said.pop(name) for name in CLAIMS if name in said}
    if claims != _claims(said):
        raise Forged("What it claims as a token is not what it says as a credential.")
    return said, method


def _claims(document: dict[str, Any]) -> dict[str, Any]:
    """Say again, in a token's own words, what Open Badges 3.0 (section 8.2) wants said so."""
    issuer = document.get("issuer")
    try:
        return {
            "iss": issuer["id"] if isinstance(issuer, dict) else issuer,
            "jti": document["id"],
            "nbf": _seconds(document["validFrom"]),
            "exp": _seconds(document["validUntil"]),
        }
    except (KeyError, TypeError, ValueError) as no:
        raise Forged("It is no credential: it names no issuer, or no days.") from no


def _seconds(moment: object) -> int:
    return int(datetime.fromisoformat(str(moment)).timestamp())


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
