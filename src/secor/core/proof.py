"""Data Integrity proofs: ``eddsa-rdfc-2022`` over JSON-LD, as W3C's VC Data Integrity EdDSA Cryptosuites 1.0 has it.

A proof covers statements, not text: the document is turned into statements by its contexts, the statements are put
into one order, and that is signed. So a term that no context knows is not covered; such a document is refused here,
on signing as on verifying, and the only contexts are ours, given by hand and never fetched.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from pyld import jsonld
from pyld.documentloader.frozen import FrozenDocumentLoader

from secor.core.key import NotAKey, PublicKey, Signer, base58, unbase58

SUITE = "eddsa-rdfc-2022"
PURPOSE = "assertionMethod"
WRITTEN = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}
SIGNATURE = 64
DEEPEST = 24
# What a relative address is made absolute with, so that it can be told apart; nothing of ours is ever relative.
RELATIVE = "https://relative.invalid/"

Contexts = Mapping[str, dict[str, Any]]
KeyOf = Callable[[str], PublicKey | None]


class Forged(Exception):  # noqa: N818 - a refusal is named for what is the matter
    """What is signed is not what stands here, or not by the one who should have signed it. The text says which."""


def sign(document: dict[str, Any], *, signer: Signer, method: str, at: datetime, contexts: Contexts) -> dict[str, Any]:
    """Give the document with its proof. ``method`` is the address of the key, as verifiers look it up.

    Refuses (``Forged``) a document that holds a term or a context which is not among ``contexts``.
    """
    options = {
        "type": "DataIntegrityProof",
        "cryptosuite": SUITE,
        "created": moment(at),
        "verificationMethod": method,
        "proofPurpose": PURPOSE,
    }
    value = "z" + base58(signer.sign(_digest(document, options, contexts)))
    # A list, because the schema of Open Badges 3.0 knows no single proof.
    return {**document, "proof": [{**options, "proofValue": value}]}


def check(document: dict[str, Any], *, key_of: KeyOf, contexts: Contexts) -> str:
    """Check the document's one proof and give the address of the key that made it.

    Refuses (``Forged``) a document without exactly one proof of our kind, with a term that no context knows, with a
    key that ``key_of`` does not know, or with a signature that is not over these statements.
    """
    proof = _one_proof(document)
    method = str(proof["verificationMethod"])
    key = key_of(method)
    if key is None:
        raise Forged(f"The key {method} is not one of its issuer's keys.")
    value = str(proof["proofValue"])
    try:
        signature = unbase58(value[1:]) if value.startswith("z") and len(value) <= 2 * SIGNATURE else b""
    except NotAKey as no:
        raise Forged("Its signature is not written as one.") from no
    unsigned = {name: each for name, each in document.items() if name != "proof"}
    options = {name: each for name, each in proof.items() if name != "proofValue"}
    if not key.verifies(signature, of=_digest(unsigned, options, contexts)):
        raise Forged("Its signature does not belong to what it says: something was changed, or another key signed.")
    return method


def moment(at: datetime) -> str:
    """Write a moment as credentials do, to the second, in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _one_proof(document: dict[str, Any]) -> dict[str, Any]:
    found = document.get("proof")
    proofs = found if isinstance(found, list) else [found]
    if len(proofs) != 1 or not isinstance(proofs[0], dict):
        raise Forged("It does not bear exactly one proof.")
    proof: dict[str, Any] = proofs[0]
    if set(proof) != WRITTEN or not all(isinstance(each, str) for each in proof.values()):
        raise Forged("Its proof says less or more than a proof of ours does.")
    if (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) != ("DataIntegrityProof", SUITE, PURPOSE):
        raise Forged(f"Its proof is not of the kind {SUITE} for {PURPOSE}.")
    return proof


def _digest(document: dict[str, Any], options: dict[str, Any], contexts: Contexts) -> bytes:
    """The bytes that are signed: the hash of the proof's own statements, then that of the document's."""
    named = document.get("@context")
    if not isinstance(named, list) or not all(isinstance(each, str) and each in contexts for each in named):
        raise Forged("It names a context that is not among the known ones, so what its words mean is not certain.")
    with_context = {"@context": named, **options}
    return _statements(with_context, contexts) + _statements(document, contexts)


def _statements(document: dict[str, Any], contexts: Contexts) -> bytes:
    if any(depth > DEEPEST or (inner and name == "@context") for depth, inner, name in _names(document)):
        raise Forged("It is nested deeper than a credential is, or brings words of its own.")
    loader = FrozenDocumentLoader(dict(contexts))
    options = {"documentLoader": loader, "base": RELATIVE}
    try:
        expanded = jsonld.expand(document, options, on_property_dropped=_unknown)
        _all_absolute(expanded)
        written = jsonld.normalize(expanded, {**options, "algorithm": "URDNA2015", "format": "application/n-quads"})
    except (jsonld.JsonLdError, ValueError, TypeError, AttributeError, RecursionError) as no:
        raise Forged("It cannot be read as linked data.") from no
    return hashlib.sha256(str(written).encode()).digest()


def _names(value: object, depth: int = 0) -> Iterator[tuple[int, bool, str]]:
    """Every name in a document, how deep it stands, and whether it stands below the top."""
    if depth > DEEPEST + 1:
        return
    if isinstance(value, dict):
        for name, each in value.items():
            yield depth, depth > 0, str(name)
            yield from _names(each, depth + 1)
    elif isinstance(value, list):
        yield depth, depth > 0, ""
        for each in value:
            yield from _names(each, depth + 1)


def _unknown(term: object) -> None:
    raise Forged(f"No context knows the term {term!r}, so a signature cannot cover it.")


def _all_absolute(expanded: object) -> None:
    """Refuse a type or an address that no context made absolute: it would fall out of the statements."""
    if isinstance(expanded, list):
        for each in expanded:
            _all_absolute(each)
    elif isinstance(expanded, dict):
        named = [expanded.get("@id"), *_listed(expanded.get("@type"))]
        for each in named:
            if isinstance(each, str) and (":" not in each or each.startswith(RELATIVE)):
                _unknown(each)
        for each in expanded.values():
            _all_absolute(each)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
