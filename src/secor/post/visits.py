"""Letters about a visit for an audit, each with its invitation: to the owners, and to the auditor who comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from email.utils import parseaddr

from django.conf import settings
from django.urls import reverse

from secor.core.invitation import Invitation, written
from secor.core.week import in_words as clock_in_words
from secor.post.bookings import in_words
from secor.post.readers import owners
from secor.queries import visits as asked
from secor.store.models import AuditVisit, Entry
from secor.usecases.act import ALBERTA
from secor.usecases.letters import Draft

SUBJECTS = {
    "visit.booked": "A visit for the audit of {business} is booked",
    "visit.moved": "The visit for the audit of {business} has changed",
    "visit.cancelled": "The visit for the audit of {business} is called off",
}


def following(entry: Entry) -> Iterator[Draft]:
    """One letter to each owner and one to the auditor. It tells the time the entry was about, whatever came since."""
    visit = asked.of_code(entry.subject)
    if visit is None or entry.act not in SUBJECTS:
        return
    employer, auditor = visit.audit.employer, visit.diary.person
    business = " ".join(employer.legal_name.split())
    told = _told(entry)
    mine = settings.SITE_URL + reverse("auditor:visits", args=[visit.audit.code])
    theirs = settings.SITE_URL + reverse("employer:audit", args=[employer.code])
    ready = "" if entry.act == "visit.cancelled" else " Have your papers ready, and your people at hand."
    readers = [(auditor, f"{told}\n\n{mine}\n")]
    readers += [
        (each, f"{told}{ready} If you cannot be there then, talk to your auditor.\n\n{theirs}\n")
        for each in owners(entry)
        if each.pk != auditor.pk
    ]
    for person, text in readers:
        yield Draft(
            once=f"entry:{entry.pk}:{person.pk}",
            to=person.email,
            kind=entry.act,
            subject=SUBJECTS[entry.act].format(business=business)[:200],
            body=text,
            person=person,
            employer_id=entry.employer_id,
            partner_id=entry.partner_id,
            invitation=written(_invitation(visit, entry, attendee=person.email)),
        )


def _told(entry: Entry) -> str:
    starts_at, ends_at = (datetime.fromisoformat(entry.detail[key]) for key in ("starts_at", "ends_at"))
    was = "It was to be" if entry.act == "visit.cancelled" else "It is"
    town = entry.detail["town"]
    until = clock_in_words(ends_at.astimezone(ALBERTA).time())
    return f"{was} on {in_words(starts_at)}, until {until} (Alberta time){f', in {town}' if town else ''}."


def _invitation(visit: AuditVisit, entry: Entry, *, attendee: str) -> Invitation:
    return Invitation(
        uid=f"{visit.uid}@secor",
        sequence=entry.detail["sequence"],
        title="Visit for the SECOR audit",
        starts_at=datetime.fromisoformat(entry.detail["starts_at"]),
        ends_at=datetime.fromisoformat(entry.detail["ends_at"]),
        stamped_at=entry.at,
        organizer=settings.HELP_EMAIL or parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        attendee=attendee,
        where=entry.detail["town"],
        cancelled=entry.act == "visit.cancelled",
    )
