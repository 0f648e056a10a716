"""The start of an audit: what the rules say about it, and the registrar's answer."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from secor.core.audit import Kind, Performer
from secor.core.certificate import StandingReport
from secor.core.role import RoleKind
from secor.core.scheme import Rules
from secor.queries import plans, reviews, schemes, starting
from secor.queries.audits import BY_EMPLOYER
from secor.queries.reviews import Audit
from secor.usecases import audits as acts
from secor.usecases.act import Refusal
from secor.usecases.starts import STANDS_FOR
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.partner.desk import PERFORMERS, REFUSED, STAFF, kind_words, show, told
from secor.web.partner.forms import ApproveForm, ReasonForm


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the rules say about a start: whether it stands in the way, and why."""

    what: str
    good: bool
    why: tuple[str, ...]


@door(*STAFF, methods=READING)
def start(request: SignedIn, code: str) -> HttpResponse:
    """Show what the rules say about the start that was asked for."""
    audit = _audit(request, code)
    if audit.stage != reviews.Stage.ASKED:
        return redirect("partner:audit", code)
    return _page(request, audit, ReasonForm())


@door(RoleKind.REGISTRAR, methods=["POST"])
def approve(request: SignedIn, code: str) -> HttpResponse:
    """Approve the start; the audit is pinned to the rules of today."""
    audit, form = _audit(request, code), ApproveForm(request.POST)
    form.is_valid()
    try:
        acts.approve_start(request.act, audit=audit)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return _page(request, audit, form)
    return redirect("partner:audit", code)


@door(RoleKind.REGISTRAR, methods=["POST"])
def refuse(request: SignedIn, code: str) -> HttpResponse:
    """Refuse the start, and say why."""
    audit, form = _audit(request, code), ReasonForm(request.POST)
    if form.is_valid():
        try:
            acts.refuse_start(request.act, audit=audit, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("partner:home")
    return _page(request, audit, form)


def _page(request: SignedIn, audit: Audit, form: ReasonForm | ApproveForm) -> HttpResponse:
    page = {
        "audit": audit,
        "kind": kind_words(audit.kind),
        "performer": PERFORMERS.get(audit.performer, audit.performer),
        "can_hand_over": audit.performer not in BY_EMPLOYER,
        "checks": [replace(check, why=tuple(told(check.why, audit.partner))) for check in _checks(request, audit)],
        "form": form,
    }
    return show(request, "start", page, status=REFUSED if form.errors else 200)


def _checks(request: SignedIn, audit: Audit) -> list[Check]:
    """What the rules of today say: small enough, trained, independent, owed, and done by somebody who may."""
    on, employer = request.on, audit.employer
    rules = schemes.rules(audit.scheme, partner=audit.partner.key, on=on)
    kind, performer = Kind(audit.kind), Performer(audit.performer)
    size = starting.size_of(employer, rules=rules, on=on)
    checks = [Check("Small enough for this certificate", size.eligible, size.why)]
    if audit.assessor is not None:
        person = audit.assessor
        trained = starting.trained(employer, rule=rules.training, assessor=person, on=on)
        wanted = tuple(course.replace("-", " ") for course in rules.training.any_of) if rules.training else ()
        why = (f"one of: {', '.join(wanted)}",) if wanted else ("no course is asked for",)
        checks.append(Check("The course was taken and its proof accepted", trained, why))
        ties = starting.conflicts_of(person, employer=employer, rules=rules, kind=kind, performer=performer, on=on)
        told = ties or (f"no tie of {person} to this business is known that forbids it",)
        checks.append(Check("The assessor is independent", not ties, told))
    standing = starting.standing_now(employer, scheme=audit.scheme, on=on)
    owed = standing.owed.kind if standing and standing.owed else Kind.CERTIFICATION
    calendar = standing.why if standing else ("the business holds no certificate now",)
    checks.append(Check("This is the audit that is owed", STANDS_FOR.get(kind, kind) is owed, calendar))
    if kind is Kind.ACTION_PLAN:
        checks.append(_plan_check(audit, rules, standing))
    allowed = rules.performers.get(kind, frozenset())
    names = " or ".join(sorted(PERFORMERS[each.value] for each in allowed))
    checks.append(Check("Done by somebody who may", performer in allowed, (f"may be done by {names}",)))
    return checks


def _plan_check(audit: Audit, rules: Rules, standing: StandingReport | None) -> Check:
    """What this partner asks of a plan: the conditions that are counted, and those that a person looks at."""
    offer = plans.offer(audit.employer, rules=rules, report=standing, on=audit.asked_on)
    if offer is None:
        return Check("An action plan is taken instead", good=False, why=("the rules offer none now",))
    needs = (f"look yourself at: {offer.needs}",) if offer.needs else ()
    return Check("An action plan is taken instead", not offer.why, (*offer.why, *needs))


def _audit(request: SignedIn, code: str) -> Audit:
    audit = reviews.reached(code, scope=request.scope)
    if audit is None:
        raise Http404
    return audit
