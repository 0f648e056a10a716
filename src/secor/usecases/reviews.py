"""Reviews: one person of the partner takes an audit, looks at it question by question, and says what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction

from secor.core.audit import Kind
from secor.core.event import EventKind
from secor.core.problem import Problem
from secor.core.quality import Quality
from secor.core.quality import quality as add_up
from secor.core.role import RoleKind
from secor.core.verdict import decide_quality
from secor.queries.answers import sheet_of
from secor.queries.audits import instrument_of
from secor.queries.certificates import live_of
from secor.queries.reviews import laid_over, marks_of, quality_mark_of, verdict_on
from secor.store.models import Audit, Note, Review
from secor.store.scope import house
from secor.usecases import certificates, staff, visits
from secor.usecases.act import Act, Refusal

HELD = house("a reviewer holds the audit and its review")
# An audit of these kinds stands in for the one the certificate owes.
_COUNTS_AS = {Kind.ACTION_PLAN: Kind.MAINTENANCE}


class NotWaiting(Refusal):
    """The audit does not wait for a reviewer."""


class Taken(Refusal):
    """A colleague is reviewing the audit."""


class Concluded(Refusal):
    """The round of review has ended."""


class Unexplained(Refusal):
    """A decision that needs its reason."""


class Unjudged(Refusal):
    """The quality sheet has open lines; ``problems`` names them."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("Judge every line of the quality sheet first. " + " ".join(p.problem for p in problems))
        self.problems = tuple(problems)


class PoorQuality(Refusal):
    """The audit's own quality is below its mark."""


class StillToFix(Refusal):
    """Notes that must be put right are still open."""


class TwoVerdicts(Refusal):
    """The reviewer's marks and the assessor's lead to different verdicts."""


@transaction.atomic
def claim(act: Act, *, audit: Audit) -> Review:
    """Take an audit to review it. When two take it at once, one has it and the other is told.

    Refuses everyone but a reviewer of the partner (``NotYourDesk``) who neither did the audit nor is tied to the
    employer (``Tied``), and an audit that does not wait (``NotWaiting``, ``Taken``). Taking one's own twice is one act.
    """
    held = _hold(audit)
    person = staff.permit(act, RoleKind.REVIEWER, partner=held.partner)
    staff.independent(act, person=person, audit=held)
    last = Review.objects.within(HELD).filter(audit=held, round=held.round).first()
    if held.stage == Audit.Stage.IN_REVIEW and last is not None:
        if last.reviewer_id == person.pk:
            return last
        raise Taken("A colleague has just taken this audit. Choose another one from the queue.")
    if held.stage != Audit.Stage.SUBMITTED or held.kind == Kind.ACTION_PLAN.value:
        raise NotWaiting("This audit does not wait for a review now. Open the queue again.")
    review = Review(audit=held, round=held.round, reviewer=person, claimed_at=act.at)
    review.save(force_insert=True)
    _move(held, Audit.Stage.IN_REVIEW)
    _enter(act, "review.claimed", held)
    return review


@transaction.atomic
def take_over(act: Act, *, review: Review) -> Review:
    """Go on with a colleague's review: its marks and notes stay. For when somebody is away.

    Refuses as ``claim`` does, and a review that has ended (``Concluded``).
    """
    audit = _hold(review.audit)
    person = staff.permit(act, RoleKind.REVIEWER, partner=audit.partner)
    staff.independent(act, person=person, audit=audit)
    held = _fresh(review)
    if held.reviewer_id != person.pk:
        held.reviewer = person
        held.save(update_fields=["reviewer"])
        _enter(act, "review.taken_over", audit)
    return held


@transaction.atomic
def send_back(act: Act, *, review: Review, reason: str, quality: Mapping[str, str] | None = None) -> Review:
    """Give the audit back to be put right. The notes of this round become the assessor's to read and answer.

    Refuses everyone but the reviewer who has it (``NotYourDesk``, ``Taken``) and a missing reason (``Unexplained``).
    """
    audit, held = hold(act, review)
    _conclude(act, audit, held, Review.Outcome.RETURNED, reason, _quality(quality))
    _move(audit, Audit.Stage.RETURNED)
    _enter(act, "review.sent_back", audit)
    return held


@transaction.atomic
def accept(act: Act, *, review: Review, quality: Mapping[str, str], reason: str = "") -> Review:
    """Accept the audit's quality. Whether the employer passed is the verdict's to say, and is not changed by it.

    ``quality`` is the quality sheet by criterion (see ``core.quality``). Refuses an incomplete one (``Unjudged``), a
    quality below the scheme's mark (``PoorQuality``), open must-fix notes (``StillToFix``), and marks of the
    reviewer's that would turn the verdict round (``TwoVerdicts``): then the answers must be put right first.
    """
    audit, held = hold(act, review)
    scored = _quality(quality, whole=True)
    assert scored is not None, "a whole sheet has its points"
    mark = quality_mark_of(audit)
    if not decide_quality(points=scored.awarded, possible=scored.possible, mark=mark).passed:
        raise PoorQuality(
            f"The audit's quality is {scored.awarded} of {scored.possible} points, and {mark * 100} % are needed. "
            "Send it back to be put right, or do not accept it."
        )
    _nothing_to_fix(audit)
    _conclude(act, audit, held, Review.Outcome.ACCEPTED, reason or "The audit was done well.", scored)
    if audit.passed is not None and held.possible is not None:
        _one_verdict(audit, held)
    audit.accepted_on = act.on
    _move(audit, Audit.Stage.ACCEPTED, "accepted_on")
    _record(act, audit, passed=bool(audit.passed))
    _enter(act, "audit.accepted", audit, passed=bool(audit.passed))
    visits.call_off_all(act, audit=audit)
    return held


