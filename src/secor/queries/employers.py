"""Businesses, as their own people see them: what is on file, whom they belong to, and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from secor.core.employer import PEOPLE
from secor.core.employer import Headcount as Count
from secor.core.role import RoleKind
from secor.core.scheme import Rules
from secor.queries import schemes
from secor.queries.people import Person, Role
from secor.store.models import Account, Audit, Employer, Entry, Headcount, Membership, Partner, Site, Tie
from secor.store.scope import house

__all__ = ["Account", "Employer", "Entry", "Headcount", "Membership", "Partner", "Site", "Tie"]

SCHEME = "ab-secor"
ASKED = house("what belongs to an employer that was itself reached")


def mine(keys: Sequence[Role]) -> tuple[Employer, ...]:
    """The businesses that these roles are for, each once, by name."""
    found = {role.employer.pk: role.employer for role in keys if role.employer is not None}
    return tuple(sorted(found.values(), key=lambda employer: (employer.legal_name, employer.pk)))


def kinds_at(employer: Employer, *, roles: Sequence[Role]) -> frozenset[RoleKind]:
    """What these roles make of a person in this one business."""
    return frozenset(RoleKind(role.kind) for role in roles if role.employer_id == employer.pk)


def membership_of(employer: Employer) -> Membership | None:
    """The certifying partner that the business belongs to or has asked, with the days of both."""
    rows = Membership.objects.within(ASKED).filter(employer=employer, left_on__isnull=True, refused_on__isnull=True)
    return rows.select_related("partner").first()


def last_refusal(employer: Employer) -> Membership | None:
    """The last time a partner refused the business, when nothing has come after it."""
    row = Membership.objects.within(ASKED).filter(employer=employer).select_related("partner").order_by("-pk").first()
    return row if row is not None and row.refused_on is not None else None


def rules_of(employer: Employer, *, on: date) -> Rules:
    """The rules for a business today: its partner's, or the scheme's own while it has none."""
    membership = membership_of(employer)
    return rules_under(membership, on=on)


def rules_under(membership: Membership | None, *, on: date) -> Rules:
    """The rules under a membership that was read already."""
    if membership is None:
        return schemes.rules(SCHEME, partner=None, on=on)
    return schemes.rules(membership.partner.scheme, partner=membership.partner.key, on=on)


def headcounts_of(employer: Employer) -> tuple[Headcount, ...]:
    """The ledger as it is kept, the oldest day first."""
    return tuple(Headcount.objects.within(ASKED).filter(employer=employer).order_by("on", "pk"))


def ledger(rows: Sequence[Headcount]) -> tuple[Count, ...]:
    """The ledger in the form that the rules take."""
    return tuple(Count(row.on, {kind: getattr(row, kind) for kind in PEOPLE}) for row in rows)


def accounts_of(employer: Employer) -> tuple[Account, ...]:
    """The WCB accounts, open ones first."""
    rows = Account.objects.within(ASKED).filter(employer=employer).order_by("pk")
    return tuple(sorted(rows, key=lambda row: row.closed_on is not None))


def sites_of(employer: Employer) -> tuple[Site, ...]:
    """The places where people work now."""
    return tuple(Site.objects.within(ASKED).filter(employer=employer, closed_on__isnull=True).order_by("pk"))


def account_of(employer: Employer, key: int) -> Account | None:
    """The account of that key, when it is this business's."""
    return Account.objects.within(ASKED).filter(employer=employer, pk=key).select_related("employer").first()


def site_of(employer: Employer, key: int) -> Site | None:
    """The place of that key, when it is this business's."""
    return Site.objects.within(ASKED).filter(employer=employer, pk=key).select_related("employer").first()


def roles_at(employer: Employer, *, on: date) -> tuple[Role, ...]:
    """Who holds a role in the business today."""
    rows = Role.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=on), employer=employer, from_on__lte=on)
    return tuple(rows.select_related("person", "employer").order_by("pk"))


def ties_of(employer: Employer) -> tuple[Tie, ...]:
    """The ties that somebody declared, the newest first."""
    return tuple(Tie.objects.within(ASKED).filter(employer=employer).select_related("person").order_by("-pk"))


def journal_of(employer: Employer, *, acts: Sequence[str], first: int, most: int) -> tuple[Entry, ...]:
    """Entries of these acts in the business's journal, the newest first, from the ``first`` (0 is the newest) on."""
    rows = Entry.objects.within(ASKED).filter(employer=employer, act__in=acts).select_related("person", "partner")
    return tuple(rows.order_by("-pk")[first : first + most])


def partner_of(key: str) -> Partner | None:
    """The certifying partner of that key."""
    return Partner.objects.filter(key=key, scheme=SCHEME).first()


def partners() -> tuple[Partner, ...]:
    """Every certifying partner of the scheme, by name."""
    return tuple(Partner.objects.filter(scheme=SCHEME).order_by("name", "pk"))


def audits_of(employer: Employer) -> tuple[Audit, ...]:
    """Every audit of the business, the newest first."""
    rows = Audit.objects.within(ASKED).filter(employer=employer).select_related("partner", "assessor")
    return tuple(rows.order_by("-pk")[:100])


def person_of(key: int) -> Person:
    """A person by their key, for a choice that a page offered itself."""
    return Person.objects.get(pk=key)


def people_ever(employer: Employer) -> frozenset[int]:
    """The keys of everybody who has or had a role in the business."""
    return frozenset(Role.objects.filter(employer=employer).values_list("person", flat=True))
