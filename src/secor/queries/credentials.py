"""Credentials and the lists that tell which of them may no longer be relied on. Public, like the register."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Max

from secor.core import credential, proof, status_list, token
from secor.core.certificate import Standing
from secor.core.key import Purpose
from secor.queries import certificates, keys
from secor.queries.contexts import contexts
from secor.store.models import Certificate, CertificateEvent, Credential, Partner
from secor.store.scope import house

__all__ = ["Credential", "Listed", "Stand", "did_document", "ended", "list_address", "of", "stand", "status_list_of"]

PUBLIC = house("credentials are for everyone")
GOOD = frozenset({Standing.VALID, Standing.NONE})


@dataclass(frozen=True, slots=True)
class Stand:
    """All that a status list follows from: while it is the same, and the day, so is the list."""

    last_event: int
    last_credential: int
    superseded: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A status list in its two forms, and until when it may be kept."""

    body: str
    jwt: str
    until_at: datetime


def of(certificate: Certificate) -> Credential | None:
    """The credential that stands for a certificate now."""
    rows = Credential.objects.filter(certificate=certificate, superseded_at__isnull=True, signed_at__isnull=False)
    return rows.select_related("key", "certificate__employer", "certificate__partner").first()


def list_address(partner_key: str, number: int) -> str:
    """Where a partner's status list is."""
    return f"{settings.SITE_URL}/partners/{partner_key}/status/{number}"


def did_document(partner: Partner) -> dict[str, object]:
    """A partner's keys, as whoever checks a credential of theirs wants them."""
    did = credential.did_web(settings.SITE_URL, "partners", partner.key)
    return credential.did_document(did, [row.public for row in keys.every(partner=partner, purpose=Purpose.CREDENTIAL)])


def stand(partner: Partner, number: int) -> Stand | None:
    """What a status list of a partner follows from; None where no credential has a place in it."""
    told = Credential.objects.filter(partner=partner, status_list=number).aggregate(
        last=Max("pk"), superseded=Count("superseded_at")
    )
    if told["last"] is None:
        return None
    # An event under another partner's name can change a certificate of this one, so every event counts.
    last = CertificateEvent.objects.within(PUBLIC).aggregate(last=Max("pk"))["last"]
    return Stand(last or 0, told["last"], told["superseded"])


def ended(partner: Partner, number: int, *, on: date) -> tuple[int, ...]:
    """The places of a list whose credentials may not be relied on, on the day ``on``.

    Suspended counts, too: Open Badges have one status place for each credential, and what is on hold is not to be
    relied on. A credential that comes back from a suspension is a new one, so that no bit that was set is taken back.
    """
    rows = Credential.objects.filter(partner=partner, status_list=number).select_related(
        "certificate__partner", "certificate__replaced_by"
    )
    found = list(rows)
    reports = certificates.standings([row.certificate for row in found], on=on)
    return tuple(
        row.status_index
        for row in found
        if row.superseded_at is not None
        or reports[row.certificate_id].standing not in GOOD
        or _followed(row.certificate, on)
    )


def status_list_of(partner: Partner, number: int, *, on: date, at: datetime) -> Listed | None:
    """The list as of now, signed anew in both forms; None where there is none.

    Signed while issuing is stopped, too: checking goes on. Raises ``keys.NoKey`` where it cannot be signed.
    """
    if stand(partner, number) is None:
        return None
    signer = keys.signer(Purpose.CREDENTIAL, partner=partner, even_stopped=True)
    did = credential.did_web(settings.SITE_URL, "partners", partner.key)
    told = status_list.compose(
        address=list_address(partner.key, number), issuer=did, ended=ended(partner, number, on=on), at=at
    )
    method = f"{did}#{signer.key_name}"
    whole = proof.sign(told, signer=signer, method=method, at=at, contexts=contexts())
    return Listed(
        json.dumps(whole, ensure_ascii=False), token.sign(told, signer=signer, method=method), at + status_list.LIFE
    )


def _followed(row: Certificate, on: date) -> bool:
    """Tell whether a newer number stands in this one's place already."""
    return row.replaced_by is not None and row.replaced_by.issued_on <= on
