"""Two estates side by side: a business with everything about it that could leak, and the same again at another partner.

What belongs to one estate carries its secrets: words that stand nowhere else, so that finding one of them on a page
tells whose page it is.
"""

from __future__ import annotations

import hashlib
import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.test import Client

import certified
from cards import card
from cast import Cast, cast
from secor.core.trade import Condition
from secor.queries import library
from secor.queries import quotes as quoted
from secor.queries.audits import instrument_of
from secor.queries.bookings import link_of
from secor.store import shelf
from secor.store.models import (
    Account,
    Advice,
    Answer,
    Audit,
    AuditVisit,
    Certificate,
    CorrectiveAction,
    CourseProof,
    CourseTaken,
    Declaration,
    Diary,
    Employer,
    Enquiry,
    Evidence,
    Explanation,
    ExtensionRequest,
    File,
    Letter,
    Matter,
    Note,
    Partner,
    Person,
    ProgramPart,
    Quote,
    Record,
    Remark,
    ReportEdit,
    Review,
    Role,
    Sheet,
    Site,
    Ticket,
    Tie,
    Worker,
)
from secor.usecases import (
    actions,
    arrivals,
    certificates,
    crew,
    forecasts,
    lessons,
    parts,
    pins,
    programs,
    records,
    shares,
    sheets,
    tickets,
    webhooks,
    workers,
)
from secor.usecases.act import Act
from secor.web import clock
from uploads import photo, sent

PICTURE = b"%PDF-1.4\n%%EOF\n"
HANDS_PIN = "402917"
STAGES = ("asked", "open", "in_review", "returned", "accepted")


@dataclass(frozen=True)
class Estate:
    """One business with an audit and a certificate, and the people on its side."""

    name: str
    employer: Employer
    partner: Partner
    audit: Audit
    certificate: Certificate
    evidence: Evidence
    proof: CourseProof
    taken: CourseTaken
    note: Note
    record: Record
    part: ProgramPart
    hand: Worker
    ticket: Ticket
    action: CorrectiveAction
    sheet: Sheet
    visit: AuditVisit
    quote: Quote
    quote_link: str
    pack: str
    talk: str
    hook: str
    more_time: str
    role: int
    people: frozenset[str]
    secrets: tuple[str, ...]


def estates(stage: str, *, performer: str = "external_auditor") -> tuple[Cast, Estate, Estate]:
    """The cast, and its two estates with their audits at ``stage``."""
    there = cast()
    ours = frozenset({"rosa", "wes", "sol", "dev", "pat", "rey", "dana"})
    theirs = frozenset({"sam", "ned", "ezra", "eve", "ed"})
    assessors = (there.dev, there.ned) if performer == "external_auditor" else (there.rosa, there.sam)
    roofing = _Side("Kestrelmark", there.roofing, there.asc, assessors[0], there.rosa, there.rey, ours)
    siding = _Side("Ospreystone", there.siding, there.esc, assessors[1], there.sam, there.eve, theirs)
    return there, _estate(roofing, stage, performer), _estate(siding, stage, performer)


@dataclass(frozen=True)
class _Side:
    mark: str
    employer: Employer
    partner: Partner
    assessor: Person
    owner: Person
    reviewer: Person
    people: frozenset[str]


