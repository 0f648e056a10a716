"""A certificate's terms, its life, and what it is worth on a day.

The standing is a function of what happened and of the day, nothing else: no nightly job has to have run for it to be
right. Guarantees: deadlines are inclusive; an event after the day asked about changes nothing; a certificate that
lapsed, expired, was converted, cancelled, revoked or withdrawn stays so until a new one is certified; events of one
day have one fixed order, and the same event told twice is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum

from secor.core.anniversary import DueRule, Milestone, add_months
from secor.core.audit import Kind
from secor.core.duty import Duty, duties, missable, owed
from secor.core.employer import Growth, GrowthBy
from secor.core.event import Event, EventKind
from secor.core.term import Expiry, RenewalAnchor, Term, term_end, term_of

A_DAY = timedelta(days=1)
MONTHS_IN_YEAR = 12


class Standing(Enum):
    """What a certificate is worth on a day."""

    NONE = "none"
    VALID = "valid"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"
    REVOKED = "revoked"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    CONVERTED = "converted"


LIVE = frozenset({Standing.VALID, Standing.SUSPENDED})


_ORDER = {kind: place for place, kind in enumerate(EventKind)}
_ENDS = {
    EventKind.WITHDRAWN: Standing.WITHDRAWN,
    EventKind.CANCELLED: Standing.CANCELLED,
    EventKind.REVOKED: Standing.REVOKED,
}
_MISSED = {Kind.MAINTENANCE: Standing.LAPSED, Kind.RECERTIFICATION: Standing.EXPIRED}
# The events that reach each milestone: a later step of the same audit reaches the earlier ones too.
_REACHES = {
    Milestone.DATA_GATHERED: {EventKind.DATA_GATHERED, EventKind.AUDIT_SUBMITTED, EventKind.AUDIT_ACCEPTED},
    Milestone.SUBMITTED: {EventKind.AUDIT_SUBMITTED, EventKind.AUDIT_ACCEPTED},
    Milestone.ACCEPTED: {EventKind.AUDIT_ACCEPTED},
}


@dataclass(frozen=True, slots=True)
class CertificateRules:
    """The rules a certificate lives under, as one edition and one partner have them."""

    scheme: str
    partner: str
    terms: tuple[Term, ...]
    due: DueRule
    expiry: Expiry = field(default_factory=Expiry)
    at_most: int | None = None
    growth: Growth | None = None


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed next: which audit, from when, by when, and what must have happened to it by then."""

    kind: Kind
    opens_on: date | None
    due_on: date
    milestone: Milestone


@dataclass(frozen=True, slots=True)
class StandingReport:
    """What a certificate is worth on a day, since when, what it owes, and why, in words."""

    standing: Standing
    since: date | None = None
    cycle_year: int | None = None
    term_ends_on: date | None = None
    owed: Owed | None = None
    decision_pending: bool = False
    convert_by: date | None = None
    next_scheme: str | None = None
    why: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Tell whether the certificate counts today: only a valid one does."""
        return self.standing is Standing.VALID


def standing(events: Sequence[Event], *, rules: CertificateRules, on: date) -> StandingReport:
    """Tell what an employer's certificate is worth on the day ``on``, from everything that happened until then."""
    return _lived(events, rules, on).report(on)


@dataclass(frozen=True, slots=True)
class Projection:
    """What follows from the events alone, whatever day it is: what is owed next, and whether the life has ended.

    Kept beside a certificate so that a calendar is an index look-up. Until ``owed_due_on``, that day included,
    ``standing`` tells the same owed audit and the same days. Only two things are left to ask of it: whether a
    certificate whose ``owed_due_on`` has passed awaits a decision or has ended, and whether one that must move on to
    the next scheme (``convert_by``) has done so before that day.
    """

    owed_kind: Kind | None
    owed_due_on: date | None
    term_ends_on: date | None
    ended: bool


