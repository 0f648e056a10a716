"""Auditors: a partner's register of whom it certifies, one of them from all sides, and the public directory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, Q, QuerySet

from secor.core.anniversary import add_months
from secor.core.independence import WORDS, TieKind
from secor.core.role import RoleKind
from secor.core.travel import in_words, known, minutes
from secor.queries.audits import BY_EMPLOYER, Audit, Stage
from secor.queries.books import Certification, certified
from secor.queries.paging import Page, page_of
from secor.queries.people import Person, Role
from secor.store.models import Listing, Matter, Membership, Partner, Review, Tie
from secor.store.scope import Scope, house

__all__ = [
    "Listed",
    "Listing",
    "Matter",
    "OfRegister",
    "OneAuditor",
    "directory",
    "listing_of",
    "matter_of",
    "one",
    "register",
    "role_at",
]

QUALITY_MONTHS = 36
SHOWN = 20
OF_THE_REACHED = house("what is known of an auditor whose certification was itself reached")
UNDER_WAY = frozenset({Stage.ASKED, Stage.OPEN, Stage.SUBMITTED, Stage.IN_REVIEW, Stage.RETURNED})


@dataclass(frozen=True, slots=True)
class OfRegister:
    """An auditor in a partner's register. ``quality`` is that of the audits accepted within three years, together."""

    role: Role
    certification: Certification
    current: bool
    under_way: int
    accepted: int
    quality: Fraction | None
    open_matters: int


@dataclass(frozen=True, slots=True)
class OneAuditor:
    """One auditor from all sides that concern the partner."""

    row: OfRegister
    under_way: tuple[Audit, ...]
    done: tuple[tuple[Audit, Fraction | None], ...]
    ties: tuple[tuple[str, str], ...]  # the member's name, and the tie in words
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """An auditor as the public finds them, and the drive to them; None where no town was named or one is unknown."""

    listing: Listing
    partners: tuple[Partner, ...]
    drive: timedelta | None

    @property
    def far(self) -> str:
        """How long the drive takes, in words."""
        return in_words(self.drive) if self.drive is not None else ""


def register(scope: Scope, *, text: str, ended: bool, number: int, on: date) -> Page[OfRegister]:
    """The auditors of the partners in ``scope`` whose name or number holds ``text``, by name, a page at a time.

    Those certified on the day ``on`` or later; with ``ended`` those of before instead. Six queries a page.
    """
    rows = _roles(scope).filter(Q(until_on__lt=on) if ended else Q(until_on__isnull=True) | Q(until_on__gte=on))
    if wanted := text.strip():
        rows = rows.filter(
            Q(person__name__icontains=wanted) | Q(number__icontains=wanted) | Q(person__email__istartswith=wanted)
        )
    page = page_of(rows.order_by("person__name", "pk"), number=number)
    return Page(_told(page.rows, on), page.number, page.has_next)


def role_at(key: int, *, scope: Scope) -> Role | None:
    """The certification of that key, when it is with a partner in ``scope``."""
    return _roles(scope).filter(pk=key).first()


def one(role: Role, *, by: Person, on: date) -> OneAuditor:
    """Everything about an auditor that concerns the partner of ``role``; no matters where ``by`` is the auditor."""
    audits = _audits([role]).select_related("employer")
    matters = Matter.objects.within(OF_THE_REACHED).filter(role__person=role.person, role__partner=role.partner)
    matters = matters.select_related("opened_by", "closed_by")
    done = audits.filter(stage=Stage.ACCEPTED).order_by("-accepted_on", "-pk")[:SHOWN]
    judged = _quality([audit.pk for audit in done])
    members = Membership.objects.within(OF_THE_REACHED).filter(
        partner=role.partner, left_on__isnull=True, refused_on__isnull=True
    )
    ties = Tie.objects.within(OF_THE_REACHED).filter(person=role.person, employer__in=members.values("employer"))
    ties = ties.select_related("employer").order_by("pk")
    return OneAuditor(
        row=_told([role], on)[0],
        under_way=tuple(audits.filter(stage__in=UNDER_WAY).order_by("asked_on", "pk")),
        done=tuple((audit, judged.get(audit.pk)) for audit in done),
        ties=tuple((row.employer.legal_name, WORDS[TieKind(row.kind)]) for row in ties),
        matters=() if by.pk == role.person_id else tuple(matters[:SHOWN]),
    )


