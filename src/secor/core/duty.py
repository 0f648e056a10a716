"""What a certificate asks for in one cycle: an audit by a day, which audits count toward it, and what is owed next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from secor.core.anniversary import Due, DueRule, add_months, due
from secor.core.audit import Kind
from secor.core.term import Term

# An audit on a part of what is asked stands in for whatever is asked next.
_IN_PART = frozenset({Kind.LIMITED_SCOPE, Kind.ADMINISTRATIVE})


@dataclass(slots=True)
class Duty:
    """One audit a cycle asks for, and how far it has come.

    ``reached`` is what has reached its milestone in time and waits for a decision; ``failed_on`` is the day an audit
    for it was decided and did not pass.
    """

    kind: Kind
    due: Due
    first_due_on: date
    reached: bool = False
    done: bool = False
    failed_on: date | None = None

    @property
    def open(self) -> bool:
        """Tell whether it can still be missed."""
        return not self.done and not self.reached

    def takes(self, kind: Kind | None) -> bool:
        """Tell whether an audit of this kind counts toward it; a step told without its kind counts toward any."""
        if kind is Kind.ACTION_PLAN:
            return self.kind is Kind.MAINTENANCE
        return kind in {None, self.kind} or kind in _IN_PART

    def extend(self, until: date, *, partner: str) -> bool:
        """Move its due day to ``until``. One that is no later than the rules themselves give moves nothing."""
        if until <= self.first_due_on:
            return False
        self.due = Due(until, self.due.opens_on, f"due {until}: extended by the partner ({partner})")
        return True

    def why(self) -> tuple[str, ...]:
        """Tell, in words, when it is due and what has become of it so far."""
        if self.reached:
            return (self.due.why, "reached its milestone in time; the decision is pending")
        if self.failed_on is not None:
            return (self.due.why, f"not passed on {self.failed_on}; one that passes is still owed")
        return (self.due.why,)


def duties(rule: DueRule, *, term: Term, started_on: date, ends_on: date, partner: str) -> list[Duty]:
    """Give what a cycle asks for: the maintenance audits of its term, and recertification by the term's last day."""
    asked = []
    for nth in term.maintained_at:
        by = due(rule, issued_on=started_on, nth=nth, term_ends_on=ends_on, partner=partner)
        asked.append(Duty(Kind.MAINTENANCE, by, by.due_on))
    opens = None if rule.opens_months_before is None else add_months(ends_on, -rule.opens_months_before)
    renewal = Due(ends_on, opens, f"due {ends_on}: the last day of the term ({partner})")
    return [*asked, Duty(Kind.RECERTIFICATION, renewal, ends_on)]


def owed(asked: Sequence[Duty]) -> Duty | None:
    """Give what is owed next, decided or waiting for a decision; None when nothing is."""
    return _earliest([duty for duty in asked if not duty.done])


def missable(asked: Sequence[Duty]) -> Duty | None:
    """Give what can be missed next: owed, and nothing has reached its milestone. None when nothing can."""
    return _earliest([duty for duty in asked if duty.open])


def _earliest(asked: Sequence[Duty]) -> Duty | None:
    # By the day and not by the order of the cycle: an extension can carry a duty past the one after it.
    return min(asked, key=lambda duty: duty.due.due_on, default=None)
