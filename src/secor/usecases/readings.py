"""Readings: a worker's signed word that they have read a part of the program."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q

from secor.core.role import EMPLOYER_SIDE
from secor.queries.programs import workers_of
from secor.store.models import Employer, PartReading, PartVersion, Role, Worker
from secor.usecases import parts
from secor.usecases.act import Act, Refusal

LANGUAGE_MOST = 12


class NotOfTheBusiness(Refusal):
    """Somebody who has no role in the business holds the phone."""


class NotAWorker(Refusal):
    """Whoever signs does not work there today."""


class NotInForce(Refusal):
    """The text is not the one in force."""


@transaction.atomic
def read(act: Act, *, version: PartVersion, worker: Worker, strokes: Any = (), language: str = "en") -> PartReading:
    """Keep that a worker has read the text in force. Reading it twice is one act.

    The phone may go round: whoever signed in is the witness, and needs any role in the business today. A worker who
    came in with a PIN signs for themselves alone, and without a witness. Refuses ``NotOfTheBusiness``,
    ``NotAWorker``, ``NotInForce``, ``TakenOut`` and a drawing that is none (``Unsigned``).
    """
    part = version.part
    if not act.worker:
        _permit(act, part.employer)
    elif act.worker != worker.code:
        raise NotOfTheBusiness("Each of you signs for yourself. Choose your own name.")
    if worker.pk not in {each.pk for each in workers_of(part.employer, on=act.on)}:
        raise NotAWorker("This name is not on your list of people today. Ask the owner to add it.")
    if part.removed_on is not None:
        raise parts.TakenOut("This part is not in the program any more.")
    holds = parts.holding(part)
    if holds is None or holds.pk != version.pk:
        raise NotInForce("Another text is in force now. Read that one, and sign it.")
    drawn = parts.drawing(strokes)
    told = {"read_at": act.at, "language": language[:LANGUAGE_MOST], "strokes": drawn, "witness": act.by}
    reading, first = PartReading._base_manager.get_or_create(  # noqa: SLF001 - reached through its own version
        version=version, worker=worker, defaults=told
    )
    if first:
        act.enter("part.read", employer=part.employer_id, subject=part.code, version=version.number, worker=worker.code)
    return reading


def _permit(act: Act, employer: Employer) -> None:
    held = act.by is not None and Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=act.on),
        person_id=act.by.pk,
        from_on__lte=act.on,
        employer_id=employer.pk,
        kind__in=EMPLOYER_SIDE,
    )
    if not held:
        raise NotOfTheBusiness("Only people of this business sign here.")
