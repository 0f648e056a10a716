"""What the quality rules find in an audit, what its assessor said to it, and what therefore is still open."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from secor.core.answer import QuestionAnswer
from secor.core.audit import Performer
from secor.core.instrument import Instrument
from secor.core.objection import AuditFacts, Objection, Proof, objections
from secor.core.quality_rule import Looks, Severity
from secor.core.sampling import OutsideTable, sample
from secor.core.score import Score
from secor.queries import schemes
from secor.queries.audits import Audit, rules_of
from secor.queries.evidence import Piece
from secor.queries.outstanding import Open
from secor.queries.progress import Progress
from secor.store.models import Explanation, Role, Worker
from secor.store.prepared import Prepared
from secor.store.scope import house

OF_THE_REACHED = house("what is looked at in an audit that was itself reached")
_KEYS = ("quality-rules", "{scheme}/quality-rules")


@dataclass(frozen=True, slots=True)
class Raised:
    """An objection, and the assessor's explanation of it where there is one."""

    objection: Objection
    explanation: str = ""

    @property
    def must(self) -> bool:
        """Whether the audit cannot be sent so, whatever is said to it."""
        return self.objection.severity is Severity.MUST


def raised_in(progress: Progress, *, musts_alone: bool = False) -> tuple[Raised, ...]:
    """What the rules find in an audit as it stands: three queries, mostly none where only musts are looked for."""
    recommendations = {key: each.recommendation for key, each in progress.sheet.remarks.items() if each.recommendation}
    return raised(
        progress.audit,
        instrument=progress.instrument,
        answers=progress.answers,
        score=progress.score,
        recommendations=recommendations,
        pieces=progress.pieces,
        musts_alone=musts_alone,
    )


def raised(
    audit: Audit,
    *,
    instrument: Instrument,
    answers: Mapping[str, QuestionAnswer],
    score: Score,
    recommendations: Mapping[str, str],
    pieces: Iterable[Piece],
    musts_alone: bool = False,
) -> tuple[Raised, ...]:
    """What the rules of the audit's partner find in these answers: the same for the auditor and the reviewer."""
    rules = schemes.quality_rules(audit.scheme, partner=audit.partner.key)
    if musts_alone:
        rules = tuple(each for each in rules if each.severity is Severity.MUST)
    facts = AuditFacts(
        instrument=instrument,
        answers=answers,
        score=score,
        recommendations=recommendations,
        proofs=tuple(Proof(piece.question, piece.title) for piece in pieces),
        names=names_at(audit) if any(each.looks is Looks.NAMED_PERSON for each in rules) else (),
        performer=Performer(audit.performer),
        headcount=audit.headcount,
        least_heard=_least_heard(audit),
        edition_until=schemes.edition(audit.edition).in_force_until if audit.edition else None,
        looked_on=audit.gathered_on,
    )
    said = {} if musts_alone else {(rule, about): text for rule, about, text in _SAID(audit=audit.pk)}
    found = objections(facts, rules)
    return tuple(Raised(each, said.get((each.rule, each.question), "")) for each in found)


def open_in(progress: Progress, found: Iterable[Raised]) -> tuple[Open, ...]:
    """Everything that must be done before the audit can be sent, in the order of the instrument."""
    musts = [_open(each.objection) for each in found if each.must]
    order = {question: nth for nth, question in enumerate(progress.instrument.questions)}
    before = [each for each in progress.open if each.page not in {"element", "notes"}]
    of_questions = [each for each in progress.open if each.page == "element"]
    notes = [each for each in progress.open if each.page == "notes"]
    whole = [each for each in musts if not each.question]
    inside = sorted((*of_questions, *(each for each in musts if each.question)), key=lambda each: order[each.question])
    return (*before, *whole, *inside, *notes)


def rule_files(audit: Audit) -> tuple[str, ...]:
    """The keys of the files whose quality rules hold for ``audit``, those of every scheme first."""
    keys = (key.format(scheme=audit.scheme) for key in _KEYS)
    return tuple(key for key in keys if (schemes.folder() / f"{key}.yaml").is_file())


def names_at(audit: Audit) -> tuple[str, ...]:
    """The names of the people at the audited business, with an account or without."""
    rows = (*_MEMBERS(employer=audit.employer_id), *_CREW(employer=audit.employer_id))
    return tuple(dict.fromkeys(name for (name,) in rows if name))


def _least_heard(audit: Audit) -> int | None:
    if not audit.headcount:
        return None
    try:
        return sample(rules_of(audit).sampling, headcount=audit.headcount).interviews
    except OutsideTable:
        return None


def _open(objection: Objection) -> Open:
    page = "element" if objection.question else "submit"
    return Open(objection.says, page, objection.element, objection.question)


_SAID = Prepared(
    lambda audit: (
        Explanation.objects.within(OF_THE_REACHED).filter(audit=audit).values_list("rule", "question", "text")
    ),
    audit=900_000_001,
)
_MEMBERS = Prepared(
    lambda employer: Role.objects.filter(employer=employer).order_by("pk").values_list("person__name"),
    employer=900_000_001,
)
_CREW = Prepared(
    lambda employer: Worker.objects.within(OF_THE_REACHED).filter(employer=employer).order_by("pk").values_list("name"),
    employer=900_000_001,
)
