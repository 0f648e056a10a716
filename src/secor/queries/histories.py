"""What happened to certificates, told life by life.

A life begins with a certification and goes on through every renewal under the same rules. It is judged by the edition
and the partner of the certificate that began it, whatever the employer's partner or the edition of today may be: a
certificate stays pinned to the rules under which it began.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from secor.core.audit import Kind
from secor.core.event import Event, EventKind
from secor.store.models import CertificateEvent
from secor.store.scope import house

CORRECTED = "corrected"
# A new number changes nothing of a certificate's life, and a correction takes another row out of it: the rules are
# told of neither.
UNTOLD = frozenset({"replaced", "transferred", CORRECTED})
# What a partner decides belongs to the one certificate it was decided about; all else is told by its day.
_OF_ONE = frozenset(
    {
        EventKind.EXTENDED,
        EventKind.SUSPENDED,
        EventKind.REINSTATED,
        EventKind.WITHDRAWN,
        EventKind.CANCELLED,
        EventKind.REVOKED,
    }
)
_COLUMNS = (
    "employer_id",
    "scheme",
    "pk",
    "on",
    "event",
    "kind",
    "passed",
    "until",
    "count",
    "records_months",
    "corrects_id",
    "certificate_id",
    "certificate__edition",
    "certificate__partner__key",
)
_CORRECTS = _COLUMNS.index("corrects_id")


@dataclass(frozen=True, slots=True)
class Pin:
    """The rules something is held to: an edition, a partner's overlay, and the day whose values hold."""

    scheme: str
    edition: str
    partner: str
    on: date


@dataclass(frozen=True, slots=True)
class Kept:
    """One event as it is kept: the certificate it was recorded for, and the rules that certificate is held to."""

    pk: int
    event: Event
    certificate: int | None
    pin: Pin | None


@dataclass(frozen=True, slots=True)
class Life:
    """A certificate's life: the certificate that began it, the rules it is judged by, and what happened in it."""

    certificate: int
    pin: Pin
    events: tuple[Event, ...]


def kept_of(employers: Iterable[int]) -> dict[tuple[int, str], list[Kept]]:
    """Everything that happened to the certificates of these employers, by employer and scheme. One query."""
    asked = CertificateEvent.objects.within(house("standing follows from everything that happened"))
    rows = list(asked.filter(employer__in=set(employers)).order_by("on", "pk").values_list(*_COLUMNS))
    corrected = {row[_CORRECTS] for row in rows}
    found: dict[tuple[int, str], list[Kept]] = {}
    for row in rows:
        employer, scheme, pk, on, event, kind, passed, until, count, months, _, certificate, edition, partner = row
        if event in UNTOLD or pk in corrected:
            continue
        told = Event(on, EventKind(event), Kind(kind) if kind else None, passed, until, count, months)
        pin = Pin(scheme, edition, partner, on) if certificate else None
        found.setdefault((employer, scheme), []).append(Kept(pk, told, certificate, pin))
    return found


def lives(kept: Sequence[Kept]) -> tuple[Life, ...]:
    """Cut the history of one employer under one scheme into lives, the oldest first."""
    begins = _beginnings(kept)
    return tuple(
        Life(one.certificate, one.pin, tuple(_belonging(kept, one, begins[nth + 1] if nth + 1 < len(begins) else None)))
        for nth, one in enumerate(begins)
        if one.certificate is not None and one.pin is not None
    )


def life_of(certificate: int, *, among: Sequence[Life]) -> Life | None:
    """The life a certificate belongs to: the last one begun by it or by an earlier certificate."""
    return next((life for life in reversed(among) if life.certificate <= certificate), None)


def _beginnings(kept: Sequence[Kept]) -> list[Kept]:
    first: dict[int, Kept] = {}
    for one in kept:
        if one.event.event is EventKind.CERTIFIED and one.certificate is not None:
            first.setdefault(one.certificate, one)
    return [first[certificate] for certificate in sorted(first)]


def _belonging(kept: Sequence[Kept], begin: Kept, then: Kept | None) -> Iterable[Event]:
    for one in kept:
        if one.event.event is EventKind.CERTIFIED:
            belongs = one.certificate == begin.certificate
        elif one.event.event in _OF_ONE:
            belongs = _within(one.certificate, begin.certificate, then.certificate if then else None)
        else:
            belongs = begin.event.on <= one.event.on and (then is None or one.event.on < then.event.on)
        if belongs:
            yield one.event


def _within(certificate: int | None, first: int | None, then: int | None) -> bool:
    if certificate is None or first is None or certificate < first:
        return False
    return then is None or certificate < then
