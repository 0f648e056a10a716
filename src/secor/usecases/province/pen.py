"""Fills in a form the way somebody on a roof would: what was told for the day in words, the rest as it usually is."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from secor.core.form import Field, FieldKind, Form
from secor.core.record import Found
from secor.store.models import Worker
from secor.usecases.act import ALBERTA
from secor.usecases.province.crew import scrawl

# How often one line of a checklist is not in order, and what is written beside it then.
_WRONG = 0.012


class Pen:
    """Fills in forms. Asked for words nobody told, it says so: nothing here is written to fill a space."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def sent(
        self,
        form: Form,
        digest: str,
        *,
        at: datetime,
        minutes: int,
        signers: Sequence[Worker],
        told: Mapping[str, Any],
        notes: Mapping[str, str],
    ) -> dict[str, Any]:
        """Give a record as a phone sends it, finished at ``at``. ``notes`` are what is written when a line is wrong."""
        began = at - timedelta(minutes=minutes)
        values: dict[str, Any] = {}
        for field in form.fields:
            if not _shown(field, values):
                continue
            value = told.get(field.key)
            if value is None:
                value = self._usual(field, at, signers, notes)
            if value is not None:
                values[field.key] = value
            elif field.required:
                raise KeyError(f"{form.key}: nobody told {field.key}")
        return {
            "uid": str(UUID(int=self.chance.getrandbits(128), version=4)),
            "form": form.key,
            "form_digest": digest,
            "on": at.astimezone(ALBERTA).date().isoformat(),
            "began_at": began.astimezone(ALBERTA).isoformat(timespec="seconds"),
            "finished_at": at.astimezone(ALBERTA).isoformat(timespec="seconds"),
            "language": "en",
            "values": values,
        }

    def _usual(self, field: Field, at: datetime, signers: Sequence[Worker], notes: Mapping[str, str]) -> Any:
        """What stands in a field on most days; None where only words would do."""
        usual: Mapping[FieldKind, Callable[[], Any]] = {
            FieldKind.YES_NO: lambda: "no",
            FieldKind.CHOICE: lambda: field.choices[0].key,
            FieldKind.CHOICES: lambda: self._some(field),
            FieldKind.CHECKLIST: lambda: {each.key: self._line(each.key, notes) for each in field.choices},
            FieldKind.PEOPLE: lambda: [named(each) for each in signers],
            FieldKind.PERSON: lambda: named(signers[0]) if field.required else None,
            FieldKind.SIGNATURES: lambda: [
                _signed(each, field.signs, at + timedelta(seconds=20 * nth)) for nth, each in enumerate(signers)
            ],
        }
        return usual.get(field.kind, lambda: None)()

    def _some(self, field: Field) -> list[str]:
        return [each.key for each in field.choices if self.chance.random() < _USUALLY] or [field.choices[0].key]

    def _line(self, key: str, notes: Mapping[str, str]) -> dict[str, str]:
        if key in notes and self.chance.random() < _WRONG:
            return {"found": Found.NOT_OK.value, "note": notes[key]}
        return {"found": Found.OK.value, "note": ""}


_USUALLY = 0.7


def named(worker: Worker) -> dict[str, str]:
    """A worker as a record names them."""
    return {"code": worker.code, "name": worker.name}


def place(name: str) -> dict[str, str]:
    """A site as a record names one that is on no list."""
    return {"code": "", "name": name}


def clock(on: date, hour: int, minute: int) -> datetime:
    """A moment of a day in Alberta."""
    return datetime(on.year, on.month, on.day, hour, minute, tzinfo=ALBERTA)


def _signed(worker: Worker, said: str, at: datetime) -> dict[str, Any]:
    return {
        **named(worker),
        "at": at.astimezone(ALBERTA).isoformat(timespec="seconds"),
        "said": said,
        "language": worker.language,
        "strokes": scrawl(worker.name),
    }


def _shown(field: Field, values: Mapping[str, Any]) -> bool:
    rule = field.shown_when
    if rule is None:
        return True
    given = values.get(rule.field)
    return bool(set(given if isinstance(given, list) else [given]) & set(rule.one_of))
