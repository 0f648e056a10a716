"""What every page of this desk begins with: the audit that was asked for, and the way around it."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse

from secor.core.audit import Kind
from secor.core.instrument import Instrument
from secor.core.pass_mark import PassMark
from secor.core.role import RoleKind
from secor.core.score import ElementScore, Score
from secor.core.verdict import Where, below, decide
from secor.queries import audits
from secor.queries.audits import Audit
from secor.queries.progress import Progress
from secor.web.charts import Bar, ScoreBars, score_bars
from secor.web.context import Way
from secor.web.http import SignedIn

ASSESSORS = (RoleKind.AUDITOR, RoleKind.OWNER, RoleKind.SELF_ASSESSOR)
KINDS = {
    "certification": "Certification audit",
    "maintenance": "Maintenance audit",
    "recertification": "Recertification audit",
    "limited_scope": "Limited-scope audit",
    "administrative": "Administrative audit",
    "action_plan": "Action plan",
}


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page about one audit."""

    code: str
    employer: str
    kind: str
    stage: str
    partner: str
    entries: tuple[Way, ...]
    reason: str = ""


def reached(request: SignedIn, code: str) -> Audit:
    """The audit of that code, when the person who asks may do it; otherwise it is not there at all."""
    audit = audits.reached(code, person=request.user, keys=request.keys)
    if audit is None or audit.kind == Kind.ACTION_PLAN.value:  # a plan has pages of its own
        raise Http404
    return audit


def head(request: SignedIn, audit: Audit) -> Head:
    """The audit's names, and the pages about it."""
    pages = [
        ("auditor:audit", "Overview"),
        ("auditor:all", "All questions"),
        ("auditor:sample", "Whom and what to look at"),
        ("auditor:report", "Report"),
        ("auditor:submit", "Check and send"),
    ]
    if audit.performer not in audits.BY_EMPLOYER:
        pages.insert(1, ("auditor:visits", "Visits"))
    if audit.round:
        pages.append(("auditor:notes", "Reviewer's notes"))
    ways = [(reverse(name, args=[audit.code]), word) for name, word in pages]
    entries = [Way(href, word, here=request.path == href) for href, word in ways]
    return Head(
        code=audit.code,
        employer=audit.employer.trade_name or audit.employer.legal_name,
        kind=KINDS.get(audit.kind, audit.kind),
        stage=audit.stage,
        partner=audit.partner.acronym,
        entries=(Way(reverse("auditor:home"), "All audits"), *entries),
        reason=audit.reason,
    )


def bars_of(progress: Progress) -> ScoreBars:
    """The score so far, element by element, against the marks."""
    low = fallen_short(progress.score, progress.pass_mark, progress.instrument)
    names = {element.number: element.name for element in progress.instrument.elements}
    bars = [
        bar_of(each, f"{each.number} {names[each.number]}", low=each.number in low) for each in progress.score.elements
    ]
    mark = progress.pass_mark
    whole = whole_of(progress.score, mark)
    return score_bars(bars, whole=whole, overall=mark.overall, element=mark.element, title="Score so far, by element")


def fallen_short(score: Score, mark: PassMark, instrument: Instrument) -> frozenset[int]:
    """The elements under their mark whose questions are all answered: before that nothing has fallen short yet."""
    left = set(score.unanswered)
    open_still = {each.number for each in instrument.elements if left & {question.id for question in each.questions}}
    return frozenset(each.number for each in below(score, mark)) - open_still


def bar_of(score: ElementScore, label: str, *, low: bool) -> Bar:
    """One element's score so far."""
    return Bar(label, score.share, low=low, awarded=score.awarded, possible=score.possible)


def whole_of(score: Score, mark: PassMark) -> Bar:
    """The whole score so far against the overall mark."""
    low = score.complete and any(each.where is Where.OVERALL for each in decide(score, mark).shortfalls)
    return Bar("All elements", score.share, low=low, awarded=score.awarded, possible=score.possible)
