"""Course proofs of a business, and the courses its partner takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from secor.core.role import PARTNER_STAFF, RoleKind
from secor.core.scheme import Training
from secor.queries.people import Person, Role
from secor.store.models import CourseProof, Employer
from secor.store.scope import Scope, house

__all__ = ["CourseProof", "counting", "name_of", "proof", "proofs_of", "readable"]

ASKED = house("the course proofs of an employer that was itself reached")


def name_of(course: str) -> str:
    """A course as people say it: the scheme files know it by a key of plain words."""
    return course.replace("-", " ").capitalize()


def proofs_of(employer: Employer) -> tuple[CourseProof, ...]:
    """Every proof on file, the newest first."""
    rows = CourseProof.objects.within(ASKED).filter(employer=employer).select_related("holder", "file")
    return tuple(rows.order_by("-taken_on", "-pk"))


def proof(employer: Employer, code: str) -> CourseProof | None:
    """The proof of that code, when it is this business's."""
    rows = CourseProof.objects.within(ASKED).filter(employer=employer, code=code)
    return rows.select_related("employer").first()


def counting(proofs: Sequence[CourseProof], *, rule: Training | None, on: date) -> tuple[CourseProof, ...]:
    """The proofs that count on the day ``on``: accepted, of a course the rule names, and not run out or in grace."""
    if rule is None:
        return ()
    known = (row for row in proofs if row.accepted and row.course in rule.any_of and row.taken_on <= on)
    until = ((row, rule.counts_until(row.taken_on, valid_until=row.valid_until)) for row in known)
    return tuple(row for row, last in until if last is None or on <= last)


def readable(code: str, *, person: Person, keys: Sequence[Role]) -> CourseProof | None:
    """The proof of that code with its file, when ``person`` may look at it by the roles in ``keys``.

    The employer's owners and self-assessors may, and the staff of the partner that has to check it.
    """
    own = frozenset(r.employer_id for r in keys if r.kind in {RoleKind.OWNER, RoleKind.SELF_ASSESSOR} and r.employer_id)
    partners = frozenset(r.partner_id for r in keys if r.kind in PARTNER_STAFF and r.partner_id)
    rows = CourseProof.objects.within(Scope(employers=own, partners=partners, assessor=person.pk))
    mine = Q(employer__in=own) | Q(
        employer__memberships__partner__in=partners,
        employer__memberships__left_on__isnull=True,
        employer__memberships__refused_on__isnull=True,
    )
    return rows.filter(mine, code=code, file__isnull=False).select_related("file").first()
