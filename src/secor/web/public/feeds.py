"""A consultant's calendar for the calendar on their phone, by an address that only they know."""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from secor.core.feed import Booked, WholeDays, written
from secor.queries import agendas as asked
from secor.queries.agendas import Agenda
from secor.queries.audits import Audit
from secor.usecases.act import ALBERTA
from secor.web.door import public_reading
from secor.web.http import Visit
from secor.web.public.talks import closed


@public_reading
def feed(request: Visit, secret: str) -> HttpResponse:
    """Give what is booked and what falls due. Who asked for a talk stays behind the page's door.

    An address that was stopped, or whose person audits for nobody today, opens nothing and says so (410).
    """
    found = asked.followed_by(secret, on=request.on)
    if found is None:
        return closed(render(request, "public/feed_gone.html", status=410))
    person, keys = found
    agenda = asked.agenda(person, keys=keys, at=request.act.at, zone=ALBERTA)
    told = written("SECOR", _things(agenda), at=request.act.at)
    return closed(HttpResponse(told, content_type="text/calendar; charset=utf-8"))


def _things(found: Agenda) -> Iterator[Booked | WholeDays]:
    mine = settings.SITE_URL + reverse("auditor:calendar")
    for talk in found.talks:
        on_site = talk.visit == "on_site"
        yield Booked(
            f"{talk.uid}@secor",
            "First talk, at their place" if on_site else "First talk, on the phone",
            talk.starts_at,
            talk.ends_at,
            talk.changed_at,
            talk.sequence,
            talk.town if on_site else "",
            mine,
        )
    for visit in found.visits:
        title = f"Audit visit: {_business(visit.audit)}"
        about = (visit.changed_at, visit.sequence, visit.town, _address(visit.audit))
        yield Booked(f"{visit.uid}@secor", title, visit.starts_at, visit.ends_at, *about)
    for due in found.due:
        title = f"Due: {_business(due.audit)}. {due.what}"
        yield WholeDays(f"{due.key}@secor", title, due.on, due.on, link=_address(due.audit))
    for away in found.away:
        yield WholeDays(f"away-{away.pk}@secor", "Away", away.first_on, away.last_on, busy=True, link=mine)


def _business(audit: Audit) -> str:
    return audit.employer.trade_name or audit.employer.legal_name


def _address(audit: Audit) -> str:
    return settings.SITE_URL + reverse("auditor:audit", args=[audit.code])
