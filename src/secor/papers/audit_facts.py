"""The facts around an audit, each as a label and its words: the business, who did it, when, how much was looked at."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from fractions import Fraction

from secor.core.answer import Voices, across
from secor.core.finding import BY
from secor.core.method import Method, Points
from secor.core.rounding import exact, one_decimal, shortest
from secor.core.sampling import OutsideTable, sample
from secor.core.verdict import decide
from secor.papers.report import Fact
from secor.queries import audits
from secor.queries.papers import Audit, Background, Review, Told
from secor.usecases.act import ALBERTA

KINDS = {
    "certification": "Certification audit",
    "maintenance": "Maintenance audit",
    "recertification": "Recertification audit",
    "limited_scope": "Limited-scope audit",
    "administrative": "Administrative audit",
    "action_plan": "Action plan",
}
PERFORMERS = {
    "self_assessor": "Self-assessment by the business",
    "internal_auditor": "Auditor of the business",
    "external_auditor": "Auditor from outside",
    "partner": "The certifying partner",
}


def kind_of(audit: Audit) -> str:
    """The kind of audit in words."""
    return KINDS.get(audit.kind, audit.kind.replace("_", " ").capitalize())


def mark_in_words(share: Fraction | None, *, points: int | None = None) -> str:
    """A mark in words: ``80 %``, ``80 % or 19 points``, or that there is none."""
    told = [f"{shortest(share * 100)} %"] if share is not None else []
    told += [f"{points} points"] if points is not None else []
    return " or ".join(told) or "none"


def outcome_of(told: Told) -> str:
    """What the answers came to against the pass mark; while some are missing, how many."""
    left = len(told.score.unanswered)
    if left:
        return f"Not finished: {left} question{'' if left == 1 else 's'} not answered yet"
    return "Reached the pass mark" if decide(told.score, told.pass_mark).passed else "Did not reach the pass mark"


def employer_of(audit: Audit, known: Background) -> tuple[Fact, ...]:
    """The business, as it is on file on the day of printing."""
    business = audit.employer
    accounts = "; ".join(
        row.number + (f" (industry code {row.industry_code})" if row.industry_code else "") for row in known.accounts
    )
    return _said(
        ("Legal name", business.legal_name),
        ("Known as", business.trade_name),
        ("Kind of work", business.trade),
        ("Address", ", ".join(part for part in (business.address, business.city) if part)),
        ("Phone", business.phone),
        ("WCB account", accounts),
        ("People when the audit began", str(audit.headcount or "")),
        ("Helped to build the program", "; ".join(known.builders)),
        ("Certifying partner", audit.partner.name),
    )


def performer_of(audit: Audit, known: Background) -> tuple[Fact, ...]:
    """Who did the audit, and what they and the business learned for it."""
    mine = [proof for proof in known.proofs if proof.holder_id and proof.holder_id == audit.assessor_id]
    others = [proof for proof in known.proofs if proof not in mine]
    return _said(
        ("Assessor", str(audit.assessor or "")),
        ("Role", PERFORMERS.get(audit.performer, audit.performer)),
        ("Certification as an auditor", known.certification),
        ("Courses of the assessor", "; ".join(_course(p.course, p.taken_on) for p in mine)),
        ("Courses at the business", "; ".join(f"{p.holder_name}: {_course(p.course, p.taken_on)}" for p in others)),
    )


def dates_of(audit: Audit, known: Background) -> tuple[Fact, ...]:
    """The days of the audit, from its request to its acceptance."""
    sendings = [local(at) for at, _ in known.sent]
    last = sendings[-1] if sendings else audit.submitted_on
    first = sendings[0] if len(sendings) > 1 else None
    return _said(
        ("Asked for", _day(audit.asked_on)),
        ("Start approved", _day(audit.approved_on)),
        ("First day of gathering", _day(audit.gathering_from)),
        ("Last day of gathering", _day(audit.gathered_on)),
        ("First sent", _day(first)),
        ("Sent" if first is None else "Sent again", _day(last)),
        ("Accepted", _day(audit.accepted_on)),
    )


def scope_of(audit: Audit, told: Told, known: Background) -> tuple[Fact, ...]:
    """How much was looked at, beside how much the scheme wants at least."""
    methods = ", ".join(BY[Method(letter)] for letter in audit.methods)
    left_out = [mark.question for mark in told.score.questions if mark.not_applicable]
    places = "; ".join(f"{site.name} ({_counted(site.people, 'person')})" for site in known.sites)
    heard = _most_heard(told)
    return _said(
        ("Edition of the rules", audit.edition),
        ("Instrument", f"{told.instrument.key}, version {told.instrument.version}"),
        ("Methods", methods),
        ("Months of records", str(audit.records_months or "")),
        ("Places of work", places),
        ("Wanted at least", _sample(audit, known)),
        ("Most people heard on one question", str(heard) if heard else ""),
        ("Does not apply", ", ".join(left_out)),
        ("Pieces of evidence", str(len(told.evidence)) if told.evidence else ""),
    )


def declarations_of(audit: Audit, known: Background) -> tuple[str, ...]:
    """Who signed what, and when."""
    said = known.declaration
    lines = []
    if said is not None:
        ties = "; ".join(said.ties)
        told = (
            f"declared what ties them to this business: {ties}"
            if ties
            else "declared that nothing ties them to this business"
        )
        lines.append(f"On {day(local(said.signed_at))} {audit.assessor} {told}.")
    own = audit.performer in audits.BY_EMPLOYER
    for at, who in known.sent:
        does = "signed this assessment off for the business, and sent it" if own else "sent this audit"
        lines.append(f"On {day(local(at))} {who or 'somebody whose account is closed'} {does}.")
    return tuple(lines)


def conclusion_of(audit: Audit, told: Told, known: Background) -> tuple[Fact, ...]:
    """What the partner's review came to. Who reviewed stays with the partner."""
    review = known.review
    if review is None:
        return ()
    score = told.score
    return _said(
        ("Outcome", review.get_outcome_display()),
        ("Decided on", _day(local(review.concluded_at) if review.concluded_at else None)),
        ("In the reviewer's words", review.reason),
        ("Quality of the audit", _quality(audit, review)),
        ("Score by the assessor", f"{shortest(score.awarded)} of {shortest(score.possible)} points"),
        ("Score by the reviewer", _points(review.awarded, review.possible)),
    )


