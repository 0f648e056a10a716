"""An employer's safety figures, from its own records and what its owner told; and those of firms that share theirs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Min
from django.utils.timezone import localdate

from secor.core.anniversary import add_months
from secor.core.figures import (
    A_DAY,
    LEAST_DAYS_SEEN,
    MONTHS,
    Hours,
    Kept,
    Pool,
    Rate,
    Seen,
    days_since,
    days_to_close,
    hours_of,
    kept,
    last_day_of,
    near_miss_ratio,
    pool,
    rate,
    whole_months,
)
from secor.core.rhythm import Rhythm
from secor.core.trade import Condition
from secor.queries import actions, employers, programs, records
from secor.store.models import Consent, CorrectiveAction, Employer, MonthOfWork, Program, Record
from secor.store.scope import house

__all__ = ["Consent", "Figures", "MonthOfWork", "comparisons", "consent_of", "figures_of", "months_of"]

_ASKED = house("the figures of an employer that was itself reached")
_SHARING = house("the figures of firms whose owners consented to having them counted, unnamed")
INCIDENT, NEAR_MISS, TALK, INSPECTION = "incident-report", "near-miss", "toolbox-talk", "site-inspection"
# What an adapted form may no longer ask: then incidents are not told by kind.
KIND, HURT = "kind", frozenset({"injury", "illness"})
FIX = "fix"
_MEASURED = frozenset({Rhythm.WEEKLY, Rhythm.MONTHLY, Rhythm.QUARTERLY, Rhythm.EACH_JOB, Rhythm.DAILY})


@dataclass(frozen=True, slots=True)
class Happened:
    """How many incidents and near misses there were in one month."""

    month: date
    incidents: int
    near_misses: int


@dataclass(frozen=True, slots=True)
class OfForm:
    """How one form's rhythm was kept; ``own`` where the employer chose that rhythm itself."""

    form: str
    title: str
    rhythm: Rhythm
    own: bool
    kept: Kept


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one employer on a day. Rates and months are those of the twelve months that are over.

    ``since`` are the days since the last incident of all and ``by_kind`` those of each kind that ever happened;
    ``first_on`` is the day of the oldest record. ``hurt`` is None where the form does not tell kinds. ``severity`` is
    told over the months alone whose lost days the owner told, and None where they told none.
    """

    months: tuple[Happened, ...]
    since: int | None
    by_kind: tuple[tuple[str, int], ...]
    first_on: date | None
    incidents: int
    near_misses: int
    ratio: Fraction | None
    hours: tuple[Hours, ...]
    frequency: Rate
    hurt: Rate | None
    severity: Rate | None
    forms: tuple[OfForm, ...]
    open: int
    overdue: int
    closed: int
    to_close: Fraction | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure of an employer beside that of the firms of its trade that share theirs.

    ``mine`` and ``theirs`` are days for each one, over the same months; ``theirs`` is None where the group is too
    small or too much of it is one firm's.
    """

    measure: str
    mine: Fraction | None
    theirs: Pool | None


def figures_of(employer: Employer, *, on: date) -> Figures:
    """Work out every figure of an employer that was itself reached, on the day ``on``."""
    months = whole_months(on)
    incidents, near = _incidents(employer), _days_of(employer, NEAR_MISS)
    told = {row.month: row for row in months_of(employer)}
    ledger = employers.ledger(employers.headcounts_of(employer))
    hours = tuple(hours_of(month, told=_told(told, month, "hours"), ledger=ledger) for month in months)
    last = last_day_of(months[-1])
    inside = [each for each in incidents if months[0] <= each.on <= last]
    happened = tuple(_happened(month, [each.on for each in inside], near) for month in months)
    near_misses = sum(each.near_misses for each in happened)
    opened, overdue = actions.open_count(employer, on=on)
    closed = _closed(employer, after=add_months(on, -MONTHS), on=on)
    return Figures(
        months=happened,
        since=days_since((each.on for each in incidents), on=on),
        by_kind=_by_kind(employer, incidents, on),
        first_on=_records(employer).aggregate(first=Min("on"))["first"],
        incidents=len(inside),
        near_misses=near_misses,
        ratio=near_miss_ratio(near_misses, len(inside)),
        hours=hours,
        frequency=rate(len(inside), hours),
        hurt=rate(sum(bool(each.kinds & HURT) for each in inside), hours) if _kinds(employer) else None,
        severity=_severity(told, hours),
        forms=_forms(employer, on=on),
        open=opened,
        overdue=overdue,
        closed=len(closed),
        to_close=days_to_close(closed),
    )


