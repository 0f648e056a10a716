"""The ledger of head-counts: how many people of each kind there were from a day on."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from secor.core.anniversary import anniversary
from secor.core.certificate import LIVE
from secor.core.employer import PEOPLE
from secor.core.employer import Headcount as Count
from secor.core.event import EventKind
from secor.queries import certificates as held
from secor.queries import schemes
from secor.queries.histories import kept_of, life_of, lives
from secor.store.models import Certificate, CertificateEvent, Employer, Headcount
from secor.store.scope import house
from secor.usecases import certificates, owner
from secor.usecases.act import Act, Refusal

MOST = 9999
YEARS_BACK = 10
_LEDGER = house("the ledger of an employer that was itself reached")


class Uncountable(Refusal):
    """A number of people that cannot be, or a kind of people that nobody counts."""


class NoPeople(Refusal):
    """A business without a single person."""


class NotYet(Refusal):
    """A count of a day that has not come."""


class TooLongAgo(Refusal):
    """A count of a day before the ledger begins."""


class OnRecord(Refusal):
    """The count was passed on to the certificate, so it can no longer be made smaller."""


@transaction.atomic
def report(act: Act, *, employer: Employer, on: date, counts: Mapping[str, int]) -> Headcount:
    """Keep how many people there were from the day ``on`` until the next count.

    A second count of one day corrects the first: the journal keeps both. A count over the limit of the partner that
    issued a live certificate is also written into that certificate's history, from which the day to move on by
    follows. Refuses what ``checked`` refuses, a day to come (``NotYet``), one more than ten years ago
    (``TooLongAgo``), and to make a count smaller that the certificate's history already knows (``OnRecord``).
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
    over = _tell_certificate(act, business, row)
    detail: dict[str, Any] = {"on": on.isoformat(), "counts": people, "before": before, "over_the_limit": over}
    act.enter(
        "headcount.corrected" if before else "headcount.reported", employer=business, subject=business.code, **detail
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


def _tell_certificate(act: Act, employer: Employer, row: Headcount) -> int:
    """Write a count over the limit into the live certificate's history; give that count, or 0."""
    certificate = held.live_of(employer)
    if certificate is None or held.standing_of(certificate, on=act.on).standing not in LIVE:
        return 0
    event_on = _felt_on(certificate, row)
    if event_on is None:
        return 0
    rule = schemes.rules(certificate.scheme, partner=certificate.partner.key, on=act.on).headcount
    counted = Count(row.on, {kind: getattr(row, kind) for kind in PEOPLE}).counted(rule.counts)
    known = CertificateEvent.objects.within(house("what a certificate's history knows of a day")).filter(
        employer=employer, scheme=certificate.scheme, event=EventKind.HEADCOUNT.value, on=event_on
    )
    if rule.at_most is None or counted <= rule.at_most:
        if known.exists():
            raise OnRecord(
                "This count is already part of your certificate's history, so it cannot be made smaller here. If the "
                f"number was a slip, call {certificate.partner.name}. If fewer people work for you now, report that "
                "from today."
            )
        return 0
    certificates.record(
        act,
        employer=employer,
        partner=certificate.partner,
        scheme=certificate.scheme,
        certificate=certificate,
        event=EventKind.HEADCOUNT,
        on=event_on,
        count=counted,
    )
    return counted


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
