"""The days by which an audit must have come to its next step, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from secor.core import timeline
from secor.core.audit import Kind
from secor.core.timeline import Clock
from secor.queries.audits import Audit, Stage, rules_of
from secor.store.models import Review
from secor.store.scope import house


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs: what is to be done, by when, why, and how many days are left (0 on the day itself)."""

    what: str
    by: date
    why: str
    left: int

    @property
    def late(self) -> bool:
        """Whether the day has passed; the day itself is in time."""
        return self.left < 0


def running(audits: Iterable[Audit], *, on: date) -> dict[int, tuple[Running, ...]]:
    """The clocks that run for each audit on the day ``on``, by the audit's key: one query, however many they are."""
    rows = list(audits)
    returned = _returned([row for row in rows if row.stage == Stage.RETURNED])
    return {row.pk: _of(row, returned.get(row.pk, []), on) for row in rows}


def _of(audit: Audit, returned: list[date], on: date) -> tuple[Running, ...]:
    if audit.kind == Kind.ACTION_PLAN.value:
        return ()  # a plan has days of its own
    rule = rules_of(audit).timelines
    clocks: list[tuple[str, Clock | None]] = []
    if audit.stage == Stage.OPEN and audit.gathering_from and not audit.gathered_on:
        clocks.append(("Gather everything", timeline.gather_by(rule, started_on=audit.gathering_from)))
    if audit.stage == Stage.OPEN and audit.gathered_on:
        clocks.append(("Send the audit", timeline.report_by(rule, gathered_on=audit.gathered_on)))
    if audit.stage == Stage.RETURNED and returned:
        clock = timeline.correct_by(rule, returned_on=returned[-1], first_returned_on=returned[0])
        clocks.append(("Send the corrections", clock))
    if audit.stage in {Stage.SUBMITTED, Stage.IN_REVIEW} and audit.submitted_on:
        clocks.append(("The partner's review", timeline.review_by(rule, submitted_on=audit.submitted_on)))
    return tuple(Running(what, clock.by, clock.why, (clock.by - on).days) for what, clock in clocks if clock)


def _returned(audits: list[Audit]) -> dict[int, list[date]]:
    """The Alberta days on which each audit was sent back, the first one first."""
    days: dict[int, list[date]] = {}
    if audits:
        rows = Review.objects.within(house("the rounds of audits that were themselves reached"))
        back = rows.filter(audit__in=audits, outcome=Review.Outcome.RETURNED, concluded_at__isnull=False)
        for audit, at in back.order_by("concluded_at").values_list("audit", "concluded_at"):
            if at is not None:
                days.setdefault(audit, []).append(timezone.localdate(at))
    return days
