"""The shapes and words of statuses, and the site's few small drawings.

A status is never told by colour alone (WCAG 1.4.1): each has a word, and a shape of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True, slots=True)
class Status:
    """How a status is shown."""

    word: str
    tone: str
    shape: str


STATUSES = {
    # standing of a certificate
    "none": Status("Not yet certified", "still", "ring"),
    "valid": Status("Valid", "good", "check"),
    "suspended": Status("Suspended", "soon", "pause"),
    "lapsed": Status("Lapsed", "stop", "diamond"),
    "cancelled": Status("Cancelled", "stop", "cross"),
    "revoked": Status("Revoked", "stop", "cross"),
    "withdrawn": Status("Withdrawn", "still", "bar"),
    "expired": Status("Expired", "still", "hourglass"),
    "converted": Status("Moved to COR", "wait", "arrow"),
    "unconfirmed": Status("Could not be confirmed", "soon", "query"),
    # duties
    "due_soon": Status("Due soon", "soon", "clock"),
    "overdue": Status("Overdue", "stop", "diamond"),
    "done": Status("Done", "good", "check"),
    "to_do": Status("To do", "wait", "ring"),
    "pending": Status("Pending", "wait", "dots"),
    "missing": Status("Missing", "stop", "diamond"),
    # stages of an audit, verdicts, and a partner's answers
    "asked": Status("Waiting for approval", "wait", "dots"),
    "open": Status("Being done", "wait", "ring"),
    "submitted": Status("Waiting for review", "wait", "dots"),
    "in_review": Status("In review", "wait", "dots"),
    "returned": Status("Sent back", "soon", "arrow"),
    "accepted": Status("Accepted", "good", "check"),
    "approved": Status("Approved", "good", "check"),
    "rejected": Status("Not accepted", "stop", "cross"),
    "refused": Status("Refused", "stop", "cross"),
    "passed": Status("Passed", "good", "check"),
    "not_passed": Status("Not passed", "stop", "cross"),
    # how a question of an audit stands
    "full": Status("Full points", "good", "check"),
    "short": Status("Points missing", "soon", "bar"),
    "left_out": Status("Left out", "still", "bar"),
    "payable": Status("Payable", "good", "check"),
    "withheld": Status("Withheld", "soon", "pause"),
    # entries of the public log
    "certified": Status("Certified", "good", "check"),
    "audit_accepted": Status("Audit passed", "good", "check"),
    "extended": Status("More time given", "wait", "clock"),
    "reinstated": Status("Valid again", "good", "check"),
    "replaced": Status("Replaced", "still", "arrow"),
    "transferred": Status("Moved to another partner", "still", "arrow"),
    "corrected": Status("Corrected", "still", "bar"),
    "signed": Status("Signed", "good", "key"),
    "key_made": Status("Key in use", "good", "key"),
    "key_retired": Status("Key retired", "still", "key"),
    "journal": Status("Journal", "still", "dots"),
}

_DRAWN = {
    "check": '<circle cx="12" cy="12" r="9"/><path d="m8 12.5 2.8 2.8L16 9.5"/>',
    "pause": '<circle cx="12" cy="12" r="9"/><path d="M9.8 8.5v7M14.2 8.5v7"/>',
    "diamond": '<path d="M12 2.5 21.5 12 12 21.5 2.5 12zM12 8v4.5M12 15.6v.4"/>',
    "cross": '<path d="M8 3h8l5 5v8l-5 5H8l-5-5V8z"/><path d="m9 9 6 6M15 9l-6 6"/>',
    "query": '<circle cx="12" cy="12" r="9"/><path d="M9.3 9.6a2.8 2.8 0 1 1 3.9 2.6c-.8.4-1.2.9-1.2 1.8M12 16.6v.2"/>',
    "bar": '<circle cx="12" cy="12" r="9"/><path d="M8 12h8"/>',
    "hourglass": '<path d="M6 3h12M6 21h12M7.5 3v4.5L12 12l4.5-4.5V3M7.5 21v-4.5L12 12l4.5 4.5V21"/>',
    "clock": '<circle cx="12" cy="12" r="9"/><path d="M12 7v5.2l3.4 2"/>',
    "ring": '<circle cx="12" cy="12" r="8.5" stroke-dasharray="4.2 3"/>',
    "dots": '<circle cx="12" cy="12" r="9"/><path d="M8 12h.1M12 12h.1M16 12h.1"/>',
    "arrow": '<circle cx="12" cy="12" r="9"/><path d="M8 12h8m-3.2-3.2L16 12l-3.2 3.2"/>',
    "info": '<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6V8"/>',
    "forward": '<path d="M5 12h14m-5-5 5 5-5 5"/>',
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>',
    "key": '<circle cx="8" cy="15" r="4.5"/><path d="m11.2 11.8 8.3-8.3M16 7l3 3"/>',
}

TONES = {"success": "good", "warning": "soon", "error": "stop", "info": "wait", "debug": "still"}


def of(key: str) -> Status:
    """How the status ``key`` is shown; one without a shape of its own is told by its word alone."""
    return STATUSES.get(key) or Status(key.replace("_", " ").capitalize(), "still", "ring")


def drawn(name: str) -> SafeString:
    """The drawing ``name`` as inline SVG, hidden from readers who hear the page: the word beside it says it."""
    lines = mark_safe(_DRAWN.get(name, _DRAWN["info"]))  # noqa: S308 - our own constants above
    return format_html(
        '<svg viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" stroke-width="2.2" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{}</svg>',
        lines,
    )
