"""The auditors of a certifying partner: certified, renewed and ended, and the matters that are kept about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from secor.core.role import PARTNER_STAFF, RoleKind
from secor.store.models import Audit, Entry, Matter, Partner, Person, Role
from secor.store.scope import house
from secor.usecases import staff, visits
from secor.usecases.act import Act, Refusal

TEXT_MAX = 5000
NAME_MAX, NUMBER_MAX = 120, 40
LONGEST = timedelta(days=10 * 366)
EARLIEST = date(1990, 1, 1)
IN_A_DAY = 50
A_DAY = timedelta(days=1)
A_YEAR = timedelta(days=366)
OF_THE_ROLE = house("the audits of an auditor whose certification a registrar holds")


class NotAnAddress(Refusal):
    """No e-mail address."""


class WrongDays(Refusal):
    """A certification that ends before it begins, or lasts longer than anybody means."""


class Certified(Refusal):
    """Somebody whom the partner certifies already."""


class NotCertified(Refusal):
    """A certification that has ended, or was never one."""


class TooMany(Refusal):
    """More new auditors in a day than a partner has use for."""


class Unexplained(Refusal):
    """Something that wants words, and none were written."""


class MatterClosed(Refusal):
    """A matter that was closed already."""


@dataclass(frozen=True, slots=True)
class Certification:
    """Whom a partner certifies as an auditor, under which number, and from when until when, both counted."""

    email: str
    name: str
    number: str
    from_on: date
    until_on: date | None


@transaction.atomic
def certify(act: Act, *, partner: Partner, certification: Certification) -> Role:
    """Enter an auditor whom the partner certifies, and let a letter follow. The same one twice is one act.

    Somebody who never signed in gets an account without a password, which they choose by the letter. Done by a
    registrar (else ``staff.NotYourDesk``). Refuses ``NotAnAddress``, ``WrongDays``, ``TooMany`` (fifty in a day), and
    who is certified on one of those days already (``Certified``).
    """
    by = staff.permit(act, RoleKind.REGISTRAR, partner=partner)
    Partner.objects.select_for_update(of=("self",)).get(pk=partner.pk)  # two registrars enter one after the other
    address = certification.email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise NotAnAddress("Write an e-mail address, such as dev@example.ca.") from wrong
    number = _line(certification.number, NUMBER_MAX)
    _check_days(act, certification.from_on, certification.until_on)
    person = Person.objects.filter(email=address).first()
    for known in Role.objects.filter(person=person, partner=partner, kind=RoleKind.AUDITOR) if person else ():
        days = (known.from_on, known.until_on)
        if days == (certification.from_on, certification.until_on) and known.number == number:
            return known
        if _overlap(days, (certification.from_on, certification.until_on)):
            raise Certified(f"{partner.acronym} certifies {known.person} in that time already. Open their page.")
    lately = Entry.objects.within(house("a limit on letters")).filter(
        partner=partner, act="auditor.certified", at__gt=act.at - A_DAY
    )
    if lately.count() >= IN_A_DAY:
        raise TooMany(f"You have entered {IN_A_DAY} auditors within a day. Enter the next one tomorrow.")
    if person is None:
        person = Person.objects.create_user(address, None, name=_line(certification.name, NAME_MAX))
    role = Role.objects.create(
        person=person,
        kind=RoleKind.AUDITOR,
        partner=partner,
        number=number,
        from_on=certification.from_on,
        until_on=certification.until_on,
        given_by=by,
    )
    _enter(act, "auditor.certified", role)
    return role


@transaction.atomic
def renew(act: Act, *, role: Role, until_on: date | None, number: str = "") -> Role:
    """Give a certification another last day, or none, and another number where one is given.

    Done by a registrar (else ``staff.NotYourDesk``). Refuses one that has ended (``NotCertified``) and a day before
    today or very far ahead (``WrongDays``). The same day and number again is no change.
    """
    held = _hold(act, role)
    number = _line(number, NUMBER_MAX) or held.number
    if until_on is not None and until_on < act.on:
        raise WrongDays("This day has passed. Choose a last day from today on, or end the certification below.")
    _check_days(act, held.from_on, until_on)
    if (held.until_on, held.number) != (until_on, number):
        held.until_on, held.number = until_on, number
        held.save(update_fields=["until_on", "number"])
        _enter(act, "auditor.renewed", held)
        _call_off_visits(act, held)
    return held


@transaction.atomic
def end(act: Act, *, role: Role, last_on: date, reason: str) -> Role:
    """End a certification after the day ``last_on``; visits that were booked for later are called off.

    What the auditor has done stays; an audit that is under way then waits for a colleague. Done by a registrar (else
    ``staff.NotYourDesk``). Refuses one that has ended (``NotCertified``), a day before yesterday or after its own last
    day (``WrongDays``), and no reason (``Unexplained``), which is kept as a closed matter that only staff reads.
    """
    held = _hold(act, role)
    first = max(held.from_on, act.on - A_DAY)
    if last_on < first or (held.until_on is not None and last_on > held.until_on):
        raise WrongDays("Choose a last day from yesterday on, and not after the one it has.")
    why = _text(reason, "Write why it ends. Only your staff reads it.")
    held.until_on = last_on
    held.save(update_fields=["until_on"])
    Matter.objects.within(OF_THE_ROLE).create(
        role=held,
        kind=Matter.Kind.NOTE,
        text=why,
        opened_at=act.at,
        opened_by=act.by,
        outcome=f"The certification ends after {last_on}.",
        closed_at=act.at,
        closed_by=act.by,
    )
    _enter(act, "auditor.ended", held)
    _call_off_visits(act, held)
    return held


@transaction.atomic
def open_matter(act: Act, *, role: Role, kind: str, text: str) -> Matter:
    """Keep a matter about an auditor: a complaint, something to look into, or a note, which is closed at once.

    Done by anybody of the partner's staff (else ``staff.NotYourDesk``). Refuses no words (``Unexplained``).
    """
    partner = _partner_of(role)
    by = staff.permit_any(act, PARTNER_STAFF, partner=partner)
    _not_about_oneself(by, role)
    words = _text(text, "Write what it is about.")
    matter = Matter(role=role, kind=Matter.Kind(kind), text=words, opened_at=act.at, opened_by=by)
    if matter.kind == Matter.Kind.NOTE:
        matter.closed_at, matter.closed_by = act.at, by
    matter.save(force_insert=True)
    act.enter("matter.opened", partner=partner, subject=matter.code, kind=matter.kind)
    return matter


@transaction.atomic
def close_matter(act: Act, *, matter: Matter, outcome: str) -> Matter:
    """Close a matter with what came of it. Done by anybody of the partner's staff (else ``staff.NotYourDesk``).

    Refuses no words (``Unexplained``), and one that is closed (``MatterClosed``).
    """
    rows = Matter.objects.within(OF_THE_ROLE).select_for_update(of=("self",)).select_related("role__partner")
    held = rows.get(pk=matter.pk)
    partner = _partner_of(held.role)
    by = staff.permit_any(act, PARTNER_STAFF, partner=partner)
    _not_about_oneself(by, held.role)
    if held.closed_at is not None:
        raise MatterClosed("This was closed already. Open the page again to see what came of it.")
    held.outcome = _text(outcome, "Write what came of it.")
    held.closed_at, held.closed_by = act.at, by
    held.save(update_fields=["outcome", "closed_at", "closed_by"])
    act.enter("matter.closed", partner=partner, subject=held.code, kind=held.kind)
    return held


def _hold(act: Act, role: Role) -> Role:
    held = Role.objects.select_for_update(of=("self",)).select_related("partner", "person").get(pk=role.pk)
    partner = _partner_of(held)
    by = staff.permit(act, RoleKind.REGISTRAR, partner=partner)
    _not_about_oneself(by, held)
    if held.until_on is not None and held.until_on < act.on:
        raise NotCertified("This certification has ended. Certify them anew.")
    return held


def _partner_of(role: Role) -> Partner:
    if role.kind != RoleKind.AUDITOR or role.partner is None:
        raise NotCertified("This is nobody's certification as an auditor.")
    return role.partner


def _not_about_oneself(by: Person, role: Role) -> None:
    if by.pk == role.person_id:
        raise staff.Tied("This is about you. Leave it to a colleague.")


def _check_days(act: Act, from_on: date, until_on: date | None) -> None:
    if not EARLIEST <= from_on <= act.on + A_YEAR:
        raise WrongDays(f"Choose a first day from {EARLIEST} on, at most a year ahead.")
    if until_on is not None and not from_on <= until_on <= act.on + LONGEST:
        raise WrongDays("The last day is before the first, or very far ahead. Change one of the two.")


def _overlap(one: tuple[date, date | None], other: tuple[date, date | None]) -> bool:
    begins_in_time = other[1] is None or one[0] <= other[1]
    return begins_in_time and (one[1] is None or other[0] <= one[1])


def _call_off_visits(act: Act, role: Role) -> None:
    if role.until_on is None:
        return
    audits = Audit.objects.within(OF_THE_ROLE).filter(partner=role.partner, auditvisits__diary__person=role.person)
    for audit in audits.distinct():
        visits.call_off_all(act, audit=audit, person=role.person, after=role.until_on)


def _enter(act: Act, what: str, role: Role) -> None:
    act.enter(
        what,
        partner=role.partner,
        subject=str(role.person_id),
        from_on=f"{role.from_on}",
        until_on=f"{role.until_on}" if role.until_on else None,
    )


def _line(text: str, most: int) -> str:
    return " ".join(text.replace("\0", "").split())[:most]


def _text(text: str, missing: str) -> str:
    words = text.replace("\0", "").strip()[:TEXT_MAX]
    if not words:
        raise Unexplained(missing)
    return words
