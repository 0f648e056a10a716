"""Checking a certificate without its register: from the file, the issuer's keys and its status list, and nothing else.

Nothing is fetched here. Who checks, gives the keys (the issuer's ``did.json``) and the list as they have them; without
the list a certificate is never called valid, only not confirmed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from secor.core import credential, proof, sealed_paper, token
from secor.core.credential import Reading, Worth
from secor.core.key import NotAKey, PublicKey, read_public
from secor.core.proof import Contexts, Forged

PDF = b"%PDF-"
LARGEST = 20_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found: which form, about which certificate, what it is worth, and why, in words.

    ``issuer`` is proven only as far as the keys are: a certificate that names itself as its key (``did:key``) shows
    that nothing was changed, and not who issued it.
    """

    form: str
    worth: Worth
    number: str
    legal_name: str
    issuer: str
    list_address: str
    why: tuple[str, ...]


def keys_of(documents: Sequence[Mapping[str, Any]]) -> proof.KeyOf:
    """Tell keys by their addresses: those of the given DID documents, and of every ``did:key``, which is its own."""
    known: dict[str, PublicKey] = {}
    for document in documents:
        allowed = document.get("assertionMethod", [])
        for method in document.get("verificationMethod", []):
            address, holder = str(method.get("id", "")), str(document.get("id", ""))
            if address in allowed and address.startswith(f"{holder}#") and method.get("controller") == holder:
                known[address] = read_public(str(method.get("publicKeyMultibase", "")))

    def key_of(address: str) -> PublicKey | None:
        did, _, name = address.partition("#")
        if did.startswith("did:key:") and did == f"did:key:{name}":
            try:
                return read_public(name)
            except NotAKey:
                return None
        return known.get(address)

    return key_of


def check(raw: bytes, *, key_of: proof.KeyOf, contexts: Contexts, at: datetime, listed: bytes | None = None) -> Finding:
    """Check a credential (JSON or token) or a certificate's PDF, and its status where ``listed`` is given.

    Refuses (``Forged``) what was changed, what another key signed, and what is no certificate. A list that is forged,
    stale or another's makes the worth ``Worth.UNKNOWN``, with the reason.
    """
    if len(raw) > LARGEST:
        raise Forged("The file is larger than a certificate ever is.")
    form, found, why = _found(raw, key_of, contexts, at)
    told, about = _listed(listed, key_of, contexts)
    worth = credential.with_status(found, listed=told, at=at)
    if worth is Worth.UNKNOWN:
        why += (about or "The status list is not its issuer's, or is out of date.",)
    return Finding(form, worth, found.number, found.legal_name, found.issuer, found.list_address, why)


def _found(raw: bytes, key_of: proof.KeyOf, contexts: Contexts, at: datetime) -> tuple[str, Reading, tuple[str, ...]]:
    if raw.startswith(PDF):
        paper = sealed_paper.open_paper(raw)
        if not paper.whole:
            raise Forged(
                "The paper is not signed, or was changed after it was signed. Do not trust what is printed on it."
            )
        found = credential.read(paper.credential, key_of=key_of, contexts=contexts, at=at)
        return "PDF", found, (f"No byte of the paper was changed since {paper.signed_by} signed it.",)
    document = _json(raw)
    if document is None:
        return "token", credential.read_token(_text(raw), key_of=key_of, at=at), ()
    return "credential", credential.read(document, key_of=key_of, contexts=contexts, at=at), ()


def _listed(raw: bytes | None, key_of: proof.KeyOf, contexts: Contexts) -> tuple[dict[str, Any] | None, str]:
    """The status list, once its own signature holds; otherwise why not."""
    if raw is None:
        return None, "No status list was given, so whether it was ended is not known."
    document = _json(raw)
    try:
        if document is None:
            told, method = token.check(_text(raw), key_of=key_of)
        else:
            told, method = document, proof.check(document, key_of=key_of, contexts=contexts)
    except Forged as no:
        return None, f"The status list is not to be believed: {no}"
    if method.partition("#")[0] != told.get("issuer"):
        return None, "The status list is not to be believed: somebody other than its issuer signed it."
    return told, ""


def _json(raw: bytes) -> dict[str, Any] | None:
    if not raw.lstrip().startswith(b"{"):
        return None
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError) as no:
        raise Forged("The file looks like a credential and cannot be read as one.") from no
    return told if isinstance(told, dict) else None


def _text(raw: bytes) -> str:
    try:
        return raw.decode("ascii")
    except UnicodeDecodeError as no:
        raise Forged("The file is neither a credential, nor a token, nor a certificate's PDF.") from no
