"""Every route of the site, and its address among the things of one estate."""

from __future__ import annotations

import re
from dataclasses import dataclass

from estates import Estate
from secor.web import door

UNWALKED = {
    "account_reset_password_from_key": "its key is a signed secret of one person, made and checked by allauth",
    "mfa_remove_webauthn": "removes a key of whoever signed in; allauth looks only among that person's own",
    "mfa_edit_webauthn": "renames a key of whoever signed in; allauth looks only among that person's own",
}
# What the codes in an address are, by how the address begins. The longest beginning counts.
CODES = {
    "employer/": lambda estate: estate.employer.code,
    "auditor/": lambda estate: estate.audit.code,
    "field/": lambda estate: estate.employer.code,
    "onsite/": lambda estate: estate.audit.code,
    "partner/members/": lambda estate: estate.employer.code,
    "partner/proofs/": lambda estate: estate.proof.code,
    "partner/starts/": lambda estate: estate.audit.code,
    "partner/audits/": lambda estate: estate.audit.code,
    "partner/more-time/": lambda estate: estate.more_time,
    "files/evidence/": lambda estate: estate.evidence.code,
    "files/proof/": lambda estate: estate.proof.code,
    "papers/course/": lambda estate: estate.taken.code,
    "papers/report/": lambda estate: estate.audit.code,
    "papers/program/": lambda estate: estate.employer.code,
    "papers/binder/": lambda estate: estate.employer.code,
    "papers/submission/": lambda estate: estate.audit.code,
    "papers/action-plan/": lambda estate: estate.audit.code,
    "api/v1/employers/": lambda estate: estate.employer.code,
    "api/v1/audits/": lambda estate: estate.audit.code,
    "wallet/": lambda estate: estate.hand.wallet,
}
PARTS = {
    "number": lambda estate: estate.certificate.number,
    "newer": lambda _: 1,
    "partner": lambda estate: estate.certificate.partner.key,
    "nth": lambda _: 1,
    "question": lambda _: "1.1",
    "rule": lambda _: "thin_note",
    "note": lambda estate: estate.note.code,
    "piece": lambda estate: estate.evidence.code,
    "action": lambda estate: estate.action.code,
    "act": lambda _: "suspend",
    "part": lambda estate: estate.part.code,
    "kind": lambda _: "docx",
    "uid": lambda estate: estate.record.uid,
    "sha256": lambda _: "0" * 64,
    "who": lambda estate: estate.hand.code,
    "ticket": lambda estate: estate.ticket.code,
    "form": lambda _: "site-inspection",
    "sheet": lambda estate: estate.sheet.code,
    "pack": lambda estate: estate.pack,
    "what": lambda _: "program",
    "talk": lambda estate: estate.talk,
    "hook": lambda estate: estate.hook,
    "name": lambda _: "0/000.p/1",
    "quote": lambda estate: estate.quote.code,
    "link": lambda estate: estate.quote_link,
    "role": lambda estate: estate.role,
    "visit": lambda estate: estate.visit.code,
    "watch": lambda _: "0" * 44,  # the same
    "course": lambda estate: estate.taken.course,
    "lesson": lambda _: "promise",
    "taken": lambda estate: estate.taken.secret,
    "secret": lambda _: "0" * 26,  # the link's secret is kept nowhere; tests that want it make one
}
PART = re.compile(r"<(\w+:\w+)>")
OWN_ACCOUNT_PAGES = {
    "accounts/desk/",
    "accounts/you/",
    "accounts/programs/",
    "accounts/webhooks/",
    "accounts/webhooks/<str:hook>/",
    "accounts/second-factor/",
    "accounts/demonstration/sign-in/",
}


@dataclass(frozen=True)
class Route:
    """One route: its address as the map writes it, its name, and its door."""

    pattern: str
    name: str
    door: door.Door

    @property
    def addressed(self) -> bool:
        """Whether a code in the address says whose things these are."""
        return bool(PART.search(self.pattern))

    @property
    def library(self) -> bool:
        """Whether the page is about signing in: it knows of nobody but whoever asks."""
        return self.pattern.startswith("accounts/") and self.pattern not in OWN_ACCOUNT_PAGES

    def to(self, estate: Estate) -> str | None:
        """The address of this page of ``estate``; None where a part of it is not known."""

        def fill(part: re.Match[str]) -> str:
            kind, name = part[1].split(":")
            if name == "code":
                known = max((each for each in CODES if self.pattern.startswith(each)), key=len)
                return str(CODES[known](estate))
            return "1" if (kind, name) == ("int", "number") else str(PARTS[name](estate))

        try:
            return "/" + PART.sub(fill, self.pattern)
        except (KeyError, ValueError):
            return None


def routes() -> list[Route]:
    walked = ((address, pattern) for address, pattern in door.routes() if pattern.name not in UNWALKED)
    return [Route(address, pattern.name or "", door.of(pattern.callback)) for address, pattern in walked]
