"""What auditors of the demonstration keep: a visit, days away, rates and two quotes; listings, and a complaint."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from secor.core.audit import Kind
from secor.core.quote import Job, Rates
from secor.core.role import RoleKind
from secor.core.visit import Plan
from secor.queries import visits as asked
from secor.store.models import Audit, Diary, Matter, Partner, Person, Role
from secor.store.scope import Scope
from secor.usecases import auditors, diaries, listings, quotes, visits
from secor.usecases.act import ALBERTA, Act
from secor.usecases.listings import Told
from secor.usecases.province.cast import Office
from secor.usecases.quotes import Habits, Wanted

HOURS = timedelta(hours=3)
LISTED = {
    "Dev Sharma": Told(
        "Red Deer", english=True, french=False, about="Roofing, framing and paving.", phone="403-555-0161", email=""
    ),
    "Kim Rousseau": Told(
        "Grande Prairie",
        english=True,
        french=True,
        about="Oil field trucking and small shops.",
        phone="780-555-0172",
        email="kim.rousseau@demonstration.example",
    ),
    "Mina Farrow": Told(
        "Calgary", english=True, french=False, about="", phone="", email="mina.farrow@demonstration.example"
    ),
}
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


def register(offices: Iterable[Office], *, at: datetime) -> None:
    """Number the certifications, list auditors who want to be found, and keep a complaint about one of them."""
    for office in offices:
        registrar = Act(office.registrar, at)
        for nth, person in enumerate(office.auditors, start=1):
            role = Role.objects.get(person=person, partner=office.partner, kind=RoleKind.AUDITOR)
            number = f"{office.partner.acronym}-A{nth:03}"
            auditors.renew(registrar, role=role, until_on=registrar.on + timedelta(days=190 * nth), number=number)
            if listed := LISTED.get(person.name):
                listings.put_up(Act(person, at), told=listed)
            if person.name == "Owen Fitzgerald":
                told = "A business says that he came two hours late on both days and had not called."
                auditors.open_matter(registrar, role=role, kind=Matter.Kind.COMPLAINT, text=told)


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
