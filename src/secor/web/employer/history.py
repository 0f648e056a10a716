"""The business's journal in plain words: what happened, when, and on whose side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpResponse

from secor.queries import employers, workers
from secor.queries.courses import name_of
from secor.queries.employers import Entry
from secor.queries.paging import Page
from secor.usecases.act import WORKER
from secor.web.door import READING, door
from secor.web.employer.desk import OPENS_OWN, Place, reached, show
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
    "headcount.planned": "A head-count was planned",
    "headcount.plan_dropped": "A planned head-count was taken out",
    "worker.added": "Somebody was put on the list of people",
    "worker.changed": "Something about a worker was changed",
    "worker.ended": "A worker's last day was told",
    "worker.back": "A worker works here on",
    "worker.pin_given": "A worker was given a first PIN",
    "worker.pin_set": "A worker's PIN was set",
    "worker.pin_chosen": "A worker chose a PIN",
    "worker.pin_missed": "A worker's PIN was typed wrong five times",
    "ticket.added": "A ticket was added",
    "ticket.removed": "A ticket was taken out",
    "wallet.opened": "A worker's tickets got a link for outsiders",
    "wallet.closed": "The link to a worker's tickets was taken away",
    "crew.opened": "The crew got a new link",
    "crew.closed": "The crew's link was taken away",
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
    "action.opened": "Something was put on the list to fix",
    "action.changed": "Something to fix was changed or given to somebody",
    "action.finished": "Something was put right",
    "action.reopened": "Something to fix was opened again",
    "figures.told": "The hours or lost days of a month were told",
    "figures.consented": "The business agreed to share its figures, unnamed",
    "forecast.consented": "The certifying partner may see the forecast",
    "forecast.withdrawn": "The certifying partner no longer sees the forecast",
    "figures.withdrawn": "The business stopped sharing its figures",
    "partner.asked": "A certifying partner was asked",
    "partner.left": "A certifying partner was left",
    "member.approved": "The certifying partner took the business in",
    "member.refused": "The certifying partner said no",
    "records.wanted": "The auditor asked to look at the records",
    "records.opened": "The auditor may look at the records",
    "records.closed": "The auditor may no longer look at the records",
    "records.looked_at": "The auditor looked at records",
    "course.added": "A course proof was sent",
    "course.taken_back": "A course proof was taken back",
    "course.checked": "A course proof was checked",
    "lesson.begun": "Somebody began an online course",
    "lesson.finished": "Somebody finished an online course",
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
    "audit.objection_explained": "The assessor said why something is right as it is",
    "audit.explanation_taken_back": "The assessor took back what was said to a quality rule",
    "report.edited": "A sentence of the report was put in other words",
    "report.edit_undone": "A sentence of the report is as it was composed again",
    "audit.brought": "An audit was brought in from a file",
    "audit.submitted": "The audit was sent",
    "audit.taken_back": "The audit was taken back",
    "audit.handed_over": "The audit was handed to another auditor",
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
    "extension.asked": "More time was asked for",
    "extension.granted": "More time was granted",
    "extension.refused": "More time was refused",
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


@door(*OPENS_OWN, methods=READING)
def history(request: SignedIn, code: str) -> HttpResponse:
    """Show what happened, the newest first."""
    place = reached(request, code)
    text = request.GET.get("page", "1")
    number = max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 5 else 1  # noqa: PLR2004 - pages
    rows = employers.journal_of(place.employer, acts=tuple(ACTS), first=(number - 1) * A_PAGE, most=A_PAGE + 1)
    ours = employers.people_ever(place.employer)
    lines = tuple(_line(row, ours, request) for row in rows[:A_PAGE])
    lines = _with_workers(place, rows, lines)
    return show(request, place, "history", {"page": Page(lines, number, has_next=len(rows) > A_PAGE)})


def _with_workers(place: Place, rows: Sequence[Entry], lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Tell the name of each worker who acted with a PIN, or whom a line is about: the journal knows the code alone."""
    if not any(row.hand.startswith(WORKER) or _about(row) for row in rows):
        return lines
    names = workers.names_of(place.employer)
    told = []
    for row, line in zip(rows, lines, strict=False):
        name = names.get(row.hand.removeprefix(WORKER), "Somebody of the crew")
        who = name if row.hand.startswith(WORKER) else line.who
        told.append(replace(line, who=who, more=line.more or names.get(_about(row), "")))
    return tuple(told)


def _about(row: Entry) -> str:
    """The code of the worker whom an entry is about."""
    if row.act.startswith(("worker.", "wallet.")):
        return row.subject
    return str(row.detail.get("worker", "")) if row.act.startswith(("ticket.", "part.read")) else ""


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
        people = f"{sum(detail['counts'].values())} people from" if "counts" in detail else "From"
        return plainly(f"{people} {detail['on']} on")
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
