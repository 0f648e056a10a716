"""Would we pass, and what is missing? A forecast from the papers and records that are there.

The same scoring as the audit's runs over shares that are read from the records: how many of the months that want an
inspection have one, which parts of the program are signed and were looked at within their year, how many of the crew
were oriented. What nobody can know beforehand (what people will say, what will be seen) is guessed from the papers of
the same element, and a forecast says so.

A month that has passed without its record stays empty: records are never made for a day that is over.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction

from secor.core.answer import Percent, QuestionAnswer
from secor.core.instrument import Instrument
from secor.core.method import Method
from secor.core.pass_mark import PassMark
from secor.core.question import Question
from secor.core.rhythm import Rhythm, Stretch, stretches
from secor.core.score import ElementScore, Score
from secor.core.scoring import ALL_METHODS, score
from secor.core.verdict import below

WEAKEST = 3


class Paper(Enum):
    """How a directive paper (a policy, a procedure) stands on the day of the audit."""

    HELD = "held"  # signed, and looked at within its year
    WRITTEN = "written"  # not signed yet, or not looked at within its year
    MISSING = "missing"


_WORTH = {Paper.HELD: Fraction(1), Paper.WRITTEN: Fraction(1, 2), Paper.MISSING: Fraction(0)}


@dataclass(frozen=True, slots=True)
class Window:
    """The days that an audit looks at, both counted, and today, from which on something can still be done."""

    first: date
    last: date
    on: date


@dataclass(frozen=True, slots=True)
class OnFile:
    """What an employer has, by evidence type.

    ``months`` maps a type to the first days of the months that have a record of it. ``papers`` tells how the parts of
    the program stand. ``covered`` is the share of the crew that has a record of a type that everybody needs.
    ``rhythms`` tells how often each type is made: the employer's own schedule, else the form's. ``beside`` are the
    types that the employer's work does not bring: the check-in of somebody alone, where nobody works alone.
    """

    rhythms: Mapping[str, Rhythm]
    months: Mapping[str, AbstractSet[date]] = field(default_factory=dict)
    papers: Mapping[str, Paper] = field(default_factory=dict)
    covered: Mapping[str, Fraction] = field(default_factory=dict)
    beside: AbstractSet[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lack:
    """What is missing of one evidence type: the stretches that have passed without a record, and those still open.

    ``gain`` is what the forecast would rise by, in points, if this one thing were made good from today on.
    """

    evidence: str
    missed: tuple[Stretch, ...]
    still_open: tuple[Stretch, ...]
    now: Fraction
    best: Fraction
    gain: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What the audit would come to: if nothing more is done, and if everything that can still be done is.

    ``guessed`` are the questions whose share nobody can know from papers alone. ``only_if`` are the evidence types
    that are made when something happens, where nothing is on file: no lack, and nothing to be made up for an audit.
    """

    window: Window
    nothing_more: Score
    kept_up: Score
    lacks: tuple[Lack, ...]
    guessed: frozenset[str]
    only_if: tuple[str, ...] = ()

    @property
    def best_next(self) -> Lack | None:
        """The one thing that gains most, or None where nothing more can be gained."""
        return self.lacks[0] if self.lacks and self.lacks[0].gain > 0 else None


def forecast(
    instrument: Instrument,
    have: OnFile,
    *,
    window: Window,
    methods: AbstractSet[Method] = ALL_METHODS,
    steps: bool = True,
) -> Forecast:
    """Foretell an audit of ``window`` from what is on file. Without ``steps`` no gain is worked out.

    An evidence type that neither a form nor a part gives (a photo, the notes of an interview) says nothing here, nor
    does one that is made when something happens and never was. The share of a question is the average of its types
    that are known. Our own convention: no partner publishes one.
    """
    asked = _asked_for(instrument) & _known(have)
    only_if = frozenset(kind for kind in asked if _never_happened(kind, have, window))
    lacks = {kind: _lack(kind, have, window) for kind in sorted(asked - only_if)}
    now = {kind: lack.now for kind, lack in lacks.items()}
    best = {kind: lack.best for kind, lack in lacks.items()}
    nothing_more = _scored(instrument, now, methods)
    gains = {}
    if steps:
        for kind, lack in lacks.items():
            if lack.best > lack.now:
                gains[kind] = _points(_scored(instrument, now | {kind: lack.best}, methods)) - _points(nothing_more)
    told = (_with_gain(lack, gains.get(kind, Fraction(0))) for kind, lack in lacks.items() if lack.now < 1)
    return Forecast(
        window=window,
        nothing_more=nothing_more,
        kept_up=_scored(instrument, best, methods),
        lacks=tuple(sorted(told, key=lambda lack: (-lack.gain, lack.evidence))),
        guessed=frozenset(question.id for question in instrument.in_cascade_order if _is_guessed(question, now)),
        only_if=tuple(sorted(only_if)),
    )


