"""Evidence on file, who may look at it, and where its bytes stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import F, Q

from secor.core.role import PARTNER_STAFF, RoleKind
from secor.queries.audits import BY_EMPLOYER
from secor.queries.people import Person, Role
from secor.store import shelf
from secor.store.models import Audit, Evidence, File, Teammate
from secor.store.scope import Scope, house

__all__ = ["Evidence", "File", "Piece", "bytes_of", "pieces_of", "readable", "removable"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of evidence as a page shows it."""

    code: str
    question: str
    title: str
    kind: str
    picture: bool
    size: int


def pieces_of(audit: Audit) -> tuple[Piece, ...]:
    """What is attached to ``audit`` now, in the order in which it was added: one query."""
    rows = Evidence.objects.within(house("the evidence of an audit that was itself reached"))
    kept = rows.filter(audit=audit, removed_at__isnull=True).order_by("pk")
    return tuple(
        Piece(code, question, title, kind, bool(view), size)
        for code, question, title, kind, view, size in kept.values_list(
            "code", "question", "title", "file__kind", "file__view_sha256", "file__size"
        )
    )


def rows_of(audit: Audit) -> tuple[Evidence, ...]:
    """What is attached to an audit that was itself reached, with its files."""
    rows = Evidence.objects.within(house("the evidence of an audit that was itself reached"))
    return tuple(rows.filter(audit=audit, removed_at__isnull=True).select_related("file").order_by("pk"))


def readable(code: str, *, person: Person, keys: Sequence[Role]) -> Evidence | None:
    """The piece of that code, when ``person`` may look at it by the roles in ``keys``.

    The employer's owners and self-assessors may look at their own, and an auditor at what stands in their audit,
    which is nobody else's at the employer: notes of interviews are confidential. The partner's staff sees what was
    there when the audit was sent to them. Workers never see any.
    """
    own = frozenset(r.employer_id for r in keys if r.kind in {RoleKind.OWNER, RoleKind.SELF_ASSESSOR} and r.employer_id)
    partners = frozenset(r.partner_id for r in keys if r.kind in PARTNER_STAFF and r.partner_id)
    certified = [r.partner_id for r in keys if r.kind == RoleKind.AUDITOR]
    rows = Evidence.objects.within(Scope(employers=own, partners=partners, assessor=person.pk)).filter(code=code)
    ours = Q(employer__in=own) & (Q(audit__isnull=True) | Q(audit__performer__in=BY_EMPLOYER))
    mine = Q(audit__assessor=person.pk) | Q(audit__in=Teammate.of(person.pk))
    theirs = ~Q(audit__performer__in=BY_EMPLOYER) & Q(audit__partner__in=certified) & mine
    sent = Q(audit__partner__in=partners, audit__submitted_at__gte=F("added_at"))
    return rows.filter(ours | theirs | sent).select_related("file").first()


def removable(code: str, *, audit: Audit) -> Evidence | None:
    """The piece of that code that stands in ``audit``, removed already or not."""
    rows = Evidence.objects.within(house("the evidence of an audit that was itself reached"))
    return rows.filter(code=code, audit=audit).select_related("audit", "employer").first()


def as_it_came(file: File) -> Path:
    """Where the bytes stand as they came. Only for whoever they belong to: a photo still tells where it was taken."""
    return shelf.place(file.sha256)


def bytes_of(file: File) -> Path:
    """Where the bytes stand that may be shown: of a picture only the one drawn anew, without its place and maker."""
    return shelf.place(file.view_sha256 or file.sha256)
