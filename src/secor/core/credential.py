"""A certificate as data: an Open Badge 3.0, which is a W3C Verifiable Credential 2.0.

It says what the paper says and no more: names no person but the employer, and holds no mark. Its standing is not in
it: that changes, and is asked at the address in ``credentialStatus`` or on the register.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any
from urllib.parse import quote, urlsplit

from secor.core import proof, status_list, token
from secor.core.proof import Contexts, Forged, KeyOf, moment

OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CONTEXTS = [status_list.V2, OPEN_BADGES]
TYPES = ["VerifiableCredential", "OpenBadgeCredential"]
KNOWN = {
    "@context", "id", "type", "name", "issuer", "validFrom", "validUntil", "credentialSubject", "credentialStatus",
}  # fmt: skip


class Worth(Enum):
    """What a credential is worth to who holds it, as far as they can tell."""

    VALID = "valid"
    NOT_YET = "not yet valid"
    EXPIRED = "expired"
    ENDED = "no longer valid"
    UNKNOWN = "could not be confirmed"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is said in a credential. ``from_at`` and ``until_at`` are the moments between which it may be good."""

    identity: str
    number: str
    legal_name: str
    trade_name: str
    title: str
    scheme_address: str
    criteria: str
    issuer: str
    partner: str
    from_at: datetime
    until_at: datetime
    list_address: str
    list_index: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a credential was found to say, once its signature held."""

    document: dict[str, Any]
    method: str
    issuer: str
    number: str
    legal_name: str
    list_address: str
    list_index: int
    worth: Worth


def compose(facts: Facts) -> dict[str, Any]:
    """Write the facts as a credential that is not signed yet."""
    names = [_identity("ext:legalName", facts.legal_name)]
    if facts.trade_name:
        names.append(_identity("ext:tradeName", facts.trade_name))
    return {
        "@context": list(CONTEXTS),
        "id": facts.identity,
        "type": list(TYPES),
        "name": f"{facts.title}: {facts.legal_name}",
        "issuer": {"id": facts.issuer, "type": ["Profile"], "name": facts.partner},
        "validFrom": moment(facts.from_at),
        "validUntil": moment(facts.until_at),
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": names,
            "licenseNumber": facts.number,
            "achievement": {
                "id": facts.scheme_address,
                "type": ["Achievement"],
                "achievementType": "Certification",
                "name": facts.title,
                "description": facts.criteria,
                "criteria": {"narrative": facts.criteria},
            },
        },
        "credentialStatus": status_list.entry(address=facts.list_address, index=facts.list_index),
    }


def read(document: dict[str, Any], *, key_of: KeyOf, contexts: Contexts, at: datetime) -> Reading:
    """Check a credential's proof and say what it is worth at the moment ``at``, its status left aside.

    Refuses (``Forged``) what is not signed by a key of the issuer it names, and what is no credential of ours.
    """
    method = proof.check(document, key_of=key_of, contexts=contexts)
    return _reading({name: each for name, each in document.items() if name != "proof"}, method, at)


def read_token(text: str, *, key_of: KeyOf, at: datetime) -> Reading:
    """The same for the compact form."""
    document, method = token.check(text, key_of=key_of)
    return _reading(document, method, at)


def with_status(found: Reading, *, listed: dict[str, Any] | None, at: datetime) -> Worth:
    """Tell what the credential is worth once its list was looked at. ``listed`` is the list, its own proof checked.

    A list that is missing, stale, another's or for another purpose confirms nothing (``Worth.UNKNOWN``): who cannot
    tell, says so.
    """
    if found.worth is not Worth.VALID:
        return found.worth
    if listed is None or listed.get("id") != found.list_address or _issuer(listed) != found.issuer:
        return Worth.UNKNOWN
    if _within(listed, at) is not Worth.VALID:
        return Worth.UNKNOWN
    subject = listed.get("credentialSubject")
    if not isinstance(subject, dict) or subject.get("statusPurpose") != status_list.PURPOSE:
        return Worth.UNKNOWN
    try:
        ended = status_list.told(str(subject.get("encodedList", "")), index=found.list_index)
    except Forged:
        return Worth.UNKNOWN
    return Worth.ENDED if ended else Worth.VALID


def did_web(site_url: str, *path: str) -> str:
    """The did:web identifier of a place on this site; its document is at that place, under ``did.json``."""
    host = quote(urlsplit(site_url).netloc, safe="")
    return ":".join(["did:web", host, *path])


def did_document(did: str, keys: Iterable[str]) -> dict[str, Any]:
    """Tell an issuer's keys, retired ones among them: what they signed is still to be read. ``keys`` are ``z6Mk…``."""
    methods = [
        {"id": f"{did}#{public}", "type": "Multikey", "controller": did, "publicKeyMultibase": public}
        for public in keys
    ]
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": methods,
        "assertionMethod": [each["id"] for each in methods],
    }


def _identity(kind: str, value: str) -> dict[str, Any]:
    return {"type": "IdentityObject", "hashed": False, "identityHash": value, "identityType": kind}


def _reading(document: dict[str, Any], method: str, at: datetime) -> Reading:
    issuer = _issuer(document)
    if method.partition("#")[0] != issuer:
        raise Forged("It was signed with a key of somebody other than the issuer it names.")
    if document.get("@context") != CONTEXTS or document.get("type") != TYPES or set(document) != KNOWN:
        raise Forged("It is signed, but it is no certificate: its kind or its parts are others.")
    try:
        subject, status = document["credentialSubject"], document["credentialStatus"]
        names = {each["identityType"]: each["identityHash"] for each in subject["identifier"]}
        if status["type"] != "BitstringStatusListEntry" or status["statusPurpose"] != status_list.PURPOSE:
            raise Forged("It does not say where its status is kept.")
        return Reading(
            document=document,
            method=method,
            issuer=issuer,
            number=str(subject["licenseNumber"]),
            legal_name=str(names["ext:legalName"]),
            list_address=str(status["statusListCredential"]),
            list_index=int(status["statusListIndex"]),
            worth=_within(document, at),
        )
    except (KeyError, TypeError, ValueError) as no:
        raise Forged("It is signed, but it is no certificate: parts of it are missing.") from no


def _issuer(document: dict[str, Any]) -> str:
    issuer = document.get("issuer")
    return str(issuer.get("id", "")) if isinstance(issuer, dict) else str(issuer)


def _within(document: dict[str, Any], at: datetime) -> Worth:
    begins, ends = (datetime.fromisoformat(str(document[name])) for name in ("validFrom", "validUntil"))
    if at < begins:
        return Worth.NOT_YET
    return Worth.EXPIRED if at >= ends else Worth.VALID
