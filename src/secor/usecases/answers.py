"""Answers: kept one by one or a page at a time, and never over the head of another tab.

Every kept answer has a revision. Whoever changes it says which revision they saw; when that is no longer the kept
one, nothing is written and both values are given back (``Stale``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from secor.core.instrument import Instrument
from secor.core.method import Method
from secor.core.question import Question
from secor.core.reading import Reading
from secor.core.sheet import check, read_answer, write_answer
from secor.queries.answers import KeptAnswer, KeptRemark, Sheet, sheet_of
from secor.queries.audits import declared, instrument_of
from secor.store.models import Answer, Audit, Remark
from secor.store.prepared import Change as Changing
from secor.store.prepared import Insertion
from secor.store.scope import house
from secor.usecases import assessor
from secor.usecases.act import Act, Refusal
from secor.usecases.changes import (
    AlwaysApplies,
    Change,
    Found,
    NotAsked,
    NotKept,
    Remarked,
    Stale,
    TooLong,
    Undeclared,
    Unexplained,
    Unfit,
)

__all__ = [
    "AlwaysApplies",
    "Change",
    "Found",
    "NotAsked",
    "NotKept",
    "Remarked",
    "Stale",
    "TooLong",
    "Undeclared",
    "Unexplained",
    "Unfit",
    "keep",
    "record",
    "remark",
]

HELD = house("the rows of an audit that the writer holds")
TEXT_MAX = 10_000
# An answer that was taken away keeps its row, so that its revisions go on and an old tab is still found out.
TAKEN_AWAY: dict[str, Any] = {}
_STAMPS = ("revision", "changed_at", "changed_by")
_add_answer, _add_remark = Insertion(Answer), Insertion(Remark)
_change_answer = Changing(Answer, "given", *_STAMPS)
_change_remark = Changing(Remark, "note", "recommendation", "not_applicable", *_STAMPS)


@transaction.atomic
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
    change = Found(question, Method(method), given, revision)
    _alone(act, audit, change)
    return Answer.objects.within(HELD).filter(audit=audit, question=question, method=change.method.value).first()


@transaction.atomic
def remark(
    act: Act,
    *,
    audit: Audit,
    question: str,
    note: str = "",
    not_applicable: bool = False,
    recommendation: str = "",
    revision: int = 0,
) -> Remark | None:
    """Keep what is written under one question: its note, whether it applies, and what is recommended.

    Give the kept row, None where nothing was ever written. Refuses as ``record`` does; also not applicable where the
    instrument does not allow it (``AlwaysApplies``) or where no note says why (``Unexplained``).
    """
    _alone(act, audit, Remarked(question, note, not_applicable, recommendation, revision))
    return Remark.objects.within(HELD).filter(audit=audit, question=question).first()


@transaction.atomic
def keep(act: Act, *, audit: Audit, changes: Sequence[Change]) -> Sheet:
    """Keep the changes of a page, all or none, and give the whole sheet as it stands after them.

    Refuses a page that may not be written as ``record`` does, and one where any change is refused, with each
    refusal (``NotKept``); then nothing is written. A page without news leaves no line.
    """
    desk = _Desk(act, audit)
    refusals: list[tuple[Change, Refusal]] = []
    changed: list[Change] = []
    for change in changes:
        try:
            if desk.keep(change):
                changed.append(change)
        except Refusal as refusal:
            refusals.append((change, refusal))
    if refusals:
        raise NotKept(refusals)
    if changed:
        desk.enter(changed)
    return desk.sheet


def _alone(act: Act, audit: Audit, change: Change) -> None:
    desk = _Desk(act, audit)
    if desk.keep(change):
        desk.enter([change])


class _Desk:
    """One audit held open for writing, for the length of a transaction, with its whole sheet read once."""

    def __init__(self, act: Act, audit: Audit) -> None:
        self.act = act
        self.audit = assessor.hold_writable(act, audit=audit)
        said = declared(self.audit)
        if said is None or not said.clear:
            raise Undeclared("Before the first answer, declare that nothing ties you to this business.")
        self.instrument: Instrument = instrument_of(self.audit)
        read = sheet_of(self.audit)
        self.given, self.remarks = dict(read.given), dict(read.remarks)

    @property
    def sheet(self) -> Sheet:
        """Everything answered, what was kept just now included."""
        return Sheet(self.given, self.remarks)

    def keep(self, change: Change) -> bool:
        """Keep one change; tell whether it was news."""
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

    def _found(self, question: Question, change: Found) -> bool:
        given = self._fit(question, change)
        key = (question.id, change.method)
        kept = self.given.get(key, KeptAnswer())
        if (kept.given or TAKEN_AWAY) == given:
            return False
        _same_revision(kept.revision, change, sent=given or None, value=kept.given)
        row = Answer(
            pk=kept.row or None,
            audit_id=self.audit.pk,
            question=question.id,
            method=change.method.value,
            given=given,
            revision=kept.revision + 1,
            changed_at=self.act.at,
            changed_by=self.act.by,
        )
        (_change_answer if kept.revision else _add_answer)(row)
        self.given[key] = KeptAnswer(given or None, row.revision, row=row.pk)
        return True

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

    def _remarked(self, question: Question, change: Remarked) -> bool:
        note, recommendation = _text(change.note), _text(change.recommendation)
        if change.not_applicable:
            _may_not_apply(question, note)
        kept = self.remarks.get(question.id, KeptRemark())
        wanted = replace(kept, note=note, recommendation=recommendation, not_applicable=change.not_applicable)
        if wanted == kept:
            return False
        _same_revision(kept.revision, change, sent=wanted, value=kept if kept.revision else None)
        row = Remark(
            pk=kept.row or None,
            audit_id=self.audit.pk,
            question=question.id,
            note=note,
            recommendation=recommendation,
            not_applicable=change.not_applicable,
            revision=kept.revision + 1,
            changed_at=self.act.at,
            changed_by=self.act.by,
        )
        (_change_remark if kept.revision else _add_remark)(row)
        self.remarks[question.id] = replace(wanted, revision=row.revision, row=row.pk)
        return True


def _same_revision(revision: int, change: Change, *, sent: Any, value: Any) -> None:
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