def months_of(employer: Employer) -> tuple[MonthOfWork, ...]:
    """What the owner told of each month, the oldest first."""
    return tuple(MonthOfWork.objects.within(_ASKED).filter(employer=employer))


def consent_of(employer: Employer) -> Consent | None:
    """The consent that holds now, if any."""
    rows = Consent.objects.within(_ASKED).filter(employer=employer, withdrawn_on__isnull=True)
    return rows.select_related("given_by").first()


def comparisons(employer: Employer, *, on: date) -> tuple[Comparison, ...]:
    """Hold the employer's measures against those of other firms of its trade whose owners consented.

    Never computed over anybody else: a firm counts while its consent holds, over the twelve months that are over,
    from its first record on, once that is ninety days or more. The employer itself is left out of the others, so that
    nobody can take their own figure away from them. Empty for who has no program, and so no trade.
    """
    program = programs.program_of(employer)
    if program is None:
        return ()
    months = whole_months(on)
    window = (months[0], last_day_of(months[-1]))
    sharing = Consent.objects.within(_SHARING).filter(withdrawn_on__isnull=True).exclude(employer=employer)
    alike = Program.objects.within(_SHARING).filter(trade=program.trade, employer__in=sharing.values("employer"))
    group = _measures(list(alike.values_list("employer", flat=True)), window)
    mine = _measures([employer.pk], window)
    return tuple(
        Comparison(measure, _every(mine[measure]), pool(list(group[measure].values())))
        for measure in (TALK, INSPECTION, NEAR_MISS, FIX)
    )


@dataclass(frozen=True, slots=True)
class _Incident:
    on: date
    kinds: frozenset[str]


def _records(employer: Employer) -> Any:
    return Record.objects.within(_ASKED).filter(employer=employer, corrected=False).order_by()


def _days_of(employer: Employer, form: str) -> list[date]:
    return list(_records(employer).filter(form=form).values_list("on", flat=True))


def _incidents(employer: Employer) -> list[_Incident]:
    rows = _records(employer).filter(form=INCIDENT).values_list("on", "values")
    return [_Incident(on, _chosen(values)) for on, values in rows]


def _chosen(values: Mapping[str, Any]) -> frozenset[str]:
    chosen = values.get(KIND)
    return frozenset(chosen) if isinstance(chosen, list) else frozenset({chosen} if isinstance(chosen, str) else ())


def _kinds(employer: Employer) -> Mapping[str, str]:
    """The kinds of incidents that the employer's form tells, with their words; none where it tells none."""
    use = records.forms_in_use(employer).get(INCIDENT)
    field = use.form.field(KIND) if use else None
    return {choice.key: choice.label for choice in field.choices} if field else {}


def _by_kind(employer: Employer, incidents: Sequence[_Incident], on: date) -> tuple[tuple[str, int], ...]:
    found = []
    for key, label in _kinds(employer).items():
        since = days_since((each.on for each in incidents if key in each.kinds), on=on)
        if since is not None:
            found.append((label, since))
    return tuple(sorted(found, key=lambda pair: (pair[1], pair[0])))


def _happened(month: date, incidents: Sequence[date], near: Sequence[date]) -> Happened:
    last = last_day_of(month)
    return Happened(month, sum(month <= day <= last for day in incidents), sum(month <= day <= last for day in near))


