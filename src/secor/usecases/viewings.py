"""An owner lets whoever audits the business look at its records: for the time of the audit, and every look is kept."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from secor.queries import viewings
from secor.queries.audits import BY_EMPLOYER, declared
from secor.store.models import Audit, Record, Viewing
from secor.store.scope import ScopedRows, house
from secor.usecases import assessor, owner
from secor.usecases.act import Act, Refusal

# Our own limit: longer than a site visit with its report takes, shorter than an audit that was forgotten.
LASTS = timedelta(days=90)
# One look a day at the same thing is kept once, and one request for leave a day is sent once.
A_DAY = timedelta(days=1)


class NotOpen(Refusal):
    """The owner has not let anybody look at the records, or does not any more."""


class NotForThis(Refusal):
    """The audit is the business's own, or is not being done."""


@transaction.atomic
def give(act: Act, *, audit: Audit) -> Viewing:
    """Let the audit's assessor and teammates look at the business's records, read-only, for 90 days at most.

    It ends by itself when the audit is sent, and holds again when it comes back. Refuses others than an owner
    (``owner.NotOwner``), and an audit that the business does itself or that is not being done (``NotForThis``).
    Giving twice is one act.
    """
    owner.hold(act, employer=audit.employer)
    held = _audit(audit)
    if held.performer in BY_EMPLOYER or not held.writable:
        raise NotForThis("There is no audit by somebody from outside going on now, so nobody needs to look.")
    found = viewings.held(held, on=act.on)
    if found is not None:
        return found
    _rows().filter(audit=held, ended_at__isnull=True).update(ended_at=act.at)
    row = Viewing(audit=held, given_at=act.at, given_by=act.by, until_on=act.on + LASTS)
    row.save(force_insert=True)
    _enter(act, "records.opened", held, until_on=row.until_on.isoformat())
    return row


@transaction.atomic
def end(act: Act, *, audit: Audit) -> None:
    """Let nobody look any more. What was given as evidence stays. Refuses others than an owner. Twice is one act."""
    owner.hold(act, employer=audit.employer)
    if _rows().filter(audit=audit, ended_at__isnull=True).update(ended_at=act.at):
        _enter(act, "records.closed", audit)


def shut(act: Act, *, audit: Audit) -> None:
    """End the leave to look: whom it was given to does the audit no more. Call inside that act's transaction."""
    if _rows().filter(audit=audit, ended_at__isnull=True).update(ended_at=act.at):
        _enter(act, "records.closed", audit)


@transaction.atomic
def want(act: Act, *, audit: Audit) -> None:
    """Ask the owner for leave to look; a letter follows from the journal, once a day at most.

    Refuses whoever does not work on the audit (``assessor.NotYours``), and what ``give`` would refuse.
    """
    held = assessor.hold_writable(act, audit=audit, team=True)
    if held.performer in BY_EMPLOYER:
        raise NotForThis("These are the business's own records: they are open to you already.")
    asked = viewings.wanted(held)
    if viewings.held(held, on=act.on) is None and (asked is None or act.at >= asked + A_DAY):
        _enter(act, "records.wanted", held)


@transaction.atomic
def look(act: Act, *, audit: Audit, question: str, record: Record | None = None) -> None:
    """Keep that somebody looks at the records of a question, or at one of them. The same on one day is kept once.

    Refuses whoever does not work on the audit (``assessor.NotYours``), and a look without leave (``NotOpen``).
    """
    assessor.permit(act, audit=audit, team=True)
    permit(act, audit=audit)
    assert act.by is not None, "whoever is permitted is a person"
    uid = str(record.uid) if record else ""
    if not viewings.looked(audit, person=act.by.pk, question=question, record=uid, since=act.at - A_DAY):
        _enter(act, "records.looked_at", audit, question=question, **({"record": uid} if uid else {}))


def permit(act: Act, *, audit: Audit) -> None:
    """Refuse (``NotOpen``) where the records are not open to an auditor from outside today.

    They are open once the owner has let them look, and they have declared that nothing ties them to the business.
    """
    if audit.performer in BY_EMPLOYER:
        return
    said = declared(audit, by=act.by)
    if said is None or not said.clear:
        raise NotOpen("Say first whether anything ties you to this business. Then ask to look at its records.")
    if viewings.held(audit, on=act.on) is None:
        raise NotOpen("The owner does not let you look at the records now. Ask the owner, and try again.")


def _audit(audit: Audit) -> Audit:
    rows = Audit.objects.within(house("an act holds its audit")).select_for_update(of=("self",))
    return rows.select_related("employer", "partner").get(pk=audit.pk)


def _rows() -> ScopedRows[Viewing]:
    return Viewing.objects.within(house("an act holds the viewing of its audit"))


def _enter(act: Act, what: str, audit: Audit, **facts: str) -> None:
    act.enter(what, employer=audit.employer_id, partner=audit.partner_id, subject=audit.code, **facts)
