"""A partner's year in numbers: holders, audits on their way, how they flowed, what was weakest, and what comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import TruncMonth

from secor.core.anniversary import add_months
from secor.core.flow import Flow, Passage, flow, means
from secor.queries.audits import BY_EMPLOYER, Stage
from secor.queries.people import Scope
from secor.queries.schemes import instrument
from secor.store.models import Audit, Certificate, Person, Review, Version
from secor.store.scope import house

A_YEAR = 12
FIRST_YEAR = 2000
_READ = house("numbers of audits that were themselves reached")


@dataclass(frozen=True, slots=True)
class Weak:
    """An element, and the mean share that the year's accepted audits reached in it."""

    number: int
    name: str
    share: Fraction
    audits: int


@dataclass(frozen=True, slots=True)
class Judged:
    """An auditor, and the mean quality of at least five audits of theirs that were accepted in the year."""

    person: str
    quality: Fraction
    audits: int


@dataclass(frozen=True, slots=True)
class Due:
    """How many audits fall due in one month."""

    first_on: date
    count: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything the page tells of one year, as of one day."""

    year: int
    ahead: int
    missed: int
    issued: int
    stages: tuple[tuple[str, int], ...]
    flow: Flow
    weak: tuple[Weak, ...]
    judged: tuple[Judged, ...]
    due: tuple[Due, ...]


def numbers_of(scope: Scope, *, year: int, on: date) -> Numbers:
    """The numbers of these partners for a calendar year. Ten queries, whatever its size."""
    ours = Scope(partners=scope.partners)
    live = Certificate.objects.within(ours).filter(ended=False, replaced_by__isnull=True)
    issued = Certificate.objects.within(ours).filter(issued_on__year=year, replaces__isnull=True)
    audits = Audit.objects.within(ours)
    stages = dict(audits.exclude(stage__in=_ENDED).values_list("stage").annotate(Count("pk")).order_by())
    return Numbers(
        year=year,
        ahead=live.filter(owed_due_on__gte=on).count(),
        missed=live.filter(owed_due_on__lt=on, owed_due_on__gte=add_months(on, -A_YEAR)).count(),
        issued=issued.count(),
        stages=tuple((stage.value, stages[stage.value]) for stage in Stage if stages.get(stage.value)),
        flow=flow(list(_passages(ours, year))),
        weak=_weak(ours, year),
        judged=_judged(ours, year),
        due=_due(ours, on),
    )


_ENDED = (Stage.ACCEPTED, Stage.REJECTED, Stage.WITHDRAWN)


def _passages(ours: Scope, year: int) -> Iterator[Passage]:
    first = Version.objects.within(_READ).filter(audit=OuterRef("pk")).order_by("round").values("sent_at__date")[:1]
    rows = Audit.objects.within(ours).filter(stage__in=(Stage.ACCEPTED, Stage.REJECTED))
    last = Review.objects.within(_READ).filter(audit=OuterRef("pk"), concluded_at__isnull=False)
    rows = rows.annotate(
        first_sent=Subquery(first), over=Subquery(last.order_by("-round").values("concluded_at__date")[:1])
    )
    for asked, approved, sent, over, rounds, stage, passed in rows.filter(over__year=year).values_list(
        "asked_on", "approved_on", "first_sent", "over", "round", "stage", "passed"
    ):
        yield Passage(asked, approved, sent, over, rounds, stage == Stage.ACCEPTED, passed)


def _weak(ours: Scope, year: int) -> tuple[Weak, ...]:
    """The elements, weakest first, by what was frozen when each accepted audit was sent last."""
    audits = Audit.objects.within(ours).filter(stage=Stage.ACCEPTED, accepted_on__year=year)
    frozen = Version.objects.within(_READ).filter(audit__in=audits, round=F("audit__round"))
    shares: list[tuple[tuple[str, int], Fraction]] = []
    for key, elements in frozen.values_list("audit__instrument", "frozen__score__elements"):
        for number, awarded, possible in elements or ():
            if Fraction(possible):
                shares.append(((key, number), Fraction(awarded) / Fraction(possible)))
    found = means(shares)
    names = {key: {each.number: each.name for each in instrument(key).elements} for key in {key for key, _ in found}}
    weak = (Weak(number, names[key].get(number, ""), share, count) for (key, number), (share, count) in found.items())
    return tuple(sorted(weak, key=lambda each: (each.share, each.number)))


def _judged(ours: Scope, year: int) -> tuple[Judged, ...]:
    reviews = Review.objects.within(_READ).filter(
        audit__in=Audit.objects.within(ours)
        .filter(stage=Stage.ACCEPTED, accepted_on__year=year)
        .exclude(performer__in=BY_EMPLOYER),
        outcome=Review.Outcome.ACCEPTED,
        quality_possible__gt=0,
    )
    rows = reviews.values_list("audit__assessor", "quality_awarded", "quality_possible")
    found = means((person, Fraction(awarded, possible)) for person, awarded, possible in rows if awarded is not None)
    names: Mapping[int, Person] = Person.objects.in_bulk([person for person in found if person is not None])
    judged = (Judged(str(names[person]), share, count) for person, (share, count) in found.items() if person in names)
    return tuple(sorted(judged, key=lambda each: (each.quality, each.person)))


def _due(ours: Scope, on: date) -> tuple[Due, ...]:
    """What falls due in each of the next twelve months, this one included: reviews to reckon with."""
    first = on.replace(day=1)
    rows = Certificate.objects.within(ours).filter(
        ended=False, replaced_by__isnull=True, owed_due_on__gte=first, owed_due_on__lt=add_months(first, A_YEAR)
    )
    found = dict(rows.annotate(month=TruncMonth("owed_due_on")).values_list("month").annotate(Count("pk")).order_by())
    months = (add_months(first, nth) for nth in range(A_YEAR))
    return tuple(Due(month, found.get(month, 0)) for month in months)
