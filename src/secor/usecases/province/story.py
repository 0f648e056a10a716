"""One business's story, told through the same acts that the pages use, each at its own moment."""

from __future__ import annotations

import io
import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from secor.core.audit import Kind, Performer
from secor.core.quality import CRITERIA, MET, PARTLY
from secor.queries import schemes
from secor.queries.audits import instrument_of
from secor.store.models import Audit, Certificate, Employer, Note, Review
from secor.store.scope import house
from secor.usecases import answers as answering
from secor.usecases import (
    certificates,
    courses,
    declarations,
    employers,
    evidence,
    forecasts,
    members,
    notes,
    replies,
    reviews,
    starts,
    submission,
)
from secor.usecases.act import Act
from secor.usecases.province.answers import filled
from secor.usecases.province.businesses import Business
from secor.usecases.province.cast import Office, a_person
from secor.usecases.province.drawings import filled_form

ALL = house("the demonstration's stories are told")
KINDS_OF_PEOPLE = ("owners", "full_time", "part_time", "casual")


class Photo(io.BytesIO):
    """A drawn form, as an upload brings it."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__(content)
        self.name, self.size = name, len(content)

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002 - the upload's own shape
        """Give the bytes in one piece."""
        yield self.getvalue()


class Story:
    """A business, its partner's office, and the day its story has come to."""

    def __init__(self, business: Business, office: Office, *, number: int) -> None:
        self.business, self.office, self.number = business, office, number
        self.chance = random.Random(number)  # noqa: S311 - a story, not a secret
        self.owner = a_person(business.owner, address=business.address)
        self.employer: Employer
        self.audit: Audit
        self.certificate: Certificate

    def act(self, by: object, on: date, hour: int = 17) -> Act:
        """One act of one person, on a day, some minutes after the last one."""
        minute = self.chance.randint(0, 59)
        return Act(by, datetime.combine(on, time(hour, minute), tzinfo=UTC))  # type: ignore[arg-type]

    def joins(self, on: date) -> Self:
        """The owner registers the business."""
        self.employer = employers.register(
            self.act(self.owner, on, 14),
            legal_name=self.business.legal_name,
            trade_name=self.business.trade_name,
            trade=self.business.trade,
            city=self.business.city,
            account_number=str(4_100_000 + self.number * 37),
            industry_code=str(42_100 + self.number % 9 * 100),
            headcount=dict(zip(KINDS_OF_PEOPLE, self.business.people, strict=True)),
        )
        return self

    def asks_partner(self, on: date) -> Self:
        """The owner asks a certifying partner."""
        self.membership = employers.ask_partner(
            self.act(self.owner, on), employer=self.employer, partner=self.office.partner
        )
        return self

    def is_taken(self, on: date) -> Self:
        """The registrar approves the membership."""
        members.approve(self.act(self.office.registrar, on), membership=self.membership)
        return self

    def shows_forecast(self, on: date) -> Self:
        """The owner lets the partner see the forecast."""
        forecasts.consent(self.act(self.owner, on), employer=self.employer)
        return self

    def takes_course(self, on: date, *, checked_on: date | None) -> Self:
        """The owner takes the course and sends the proof; the registrar checks it."""
        rules = schemes.rules("ab-secor", partner=self.office.partner.key, on=on)
        course = rules.training.any_of[0] if rules.training else "health-and-safety-program-building"
        proof = courses.add_proof(
            self.act(self.owner, on + timedelta(days=1)),
            employer=self.employer,
            course=course,
            holder_name=self.business.owner,
            holder=self.owner,
            taken_on=on,
            upload=self.photo("Certificate of completion", ["Health and safety program building", "Two days"], on),
        )
        if checked_on is not None:
            courses.check_proof(self.act(self.office.registrar, checked_on), proof=proof, accepted=True)
        return self

    def asks_audit(self, on: date, kind: Kind = Kind.CERTIFICATION, *, records_months: int = 14) -> Self:
        """The owner asks for the start of an audit, by whom the partner's rules allow."""
        rules = schemes.rules("ab-secor", partner=self.office.partner.key, on=on)
        allowed = rules.performers[kind]
        own = Performer.SELF_ASSESSOR in allowed and (self.number % 3 or len(self.office.auditors) == 0)
        performer = Performer.SELF_ASSESSOR if own else Performer.EXTERNAL_AUDITOR
        self.assessor = self.owner if own else self.office.auditors[self.number % len(self.office.auditors)]
        self.audit = starts.ask(
            self.act(self.owner, on),
            employer=self.employer,
            kind=kind,
            performer=performer,
            assessor=self.assessor,
            records_months=records_months,
        )
        return self

    def may_start(self, on: date) -> Self:
        """The registrar approves the start, and the assessor declares that nothing ties them."""
        self.audit = starts.approve_start(self.act(self.office.registrar, on), audit=self.audit)
        declarations.declare(self.act(self.assessor, on, 20), audit=self.audit, ties=(), clear=True)
        return self

    def answers(self, on: date, *, level: float = 0.93, weak: tuple[int, ...] = (), share: float = 1.0) -> Self:
        """The assessor answers the questions, and puts a few photos beside them."""
        for place, (title, question) in enumerate(_PHOTOS[: round(len(_PHOTOS) * share) if share < 1 else 4]):
            evidence.add(
                self.act(self.assessor, on, 15),
                employer=self.employer,
                audit=self.audit,
                question=question,
                upload=self.photo(title, _LINES[place % len(_LINES)], on - timedelta(days=30 * (place + 1))),
                title=title,
            )
        changes = list(filled(instrument_of(self.audit), level=level, chance=self.chance, weak=weak, share=share))
        answering.keep(self.act(self.assessor, on, 16), audit=self.audit, changes=changes)
        submission.gather(
            self.act(self.assessor, on),
            audit=self.audit,
            from_on=on - timedelta(days=2),
            until_on=on if share >= 1 else None,
        )
        return self

    def sends(self, on: date) -> Self:
        """The assessor sends the audit (a self-assessment is the owner's to send)."""
        self.audit = Audit.objects.within(ALL).get(pk=self.audit.pk)
        submission.submit(self.act(self.assessor, on), audit=self.audit)
        return self

    def is_claimed(self, on: date) -> Self:
        """The reviewer takes it."""
        self.audit = Audit.objects.within(ALL).get(pk=self.audit.pk)
        self.review: Review = reviews.claim(self.act(self.office.reviewer, on), audit=self.audit)
        return self

    def is_sent_back(self, on: date) -> Self:
        """The reviewer writes two notes and sends it back."""
        by = self.act(self.office.reviewer, on)
        notes.note(by, review=self.review, question="2.2", kind="must_fix", text=_MUST_FIX)
        notes.note(by, review=self.review, question="4.4", kind="information", text=_TO_KNOW)
        self.review = reviews.send_back(by, review=self.review, reason="One note must be put right before we go on.")
        return self

    def replies_and_sends(self, on: date) -> Self:
        """The assessor answers the notes and sends it again."""
        for note in Note.objects.within(ALL).filter(review=self.review).order_by("pk"):
            replies.reply(self.act(self.assessor, on), note=note, text="Thank you. It is put right in the note.")
        return self.sends(on)

    def is_accepted(self, on: date) -> Self:
        """The reviewer accepts the audit's quality."""
        judged = {each.key: MET for each in CRITERIA} | {CRITERIA[self.number % len(CRITERIA)].key: PARTLY}
        for note in Note.objects.within(ALL).filter(
            review__audit=self.audit, kind="must_fix", resolved_at__isnull=True
        ):
            notes.settle(self.act(self.office.reviewer, on, 16), note=note)
        self.review = reviews.accept(self.act(self.office.reviewer, on), review=self.review, quality=judged)
        self.audit = Audit.objects.within(ALL).get(pk=self.audit.pk)
        return self

    def is_issued(self, on: date) -> Self:
        """The decision maker issues the certificate."""
        self.certificate = certificates.issue(self.act(self.office.decision_maker, on, 18), audit=self.audit)
        return self

    def certified(self, on: date, *, level: float = 0.93, records_months: int = 14) -> Self:
        """The whole way to a certificate that counts from about ``on``."""
        before = _Before(on)
        return (
            self.joins(before(260))
            .asks_partner(before(255))
            .is_taken(before(250))
            .takes_course(before(240), checked_on=before(236))
            .asks_audit(before(50), records_months=records_months)
            .may_start(before(48))
            .answers(before(30), level=level)
            .sends(before(20))
            .is_claimed(before(9))
            .is_accepted(on)
            .is_issued(on)
        )

    def maintained(self, sent_on: date, *, kind: Kind = Kind.MAINTENANCE, level: float = 0.9) -> Self:
        """A yearly audit from its start to its acceptance."""
        before = _Before(sent_on)
        self.asks_audit(before(40), kind).may_start(before(38)).answers(before(10), level=level).sends(sent_on)
        return self.is_claimed(sent_on + timedelta(days=6)).is_accepted(sent_on + timedelta(days=12))

    def photo(self, title: str, lines: list[str], on: date) -> Photo:
        """Draw a filled-in form."""
        drawn = filled_form(
            title=title, business=self.business.legal_name, lines=lines, signed_by=self.business.owner, signed_on=on
        )
        return Photo(drawn, f"{title}.jpg")


class _Before:
    """Days before a day."""

    def __init__(self, day: date) -> None:
        self.day = day

    def __call__(self, days: int) -> date:
        return self.day - timedelta(days=days)


_PHOTOS = (
    ("Health and safety policy", "1.1"),
    ("Site hazard assessment", "2.6"),
    ("Toolbox talk", "4.4"),
    ("Truck inspection", "7.2"),
)
_LINES = (
    ["Signed by the owner", "Duties of owner, lead hand and worker", "Right to know, take part, refuse", "Posted"],
    ["Ladder tied off", "Anchor points checked", "Power line 6 m away", "Wind 20 km/h", "First aid kit in truck"],
    ["Topic: heat and water", "Two near misses told", "Order a second cooler", "All five signed"],
    ["Tires and lights", "Brakes", "Fire extinguisher charged", "First aid kit complete", "Load tied down"],
)
_MUST_FIX = "The note says all tasks have an assessment, but the list in 2.1 has two more tasks. Which is right?"
_TO_KNOW = "Good sign-in sheets. Next year, please add the length of each talk."
