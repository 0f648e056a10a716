"""What the first auditor of the demonstration has in their calendar: a visit, days away, rates and two quotes."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from secor.core.audit import Kind
from secor.core.quote import Job, Rates
from secor.core.visit import Plan
from secor.queries import visits as asked
from secor.store.models import Audit, Diary, Partner, Person
from secor.store.scope import Scope
from secor.usecases import diaries, quotes, visits
from secor.usecases.act import ALBERTA, Act
from secor.usecases.quotes import Habits, Wanted

HOURS = timedelta(hours=3)
AWAY = (timedelta(days=24), timedelta(days=28))
RATES = Rates(Decimal(95), Decimal(8), Decimal("1.25"), Decimal(2), Decimal("0.68"))


def fill(auditor: Person, partner: Partner, *, at: datetime) -> None:
    """Book a visit for the auditor's first audit that is being done, and keep days away, rates and quotes."""
    act = Act(auditor, at)
    diaries.add_away(act, first_on=act.on + AWAY[0], last_on=act.on + AWAY[1])
    _visit(act, auditor)
    quotes.keep_rates(act, rates=RATES, habits=Habits(f"{auditor.name}, safety audits", "81234 5678 RT0001"))
    for business, email, job in (
        ("Bow Bend Fencing Ltd.", "bow.bend@demonstration.example", Job(7, 1, 212)),
        ("Little Smoky Welding", "little.smoky@demonstration.example", Job(4, 2, 640)),
    ):
        made = quotes.make(act, wanted=Wanted(business, email, partner, Kind.CERTIFICATION, job))
        if job.sites == 1:
            quotes.send(act, quote=made)


def _visit(act: Act, auditor: Person) -> None:
    rows = Audit.objects.within(Scope(assessor=auditor.pk)).filter(assessor=auditor, stage=Audit.Stage.OPEN)
    audit = next((each for each in rows.select_related("employer", "partner") if asked.visitable(each)), None)
    diary = Diary.objects.filter(person=auditor).first()
    if audit is None or diary is None:
        return
    town = audit.employer.city
    times = asked.free_days(diary, length=HOURS, town=town, at=act.at, zone=ALBERTA)
    if times:
        plan = Plan(times[0], times[0] + HOURS, town)
        try:
            visits.book(act, audit=audit, plan=plan)
        except visits.Warned as warned:
            visits.book(act, audit=audit, plan=plan, read=warned.warnings)