def _estate(side: _Side, stage: str, performer: str) -> Estate:
    mark, employer, partner, assessor, owner = side.mark, side.employer, side.partner, side.assessor, side.owner
    at = clock.now()
    today = clock.day_of(at)
    Employer._base_manager.filter(pk=employer.pk).update(
        legal_name=f"{mark} Legal Ltd.",
        trade_name=f"{mark} Trading",
        search_name=f"{mark} legal ltd {mark} trading".lower(),
        address=f"17 {mark} Lane",
        phone=f"{mark}-phone",
    )
    employer.refresh_from_db()
    Account.objects.create(employer=employer, number=f"{mark}-account", industry_code="42124")
    Site.objects.create(employer=employer, name=f"{mark} yard", address=f"3 {mark} Road", people=6)
    Tie.objects.create(employer=employer, person=owner, kind="owner", from_on=date(2024, 1, 8), note=f"{mark} tie")
    certificate = _certificate(employer, partner, today - timedelta(days=340), serial=len(mark) * 1000 + ord(mark[0]))
    audit = _audit(employer, partner, assessor, stage, performer, today)
    file = _file(mark, at)
    evidence = Evidence.objects.create(
        employer=employer,
        audit=audit,
        question="1.1",
        file=file,
        title=f"{mark} binder",
        added_at=at,
        added_by=assessor,
    )
    note = _answers(audit, mark, assessor, side.reviewer, stage, at)
    Letter.objects.create(
        once=mark, to=owner.email, person=owner, employer=employer, partner=partner, kind="welcome",
        subject=f"{mark} letter", body=f"{mark} body", written_at=at, send_after=at, sent_at=at,
    )  # fmt: skip
    proof = CourseProof.objects.create(
        employer=employer,
        code=f"proof{mark[:3].lower()}",
        course="health-and-safety-program-building",
        holder_name=f"{mark} holder",
        taken_on=today - timedelta(days=200),
        file=file,
    )
    taken = took(owner, employer, name=f"{mark} learner", at=at)
    record = _record(employer, owner, mark, at)
    part = _program(employer, owner, mark, at)
    hand, ticket = _hand(employer, owner, mark, at)
    action = _action(employer, owner, mark, at, hand)
    pack = shares.make(
        Act(owner, at), employer=employer, title=f"Client of {mark}",
        holds=["certificate", "program", "policy", "training", "figures"], until_on=Act(owner, at).on + timedelta(days=200),
    )  # fmt: skip
    forecasts.consent(Act(owner, at), employer=employer)
    forecasts.refresh(employer, on=today)
    diary = Diary.objects.create(person=assessor, home="Red Deer")  # offers times where an auditor assesses
    comes = at + timedelta(days=9)
    visit = AuditVisit.objects.create(
        audit=audit, diary=diary, uid=uuid.uuid4(), starts_at=comes, ends_at=comes + timedelta(hours=3),
        town=f"{mark} Corners", made_at=at, changed_at=at,
    )  # fmt: skip
    enquiry = Enquiry.objects.create(
        name=f"{mark} asks", email=f"{mark.lower()}@example.ca", city="Lacombe", asked_at=at
    )
    quote = Quote.objects.create(
        person=assessor, partner=partner, business=f"{mark} Works", email=owner.email, kind="certification", people=6,
        sites=1, km=80, trades_as="Dev's Audits", lines=[{"what": "Report", "how": "8 h", "amount": "800.00"}],
        net="800.00", tax_percent="5", tax="40.00", total="840.00", good_until=today + timedelta(days=30), made_at=at,
        sent_at=at,
    )  # fmt: skip
    sheet = sheets.lay_out(Act(owner, at), employer=employer, form="site-inspection", workers=(hand,))[0]
    hook, _ = webhooks.make(Act(owner, at), name=f"{mark} bids", url="https://program.example/take")
    webhooks.follow(Act(owner, at), webhook=hook, numbers=[certificate.number])
    more_time = ExtensionRequest.objects.create(
        employer=employer, certificate=certificate, due_on=today, until=today + timedelta(days=30),
        reason=f"{mark} flood", asked_at=at, asked_by=owner,
    )  # fmt: skip
    role = Role.objects.filter(partner=partner, kind="auditor").latest("pk")
    Matter._base_manager.create(role=role, kind="complaint", text=f"{mark} complaint", opened_at=at)
    secrets = (
        f"{mark} Legal",
        f"{mark} Trading",
        f"17 {mark} Lane",
        f"{mark}-phone",
        f"{mark}-account",
        f"{mark}-number",
    )
    words = (
        "yard",
        "tie",
        "binder",
        "seen",
        "explains",
        "puts it",
        "keeps",
        "advice",
        "reviewer says",
        "reason",
        "letter",
        "body",
        "holder",
        "learner",
        "task",
        "promise",
        "dogs",
        "roofer",
        "stairs",
        "tread",
        "bids",
        "flood",
        "Corners",
        "complaint",
    )
    return Estate(
        mark, employer, partner, audit, certificate, evidence, proof, taken, note, record, part, hand, ticket, action, sheet,
        visit, quote, quoted.link_of(quote), pack, link_of(enquiry), hook.code, more_time.code, role.pk, side.people,
        (*secrets, *(f"{mark} {word}" for word in words)),
    )  # fmt: skip


