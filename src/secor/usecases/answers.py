"""Answers: kept one by one or a page at a time, and never over the head of another tab.

Every kept answer has a revision. Whoever changes it says which revision they saw; when that is no longer the kept
one, nothing is written and both values are given back (``Stale``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from secor.core.instrument import Instrument
from secor.core.method import Method
from secor.core.problem import Problem
from secor.core.question import Question
from secor.core.reading import Reading
from secor.core.sheet import check, read_answer, write_answer
from secor.queries.audits import instrument_of
from secor.store.models import Answer, Audit, Declaration, Remark
from secor.store.scope import house
from secor.usecases import assessor
from secor.usecases.act import Act, Refusal

HELD = house("the rows of an audit that the writer holds")
TEXT_MAX = 10_000
# An answer that was taken away keeps its row, so that its revisions go on and an old tab is still found out.
TAKEN_AWAY: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Found:
    """What one method found, to be kept. ``given`` None takes it away; ``revision`` is the one that was seen."""

    question: str
    method: Method
    given: Mapping[str, Any] | None
    revision: int


@dataclass(frozen=True, slots=True)
class Remarked:
    """What is written under a question, to be kept."""

    question: str
    note: str = ""
    not_applicable: bool = False
    recommendation: str = ""
    missing: Sequence[str] = field(default_factory=tuple)
    revision: int = 0


Change = Found | Remarked


class Undeclared(Refusal):
    """The assessor has not declared their independence yet."""


class NotAsked(Refusal):
    """The instrument or this audit does not ask that question by that method."""


class Unfit(Refusal):
    """An answer that cannot be kept; ``problems`` tells what to mend, each with its place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.place} {problem.problem}" for problem in problems))
        self.problems = tuple(problems)


class AlwaysApplies(Refusal):
    """Not applicable, where the instrument does not allow it."""


class Unexplained(Refusal):
    """Not applicable, without a note that says why."""


class TooLong(Refusal):
    """A text longer than is kept."""


class Stale(Refusal):
    """Somebody kept another value meanwhile. ``kept`` and ``revision`` are what is kept now, ``sent`` what came."""

    def __init__(self, *, kept: Any, revision: int, sent: Any) -> None:
        super().__init__(
            "This was changed in another tab or by another person after you opened the page. Nothing was overwritten. "
            "Look at both, and save again to keep yours."
        )
        self.kept, self.revision, self.sent = kept, revision, sent


class NotKept(Refusal):
    """Some changes of several could not be kept, so none was. ``refusals`` has each with the change it refuses."""

    def __init__(self, refusals: Sequence[tuple[Change, Refusal]]) -> None:
        super().__init__("Nothing was saved yet. Mend what is marked, and save again.")
        self.refusals = tuple(refusals)


def record(
    act: Act, *, audit: Audit, question: str, method: Method | str, given: Mapping[str, Any] | None, revision: int = 0
) -> Answer | None:
    """Keep what one method found for one question, in the form of the ``answers`` of ``secor score``.

    ``given`` None takes the answer away. Give the kept row, None where there is none. Sending the same again
    changes nothing and leaves no line.

    Refuses a person who may not work on the audit (``assessor.NotYours``), an audit that is not being done
    (``assessor.Closed``), one not declared yet (``Undeclared``), a question or method that is not asked
    (``NotAsked``), an answer that cannot be (``Unfit``), and one made over an older revision (``Stale``).
    """
    kept = _alone(act, audit, Found(question, Method(method), given, revision))
    assert not isinstance(kept, Remark)
    return kept


def remark(
    act: Act,
    *,
    audit: Audit,
    question: str,
    note: str = "",
    not_applicable: bool = False,
    recommendation: str = "",
    missing: Sequence[str] = (),
    revision: int = 0,
) -> Remark:
    """Keep what is written under one question: its note, whether it applies, and what is recommended.

    Refuses as ``record`` does; also not applicable where the instrument does not allow it (``AlwaysApplies``) or
    where no note says why (``Unexplained``).
    """
    kept = _alone(act, audit, Remarked(question, note, not_applicable, recommendation, missing, revision))
    assert isinstance(kept, Remark)
    return kept


@transaction.atomic
def keep(act: Act, *, audit: Audit, changes: Sequence[Change]) -> int:
    """Keep the changes of a page, all or none. Give how many of them were new.

    Refuses a page that may not be written as ``record`` does, and one where any change is refused, with each
    refusal (``NotKept``); then nothing is written.
    """
    desk = _Desk(act, audit)
    refusals: list[tuple[Change, Refusal]] = []
    changed: list[Change] = []
    for change in changes:
        try:
            if desk.keep(change)[1]:
                changed.append(change)
        except Refusal as refusal:
            refusals.append((change, refusal))
    if refusals:
        raise NotKept(refusals)
    if changed:
        desk.enter(changed)
    return len(changed)


@transaction.atomic
def _alone(act: Act, audit: Audit, change: Change) -> Answer | Remark | None:
    desk = _Desk(act, audit)
    row, new = desk.keep(change)
    if new:
        desk.enter([change])
    return row


