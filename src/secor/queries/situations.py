"""Where a business stands today, read once: its size, partner, courses, audit and certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from secor.core.certificate import LIVE, StandingReport, standing
from secor.core.employer import Eligibility, Headcount, eligible
from secor.core.event import Event, EventKind
from secor.core.scheme import Rules
from secor.queries import certificates, courses, employers
from secor.queries.audits import UNDER_WAY, Audit
from secor.queries.histories import kept_of, life_of, lives
from secor.store.models import Account, Certificate, CourseProof, Employer, Membership
from secor.store.scope import house

ASKED = house("the audits of an employer that was itself reached")


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a business's next step follows from, on the day ``on``."""

    employer: Employer
    on: date
    rules: Rules
    membership: Membership | None
    refusal: Membership | None
    ledger: tuple[Headcount, ...]
    size: Eligibility
    account: bool
    proofs: tuple[CourseProof, ...]
    counting: tuple[CourseProof, ...]
    gone: frozenset[int]
    audit: Audit | None
    certificate: Certificate | None
    report: StandingReport | None

    @property
    def member(self) -> bool:
        """Whether a certifying partner has taken the business."""
        return self.membership is not None and self.membership.approved_on is not None

    @property
    def trained(self) -> bool:
        """Whether somebody has an accepted proof of the course that the rules want, if they want one."""
        return self.rules.training is None or bool(self.counting)

    @property
    def lost(self) -> tuple[CourseProof, ...]:
        """The accepted proofs there were, where none of them counts any more: somebody left, or they ran out."""
        return () if self.trained else courses.accepted(self.proofs, rule=self.rules.training, on=self.on)

    @property
    def live(self) -> bool:
        """Whether the business holds a certificate that has not ended."""
        return self.report is not None and self.report.standing in LIVE

    @property
    def under_way(self) -> Audit | None:
        """The audit that is being done or judged now."""
        return self.audit if self.audit is not None and self.audit.stage in UNDER_WAY else None


def situation_of(employer: Employer, *, on: date) -> Situation:
    """Read where a business stands: nine queries at most, whatever its history."""
    membership = employers.membership_of(employer)
    rules = employers.rules_under(membership, on=on)
    ledger = employers.ledger(employers.headcounts_of(employer))
    proofs = courses.proofs_of(employer)
    gone = courses.gone(proofs, employer=employer, on=on)
    certificate = certificates.newest_of(employer)
    audits = Audit.objects.within(ASKED).filter(employer=employer).select_related("partner", "assessor")
    return Situation(
        employer=employer,
        on=on,
        rules=rules,
        membership=membership,
        refusal=employers.last_refusal(employer) if membership is None else None,
        ledger=ledger,
        size=eligible(ledger, rule=rules.headcount, on=on),
        account=Account.objects.within(ASKED).filter(employer=employer, closed_on__isnull=True).exists(),
        proofs=proofs,
        counting=courses.counting(proofs, rule=rules.training, gone=gone, on=on),
        gone=gone,
        audit=audits.order_by("-pk").first(),
        certificate=certificate,
        report=certificates.standing_of(certificate, on=on) if certificate else None,
    )


def with_count(certificate: Certificate, *, count: int, since: date, on: date) -> StandingReport | None:
    """What a certificate would be worth on the day ``on`` if ``count`` people had been reported ``since`` a day.

    Nothing is written: this tells an owner what a report would bring before they make it.
    """
    return as_if(certificate, [Event(since, EventKind.HEADCOUNT, count=count)], on=on)


def as_if(certificate: Certificate, events: Sequence[Event], *, on: date) -> StandingReport | None:
    """What a certificate would be worth on the day ``on`` if ``events`` had happened to it, none before it began."""
    kept = kept_of([certificate.employer_id]).get((certificate.employer_id, certificate.scheme), ())
    life = life_of(certificate.pk, among=lives(kept))
    if life is None:
        return None
    begun_on = min(event.on for event in life.events)
    felt = (replace(event, on=max(event.on, begun_on)) for event in events)
    return standing((*life.events, *felt), rules=certificates.rules_of(life.pin), on=on)
