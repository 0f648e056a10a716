"""Answers: kept one by one or a page at a time, and never over the head of another tab.

Every kept answer has a revision. Whoever changes it says which revision they saw; when that is no longer the kept
one, nothing is written and both values are given back (``Stale``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from secor.core.method import Method
from secor.queries.answers import Sheet
from secor.store.models import Answer, Audit, Remark
from secor.store.scope import house
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
from secor.usecases.desk import Desk

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
    desk = Desk(act, audit)
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
    desk = Desk(act, audit)
    if desk.keep(change):
        desk.enter([change])