class _Desk:
    """One audit held open for writing, for the length of a transaction."""

    def __init__(self, act: Act, audit: Audit) -> None:
        self.act = act
        self.audit = assessor.hold_writable(act, audit=audit)
        if not _declared(self.audit):
            raise Undeclared("Before the first answer, declare that nothing ties you to this business.")
        self.instrument: Instrument = instrument_of(self.audit)

    def keep(self, change: Change) -> tuple[Answer | Remark | None, bool]:
        """Give the kept row, and whether anything changed."""
        question = self.instrument.question(change.question)
        if question is None:
            raise NotAsked(f"There is no question {change.question[:20]} in this audit. Open the page again.")
        if isinstance(change, Found):
            return self._found(question, change)
        return self._remarked(question, change)

    def enter(self, changed: Sequence[Change]) -> None:
        """Leave one line in the journal, with the places and none of the words."""
        places = [
            f"{each.question}.{each.method.value}" if isinstance(each, Found) else each.question for each in changed
        ]
        self.act.enter(
            "answers.recorded",
            employer=self.audit.employer_id,
            partner=self.audit.partner_id,
            subject=self.audit.code,
            places=places,
        )

    def _found(self, question: Question, change: Found) -> tuple[Answer | None, bool]:
        given = self._fit(question, change)
        kept = (
            Answer.objects.within(HELD)
            .filter(audit=self.audit, question=question.id, method=change.method.value)
            .first()
        )
        now = kept.given if kept else TAKEN_AWAY
        if now == given:
            return kept, False
        _same_revision(kept, change, sent=given or None, value=now or None)
        if kept is None:
            kept = Answer(audit=self.audit, question=question.id, method=change.method.value, given=given)
            self._save(kept, fresh=True)
        else:
            kept.given = given
            self._save(kept, "given")
        return kept, True

    def _fit(self, question: Question, change: Found) -> dict[str, Any]:
        rule = question.rule_of(change.method)
        if rule is None or change.method.value not in self.audit.methods:
            raise NotAsked(f"Question {question.id} is not asked by this method in this audit. Open the page again.")
        if not change.given:
            return TAKEN_AWAY
        reading = Reading(f"{question.id}.{change.method.value}")
        answer = read_answer(reading, change.given, rule=rule, weighs_sites=self.instrument.weighs_sites)
        problems = reading.problems or (check(question, change.method, answer) if answer else [])
        if problems or answer is None:
            raise Unfit(problems)
        return write_answer(answer)

    def _remarked(self, question: Question, change: Remarked) -> tuple[Remark, bool]:
        note, recommendation = _text(change.note), _text(change.recommendation)
        if change.not_applicable:
            _may_not_apply(question, note)
        wanted = {
            "note": note,
            "recommendation": recommendation,
            "not_applicable": change.not_applicable,
            "missing": list(change.missing),
        }
        kept = Remark.objects.within(HELD).filter(audit=self.audit, question=question.id).first()
        now = {name: getattr(kept, name) for name in wanted} if kept else dict.fromkeys(wanted, "")
        if kept is not None and now == wanted:
            return kept, False
        if kept is None and not any(wanted.values()):
            return Remark(audit=self.audit, question=question.id, revision=0, changed_at=self.act.at), False
        _same_revision(kept, change, sent=wanted, value=now if kept else None)
        if kept is None:
            kept = Remark(audit=self.audit, question=question.id, **wanted)
            self._save(kept, fresh=True)
        else:
            for name, value in wanted.items():
                setattr(kept, name, value)
            self._save(kept, *wanted)
        return kept, True

    def _save(self, row: Answer | Remark, *changed: str, fresh: bool = False) -> None:
        row.changed_at, row.changed_by = self.act.at, self.act.by
        if fresh:
            row.save(force_insert=True)
        else:
            row.revision += 1
            row.save(update_fields=[*changed, "revision", "changed_at", "changed_by"])


def _declared(audit: Audit) -> bool:
    """Whether the present assessor's last word was that nothing ties them; a new assessor declares anew."""
    words = Declaration.objects.within(HELD).filter(audit=audit, person=audit.assessor_id).order_by("-pk")
    return bool(words.values_list("clear", flat=True).first())


def _same_revision(kept: Answer | Remark | None, change: Change, *, sent: Any, value: Any) -> None:
    revision = kept.revision if kept else 0
    if revision != change.revision:
        raise Stale(kept=value, revision=revision, sent=sent)


def _may_not_apply(question: Question, note: str) -> None:
    if not question.na_allowed:
        raise AlwaysApplies(f"Question {question.id} always applies, so it needs an answer.")
    if not note:
        condition = f" It may be left out only if {question.na_only_if}." if question.na_only_if else ""
        raise Unexplained(f"Say in the note why question {question.id} does not apply.{condition}")


def _text(written: str) -> str:
    plain = written.replace("\r\n", "\n").replace("\0", "").strip()
    if len(plain) > TEXT_MAX:
        raise TooLong(f"This text has {len(plain)} signs; at most {TEXT_MAX} are kept. Shorten it.")
    return plain
