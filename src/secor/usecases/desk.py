"""A desk: one audit held open for writing, for the length of a transaction, with its whole sheet read once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from secor.core.instrument import Instrument
from secor.core.method import Method, MethodRule
from secor.core.question import Question
from secor.core.reading import Reading
from secor.core.sheet import check, read_answer, write_answer
from secor.core.take import NOT_APPLICABLE, NOTE, RECOMMENDATION, Place, heard
from secor.queries.answers import KeptAnswer, KeptRemark, Sheet, sheet_of
from secor.queries.audits import declared, instrument_of
from secor.queries.takes import base_uid, said_in, standing_in
from secor.store.models import Answer, Audit, Remark, Take
from secor.store.prepared import Change as Changing
from secor.store.prepared import Insertion
from secor.store.scope import house
from secor.usecases import assessor
from secor.usecases.act import Act
from secor.usecases.changes import (
    AlwaysApplies,
    Change,
    Found,
    NotAsked,
    Remarked,
    Stale,
    TooLong,
    Undeclared,
    Unexplained,
    Unfit,
)

HELD = house("the takes of an audit that the writer holds")
TEXT_MAX = 10_000
# An answer that was taken away keeps its row, so that its revisions go on and an old tab is still found out.
TAKEN_AWAY: dict[str, Any] = {}
_STAMPS = ("revision", "changed_at", "changed_by")
_add_answer, _add_remark = Insertion(Answer), Insertion(Remark)
_change_answer = Changing(Answer, "given", "by_hand", *_STAMPS)
_change_remark = Changing(Remark, "note", "recommendation", "not_applicable", "parts", *_STAMPS)


class Desk:
    """One audit held open for writing.

    Refuses a person who may not work on it (``assessor.NotYours``), an audit that is not being done
    (``assessor.Closed``), and a person who has not declared that nothing ties them to the employer (``Undeclared``).
    """

    def __init__(self, act: Act, audit: Audit) -> None:
        self.act = act
        self.audit = assessor.hold_writable(act, audit=audit, team=True)
        said = declared(self.audit, by=act.by)
        if said is None or not said.clear:
            raise Undeclared("Before the first answer, declare that nothing ties you to this business.")
        self.instrument: Instrument = instrument_of(self.audit)
        read = sheet_of(self.audit)
        self.given, self.remarks, self.points = dict(read.given), dict(read.remarks), read.points
        self.standing = standing_in(self.audit) if self.audit.on_site else {}

    @property
    def sheet(self) -> Sheet:
        """Everything answered, what was kept just now included."""
        return Sheet(self.given, self.remarks, self.points)

    def question(self, key: str) -> Question:
        """Give the question of that number, or refuse (``NotAsked``)."""
        question = self.instrument.question(key)
        if question is None:
            raise NotAsked(f"There is no question {key[:20]} in this audit. Open the page again.")
        return question

    def keep(self, change: Change) -> bool:
        """Keep one change of a page; tell whether it was news."""
        question = self.question(change.question)
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

    def fit(self, question: Question, method: Method, given: Mapping[str, Any] | None) -> dict[str, Any]:
        """Give an answer in the one form in which it is kept, or refuse it (``NotAsked``, ``Unfit``)."""
        rule = self.rule(question, method)
        if not given:
            return TAKEN_AWAY
        reading = Reading(f"{question.id}.{method.value}")
        answer = read_answer(reading, given, rule=rule, weighs_sites=self.instrument.weighs_sites)
        problems = reading.problems or (check(question, method, answer) if answer else [])
        if problems or answer is None:
            raise Unfit(problems)
        return write_answer(answer)

    def rule(self, question: Question, method: Method) -> MethodRule:
        """Give the rule by which this audit asks the question, or refuse (``NotAsked``)."""
        rule = question.rule_of(method)
        if rule is None or method.value not in self.audit.methods:
            raise NotAsked(f"Question {question.id} is not asked by this method in this audit. Open the page again.")
        return rule

    def write_answer(self, question: Question, method: Method, hand: Mapping[str, Any] | None) -> None:
        """Write what was counted by hand, and with it what people said in interviews on site."""
        said = said_in(self.standing).get(question.id, []) if method is Method.INTERVIEW else []
        roles = question.hears_roles_apart(self.rule(question, method))
        given = heard(hand, said, roles=roles) if said else dict(hand or {})
        kept = self.given.get((question.id, method), KeptAnswer())
        row = Answer(
            pk=kept.row or None,
            audit_id=self.audit.pk,
            question=question.id,
            method=method.value,
            given=given,
            by_hand=dict(hand or {}) if said else None,
            revision=kept.revision + 1,
            changed_at=self.act.at,
            changed_by=self.act.by,
        )
        (_change_answer if kept.revision else _add_answer)(row)
        self.given[(question.id, method)] = KeptAnswer(given or None, row.revision, row=row.pk, by_hand=row.by_hand)

    def write_remark(self, question: Question, **parts: Any) -> None:
        """Write the named parts of what stands under a question, each with the revision at which it changed."""
        kept = self.remarks.get(question.id, KeptRemark())
        revision = kept.revision + 1
        wanted = replace(kept, **parts, revision=revision, parts={**kept.parts, **dict.fromkeys(parts, revision)})
        row = Remark(
            pk=kept.row or None,
            audit_id=self.audit.pk,
            question=question.id,
            note=wanted.note,
            recommendation=wanted.recommendation,
            not_applicable=wanted.not_applicable,
            parts=dict(wanted.parts),
            revision=revision,
            changed_at=self.act.at,
            changed_by=self.act.by,
        )
        (_change_remark if kept.revision else _add_remark)(row)
        self.remarks[question.id] = replace(wanted, row=row.pk)

    def _found(self, question: Question, change: Found) -> bool:
        given = self.fit(question, change.method, change.given)
        kept = self.given.get((question.id, change.method), KeptAnswer())
        if (kept.hand or TAKEN_AWAY) == given:
            return False
        _same_revision(kept.revision, change, sent=given or None, value=kept.given)
        self.write_answer(question, change.method, given or None)
        self._over_devices(Place(question.id, change.method.value), given or None)
        return True

    def _remarked(self, question: Question, change: Remarked) -> bool:
        note, recommendation = text(change.note), text(change.recommendation)
        if change.not_applicable:
            _may_not_apply(question, note or self.sheet.note(question.id))
        kept = self.remarks.get(question.id, KeptRemark())
        wanted = {NOTE: note, RECOMMENDATION: recommendation, "not_applicable": change.not_applicable}
        news = {part: value for part, value in wanted.items() if getattr(kept, part) != value}
        if not news:
            return False
        sent = replace(kept, note=note, recommendation=recommendation, not_applicable=change.not_applicable)
        _same_revision(kept.revision, change, sent=sent, value=kept if kept.revision else None)
        self.write_remark(question, **news)
        for part, value in news.items():
            self._over_devices(Place(question.id, NOT_APPLICABLE if part == "not_applicable" else part), value or None)
        return True

    def _over_devices(self, place: Place, value: Any) -> None:
        """A value from a page takes the place of what devices brought there, as one take more."""
        under = self.standing.get(place)
        if under:
            seen = [each.take.uid for each in under]
            lay_over(self.act, self.audit, place, value, over=seen, revision=self.sheet.revision_of(place))
            self.standing[place] = []


def lay_over(act: Act, audit: Audit, place: Place, value: Any, *, over: Iterable[str], revision: int) -> None:
    """Write a page's value down as a take, over the takes that its person saw."""
    seen = sorted(over)
    Take.objects.within(HELD).filter(audit=audit, uid__in=seen).update(stands=False)
    Take.objects.create(
        audit=audit,
        uid=base_uid(audit, place, revision),
        question=place.question,
        part=place.part,
        value=value,
        over=seen,
        made_at=act.at,
        by=act.by,
        arrived_at=act.at,
    )


def text(written: str) -> str:
    """Give a text as it is kept, or refuse one that is too long (``TooLong``)."""
    plain = written.replace("\r\n", "\n").replace("\0", "").strip()
    if len(plain) > TEXT_MAX:
        raise TooLong(f"This text has {len(plain)} signs; at most {TEXT_MAX} are kept. Shorten it.")
    return plain


def _same_revision(revision: int, change: Change, *, sent: Any, value: Any) -> None:
    if revision != change.revision:
        raise Stale(kept=value, revision=revision, sent=sent)


def _may_not_apply(question: Question, note: str) -> None:
    if not question.na_allowed:
        raise AlwaysApplies(f"Question {question.id} always applies, so it needs an answer.")
    if not note:
        condition = f" It may be left out only if {question.na_only_if}." if question.na_only_if else ""
        raise Unexplained(f"Say in the note why question {question.id} does not apply.{condition}")