def projection(events: Sequence[Event], *, rules: CertificateRules) -> Projection:
    """Work out what is owed next, given all events so far and no passing of time after the last of them."""
    last = max((event.on for event in events), default=None)
    if last is None:
        return Projection(None, None, None, ended=True)
    life = _lived(events, rules, last)
    report = life.report(last)
    owed = report.owed
    return Projection(
        owed.kind if owed else None, owed.due_on if owed else None, report.term_ends_on, report.standing not in LIVE
    )


@dataclass(slots=True)
class _Life:
    """A certificate's life while its events are told, one after the other."""

    rules: CertificateRules
    standing: Standing = Standing.NONE
    since: date | None = None
    started_on: date | None = None
    before: date | None = None  # the start of the cycle before, while the renewed one has not begun
    term_ends_on: date | None = None
    duties: list[Duty] = field(default_factory=list)
    convert_by: date | None = None
    count: int | None = None  # the last head-count told
    ended_because: str = ""

    @property
    def live(self) -> bool:
        return self.standing is Standing.VALID or self.standing is Standing.SUSPENDED

    def begin(self, started_on: date, records_months: int | None) -> None:
        """Begin a cycle."""
        rules = self.rules
        term = term_of(rules.terms, records_months)
        self.before = self.started_on if self.live else None
        self.started_on, self.term_ends_on = started_on, term_end(started_on, term, rules.expiry)
        self.duties = duties(
            rules.due, term=term, started_on=started_on, ends_on=self.term_ends_on, partner=rules.partner
        )

    def certify(self, event: Event) -> None:
        """Begin a life, or a new one after an end."""
        if self.live and self.started_on == event.on:
            return
        if not self.live:
            self.standing, self.since = Standing.VALID, event.on
        self.convert_by, self.count, self.ended_because = None, None, ""
        self.begin(event.on, event.records_months)

    def let_pass(self, until: date) -> None:
        """Let all days before ``until`` pass, and end the life on the first one that something was missed."""
        if not self.live:
            return
        ends = []
        if self.convert_by is not None and self.convert_by < until:
            why = f"more than {self.rules.at_most} people: moved on by {self.convert_by}"
            ends.append((self.convert_by, Standing.CONVERTED, why))
        missed = missable(self.duties)
        if missed is not None and missed.due.due_on < until:
            ends.append((missed.due.due_on, _MISSED[missed.kind], f"missed: {'; '.join(missed.why())}"))
        if ends:
            # Where both have the same last day, the employer moved on: that one stands first.
            last_day, how, why = min(ends, key=lambda end: end[0])
            self.end(how, last_day + A_DAY, why)

    def end(self, how: Standing, since: date, why: str) -> None:
        """End the life."""
        self.standing, self.since, self.ended_because = how, since, why

    def take(self, event: Event) -> None:
        """Take one event; what comes after the end of a life changes nothing but a new certification."""
        if event.event is EventKind.CERTIFIED:
            self.certify(event)
            return
        if not self.live:
            return
        match event.event:
            case EventKind.DATA_GATHERED | EventKind.AUDIT_SUBMITTED | EventKind.AUDIT_ACCEPTED:
                self.audit(event)
            case EventKind.EXTENDED if event.until is not None:
                self.extend(event.until)
            case EventKind.HEADCOUNT if event.count is not None:
                self.grow(event.on, event.count)
            case EventKind.SUSPENDED if self.standing is Standing.VALID:
                self.standing, self.since = Standing.SUSPENDED, event.on
            case EventKind.REINSTATED if self.standing is Standing.SUSPENDED:
                self.standing, self.since = Standing.VALID, event.on
            case EventKind.WITHDRAWN | EventKind.CANCELLED | EventKind.REVOKED:
                self.end(_ENDS[event.event], event.on, f"{event.event.value} on {event.on}")

    def audit(self, event: Event) -> None:
        """Let one step of an audit count toward the first duty that takes its kind and is not done."""
        duty = next((duty for duty in self.duties if not duty.done and duty.takes(event.kind)), None)
        if duty is None:
            return
        if duty.due.opens_on is not None and event.on < duty.due.opens_on and not duty.reached:
            return
        if event.event in _REACHES[self.rules.due.milestone]:
            duty.reached = True
        if event.event is EventKind.AUDIT_ACCEPTED:
            self.decide(duty, event)

    def decide(self, duty: Duty, event: Event) -> None:
        """Let a decided audit keep the certificate, renew it, or leave the duty open."""
        if not event.passed:
            duty.reached, duty.failed_on = False, event.on
            if event.on > duty.due.due_on:
                self.end(_MISSED[duty.kind], event.on, f"not passed on {event.on}, and {duty.due.why}")
            return
        duty.done = True
        if duty.kind is Kind.RECERTIFICATION:
            self.renew(event)

    def renew(self, event: Event) -> None:
        """Begin the next cycle. The employer is judged anew: only a count that is still over the limit counts on."""
        assert self.term_ends_on is not None, "a live certificate has a term"
        old_expiry = self.rules.expiry.renewal_anchor is RenewalAnchor.OLD_EXPIRY
        self.begin(self.term_ends_on if old_expiry else event.on, event.records_months)
        self.convert_by = None
        if self.count is not None:
            self.grow(event.on, self.count)

    def extend(self, until: date) -> None:
        """Move the day of what is owed."""
        duty = owed(self.duties)
        if duty is None or not duty.extend(until, partner=self.rules.partner):
            return
        if duty.kind is Kind.RECERTIFICATION:
            self.term_ends_on = until

    def grow(self, on: date, count: int) -> None:
        """Note that the employer is too large for the scheme.

        Shrinking again does not take the note back; only a new certification or a recertification does. An audit that
        was sent in time is no longer the next one to fall due.
        """
        self.count = count
        growth, at_most = self.rules.growth, self.rules.at_most
        if growth is None or at_most is None or count <= at_most or self.convert_by is not None:
            return
        match growth.by:
            case GrowthBy.IMMEDIATE:
                self.convert_by = on
            case GrowthBy.YEAR_END:
                self.convert_by = date(on.year, 12, 31)
            case GrowthBy.NEXT_DUE:
                duty = missable(self.duties)
                self.convert_by = duty.due.due_on if duty else self.term_ends_on

    def report(self, on: date) -> StandingReport:
        """Tell how things stand after the last event, on the day ``on``."""
        if self.standing is Standing.NONE:
            return StandingReport(Standing.NONE, why=("no certificate has been issued",))
        if not self.live:
            return StandingReport(self.standing, self.since, term_ends_on=self.term_ends_on, why=(self.ended_because,))
        duty = owed(self.duties)
        assert duty is not None, "a live certificate always owes something next"
        return StandingReport(
            standing=self.standing,
            since=self.since,
            cycle_year=self.cycle_year(on),
            term_ends_on=self.term_ends_on,
            owed=Owed(duty.kind, duty.due.opens_on, duty.due.due_on, self.rules.due.milestone),
            decision_pending=duty.reached,
            convert_by=self.convert_by,
            next_scheme=self.rules.growth.to if self.convert_by and self.rules.growth else None,
            why=tuple(duty.why()),
        )

    def cycle_year(self, on: date) -> int:
        """Tell the year of the cycle the day is in; the anniversary itself begins the next year."""
        assert self.started_on is not None, "a live certificate has begun"
        start = self.before if self.before is not None and on < self.started_on else self.started_on
        years = on.year - start.year
        return years + 1 if add_months(start, MONTHS_IN_YEAR * years) <= on else years


def _lived(events: Sequence[Event], rules: CertificateRules, on: date) -> _Life:
    life = _Life(rules)
    told = {_in_order(event): event for event in events if event.on <= on}
    for _, event in sorted(told.items()):
        life.let_pass(event.on)
        life.take(event)
    life.let_pass(on)
    return life


def _in_order(event: Event) -> tuple[object, ...]:
    """Order events by day, then by kind, then by what they say, so that every order of telling gives one life."""
    kind = event.kind.value if event.kind else None
    said = (kind, bool(event.passed), event.until, event.count, event.records_months)
    return (event.on, _ORDER[event.event], *((each is not None, each) for each in said))
