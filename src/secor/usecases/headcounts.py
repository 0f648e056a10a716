"""The ledger of head-counts: how many people of each kind there were from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from secor.core.anniversary import anniversary
from secor.core.certificate import LIVE, Standing
from secor.core.employer import PEOPLE, HeadcountRule
from secor.core.employer import Headcount as Count
from secor.core.event import EventKind
from secor.queries import certificates as held
from secor.queries import schemes
from secor.queries.histories import kept_of, life_of, lives
from secor.store.models import Certificate, CertificateEvent, Employer, Headcount, Partner
from secor.store.scope import house
from secor.usecases import certificates, owner
from secor.usecases.act import Act, Refusal

MOST = 9999
YEARS_BACK = 10
# A converted certificate hears of a corrected count: the conversion may have followed from a slip.
_HEARING = LIVE | {Standing.CONVERTED}
_LEDGER = house("the ledger of an employer that was itself reached")


class Uncountable(Refusal):
    """A number of people that cannot be, or a kind of people that nobody counts."""


class NoPeople(Refusal):
    """A business without a single person."""


class NotYet(Refusal):
    """A count of a day that has not come."""


class TooLongAgo(Refusal):
    """A count of a day before the ledger begins."""


@transaction.atomic
def report(act: Act, *, employer: Employer, on: date, counts: Mapping[str, int]) -> Headcount:
    """Keep how many people there were from the day ``on`` until the next count.

    A second count of one day corrects the first: the journal keeps both. A count over the limit of the partner that
    issued a certificate is also written into that certificate's history, from which the day to move on by follows;
    so is the first count within the limit after it, which takes nothing back by itself (open question Q6). A
    corrected count of the same day takes a slip back there too, even where the certificate was converted by it
    since; the partner gets a letter. Refuses what ``checked`` refuses, a day to come (``NotYet``), and one more than
    ten years ago (``TooLongAgo``).
    """
    business = owner.hold(act, employer=employer)
    people = checked(counts)
    _check_day(act, on)
    row = Headcount.objects.within(_LEDGER).filter(employer=business, on=on).first()
    before = {kind: getattr(row, kind) for kind in PEOPLE} if row else None
    if row is not None and before == people:
        return row
    if row is None:
        row = Headcount(employer=business, on=on)
    for kind, number in people.items():
        setattr(row, kind, number)
    row.reported_by = act.by
    row.save()
    heard = _tell_certificate(act, business, row)
    detail: dict[str, Any] = {"on": on.isoformat(), "counts": people, "before": before, "over_the_limit": heard.over}
    if heard.taken_back:
        detail["taken_back"] = heard.taken_back
    act.enter(
        "headcount.corrected" if before else "headcount.reported",
        employer=business,
        partner=heard.partner if heard.taken_back else None,
        subject=business.code,
        **detail,
    )
    return row


def checked(counts: Mapping[str, int]) -> dict[str, int]:
    """Give the number of each kind of people, 0 where a kind is not named.

    Refuses an unknown kind, a number below 0 or above 9,999 (``Uncountable``), and nobody at all (``NoPeople``).
    """
    if unknown := sorted(set(counts) - set(PEOPLE)):
        raise Uncountable(f"Nobody counts {unknown[0]!r}; known kinds of people are {', '.join(PEOPLE)}.")
    people = {kind: counts.get(kind, 0) for kind in PEOPLE}
    if any(not 0 <= number <= MOST for number in people.values()):
        raise Uncountable(f"Write each number of people as 0 or more, up to {MOST:,}.")
    if not any(people.values()):
        raise NoPeople("Count at least one person. An owner who works alone is one.")
    return people


def _check_day(act: Act, on: date) -> None:
    if on > act.on:
        raise NotYet("This day has not come yet. Report the count on the day it becomes true.")
    if on < anniversary(act.on, -YEARS_BACK):
        raise TooLongAgo(f"The ledger goes back {YEARS_BACK} years. Choose a later day.")


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a certificate was told of a count: the count, if it is over the limit; and one that was taken back."""

    over: int = 0
    taken_back: int = 0
    partner: Partner | None = None


def _tell_certificate(act: Act, employer: Employer, row: Headcount) -> _Heard:
    """Write into the certificate's history that the limit was passed, or kept again; and take back what was wrong."""
    certificate = held.newest_of(employer)
    if certificate is None or held.standing_of(certificate, on=act.on).standing not in _HEARING:
        return _Heard()
    event_on = _felt_on(certificate, row)
    if event_on is None:
        return _Heard()
    rule = schemes.rules(certificate.scheme, partner=certificate.partner.key, on=act.on).headcount
    counted, limit = _counted(row, rule), rule.at_most
    known = _known(certificate).filter(on=event_on)
    if limit is None or any(event.count == counted for event in known):
        return _Heard()
    was_over = 0
    for event in known:
        was_over = max(was_over, event.count or 0)
        certificates.correct(act, event=event, reason=f"The count of this day was corrected to {counted}.")
    before = _known(certificate).filter(on__lt=event_on).last()
    if counted > limit:
        _tell(act, certificate, event_on, counted)
        _tell_of_the_fall(act, certificate, row, rule)
        return _Heard(over=counted)
    if before is not None and (before.count or 0) > limit:
        _tell(act, certificate, event_on, counted)
    return _Heard(taken_back=was_over if was_over > limit else 0, partner=certificate.partner)


def _tell_of_the_fall(act: Act, certificate: Certificate, row: Headcount, rule: HeadcountRule) -> None:
    """A count over the limit that is reported late ends with the next count of the ledger, if that one is within."""
    later = Headcount.objects.within(_LEDGER).filter(employer=certificate.employer_id, on__gt=row.on)
    fall = later.order_by("on").first()
    if fall is None or _known(certificate).filter(on=fall.on).exists():
        return
    fallen = _counted(fall, rule)
    if rule.at_most is not None and fallen <= rule.at_most and _felt_on(certificate, fall) == fall.on:
        _tell(act, certificate, fall.on, fallen)


def _known(certificate: Certificate) -> QuerySet[CertificateEvent]:
    """The counts a certificate's history knows and that were not corrected, the oldest first."""
    rows = CertificateEvent.objects.within(house("what a certificate's history knows of a day"))
    return rows.filter(
        employer=certificate.employer_id,
        scheme=certificate.scheme,
        event=EventKind.HEADCOUNT.value,
        corrected_by__isnull=True,
    ).order_by("on", "pk")


def _tell(act: Act, certificate: Certificate, on: date, count: int) -> None:
    certificates.record(
        act,
        employer=certificate.employer,
        partner=certificate.partner,
        scheme=certificate.scheme,
        certificate=certificate,
        event=EventKind.HEADCOUNT,
        on=on,
        count=count,
    )


def _counted(row: Headcount, rule: HeadcountRule) -> int:
    return Count(row.on, {kind: getattr(row, kind) for kind in PEOPLE}).counted(rule.counts)


def _felt_on(certificate: Certificate, row: Headcount) -> date | None:
    """The first day of the certificate's life on which the count held; None where it ended before."""
    kept = kept_of([certificate.employer_id]).get((certificate.employer_id, certificate.scheme), ())
    life = life_of(certificate.pk, among=lives(kept))
    if life is None:
        return None
    begun_on = min(event.on for event in life.events)
    if row.on >= begun_on:
        return row.on
    later = Headcount.objects.within(_LEDGER).filter(employer=certificate.employer_id, on__gt=row.on, on__lte=begun_on)
    return None if later.exists() else begun_on