def _told(rows: Mapping[date, MonthOfWork], month: date, what: str) -> int | None:
    return getattr(rows[month], what) if month in rows else None


def _severity(told: Mapping[date, MonthOfWork], hours: Sequence[Hours]) -> Rate | None:
    """Days lost for each 200,000 hours, over the months alone whose lost days were told."""
    over = [each for each in hours if _told(told, each.month, "days_lost") is not None]
    return rate(sum(_told(told, each.month, "days_lost") or 0 for each in over), over) if over else None


def _forms(employer: Employer, *, on: date) -> tuple[OfForm, ...]:
    """How each rhythm was kept in the last twelve months, or since the program was begun; the worst first."""
    program = programs.program_of(employer)
    if program is None:
        return ()
    first = max(add_months(on, -MONTHS) + A_DAY, program.begun_on)
    conditions = frozenset(Condition(each) for each in program.conditions)
    made: dict[str, set[date]] = {}
    for form, day in _records(employer).filter(on__gte=first, on__lte=on).values_list("form", "on"):
        made.setdefault(form, set()).add(day)
    found = []
    for key, use in records.forms_in_use(employer).items():
        rhythm = Rhythm(program.rhythms.get(key, use.form.rhythm.value))
        if rhythm in _MEASURED and (use.form.when <= conditions or not conditions):
            days = set().union(*(made.get(each, set()) for each in (key, *use.form.in_place_of)))
            how = kept(rhythm, days, first=first, last=on, on=on)
            found.append(OfForm(key, use.form.title, rhythm, key in program.rhythms, how))
    wanted = [each for each in found if each.kept.wanted]
    return tuple(sorted(wanted, key=lambda each: (each.kept.share or Fraction(0), each.title)))


def _closed(employer: Employer, *, after: date, on: date) -> list[tuple[date, date]]:
    rows = CorrectiveAction.objects.within(_ASKED).filter(employer=employer, done_on__gt=after, done_on__lte=on)
    return [(localdate(made_at), done_on) for made_at, done_on in rows.values_list("made_at", "done_on") if done_on]


def _measures(keys: Sequence[int], window: tuple[date, date]) -> dict[str, dict[int, Seen]]:
    """What each of these firms brings to each measure: three queries, however many firms there are."""
    first, last = window
    rows = Record.objects.within(_SHARING).filter(employer__in=keys, corrected=False, on__lte=last).order_by()
    began = dict(rows.values_list("employer").annotate(first=Min("on")))
    days = {key: (last - max(first, on)).days + 1 for key, on in began.items()}
    long_enough = {key: number for key, number in days.items() if number >= LEAST_DAYS_SEEN}
    counted = {
        (form, key): number
        for form, key, number in rows.filter(on__gte=first, form__in=(TALK, INSPECTION, NEAR_MISS))
        .values_list("form", "employer")
        .annotate(number=Count("pk"))
    }
    found = {
        form: {key: Seen(counted.get((form, key), 0), number) for key, number in long_enough.items()}
        for form in (TALK, INSPECTION, NEAR_MISS)
    }
    return found | {FIX: _fixes(keys, window)}


def _fixes(keys: Sequence[int], window: tuple[date, date]) -> dict[int, Seen]:
    """How many actions each firm closed, and in how many days together; firms that closed none bring nothing."""
    rows = CorrectiveAction.objects.within(_SHARING).filter(employer__in=keys, done_on__range=window).order_by()
    found: dict[int, Seen] = {}
    for key, made_at, done_on in rows.values_list("employer", "made_at", "done_on"):
        before = found.get(key, Seen(0, 0))
        took = (done_on - localdate(made_at)).days if done_on else 0
        found[key] = Seen(before.number + 1, before.days + took)
    return found


def _every(mine: Mapping[int, Seen]) -> Fraction | None:
    (seen,) = mine.values() or (Seen(0, 0),)
    return Fraction(seen.days, seen.number) if seen.number else None
