"""What an auditor would wonder at in an employer's records: asked of what is kept beside them, never of their words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.timezone import localtime

from secor.core.anniversary import add_months
from secor.core.form import ReadBy
from secor.core.hint import Hint, HintKind, Seen, hints
from secor.core.rhythm import Rhythm
from secor.queries import programs, records
from secor.store.models import Employer, Record, RecordPerson
from secor.store.scope import house

__all__ = ["Hint", "HintKind", "Hinted", "hints_of"]

_ASKED = house("what stands beside the records of an employer that was itself reached")
YEAR = 12
MOST = 2000


@dataclass(frozen=True, slots=True)
class Hinted:
    """A hint, what its form is called (empty where several are meant), and the day of each record it names."""

    hint: Hint
    title: str
    named: tuple[tuple[str, date], ...]


def hints_of(employer: Employer, *, on: date) -> tuple[Hinted, ...]:
    """Look through the records of the twelve months up to ``on``; three queries and no record's words.

    First-aid records are left out: nobody but who was named for them reads them, and a hint would lead there. So are
    those kept on paper: a page was written long before it was photographed, and a pile of them is filed at once.
    """
    rows = Record.objects.within(_ASKED).filter(
        employer=employer, corrected=False, on_paper=False, on__gt=add_months(on, -YEAR)
    )
    asked = rows.exclude(read_by=ReadBy.FIRST_AID.value).order_by("-on", "-pk")
    left = _signed_after_leaving(employer)
    seen = [
        Seen(str(uid), form, day, localtime(finished_at).replace(tzinfo=None), words, left_before=key in left)
        for key, uid, form, day, finished_at, words in asked.values_list(
            "pk", "uid", "form", "on", "finished_at", "words_digest"
        )[:MOST]
    ]
    forms = records.forms_in_use(employer)
    days = {each.uid: each.on for each in seen}
    return tuple(
        Hinted(
            hint,
            forms[hint.form].form.title if hint.form in forms else hint.form,
            tuple((uid, days[uid]) for uid in hint.newest),
        )
        for hint in hints(seen, rhythms=_rhythms(employer, forms))
    )


def _signed_after_leaving(employer: Employer) -> frozenset[int]:
    rows = RecordPerson.objects.within(_ASKED).filter(record__employer=employer, signed=True)
    return frozenset(rows.filter(worker__ended_on__lt=F("record__on")).values_list("record", flat=True))


def _rhythms(employer: Employer, forms: Mapping[str, records.FormInUse]) -> dict[str, Rhythm]:
    program = programs.program_of(employer)
    own = {key: Rhythm(rhythm) for key, rhythm in (program.rhythms if program else {}).items()}
    return {key: own.get(key, use.form.rhythm) for key, use in forms.items()}