def took(person: Person, employer: Employer, *, name: str, at: datetime) -> CourseTaken:
    """The online course, every answer right at once, finished under ``name``."""
    act = Act(person, at)
    course = library.courses()["program-building"]
    taken = lessons.begin(act, employer=employer, course=course)
    for each in course.lessons:
        right = {question.key: question.right.key for question in each.questions}
        lessons.answer(act, taken=taken, lesson=each, nth=1, given=right)
    return lessons.finish(act, taken=taken, name=name, myself=True)


def _record(employer: Employer, owner: Person, mark: str, at: datetime) -> Record:
    """A card whose first photo is there, so that its address answers."""
    content = photo(colour="red" if mark < "N" else "blue")
    sha256 = hashlib.sha256(content).hexdigest()
    act = Act(owner, at)
    arrivals.take(act, employer=employer, sha256=sha256, of=len(content), at=0, piece=content)
    filled = card(on=clock.day_of(at), task=f"{mark} task", photos=(sha256,))
    return Record._base_manager.get(uid=records.keep(act, employer=employer, sent=filled).uid)


def _program(employer: Employer, owner: Person, mark: str, at: datetime) -> ProgramPart:
    """A program whose first part is in force with a later text beside it, and a part of their own; somebody reads."""
    act = Act(owner, at)
    trade = next(iter(library.trades().values()))
    programs.begin(
        act,
        employer=employer,
        trade=trade.key,
        jobs=list(trade.jobs)[:1],
        conditions={Condition.WORKERS},
        blanks={"employer": f"{mark} Trading"},
    )
    programs.build(act, employer=employer)
    part = ProgramPart._base_manager.filter(employer=employer).order_by("number")[0]
    parts.sign(act, version=part.versions.get(), signer=owner.name)
    parts.edit(act, part=part, text=f"{mark} promise", over=1)
    parts.add_part(act, employer=employer, title=f"{mark} dogs", text="Keep them out.")
    return part


def _hand(employer: Employer, owner: Person, mark: str, at: datetime) -> tuple[Worker, Ticket]:
    """Somebody without an account, with a ticket whose photo is there and a wallet that outsiders may look at."""
    act = Act(owner, at)
    about = workers.About(f"{mark} hand", works_as=f"{mark} roofer")
    hand = workers.add(act, employer=employer, about=about)
    hand = workers.open_wallet(act, worker=hand)
    pins.put(act, worker=hand, pin=HANDS_PIN)
    told = tickets.Told(act.on - timedelta(days=300), title="H2S Alive", number=f"{mark}-number", forever=True)
    return hand, tickets.add(act, worker=hand, told=told, upload=sent(photo(colour="green"), "ticket.jpg"))


def _action(employer: Employer, owner: Person, mark: str, at: datetime, hand: Worker) -> CorrectiveAction:
    """Something that was put right with a photo, did not hold, and is open again, in the hand's hands."""
    act = Act(owner, at)
    row = actions.add(act, employer=employer, wanted=actions.Wanted(f"{mark} stairs", due_on=act.on))
    actions.finish(act, action=row, how=f"{mark} tread", upload=sent(photo(colour="yellow"), "fix.jpg"))
    actions.reopen(act, action=row, why=f"{mark} tread broke", due_on=act.on)
    return actions.change(act, action=row, wanted=actions.Wanted(f"{mark} stairs", hand, act.on))


