"""The business's journal in plain words: what happened, when, and on whose side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse

from secor.queries import employers
from secor.queries.courses import name_of
from secor.queries.employers import Entry
from secor.web.door import READING, door
from secor.web.employer.desk import OPENS_OWN, reached, show
from secor.web.http import SignedIn
from secor.web.words import plainly

A_PAGE = 30
# What a partner does before it sends its answer (claiming, marking, noting) is the partner's own, and stands nowhere
# in this list: an act without words here is not shown.
ACTS = {
    "employer.registered": "The business was registered",
    "employer.renamed": "The business's names were changed",
    "employer.changed": "The business's details were changed",
    "account.added": "A WCB account was added",
    "account.closed": "A WCB account was closed",
    "site.added": "A place of work was added",
    "site.closed": "A place of work was closed",
    "headcount.reported": "A head-count was reported",
    "headcount.corrected": "A head-count was corrected",
    "program.begun": "A health and safety program was begun",
    "program.retold": "The program's builder was told something else",
    "program.built": "Parts of the program were written",
    "program.signed": "Parts of the program were signed",
    "part.added": "A part was added to the program",
    "part.edited": "A part of the program was changed",
    "part.signed": "A part of the program was signed",
    "part.reviewed": "A part of the program was looked at again",
    "part.read": "A part of the program was read and signed",
    "part.removed": "A part was taken out of the program",
    "part.put_back": "A part was put back into the program",
    "part.offer_taken": "A part of the program got a new text",
    "part.offer_left": "A part of the program kept its text",
    "partner.asked": "A certifying partner was asked",
    "partner.left": "A certifying partner was left",
    "member.approved": "The certifying partner took the business in",
    "member.refused": "The certifying partner said no",
    "course.added": "A course proof was sent",
    "course.taken_back": "A course proof was taken back",
    "course.checked": "A course proof was checked",
    "person.invited": "Somebody was invited",
    "role.given": "Somebody was given a role",
    "role.taken": "A role was taken away",
    "tie.declared": "A tie to an auditor was declared",
    "evidence.added": "A photo or document was added",
    "evidence.removed": "A photo or document was removed",
    "audit.asked": "An audit was asked for",
    "audit.start_approved": "The start of the audit was approved",
    "audit.start_refused": "The start of the audit was refused",
    "audit.declared": "The assessor declared to be free of ties",
    "audit.conflict_declared": "The assessor declared a tie",
    "audit.gathered": "The days of gathering were kept",
    "audit.submitted": "The audit was sent",
    "audit.taken_back": "The audit was taken back",
    "audit.withdrawn": "The audit was withdrawn",
    "audit.put_back": "The audit goes on after all",
    "audit.accepted": "The audit was accepted",
    "audit.rejected": "The audit was not accepted",
    "review.sent_back": "The audit was sent back for corrections",
    "plan.aim_added": "An aim was written into the action plan",
    "plan.aim_removed": "An aim was taken out of the action plan",
    "plan.sent": "The action plan was sent",
    "plan.delivered": "Something was told done in the action plan",
    "plan.sent_back": "The action plan was sent back",
    "plan.scored": "The action plan was scored",
    "note.replied": "A note of the reviewer was answered",
    "certificate.issued": "The certificate was issued",
    "certificate.extended": "A due day was moved",
    "certificate.suspended": "The certificate was suspended",
    "certificate.reinstated": "The certificate is in force again",
    "certificate.cancelled": "The certificate was cancelled",
    "certificate.revoked": "The government ended the certificate",
    "certificate.withdrawn": "The certificate was given up",
    "certificate.replaced": "The certificate got a new number",
    "certificate.transferred": "Another certifying partner took the certificate over",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One act, as its employer reads it."""

    at: datetime
    told: str
    who: str
    more: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of lines, in the form that the list's foot wants."""

    lines: tuple[Line, ...]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Whether there is a page before."""
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        """The page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """The page after."""
        return self.number + 1


@door(*OPENS_OWN, methods=READING)
def history(request: SignedIn, code: str) -> HttpResponse:
    """Show what happened, the newest first."""
    place = reached(request, code)
    text = request.GET.get("page", "1")
    number = max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 5 else 1  # noqa: PLR2004 - pages
    rows = employers.journal_of(place.employer, acts=tuple(ACTS), first=(number - 1) * A_PAGE, most=A_PAGE + 1)
    ours = employers.people_ever(place.employer)
    lines = tuple(_line(row, ours, request) for row in rows[:A_PAGE])
    return show(request, place, "history", {"page": Page(lines, number, has_next=len(rows) > A_PAGE)})


def _line(row: Entry, ours: frozenset[int], request: SignedIn) -> Line:
    return Line(row.at, ACTS[row.act], _who(row, ours, request), _more(row))


def _who(row: Entry, ours: frozenset[int], request: SignedIn) -> str:
    """Who did it: one's own people by name; of the others only the side, for a reviewer's name is not told."""
    if row.person_id == request.user.pk:
        return "You"
    if row.person is not None and row.person_id in ours:
        return str(row.person)
    return _side(row)


def _side(row: Entry) -> str:
    """On whose side somebody stands who is not of the business."""
    if row.person_id is None and not row.hand:
        return "This site, by itself"
    if row.act.startswith(("audit.start", "audit.accepted", "audit.rejected")):
        return "Your certifying partner"
    if row.act.startswith(("audit.", "note.", "evidence.")):
        return "Your auditor"
    by_partner = row.act.startswith(("member.", "course.checked", "review.", "certificate."))
    return row.partner.name if row.partner is not None and by_partner else "Somebody who has left"


def _more(row: Entry) -> str:
    """The one fact that tells this line from others of its kind."""
    detail = row.detail
    if row.act.startswith("headcount."):
        return plainly(f"{sum(detail['counts'].values())} people from {detail['on']} on")
    if row.act in {"course.added", "course.checked", "course.taken_back"}:
        counts = {True: ": it counts", False: ": it does not count"}.get(detail.get("accepted"), "")
        return name_of(detail["course"]) + counts
    if row.act in {"role.given", "role.taken", "person.invited"}:
        return str(detail["kind"]).replace("_", "-")
    if row.act.startswith(("partner.", "member.")) and row.partner is not None:
        return row.partner.name
    if row.act.startswith("certificate."):
        return row.subject
    return ""
