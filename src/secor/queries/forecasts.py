"""What a certifying partner sees of its members' forecasts: those that consented, the worst first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery

from secor.queries import schemes
from secor.queries.paging import Page, page_of
from secor.queries.people import Scope
from secor.queries.readiness import SCHEME
from secor.store.models import Certificate, Employer, ForecastConsent, KeptForecast, Membership
from secor.store.scope import house

SOON = timedelta(days=90)
_ASKED = house("the consent of an employer that was itself reached")
_KEPT_FRESH = house("forecasts are kept fresh for every employer that consented")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see: only what is due within 90 days, only what would not pass, and which page."""

    due_soon: bool = False
    would_fail: bool = False
    number: int = 1


@dataclass(frozen=True, slots=True)
class Weak:
    """One weak element, and the exact share it would earn."""

    number: int
    name: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The forecast of one member as it was kept, and what the member owes next.

    ``moved`` tells that something happened at the employer since; it is worked out anew within minutes. ``due_on`` is
    None where no certificate of this partner wants an audit.
    """

    employer: Employer
    share: Fraction
    passes: bool
    can_pass: bool
    weakest: tuple[Weak, ...]
    guessed: int
    questions: int
    as_of_on: date
    audit_on: date
    moved: bool
    due_on: date | None
    owed_kind: str


@dataclass(frozen=True, slots=True)
class Overview:
    """One page of forecasts, and how many members share theirs, wait for the first one, and share none."""

    page: Page[Foreseen]
    shared: int
    waiting: int
    unshared: int


def overview(scope: Scope, *, on: date, wish: Wish) -> Overview:
    """The forecasts of members of these partners who consented, the worst first. Four queries, however many members.

    First those that would not pass, then by share, then by the day the next audit is due. A consent that was withdrawn
    or named another partner, and a member that left, are not there.
    """
    theirs = Scope(partners=scope.partners)
    rows = KeptForecast.objects.within(theirs).select_related("employer", "chain")
    if wish.would_fail:
        rows = rows.filter(passes=False)
    if wish.due_soon:
        due = _owing(theirs).filter(owed_due_on__gte=on, owed_due_on__lte=on + SOON)
        rows = rows.filter(employer__in=due.values("employer"))
    due_on = _owing(theirs).filter(employer=OuterRef("employer")).values("owed_due_on")[:1]
    worst = rows.order_by("passes", "millionths", Subquery(due_on).asc(nulls_last=True), "pk")
    found = page_of(worst, number=wish.number)
    owed = _owed(theirs, found.rows)
    consents = ForecastConsent.objects.within(theirs).aggregate(
        shared=Count("pk"), waiting=Count("pk", filter=Q(forecast__isnull=True))
    )
    members = Membership.objects.within(theirs).filter(
        approved_on__isnull=False, left_on__isnull=True, refused_on__isnull=True
    )
    return Overview(
        page=Page(tuple(_foreseen(row, owed) for row in found.rows), found.number, found.has_next),
        shared=consents["shared"],
        waiting=consents["waiting"],
        unshared=members.count() - consents["shared"],
    )


def consent_of(employer: Employer) -> ForecastConsent | None:
    """The consent that holds now, if any, with its partner and who gave it."""
    rows = ForecastConsent.objects.within(_ASKED).filter(employer=employer, withdrawn_on__isnull=True)
    return rows.select_related("partner", "given_by").first()


def stale(*, on: date, most: int) -> tuple[Employer, ...]:
    """Employers that consented and whose forecast is of another day, or older than the end of their chain.

    Those that have none yet come first, then the oldest; at most ``most``.
    """
    rows = ForecastConsent.objects.within(_KEPT_FRESH).filter(
        Q(forecast__isnull=True) | ~Q(forecast__as_of_on=on) | Q(forecast__place__lt=F("forecast__chain__length")),
        withdrawn_on__isnull=True,
    )
    oldest = rows.order_by(F("forecast__as_of_on").asc(nulls_first=True), "forecast__place", "pk")
    return tuple(row.employer for row in oldest.select_related("employer")[:most])


def is_fresh(consent: ForecastConsent, *, on: date) -> bool:
    """Whether the forecast kept with this consent is of the day ``on`` and nothing has happened since."""
    rows = KeptForecast.objects.within(_KEPT_FRESH).filter(consent=consent, as_of_on=on)
    return rows.filter(place=F("chain__length")).exists()


def _owing(scope: Scope) -> Any:
    return Certificate.objects.within(scope).filter(scheme=SCHEME, ended=False, replaced_by__isnull=True)


def _owed(scope: Scope, rows: Iterable[KeptForecast]) -> Mapping[int, tuple[date | None, str]]:
    owing = _owing(scope).filter(employer__in=[row.employer_id for row in rows])
    return {key: (day, kind) for key, day, kind in owing.values_list("employer", "owed_due_on", "owed_kind")}


def _foreseen(row: KeptForecast, owed: Mapping[int, tuple[date | None, str]]) -> Foreseen:
    due_on, kind = owed.get(row.employer_id, (None, ""))
    return Foreseen(
        employer=row.employer,
        share=_share(row.awarded, row.possible),
        passes=row.passes,
        can_pass=row.can_pass,
        weakest=_weakest(row.instrument, row.weakest),
        guessed=row.guessed,
        questions=row.questions,
        as_of_on=row.as_of_on,
        audit_on=row.audit_on,
        moved=row.place < row.chain.length,
        due_on=due_on,
        owed_kind=kind,
    )


def _weakest(instrument: str, kept: Sequence[Mapping[str, Any]]) -> tuple[Weak, ...]:
    names = {element.number: element.name for element in schemes.instrument(instrument).elements}
    return tuple(
        Weak(each["element"], names[each["element"]], _share(each["awarded"], each["possible"])) for each in kept
    )


def _share(awarded: Any, possible: Any) -> Fraction:
    """The exact share; 0 where nothing is left to earn, which passes nothing."""
    whole = Fraction(possible)
    return Fraction(awarded) / whole if whole else Fraction(0)
