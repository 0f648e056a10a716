"""A credential as the issuing act makes it, with a key that every test knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from secor.core import credential, proof
from secor.core.key import PrivateKey, PublicKey, signer_of
from secor.queries.contexts import contexts

KEY = PrivateKey(b"\x05" * 32)
OTHER = PrivateKey(b"\x06" * 32)
DID = KEY.public.did
METHOD = f"{DID}#{KEY.public.multibase}"
SIGNED = datetime(2026, 3, 1, 18, tzinfo=UTC)
NOW = datetime(2026, 4, 1, 18, tzinfo=UTC)
FACTS = credential.Facts(
    identity="urn:uuid:1c4f4a46-3a54-4e4e-8f4c-3a1f1b6f6f01",
    number="SECOR-2026-000001-04",
    legal_name="Rosa's Roofing Ltd.",
    trade_name="Rosa's",
    title="Small Employer Certificate of Recognition",
    scheme_address="https://register.example/what-is-secor/",
    criteria="Its health and safety program was audited and reached the pass mark.",
    issuer=DID,
    partner="Alberta Safety Council",
    from_at=datetime(2026, 3, 1, 7, tzinfo=UTC),
    until_at=datetime(2029, 3, 2, 7, tzinfo=UTC),
    list_address="https://register.example/partners/asc/status/1",
    list_index=94568,
)


def key_of(method: str) -> PublicKey | None:
    """The issuer's keys, as its DID document would tell them."""
    return KEY.public if method == METHOD else None


def signed(document: dict[str, Any] | None = None, *, by: PrivateKey = KEY, **facts: Any) -> dict[str, Any]:
    """A signed credential; other ``facts`` than the usual ones where they are given."""
    told = document if document is not None else credential.compose(replace(FACTS, **facts))
    return proof.sign(told, signer=signer_of(by), method=METHOD, at=SIGNED, contexts=contexts())