def crew_session(client: Client, estate: Estate) -> Client:
    """Come in by the crew's door, as the estate's hand does on their own phone."""
    secret = crew.open_link(Act(_owner_of(estate), clock.now()), employer=estate.employer)
    client.get(f"/crew/open/{secret}/")
    answer = client.post(f"/crew/in/{estate.hand.code}/", {"pin": HANDS_PIN})
    assert answer.headers["Location"] == "/crew/mine/", answer.content
    return client


def _owner_of(estate: Estate) -> Person:
    return Person.objects.get(roles__employer=estate.employer, roles__kind="owner")


def _certificate(employer: Employer, partner: Partner, on: date, *, serial: int) -> Certificate:
    row = certified.a_certificate(employer, partner, on=on, serial=serial)
    certificates.record(
        Act(None, certified.at(on)),
        employer=employer,
        partner=partner,
        scheme="ab-secor",
        event="extended",
        on=on,
        certificate=row,
        until=on + timedelta(days=400),
        reason=f"{employer.legal_name.split()[0]} reason",
    )
    row.refresh_from_db()
    return row


def _audit(employer: Employer, partner: Partner, assessor: Person, stage: str, performer: str, today: date) -> Audit:
    sent = stage in {"in_review", "returned", "accepted"}
    facts = {"submitted_on": today, "submitted_at": clock.now() + timedelta(minutes=1), "round": 1} if sent else {}
    verdict = {"possible": 1000, "awarded": 900, "passed": True} if sent else {}
    began = {"approved_on": today, "gathering_from": today} if stage != "asked" else {}
    accepted = {"accepted_on": today} if stage == "accepted" else {}
    return Audit.objects.create(
        employer=employer,
        partner=partner,
        assessor=assessor,
        kind="maintenance",
        performer=performer,
        stage=stage,
        scheme="ab-secor",
        edition="ab-secor-2023",
        instrument="secor-open",
        methods=["D", "I", "O"],
        records_months=12,
        headcount=6,
        asked_on=today,
        gathered_on=today if sent else None,
        **facts,
        **verdict,
        **began,
        **accepted,
    )


def _answers(audit: Audit, mark: str, assessor: Person, reviewer: Person, stage: str, at: datetime) -> Note:
    about = {"changed_at": at, "changed_by": assessor}
    questions = instrument_of(audit).questions.values()
    Declaration.objects.create(audit=audit, person=assessor, signed_at=at, wording="1", clear=True)
    Answer.objects.bulk_create(
        Answer(audit=audit, question=each.id, method=rule.method.value, given={"percent": "90"}, **about)
        for each in questions
        for rule in each.methods
    )
    Remark.objects.bulk_create(
        Remark(audit=audit, question=each.id, note=f"{mark} seen", recommendation=f"{mark} advice", **about)
        for each in questions
    )
    Explanation.objects.create(
        audit=audit, rule="thin_note", question="1.1", text=f"{mark} explains", written_at=at, written_by=assessor
    )
    Advice.objects.create(
        person=assessor, instrument=audit.instrument, question="1.1", text=f"{mark} keeps", kept_at=at
    )
    ReportEdit.objects.create(
        audit=audit, sentence="profile.people", text=f"{mark} puts it", over="", edited_at=at, edited_by=assessor
    )
    concluded = {"in_review": "", "returned": "sent_back", "accepted": "accepted"}.get(stage, "")
    review = Review.objects.create(
        audit=audit,
        round=1,
        reviewer=reviewer,
        claimed_at=at,
        outcome=concluded,
        reason=f"{mark} reason" if concluded else "",
        concluded_at=at if concluded else None,
    )
    return Note.objects.create(
        review=review, question="1.1", kind="must_fix", text=f"{mark} reviewer says", written_at=at
    )


def _file(mark: str, at: datetime) -> File:
    content = PICTURE + mark.encode()
    sha256 = hashlib.sha256(content).hexdigest()
    place = shelf.place(sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content)
    return File.objects.create(sha256=sha256, kind="application/pdf", size=len(content), kept_at=at)
