"""Where a business is on the six steps from the first question to the certificate."""

from __future__ import annotations

from dataclasses import dataclass

from secor.queries.growth import Growing, Level
from secor.queries.situations import Situation

STEPS = (
    ("Qualify", "headcount"),
    ("Choose a certifying partner", "partner"),
    ("Take the course", "courses"),
    ("Build your system, and keep records", "program"),
    ("Be audited", "audit"),
    ("Hold your certificate", "certificate"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the six steps: done, now or later; and the page on which it is done."""

    title: str
    state: str
    told: str
    page: str


def steps_of(at: Situation, size: Growing) -> tuple[Step, ...]:
    """The six steps. The first that is not done is the one to take now; a later one may be done already."""
    fits = size.level in {Level.ROOM, Level.FULL}
    certified = at.live
    asked = at.under_way is not None or certified
    done = (
        (fits and at.account) or certified,
        at.member,
        at.trained and at.member,
        asked,
        certified,
        certified,
    )
    now = next((place for place, finished in enumerate(done) if not finished), len(done))
    told = _told(at, size)
    pages = [page for _, page in STEPS]
    if not at.account:
        pages[0] = "details"  # what is missing is added there
    return tuple(
        Step(title, "done" if done[place] else "now" if place == now else "later", told[place], pages[place])
        for place, (title, _) in enumerate(STEPS)
    )


def _told(at: Situation, size: Growing) -> tuple[str, ...]:
    limit = f"; at most {size.maximum} are allowed" if size.maximum is not None else ""
    people = f"{size.counted} people at most in the time that counts{limit}." if size.peak_on else "Not counted yet."
    account = "" if at.account else " Your WCB account is still missing."
    partner = at.membership.partner.name if at.membership else "None yet."
    asked = "" if at.membership is None or at.member else " Asked, not answered yet."
    course = "Somebody is trained." if at.trained and at.rules.training else "Nobody has an accepted proof yet."
    if at.lost:
        course = "Whoever was trained has left, or the course ran out."
    audit = at.under_way.get_stage_display() + "." if at.under_way else "None under way."
    number = f"Number {at.certificate.number}." if at.certificate and at.live else "None today."
    return (people + account, partner + asked, course, "Three months are the least; twelve earn more.", audit, number)