def matter_of(role: Role, code: str) -> Matter | None:
    """The matter of that code, when it is about this auditor and kept by the same partner."""
    rows = Matter.objects.within(OF_THE_REACHED).filter(role__person=role.person, role__partner=role.partner)
    return rows.filter(code=code[:16]).first()


def listing_of(person: Person) -> Listing | None:
    """What the public may read of the person; None where they have not put themselves up."""
    return Listing.objects.filter(person=person).first()


def directory(*, partner: str = "", town: str = "", language: str = "", on: date) -> tuple[Listed, ...]:
    """Who may be read about and is certified on the day ``on``: by a partner of that key, near a town, in a language.

    The nearest first where a town is named that we know, else by name. Two queries.
    """
    rows = Listing.objects.select_related("person__diary")
    if language in {"english", "french"}:
        rows = rows.filter(**{language: True})
    held: dict[int, list[Partner]] = {}
    current = Q(until_on__isnull=True) | Q(until_on__gte=on)
    roles = Role.objects.filter(current, kind=RoleKind.AUDITOR, from_on__lte=on, person__listing__isnull=False)
    for role in roles.select_related("partner").order_by("partner__name"):
        if role.partner is not None:
            held.setdefault(role.person_id, []).append(role.partner)
    found = []
    for listing in rows:
        partners = tuple(dict.fromkeys(held.get(listing.person_id, ())))
        if not partners or (partner and partner not in {each.key for each in partners}):
            continue
        near = timedelta(minutes=minutes(town, listing.town)) if known(town) and known(listing.town) else None
        found.append(Listed(listing, partners, near))
    return tuple(sorted(found, key=_nearest_first))


def _nearest_first(each: Listed) -> tuple[timedelta, str]:
    return (timedelta.max if each.drive is None else each.drive, str(each.listing.person).casefold())


def _roles(scope: Scope) -> QuerySet[Role]:
    rows = Role.objects.filter(kind=RoleKind.AUDITOR, partner__in=scope.partners)
    return rows.select_related("person", "partner")


def _audits(roles: Sequence[Role]) -> QuerySet[Audit]:
    """The audits these auditors do or did for the partners of their roles, from outside."""
    mine = Q()
    for role in roles:
        mine |= Q(assessor=role.person_id, partner=role.partner_id)
    rows = Audit.objects.within(OF_THE_REACHED).exclude(performer__in=BY_EMPLOYER)
    return rows.filter(mine) if roles else rows.none()


def _told(roles: Sequence[Role], on: date) -> tuple[OfRegister, ...]:
    days: dict[tuple[int | None, int], list[date]] = {}
    waiting: dict[tuple[int | None, int], int] = {}
    accepted: dict[int, tuple[int | None, int]] = {}
    since = add_months(on, -QUALITY_MONTHS)
    for key, assessor, partner, stage, day in _audits(roles).values_list(
        "pk", "assessor", "partner", "stage", "accepted_on"
    ):
        if stage in UNDER_WAY:
            waiting[assessor, partner] = waiting.get((assessor, partner), 0) + 1
        if stage == Stage.ACCEPTED and day is not None:
            days.setdefault((assessor, partner), []).append(day)
            if since < day <= on:
                accepted[key] = (assessor, partner)
    judged = _quality(list(accepted))
    of: dict[tuple[int | None, int], list[Fraction]] = {}
    for key, share in judged.items():
        of.setdefault(accepted[key], []).append(share)
    matters = dict(
        Matter.objects.within(OF_THE_REACHED)
        .filter(role__in=roles, closed_at__isnull=True)
        .values_list("role")
        .annotate(Count("pk"))
        .order_by()
    )
    told = []
    for role in roles:
        whose = (role.person_id, role.partner_id or 0)
        shares = of.get(whose, [])
        told.append(
            OfRegister(
                role,
                certified(role, days.get(whose, []), on),
                role.held_on(on),
                waiting.get(whose, 0),
                sum(1 for each in accepted.values() if each == whose),
                sum(shares, Fraction(0)) / len(shares) if shares else None,
                matters.get(role.pk, 0),
            )
        )
    return tuple(told)


def _quality(audits: Sequence[int]) -> Mapping[int, Fraction]:
    """How well each of these accepted audits was found done, exact; none for one that was not judged."""
    rows = Review.objects.within(OF_THE_REACHED).filter(audit__in=audits, outcome=Review.Outcome.ACCEPTED)
    return {
        audit: Fraction(awarded, possible)
        for audit, awarded, possible in rows.values_list("audit", "quality_awarded", "quality_possible")
        if awarded is not None and possible
    }