def weakest(result: Score, mark: PassMark, *, least: int = WEAKEST) -> tuple[ElementScore, ...]:
    """Every counted element under the mark of the element; the next weakest too, until there are ``least``.

    The weakest stand first, of two alike the earlier. An element that earned everything is never weak, and one with
    nothing left to earn says nothing.
    """
    counted = [each for each in result.elements if each.counted and each.possible and each.awarded < each.possible]
    in_order = sorted(counted, key=lambda each: (Fraction(each.awarded) / Fraction(each.possible), each.number))
    return tuple(in_order[: max(least, len(below(result, mark)))])


def _known(have: OnFile) -> frozenset[str]:
    return (frozenset(have.rhythms) | frozenset(have.papers) | frozenset(have.covered)) - have.beside


def _never_happened(kind: str, have: OnFile, window: Window) -> bool:
    if kind in have.papers or kind in have.covered or have.rhythms[kind] is not Rhythm.AS_IT_HAPPENS:
        return False
    return not _made(kind, have, window)


def _made(kind: str, have: OnFile, window: Window) -> bool:
    there = have.months.get(kind, frozenset())
    return any(window.first.replace(day=1) <= month <= window.last for month in there)


def _asked_for(instrument: Instrument) -> frozenset[str]:
    return frozenset(kind for question in instrument.in_cascade_order for kind in question.evidence_types)


def _lack(kind: str, have: OnFile, window: Window) -> Lack:
    if kind in have.papers:
        return Lack(kind, (), (), _WORTH[have.papers[kind]], Fraction(1))
    if kind in have.covered:
        return Lack(kind, (), (), have.covered[kind], Fraction(1))
    wanted = stretches(have.rhythms[kind], first=window.first, last=window.last)
    there = have.months.get(kind, frozenset())
    if not wanted:
        return Lack(kind, (), (), Fraction(int(_made(kind, have, window))), Fraction(1))
    empty = [stretch for stretch in wanted if not _has(stretch, there)]
    missed = tuple(stretch for stretch in empty if stretch.last < window.on)
    still_open = tuple(stretch for stretch in empty if stretch.last >= window.on)
    return Lack(
        kind,
        missed,
        still_open,
        Fraction(len(wanted) - len(empty), len(wanted)),
        Fraction(len(wanted) - len(missed), len(wanted)),
    )


def _has(stretch: Stretch, months: Iterable[date]) -> bool:
    return any(stretch.first.replace(day=1) <= month <= stretch.last for month in months)


def _with_gain(lack: Lack, gain: Fraction) -> Lack:
    return Lack(lack.evidence, lack.missed, lack.still_open, lack.now, lack.best, gain)


def _points(result: Score) -> Fraction:
    return sum((Fraction(mark.numerator, mark.denominator) for mark in result.questions), Fraction(0))


def _share(question: Question, shares: Mapping[str, Fraction]) -> Fraction | None:
    known = [shares[kind] for kind in question.evidence_types if kind in shares]
    return sum(known, Fraction(0)) / len(known) if known else None


def _is_guessed(question: Question, shares: Mapping[str, Fraction]) -> bool:
    asked_aloud = any(rule.method is not Method.DOCUMENT for rule in question.methods)
    return asked_aloud or _share(question, shares) is None


def _scored(instrument: Instrument, shares: Mapping[str, Fraction], methods: AbstractSet[Method]) -> Score:
    """Score the shares as if an auditor had found them; people and sights as good as the papers of their element."""
    answers: dict[str, QuestionAnswer] = {}
    for element in instrument.elements:
        told = {question.id: _share(question, shares) for question in element.questions}
        known = [share for share in told.values() if share is not None]
        typical = sum(known, Fraction(0)) / len(known) if known else Fraction(0)
        for question in element.questions:
            share = told[question.id]
            papers = Percent(typical if share is None else share)
            answers[question.id] = QuestionAnswer(
                by_method={
                    rule.method: papers if rule.method is Method.DOCUMENT else Percent(typical)
                    for rule in question.methods
                }
            )
    return score(instrument, answers, methods=methods)