def day(on: date) -> str:
    """A day as a person writes it."""
    return f"{on:%B} {on.day}, {on.year}"


def local(moment: datetime) -> date:
    """The day of a moment in Alberta."""
    return moment.astimezone(ALBERTA).date()


def _said(*pairs: tuple[str, str]) -> tuple[Fact, ...]:
    """What is not known is left out, rather than printed as an empty line."""
    return tuple(Fact(label, text) for label, text in pairs if text)


def _day(on: date | None) -> str:
    return day(on) if on else ""


def _course(course: str, taken_on: date) -> str:
    return f"{course.replace('-', ' ')}, {day(taken_on)}"


def _counted(number: int, one: str) -> str:
    many = {"person": "people"}.get(one, f"{one}s")
    return f"{number} {one if number == 1 else many}"


def _sample(audit: Audit, known: Background) -> str:
    if not audit.headcount:
        return ""
    try:
        least = sample(audits.rules_of(audit).sampling, headcount=audit.headcount, sites=len(known.sites) or None)
    except OutsideTable:
        return ""
    return "; ".join(least.why)


def _most_heard(told: Told) -> int:
    return max(_heard(told), default=0)


def _heard(told: Told) -> Iterator[int]:
    for given in told.answers.values():
        for answer in given.by_method.values():
            voices = [each for each in across(answer) if isinstance(each, Voices)]
            yield sum(each.positive + each.negative + each.no_comment for each in voices)


def _quality(audit: Audit, review: Review) -> str:
    told = _points(review.quality_awarded, review.quality_possible)
    return f"{told}; {shortest(audits.rules_of(audit).quality_mark * 100)} % are needed" if told else ""


def _points(awarded: Points | None, possible: Points | None) -> str:
    if awarded is None or not possible:
        return ""
    share = Fraction(awarded) / Fraction(possible)
    return f"{exact(awarded)} of {exact(possible)} points ({one_decimal(share * 100)} %)"
