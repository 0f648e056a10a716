"""Advice: recommendations that an assessor keeps, uses again under a question, and forgets."""

from __future__ import annotations

from django.db import transaction

from secor.queries import advice as kept
from secor.queries.answers import sheet_of
from secor.queries.audits import instrument_of
from secor.store.models import Advice, Audit, Person
from secor.usecases import answers, assessor
from secor.usecases.act import Act, Refusal

MOST = 2000
A_QUESTION = 20


class Wordless(Refusal):
    """Advice without words, or with too many."""


class Full(Refusal):
    """As much advice under one question as anybody reads."""


class NotYours(Refusal):
    """Somebody else's advice."""


@transaction.atomic
def keep(act: Act, *, audit: Audit, question: str, text: str) -> Advice:
    """Keep a recommendation for a question of the audit's instrument; the same words are kept once.

    It is the person's own: it names no business, and goes along to every audit. Refuses who may not work on the audit
    (``assessor.NotYours``), a question that is not there (``answers.NotAsked``), nothing or more than ``MOST``
    characters (``Wordless``), and more than ``A_QUESTION`` under one question (``Full``).
    """
    assessor.permit(act, audit=audit)
    person, words = _person(act), text.replace("\r\n", "\n").replace("\0", "").strip()
    if instrument_of(audit).question(question) is None:
        raise answers.NotAsked(f"There is no question {question} in this audit.")
    if not words:
        raise Wordless("Write the recommendation first.")
    if len(words) > MOST:
        raise Wordless(f"This is {len(words)} characters long. Say it in at most {MOST}.")
    there = kept.of(person, instrument=audit.instrument, question=question)
    same = next((each for each in there if each.text == words), None)
    if same is not None:
        return same
    if len(there) >= A_QUESTION:
        raise Full(f"You keep {A_QUESTION} recommendations under this question. Forget one first.")
    made = Advice(person=person, instrument=audit.instrument, question=question, text=words, kept_at=act.at)
    made.save(force_insert=True)
    act.enter("advice.kept", subject=made.code, question=question)
    return made


@transaction.atomic
def use(act: Act, *, audit: Audit, advice: Advice) -> None:
    """Put a piece of one's own advice under its question, below what stands there. Twice is once.

    Refuses somebody else's (``NotYours``), and as ``answers.remark`` does.
    """
    if advice.person_id != _person(act).pk:
        raise NotYours("This recommendation is not yours.")
    remark = sheet_of(audit).remark(advice.question)
    lines = remark.recommendation.strip()
    if advice.text in lines:
        return
    answers.remark(
        act,
        audit=audit,
        question=advice.question,
        note=remark.note,
        not_applicable=remark.not_applicable,
        recommendation=f"{lines}\n{advice.text}".strip(),
        revision=remark.revision,
    )


@transaction.atomic
def forget(act: Act, *, advice: Advice) -> None:
    """Keep a piece of advice no longer. Where it was used it stays. Refuses somebody else's (``NotYours``)."""
    if advice.person_id != _person(act).pk:
        raise NotYours("This recommendation is not yours.")
    code, question = advice.code, advice.question
    advice.delete()
    act.enter("advice.forgotten", subject=code, question=question)


def _person(act: Act) -> Person:
    if act.by is None:
        raise NotYours("Only a person keeps advice.")
    return act.by
