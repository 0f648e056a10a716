"""The employers of a certifying partner: who has asked, who is a member, and everything about one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from secor.core.certificate import StandingReport
from secor.core.employer import Eligibility
from secor.core.scheme import Rules
from secor.queries import certificates, courses, employers, schemes, starting
from secor.queries.paging import Page, page_of
from secor.queries.people import Scope
from secor.queries.register import folded
from secor.store.models import (
    Account,
    Audit,
    Certificate,
    CourseProof,
    Employer,
    Entry,
    Headcount,
    Letter,
    Membership,
    Partner,
    Role,
)
from secor.store.scope import house

__all__ = [
    "CourseProof",
    "Member",
    "Membership",
    "Partner",
    "asking",
    "journal_of",
    "letters_to",
    "member",
    "membership_at",
    "names",
    "others",
    "proof_at",
    "proofs_to_check",
    "search",
]

OF_THE_REACHED = house("what is known of an employer that was itself reached")
MOST = 50


@dataclass(frozen=True, slots=True)
class Member:
    """Everything a partner's people see of one employer. What its audits answered is not here."""

    membership: Membership
    employer: Employer
    rules: Rules
    size: Eligibility
    headcounts: tuple[Headcount, ...]
    accounts: tuple[Account, ...]
    people: tuple[Role, ...]
    proofs: tuple[CourseProof, ...]
    audits: tuple[Audit, ...]
    certificates: tuple[tuple[Certificate, StandingReport], ...]


def asking(scope: Scope) -> tuple[Membership, ...]:
    """Employers that asked to be taken in and have no answer yet, the longest waiting first."""
    rows = _present(scope).filter(approved_on__isnull=True).select_related("employer", "partner")
    return tuple(rows.order_by("asked_on", "pk")[:MOST])


def search(scope: Scope, *, text: str, number: int) -> Page[Membership]:
    """Members whose name holds ``text``, the newest first; all of them where it is empty."""
    rows = _present(scope).filter(approved_on__isnull=False).select_related("employer", "partner")
    if wanted := folded(text):
        rows = rows.filter(employer__search_name__contains=wanted)
    return page_of(rows.order_by("-pk"), number=number)


def membership_at(code: str, *, scope: Scope) -> Membership | None:
    """The membership, present or asked for, of the employer of that code."""
    return _present(scope).filter(employer__code=code).select_related("employer", "partner").first()


def member(code: str, *, scope: Scope, on: date) -> Member | None:
    """One employer that is a member or has asked to be one; None for every other."""
    membership = membership_at(code, scope=scope)
    if membership is None:
        return None
    employer, partner = membership.employer, membership.partner
    rules = schemes.rules(partner.scheme, partner=partner.key, on=on)
    held = tuple(
        Certificate.objects.within(OF_THE_REACHED).filter(employer=employer).select_related("partner").order_by("-pk")
    )
    reports = certificates.standings(held, on=on)
    audits = Audit.objects.within(Scope(partners=scope.partners)).filter(employer=employer)
    return Member(
        membership=membership,
        employer=employer,
        rules=rules,
        size=starting.size_of(employer, rules=rules, on=on),
        headcounts=tuple(reversed(employers.headcounts_of(employer))),
        accounts=employers.accounts_of(employer),
        people=employers.roles_at(employer, on=on),
        proofs=courses.proofs_of(employer),
        audits=tuple(audits.select_related("assessor").order_by("-pk")[:MOST]),
        certificates=tuple((row, reports[row.pk]) for row in held),
    )


def journal_of(employer: Employer, *, scope: Scope) -> tuple[Entry, ...]:
    """What happened between an employer and these partners, the newest first; not what is the employer's own."""
    rows = Entry.objects.within(Scope(partners=scope.partners)).filter(employer=employer)
    return tuple(rows.select_related("person").order_by("-pk")[:MOST])


def proofs_to_check(scope: Scope) -> tuple[CourseProof, ...]:
    """Course proofs of members that nobody has checked, the oldest first."""
    members = _present(scope).filter(approved_on__isnull=False)
    rows = CourseProof.objects.within(OF_THE_REACHED).filter(
        accepted__isnull=True, employer__in=members.values("employer")
    )
    return tuple(rows.select_related("employer").order_by("pk")[:MOST])


def proof_at(code: str, *, scope: Scope) -> CourseProof | None:
    """The course proof of that code, when its employer is with one of the partners in ``scope``."""
    rows = CourseProof.objects.within(OF_THE_REACHED).filter(code=code, employer__in=_present(scope).values("employer"))
    return rows.select_related("employer", "file", "holder").first()


def others(partner: Partner) -> tuple[Partner, ...]:
    """The other certifying partners of the same scheme, by name."""
    return tuple(Partner.objects.filter(scheme=partner.scheme).exclude(pk=partner.pk).order_by("name"))


def names(scope: Scope) -> tuple[Partner, ...]:
    """The partners in ``scope``, by name."""
    return tuple(Partner.objects.filter(pk__in=scope.partners).order_by("name"))


def letters_to(scope: Scope, *, waiting: bool, number: int) -> Page[Letter]:
    """Letters about members of these partners, those still waiting or those sent, the newest first."""
    rows = Letter.objects.filter(partner__in=scope.partners, sent_at__isnull=waiting)
    return page_of(rows.select_related("employer", "person").order_by("-pk"), number=number)


def _present(scope: Scope) -> QuerySet[Membership]:
    rows = Membership.objects.within(Scope(partners=scope.partners))
    return rows.filter(left_on__isnull=True, refused_on__isnull=True)