@transaction.atomic
def reject(act: Act, *, review: Review, reason: str, quality: Mapping[str, str] | None = None) -> Review:
    """Do not accept the audit: it ends here, and a new one is needed. Its reason goes to the employer.

    The certificate is told that this audit did not count, so that a duty it had met in time is open again.
    """
    audit, held = hold(act, review)
    _conclude(act, audit, held, Review.Outcome.REJECTED, reason, _quality(quality))
    _move(audit, Audit.Stage.REJECTED)
    _record(act, audit, passed=False, reason="The audit was not accepted.")
    _enter(act, "audit.rejected", audit)
    visits.call_off_all(act, audit=audit)
    return held


def hold(act: Act, review: Review) -> tuple[Audit, Review]:
    """Take the audit and its review until the transaction ends, for the reviewer who has it.

    Refuses everyone else (``NotYourDesk``, ``Taken``) and a round that has ended (``Concluded``).
    """
    audit = _hold(review.audit)
    person = staff.permit(act, RoleKind.REVIEWER, partner=audit.partner)
    held = _fresh(review)
    if held.reviewer_id != person.pk:
        raise Taken("A colleague has taken this review over. Ask them, or take it back first.")
    return audit, held


def _hold(audit: Audit) -> Audit:
    rows = Audit.objects.within(HELD).select_for_update(of=("self",))
    return rows.select_related("partner", "employer").get(pk=audit.pk)


def _fresh(review: Review) -> Review:
    held = Review.objects.within(HELD).get(pk=review.pk)
    if held.concluded_at is not None:
        raise Concluded("This round of review has ended. Open the audit again to see what became of it.")
    return held


def _conclude(
    act: Act, audit: Audit, review: Review, outcome: Review.Outcome, reason: str, scored: Quality | None
) -> None:
    why = reason.replace("\0", "").strip()
    if not why:
        raise Unexplained("Write why, in words the assessor can act on. They and the employer read it.")
    sheet = laid_over(sheet_of(audit), marks_of(review))
    score, _ = verdict_on(audit, sheet, instrument=instrument_of(audit))
    review.outcome, review.reason, review.concluded_at = outcome, why, act.at
    review.awarded, review.possible = score.awarded, score.possible
    if scored is not None:
        review.quality_awarded, review.quality_possible = scored.awarded, scored.possible
    review.save(
        update_fields=[
            "outcome",
            "reason",
            "concluded_at",
            "awarded",
            "possible",
            "quality_awarded",
            "quality_possible",
        ]
    )


def _quality(judged: Mapping[str, str] | None, *, whole: bool = False) -> Quality | None:
    """Add the sheet up. Only an acceptance needs it; begun, it is finished or left out."""
    if not whole and not any((judged or {}).values()):
        return None
    scored = add_up(judged or {})
    if isinstance(scored, list):
        raise Unjudged(scored)
    return scored


def _nothing_to_fix(audit: Audit) -> None:
    notes = Note.objects.within(HELD).filter(review__audit=audit, kind=Note.Kind.MUST_FIX, resolved_at__isnull=True)
    if left := notes.count():
        told = "One note" if left == 1 else f"{left} notes"
        raise StillToFix(f"{told} must still be put right. Mark what was put right as settled, or send it back.")


def _one_verdict(audit: Audit, review: Review) -> None:
    sheet = laid_over(sheet_of(audit), marks_of(review))
    _, verdict = verdict_on(audit, sheet, instrument=instrument_of(audit))
    if verdict.passed != audit.passed:
        theirs, ours = ("passes", "does not") if audit.passed else ("does not pass", "passes")
        raise TwoVerdicts(
            f"By the assessor's marks this employer {theirs}; by yours it {ours}. An accepted audit has one verdict: "
            "send it back so that the answers are put right, or take your marks back."
        )


def _record(act: Act, audit: Audit, *, passed: bool, reason: str = "") -> None:
    """Tell the employer's certificate. What was owed is what an audit on a part of it stands in for."""
    kind = Kind(audit.kind)
    holds = live_of(audit.employer_id, scheme=audit.scheme)
    if kind in {Kind.LIMITED_SCOPE, Kind.ADMINISTRATIVE} and holds is not None and holds.owed_kind:
        kind = Kind(holds.owed_kind)
    certificates.record(
        act,
        employer=audit.employer,
        partner=audit.partner,
        scheme=audit.scheme,
        event=EventKind.AUDIT_ACCEPTED,
        on=act.on,
        audit=audit,
        kind=_COUNTS_AS.get(kind, kind),
        passed=passed,
        records_months=audit.records_months,
        reason=reason,
    )


def _move(audit: Audit, stage: Audit.Stage, *also: str) -> None:
    audit.stage = stage
    audit.save(update_fields=["stage", *also])


def _enter(act: Act, what: str, audit: Audit, **facts: object) -> None:
    act.enter(
        what, employer=audit.employer_id, partner=audit.partner_id, subject=audit.code, round=audit.round, **facts
    )
