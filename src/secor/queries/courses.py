"""Course proofs of a business, and the courses its partner takes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q

from secor.core.role import PARTNER_STAFF, RoleKind
from secor.core.scheme import Training
from secor.queries.people import Person, Role
from secor.store.models import CourseProof, Employer, Worker
from secor.store.scope import Scope, house

__all__ = [
    "CourseProof",
    "accepted",
    "counting",
    "gone",
    "in_grace",
    "name_of",
    "proof",
    "proofs_of",
    "readable",
]

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


def accepted(proofs: Sequence[CourseProof], *, rule: Training | None, on: date) -> tuple[CourseProof, ...]:
    """The proofs of a course the rule names that the partner has accepted, run out or not, taken by the day ``on``."""
    courses = rule.any_of if rule else ()
    return tuple(row for row in proofs if row.accepted and row.course in courses and row.taken_on <= on)


def counting(
    proofs: Sequence[CourseProof], *, rule: Training | None, gone: frozenset[int] = frozenset(), on: date
) -> tuple[CourseProof, ...]:
    """The proofs that count on the day ``on``: accepted, not run out or in grace, of somebody who is still there.

    ``gone`` are the keys of the proofs of people who have left.
    """
    if rule is None:
        return ()
    found = []
    for row in accepted(proofs, rule=rule, on=on):
        last = rule.counts_until(row.taken_on, valid_until=row.valid_until)
        if row.pk not in gone and (last is None or on <= last):
            found.append(row)
    return tuple(found)


def in_grace(row: CourseProof, *, rule: Training, on: date) -> bool:
    """Whether a proof has run out and counts only by the rule's grace."""
    last = rule.runs_out_on(row.taken_on, valid_until=row.valid_until)
    return last is not None and last < on


def gone(proofs: Sequence[CourseProof], *, employer: Employer, on: date) -> frozenset[int]:
    """The keys of the proofs whose holder has left the business by the day ``on``. Two queries, none without proofs.

    Somebody has left whom the list of people knows, by one of their rows or by their name, once the last day of each of
    those rows is past; not while they hold a role in the business. A role that ended alone says nothing: who may sign
    in changes without anybody leaving. One who never stood on the list is taken to be there.
    """
    if not proofs:
        return frozenset()
    workers = tuple(Worker.objects.within(ASKED).filter(employer=employer))
    current = Q(until_on__isnull=True) | Q(until_on__gte=on)
    roles = Role.objects.filter(current, employer=employer, from_on__lte=on).values_list("person_id", flat=True)
    there = frozenset(roles)
    return frozenset(row.pk for row in proofs if _has_left(row, workers, there, on))


def _has_left(row: CourseProof, workers: Sequence[Worker], in_a_role: frozenset[int], on: date) -> bool:
    listed = [each for each in workers if _is(each, row)]
    people = {row.holder_id, *(each.person_id for each in listed)}
    if not listed or in_a_role & people:
        return False
    return not any(each.ended_on is None or each.ended_on >= on for each in listed)


def _is(worker: Worker, row: CourseProof) -> bool:
    """Whether somebody on the list is who took the course. Who came back stands there twice; either row will do."""
    same_person = row.holder_id is not None and worker.person_id == row.holder_id
    same_name = worker.name.casefold() == row.holder_name.casefold()
    return worker.pk == row.worker_id or same_person or same_name


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
