"""Who is told of an act: the people on each side of it, as they are on the day of the act."""

from __future__ import annotations

from datetime import date

from secor.core.audit import Kind
from secor.core.role import RoleKind
from secor.queries import letters as asked
from secor.store.models import Entry, Person
from secor.usecases.act import ALBERTA

EARNING = frozenset({Kind.CERTIFICATION.value, Kind.RECERTIFICATION.value})


def owners(entry: Entry) -> list[Person]:
    """The owners of the business the act was about."""
    return asked.holders(RoleKind.OWNER, on=_day(entry), employer=entry.employer_id) if entry.employer_id else []


def former(entry: Entry) -> list[Person]:
    """Who did the audit before it was handed over."""
    person = asked.person_of(str(entry.detail.get("former") or ""))
    return [person] if person else []


def other_owners(entry: Entry) -> list[Person]:
    """The owners of the business who do not themselves do the audit the act was about."""
    mine = {person.pk for person in assessor(entry)}
    return [person for person in owners(entry) if person.pk not in mine]


def registrars(entry: Entry) -> list[Person]:
    """The registrars of the partner the act was about."""
    return _staff(entry, RoleKind.REGISTRAR)


def reviewers(entry: Entry) -> list[Person]:
    """The reviewers of the partner the act was about, but for the one who does the audit."""
    mine = {person.pk for person in assessor(entry)}
    return [person for person in _staff(entry, RoleKind.REVIEWER) if person.pk not in mine]


def deciders(entry: Entry) -> list[Person]:
    """The partner's decision makers, where the accepted audit earns a certificate."""
    audit = asked.audit_of(entry.subject)
    earned = audit is not None and audit.kind in EARNING and bool(entry.detail.get("passed"))
    return _staff(entry, RoleKind.DECISION_MAKER) if earned else []


def new_registrars(entry: Entry) -> list[Person]:
    """The registrars of the partner that a certificate was handed over to."""
    newer = asked.certificate_of(str(entry.detail.get("newer", "")))
    if newer is None or newer.partner_id == entry.partner_id:
        return []
    return asked.holders(RoleKind.REGISTRAR, on=_day(entry), partner=newer.partner_id)


def registrars_if_taken_back(entry: Entry) -> list[Person]:
    """The registrars of the partner, where a count over the limit was taken back."""
    return registrars(entry) if entry.detail.get("taken_back") else []


def registrars_if_to_check(entry: Entry) -> list[Person]:
    """The registrars of the partner, where what came of the act is theirs to look at."""
    return registrars(entry) if entry.detail.get("to_check") else []


def all_deciders(entry: Entry) -> list[Person]:
    """The decision makers of the partner the act was about."""
    return _staff(entry, RoleKind.DECISION_MAKER)


def asker_besides_owners(entry: Entry) -> list[Person]:
    """Who asked for more time, where it was no owner."""
    asker = asked.asker_of(entry.subject)
    mine = {person.pk for person in owners(entry)}
    return [asker] if asker is not None and asker.is_active and asker.pk not in mine else []


def assessor(entry: Entry) -> list[Person]:
    """The person who does the audit the act was about."""
    audit = asked.audit_of(entry.subject)
    return [audit.assessor] if audit and audit.assessor and audit.assessor.is_active else []


def subject(entry: Entry) -> list[Person]:
    """The person the act was about."""
    person = asked.person_of(entry.subject)
    return [person] if person else []


def _staff(entry: Entry, kind: RoleKind) -> list[Person]:
    return asked.holders(kind, on=_day(entry), partner=entry.partner_id) if entry.partner_id else []


def _day(entry: Entry) -> date:
    return entry.at.astimezone(ALBERTA).date()
