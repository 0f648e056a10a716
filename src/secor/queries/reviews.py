"""Reviews: what waits for one, and how the reviewer's own score stands beside the assessor's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from secor.core.audit import Kind
from secor.core.instrument import Instrument
from secor.core.method import Method
from secor.core.score import Score
from secor.core.timeline import Clock, review_by
from secor.core.verdict import Verdict, decide
from secor.queries.answers import KeptAnswer, Sheet, score_of
from secor.queries.audits import pass_mark_of, rules_of
from secor.queries.people import Scope
from secor.store.models import Audit, Certificate, Note, Review, ReviewMark
from secor.store.scope import house

__all__ = [
    "Audit",
    "Note",
    "Outcome",
    "Review",
    "ReviewMark",
    "Stage",
    "Waiting",
    "decisions",
    "laid_over",
    "marks_of",
    "notes_of",
    "quality_mark_of",
    "queue",
    "reached",
    "reviews_of",
    "starts",
    "verdict_on",
]

Stage = Audit.Stage
Outcome = Review.Outcome
OF_THE_REACHED = house("the reviews of an audit that was itself reached")
# A partner's people see an audit's answers once it was sent to them, and not while the assessor works on them again.
READABLE = frozenset({Stage.SUBMITTED, Stage.IN_REVIEW, Stage.ACCEPTED, Stage.REJECTED})
A_PAGE = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """An audit in the queue: how many days it has waited, by when the partner means to have reviewed it, and whose."""

    audit: Audit
    days: int
    clock: Clock | None
    reviewer: str
    mine: bool
    overdue: bool


def queue(scope: Scope, *, on: date, person: int) -> tuple[Waiting, ...]:
    """Audits that wait for a reviewer or are with one, the longest waiting first. Two queries."""
    rows = Audit.objects.within(Scope(partners=scope.partners)).filter(stage__in=[Stage.SUBMITTED, Stage.IN_REVIEW])
    audits = list(rows.select_related("employer", "partner").order_by("submitted_at", "pk")[:A_PAGE])
    open_reviews = Review.objects.within(OF_THE_REACHED).filter(audit__in=audits, concluded_at__isnull=True)
    by_audit = {review.audit_id: review for review in open_reviews.select_related("reviewer")}
    return tuple(_waiting(audit, by_audit.get(audit.pk), on, person) for audit in audits)


def starts(scope: Scope) -> tuple[Audit, ...]:
    """Audits that wait for the partner to approve their start, the oldest request first."""
    rows = Audit.objects.within(Scope(partners=scope.partners)).filter(stage=Stage.ASKED)
    return tuple(rows.select_related("employer", "assessor", "partner").order_by("asked_on", "pk")[:A_PAGE])


def decisions(scope: Scope) -> tuple[Audit, ...]:
    """Accepted audits that passed and have no certificate yet, where their kind earns one."""
    earning = [Kind.CERTIFICATION.value, Kind.RECERTIFICATION.value]
    issued = Certificate.objects.within(OF_THE_REACHED).filter(audit__isnull=False)
    rows = Audit.objects.within(Scope(partners=scope.partners)).filter(
        stage=Stage.ACCEPTED, passed=True, kind__in=earning
    )
    unissued = rows.exclude(pk__in=issued.filter(partner__in=scope.partners).values("audit"))
    return tuple(unissued.select_related("employer", "partner").order_by("accepted_on", "pk")[:A_PAGE])


def reached(code: str, *, scope: Scope) -> Audit | None:
    """The audit of that code, when it was asked of one of the partners in ``scope``."""
    rows = Audit.objects.within(Scope(partners=scope.partners)).filter(code=code)
    return rows.select_related("employer", "partner", "assessor").first()


def reviews_of(audit: Audit) -> tuple[Review, ...]:
    """The rounds of review of ``audit``, the newest first."""
    rows = Review.objects.within(OF_THE_REACHED).filter(audit=audit)
    return tuple(rows.select_related("reviewer").order_by("-round"))


def notes_of(audit: Audit) -> tuple[Note, ...]:
    """Every note on ``audit``, those of the round under way included; for the partner's own people."""
    rows = Note.objects.within(OF_THE_REACHED).filter(review__audit=audit)
    return tuple(rows.select_related("review", "replied_by").order_by("-review__round", "pk"))


def marks_of(review: Review | None) -> tuple[ReviewMark, ...]:
    """The reviewer's own answers where they differ from the assessor's."""
    if review is None:
        return ()
    return tuple(ReviewMark.objects.within(OF_THE_REACHED).filter(review=review).order_by("pk"))


def laid_over(sheet: Sheet, marks: tuple[ReviewMark, ...]) -> Sheet:
    """The assessor's sheet with the reviewer's own answers laid over it."""
    given: dict[tuple[str, Method], KeptAnswer] = dict(sheet.given)
    for mark in marks:
        key = (mark.question, Method(mark.method))
        given[key] = KeptAnswer(_plain(mark.given), sheet.answer(*key).revision)
    return replace(sheet, given=given)


def quality_mark_of(audit: Audit) -> Fraction:
    """The share that the quality of ``audit`` must reach to be accepted."""
    return rules_of(audit).quality_mark


def verdict_on(audit: Audit, sheet: Sheet, *, instrument: Instrument) -> tuple[Score, Verdict]:
    """Score a sheet by the methods of ``audit`` and hold it against the audit's pass mark."""
    score = score_of(sheet, audit=audit, instrument=instrument)
    return score, decide(score, pass_mark_of(audit))


def _plain(given: Mapping[str, Any]) -> Mapping[str, Any] | None:
    return given or None


def _waiting(audit: Audit, review: Review | None, on: date, person: int) -> Waiting:
    sent_on = audit.submitted_on or audit.asked_on
    clock = review_by(rules_of(audit).timelines, submitted_on=sent_on)
    return Waiting(
        audit=audit,
        days=(on - sent_on).days,
        clock=clock,
        reviewer=str(review.reviewer) if review else "",
        mine=review is not None and review.reviewer_id == person,
        overdue=clock is not None and on > clock.by,
    )
