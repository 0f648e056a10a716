"""The reviewer's own marks, kept beside the assessor's answers and never over them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from secor.core.method import Method
from secor.core.reading import Reading
from secor.core.sheet import check, read_answer, write_answer
from secor.queries.audits import instrument_of
from secor.store.models import Review, ReviewMark
from secor.store.scope import house
from secor.usecases.act import Act, Refusal
from secor.usecases.answers import NotAsked, Unfit
from secor.usecases.reviews import hold

HELD = house("the marks of a review that its reviewer holds")


class Unexplained(Refusal):
    """A mark that differs from the assessor's needs its reason."""


@transaction.atomic
def mark(
    act: Act, *, review: Review, question: str, method: Method, given: Mapping[str, Any] | None, reason: str = ""
) -> ReviewMark | None:
    """Keep the reviewer's own answer to a question by a method; None takes it back. The assessor's stays as it is.

    Refuses everyone but the reviewer who has the audit, a question the audit does not ask (``NotAsked``), an answer
    that cannot be one (``Unfit``) and a mark without its reason (``Unexplained``).
    """
    audit, held = hold(act, review)
    instrument = instrument_of(audit)
    asked = instrument.questions.get(question)
    rule = asked.rule_of(method) if asked else None
    if asked is None or rule is None or method.value not in audit.methods:
        raise NotAsked("This audit does not ask that question by that method. Open the page again.")
    rows = ReviewMark.objects.within(HELD).filter(review=held, question=question, method=method.value)
    kept = rows.first()
    if given is None:
        if kept is not None:
            kept.delete()
            _enter(act, held, question, method)
        return None
    reading = Reading(f"{question}.{method.value}")
    answer = read_answer(reading, given, rule=rule, weighs_sites=instrument.weighs_sites)
    problems = reading.problems or (check(asked, method, answer) if answer is not None else [])
    if answer is None or problems:
        raise Unfit(problems)
    why = reason.replace("\0", "").strip()
    if not why:
        raise Unexplained(f"Say why you mark question {question} another way than the assessor did.")
    row = kept or ReviewMark(review=held, question=question, method=method.value)
    written = dict(write_answer(answer))
    if (row.given, row.reason) != (written, why) or kept is None:
        row.given, row.reason = written, why
        row.save()
        _enter(act, held, question, method)
    return row


def _enter(act: Act, review: Review, question: str, method: Method) -> None:
    audit = review.audit
    act.enter(
        "review.marked",
        employer=audit.employer_id,
        partner=audit.partner_id,
        subject=audit.code,
        question=question,
        method=method.value,
    )
