"""Hints to the owner, in words: what is there, what an auditor would think, and the honest thing to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from secor.core.hint import Hint
from secor.queries.employers import Employer
from secor.queries.hints import Hinted, HintKind, hints_of
from secor.web.http import SignedIn
from secor.web.words import day


@dataclass(frozen=True, slots=True)
class Words:
    """A hint as a page tells it; ``named`` are the addresses and days of the newest records that are meant."""

    there: str
    thought: str
    honest: str
    named: tuple[tuple[str, str], ...]


def told(request: SignedIn, employer: Employer) -> tuple[Words, ...]:
    """Every hint about a business's records of the last twelve months. For its owner's eyes only."""
    return tuple(_words(each, employer) for each in hints_of(employer, on=request.on))


def _words(each: Hinted, employer: Employer) -> Words:
    thought, honest = _MEANS[each.hint.kind]
    named = ((reverse("employer:record", args=[employer.code, uid]), day(on)) for uid, on in each.named)
    return Words(_THERE[each.hint.kind](each.hint, each.title), thought, honest, tuple(named))


def _records(number: int) -> str:
    return "1 record" if number == 1 else f"{number} records"


def _clock(hint: Hint) -> str:
    return f"{hint.at:%A} about {hint.at.hour % 12 or 12}:{hint.at:%M} {'am' if hint.at.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


_THERE: dict[HintKind, Callable[[Hint, str], str]] = {
    HintKind.AFTER_LEAVING: lambda hint, _: (
        f"{_records(hint.many)} signed by somebody on a day after their last day of work"
    ),
    HintKind.LATE: lambda hint, _: f"{_records(hint.many)} finished two weeks or more after the day on them",
    HintKind.ONE_SITTING: lambda hint, _: (
        f"{_records(hint.many)} of different days, finished within the same ten minutes"
    ),
    HintKind.SAME_TIME: lambda hint, title: f"{title}: {hint.many} of {hint.of} finished on {_clock(hint)}",
    HintKind.COPIED: lambda hint, title: f"{title}: {hint.many} of {hint.of} say the same, word for word",
}
_MEANS: dict[HintKind, tuple[str, str]] = {
    HintKind.AFTER_LEAVING: (
        "An auditor would ask who held the pen.",
        (
            "Look at the last day under People first: it may be a slip. If the name on the record is the wrong one, "
            "send a correction that says so."
        ),
    ),
    HintKind.LATE: (
        "An auditor would take them for written from memory, or for the audit.",
        (
            "Leave them as they are. Where they were on paper first, keep the paper with them. From now on fill them "
            "in on the day; the forms work without a signal."
        ),
    ),
    HintKind.ONE_SITTING: (
        "An auditor would think that they were made up for the audit.",
        (
            "If you caught up on paperwork, say so before you are asked, and change nothing. From tomorrow on, two "
            "minutes on the day are enough."
        ),
    ),
    HintKind.SAME_TIME: (
        "An auditor would ask whether anybody read the card before the work.",
        "Fill it in before the first step, with those who do the work, each at their own site. It may be short.",
    ),
    HintKind.COPIED: (
        "An auditor counts cards with the same words as one card.",
        "Ask at each site: what is different today? One line of your own is worth more than a whole copied card.",
    ),
}
