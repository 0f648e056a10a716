"""Credentials: written down, then signed, then shown. Each is part of the act that issues or changes a certificate."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from secor.core import proof, status_list, token
from secor.core.credential import Facts, compose, did_web
from secor.core.key import Purpose
from secor.queries import credentials, keys, schemes
from secor.queries.certificates import standing_of
from secor.queries.contexts import contexts
from secor.store.models import Certificate, Credential, Key
from secor.store.scope import house
from secor.usecases import log
from secor.usecases.act import ALBERTA, Act, Refusal

A_DAY = timedelta(days=1)
# A list that is half full still gives a free place at the second try.
FULL = status_list.PLACES // 2
CRITERIA = (
    "The employer's health and safety program was audited against the program's standard and reached its pass mark."
)


class SigningStopped(Refusal):
    """Nothing is issued while signing is stopped."""


class CannotSign(Refusal):
    """The partner has a key, and its private half is not there."""


def may_issue() -> None:
    """Refuse (``SigningStopped``) while signing is stopped, whether or not there is a key."""
    if keys.stopped() is not None:
        raise SigningStopped(
            "No certificate is issued at present: the register's operator has stopped signing. Certificates that were "
            "issued can still be checked. Nothing was changed; try again when it is taken up again."
        )


def seal(act: Act, *, certificate: Certificate) -> Credential | None:
    """Make a certificate's credential as of now; one it had before is no longer good. None where there is no key.

    What will be signed is written down first. Refuses ``SigningStopped`` and ``CannotSign``. Call inside the
    transaction of the act that issues or changes the certificate.
    """
    may_issue()
    key = keys.current(Purpose.CREDENTIAL, partner=certificate.partner)
    if key is None:
        return None
    supersede(act, certificate=certificate)
    row = _written(act, certificate, key)
    try:
        signer = keys.signer(Purpose.CREDENTIAL, partner=certificate.partner)
    except (keys.NoKey, keys.Stopped) as no:
        raise CannotSign(
            "The certificate cannot be signed, because the partner's key is not on this machine. Nothing was issued. "
            "Ask the operator of the register."
        ) from no
    unsigned, method = json.loads(row.unsigned), f"{did_of(certificate.partner.key)}#{key.public}"
    whole = proof.sign(unsigned, signer=signer, method=method, at=act.at, contexts=contexts())
    row.body = json.dumps(whole, ensure_ascii=False, indent=1)
    row.jwt = token.sign(unsigned, signer=signer, method=method)
    row.digest = hashlib.sha256(row.body.encode()).hexdigest()
    row.signed_at = act.at
    row.save(update_fields=["body", "jwt", "digest", "signed_at"])
    log.enter_credential(row)
    return row


def supersede(act: Act, *, certificate: Certificate) -> None:
    """Let the credential that a certificate has be no longer good: another, or another certificate, stands for it."""
    Credential.objects.filter(certificate=certificate, superseded_at__isnull=True).update(superseded_at=act.at)


@transaction.atomic
def seal_missing(act: Act, *, most: int = 100) -> int:
    """Make the credential of at most so many live certificates that have none, and tell how many were made.

    For a site that got its keys. Asked until it tells 0, it has made them all; partners without a key are left alone.
    """
    has_one = Credential.objects.filter(certificate=OuterRef("pk"), superseded_at__isnull=True)
    has_key = Key.objects.filter(partner=OuterRef("partner"), purpose=Purpose.CREDENTIAL.value, until_at__isnull=True)
    rows = Certificate.objects.within(house("credentials for certificates from before the keys")).filter(
        ~Exists(has_one), Exists(has_key), replaced_by__isnull=True, ended=False
    )
    found = rows.select_related("employer", "partner").order_by("pk")[:most]
    return sum(seal(act, certificate=row) is not None for row in found)


def did_of(partner_key: str) -> str:
    """A partner as an issuer on this site."""
    return did_web(settings.SITE_URL, "partners", partner_key)


def _written(act: Act, certificate: Certificate, key: Key) -> Credential:
    listed, index = _place(certificate.partner_id)
    report = standing_of(certificate, on=act.on)
    edition = schemes.edition(certificate.edition)
    ends_on = report.term_ends_on if report.good and report.term_ends_on else certificate.term_ends_on
    facts = Facts(
        identity=f"urn:uuid:{uuid.UUID(bytes=secrets.token_bytes(16), version=4)}",
        number=certificate.number,
        legal_name=certificate.legal_name,
        trade_name=certificate.trade_name,
        title=edition.title,
        scheme_address=f"{settings.SITE_URL}/what-is-secor/#{certificate.scheme}",
        criteria=CRITERIA,
        issuer=did_of(certificate.partner.key),
        partner=certificate.partner.name,
        from_at=_begin(certificate.issued_on),
        until_at=_begin(ends_on + A_DAY),
        list_address=credentials.list_address(certificate.partner.key, listed),
        list_index=index,
    )
    return Credential.objects.create(
        certificate=certificate,
        partner=certificate.partner,
        key=key,
        status_list=listed,
        status_index=index,
        unsigned=json.dumps(compose(facts), ensure_ascii=False),
        made_at=act.at,
    )


def _begin(day: date) -> datetime:
    """The moment a day begins in Alberta."""
    return datetime.combine(day, time(), ALBERTA).astimezone(UTC)


def _place(partner_id: int) -> tuple[int, int]:
    """A free place, drawn at random, so that a place tells neither when nor for whom it was given."""
    rows = Credential.objects.filter(partner=partner_id)
    last = rows.order_by("-status_list").values_list("status_list", flat=True).first() or 1
    taken = rows.filter(status_list=last)
    if taken.count() >= FULL:
        last += 1
    while True:
        index = secrets.randbelow(status_list.PLACES)
        if not taken.filter(status_list=last, status_index=index).exists():
            return last, index
