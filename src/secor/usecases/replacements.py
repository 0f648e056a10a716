"""A certificate under a new number: for new names, or in another certifying partner's care. Its life goes on."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from secor.core.certificate import LIVE, StandingReport
from secor.store.models import Certificate, CertificateEvent, Membership, Partner
from secor.store.scope import house
from secor.usecases import credentials, log, numbers, projections, staff
from secor.usecases.act import Act, Refusal
from secor.usecases.decisions import NotNow, held_live, reason_of


class NotTheirs(Refusal):
    """The employer is not a member of the partner that should take the certificate over."""


@transaction.atomic
def replace(act: Act, *, certificate: Certificate, reason: str) -> Certificate:
    """Issue the certificate anew under the employer's names of today; the old number leads to the new one."""
    staff.still_recognized(act, partner=certificate.partner)
    held, report = held_live(act, certificate)
    return _anew(act, held, report, partner=held.partner, reason=reason, how="replaced")


@transaction.atomic
def transfer(act: Act, *, certificate: Certificate, to: Partner, reason: str) -> Certificate:
    """Hand a certificate over to another partner, under a new number of theirs.

    The certificate stays under the rules it began under until a new certification: no public source lets a change
    of partner move due days (open question Q8), and moved days could end a certificate backwards in time. Refuses an
    employer that ``to`` has not taken in (``NotTheirs``).
    """
    held, report = held_live(act, certificate)
    staff.still_recognized(act, partner=to)
    members = Membership.objects.within(house("whose member an employer is")).filter(
        employer=held.employer_id, partner=to, approved_on__isnull=False, left_on__isnull=True
    )
    if to.pk == held.partner_id or not members.exists():
        raise NotTheirs(f"{held.employer} is not a member of {to.name} yet. Hand it over when they have taken it in.")
    return _anew(act, held, report, partner=to, reason=reason, how="transferred")


def _anew(
    act: Act, held: Certificate, report: StandingReport, *, partner: Partner, reason: str, how: str
) -> Certificate:
    why = reason_of(reason)
    credentials.may_issue()
    if report.standing not in LIVE:
        raise NotNow(f"{held.number} is {report.standing.value}, so it cannot be {how}.")
    ends: date = report.term_ends_on or held.term_ends_on
    owed = (held.owed_kind, held.owed_due_on)
    held.ended = True  # makes room for the new number, until the old one points to it
    held.save(update_fields=["ended"])
    new = Certificate(
        employer=held.employer,
        partner=partner,
        number=numbers.take(held.scheme, year=act.on.year),
        scheme=held.scheme,
        edition=held.edition,
        legal_name=held.employer.legal_name,
        trade_name=held.employer.trade_name,
        issued_on=held.issued_on,
        term_ends_on=ends,
        issued_at=act.at,
        issued_by=act.by,
        owed_kind=owed[0],
        owed_due_on=owed[1],
    )
    new.save(force_insert=True)
    held.replaced_by, held.owed_kind, held.owed_due_on = new, "", None
    held.save(update_fields=["replaced_by", "owed_kind", "owed_due_on"])
    event = CertificateEvent(
        employer=held.employer,
        partner=held.partner,
        scheme=held.scheme,
        certificate=held,
        on=act.on,
        event=how,
        reason=why,
        recorded_at=act.at,
        recorded_by=act.by,
    )
    event.save(force_insert=True)
    log.enter_event(event)
    projections.project([new, held], employer=held.employer_id, scheme=held.scheme)
    credentials.supersede(act, certificate=held)
    credentials.seal(act, certificate=new)
    act.enter(
        f"certificate.{how}", employer=held.employer_id, partner=held.partner_id, subject=held.number, newer=new.number
    )
    return new
