"""What stands in the way of an audit, or not: size, courses, what is owed, and who is independent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from secor.core.audit import Kind, Performer
from secor.core.certificate import LIVE, StandingReport
from secor.core.employer import PEOPLE, Eligibility, eligible
from secor.core.employer import Headcount as Count
from secor.core.independence import Tie as KnownTie
from secor.core.independence import TieKind, conflicts
from secor.core.role import RoleKind
from secor.core.scheme import Rules, Training
from secor.queries import certificates, courses
from secor.store.models import Employer, Headcount, Membership, Partner, Person, Role, Tie
from secor.store.scope import house

ASKED = house("what is known of an employer that was itself reached")


def partner_of(employer: Employer) -> Partner | None:
    """The certifying partner that has taken the employer, if one has."""
    rows = Membership.objects.within(ASKED).filter(employer=employer, left_on__isnull=True, refused_on__isnull=True)
    membership = rows.filter(approved_on__isnull=False).select_related("partner").first()
    return membership.partner if membership else None


def size_of(employer: Employer, *, rules: Rules, on: date) -> Eligibility:
    """Whether the employer is small enough for the scheme on the day ``on``, and why."""
    rows = Headcount.objects.within(ASKED).filter(employer=employer, on__lte=on).order_by("on", "pk")
    ledger = [Count(row.on, {kind: getattr(row, kind) for kind in PEOPLE}) for row in rows]
    return eligible(ledger, rule=rules.headcount, on=on)


def trained(employer: Employer, *, rule: Training | None, assessor: Person, on: date) -> bool:
    """Whether somebody who is still there has an accepted proof, good on the day ``on``, of a course the rule wants."""
    if rule is None:
        return True
    proofs = courses.proofs_of(employer)
    gone = courses.gone(proofs, employer=employer, on=on)
    good = courses.counting(proofs, rule=rule, gone=gone, on=on)
    return any(not rule.same_person_as_assessor or proof.holder_id == assessor.pk for proof in good)


def standing_now(employer: Employer, *, scheme: str, on: date) -> StandingReport | None:
    """What the employer's certificate is worth on the day ``on``; None where it has none that still lives."""
    certificate = certificates.live_of(employer, scheme=scheme)
    if certificate is None:
        return None
    report = certificates.standing_of(certificate, on=on)
    return report if report.standing in LIVE else None


def conflicts_of(
    person: Person, *, employer: Employer, rules: Rules, kind: Kind, performer: Performer, on: date
) -> tuple[str, ...]:
    """Why a person may not do such an audit of the employer on the day ``on``, in words; empty when they may."""
    told = conflicts_among([person], employer=employer, rules=rules, kind=kind, performer=performer, on=on)
    return told[person.pk]


def conflicts_among(
    people: Sequence[Person], *, employer: Employer, rules: Rules, kind: Kind, performer: Performer, on: date
) -> dict[int, tuple[str, ...]]:
    """Why each of these people may not do such an audit, by their key: two queries, however many they are.

    Everything known counts: ties that the person, the employer or the partner declared, and roles that the person
    has or had at the employer, which are ties that nobody needs to declare.
    """
    known: dict[int, list[KnownTie]] = {person.pk: [] for person in people}
    for row in Tie.objects.within(ASKED).filter(employer=employer, person__in=known):
        known[row.person_id].append(KnownTie(TieKind(row.kind), row.from_on, row.until_on))
    for role in Role.objects.filter(employer=employer, person__in=known):
        tied = TieKind.OWNER if role.kind == RoleKind.OWNER else TieKind.EMPLOYEE
        known[role.person_id].append(KnownTie(tied, role.from_on, role.until_on))
    return {
        key: conflicts(ties, rule=rules.independence, kind=kind, performer=performer, on=on)
        for key, ties in known.items()
    }


def auditors_of(partner: Partner, *, on: date) -> Sequence[Person]:
    """The auditors whom the partner certifies on the day ``on``."""
    roles = Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=on), partner=partner, kind=RoleKind.AUDITOR, from_on__lte=on
    )
    return [role.person for role in roles.select_related("person").order_by("person__name", "pk")]
