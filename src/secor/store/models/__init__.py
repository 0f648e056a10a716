"""Every table."""

from secor.store.models.access import AccessToken
from secor.store.models.action import CorrectiveAction, Reopening
from secor.store.models.audit import Answer, Audit, Declaration, Evidence, File, Remark, Teammate, Version
from secor.store.models.auditor import Listing, Matter
from secor.store.models.book import BookLine
from secor.store.models.booking import Booking, Diary, DiaryAway
from secor.store.models.certificate import Certificate, CertificateEvent, Serial
from secor.store.models.consultation import Enquiry
from secor.store.models.course import CourseProof, CourseTaken
from secor.store.models.credential import Credential
from secor.store.models.demonstration import DemonstrationDay
from secor.store.models.draw import Draw
from secor.store.models.employer import Account, Employer, Headcount, HeadcountPlan, Membership, Site, Tie
from secor.store.models.extension import ExtensionRequest
from secor.store.models.figures import Consent, MonthOfWork
from secor.store.models.forecast import ForecastConsent, KeptForecast
from secor.store.models.journal import Chain, Entry
from secor.store.models.key import Halt, Key
from secor.store.models.letter import Letter
from secor.store.models.log import Crown, Leaf, Log
from secor.store.models.motion import Motion
from secor.store.models.partner import Partner
from secor.store.models.person import Person, Role
from secor.store.models.plan import Aim
from secor.store.models.program import PartReading, PartVersion, Program, ProgramPart
from secor.store.models.quote import Quote, QuoteRates
from secor.store.models.receipt import Receipt
from secor.store.models.record import Arrival, FormText, OwnForm, Record, RecordPerson, RecordPhoto, Tally
from secor.store.models.report import Advice, Explanation, ReportEdit
from secor.store.models.review import Note, Review, ReviewMark
from secor.store.models.share import Share
from secor.store.models.sheet import Sheet
from secor.store.models.take import Take
from secor.store.models.viewing import Viewing
from secor.store.models.visit import AuditVisit
from secor.store.models.watch import Watch
from secor.store.models.webhook import Delivery, Followed, Webhook
from secor.store.models.worker import CrewLink, Ticket, Worker

__all__ = [
    "AccessToken",
    "Account",
    "Advice",
    "Aim",
    "Answer",
    "Arrival",
    "Audit",
    "AuditVisit",
    "BookLine",
    "Booking",
    "Certificate",
    "CertificateEvent",
    "Chain",
    "Consent",
    "CorrectiveAction",
    "CourseProof",
    "CourseTaken",
    "Credential",
    "CrewLink",
    "Crown",
    "Declaration",
    "Delivery",
    "DemonstrationDay",
    "Diary",
    "DiaryAway",
    "Draw",
    "Employer",
    "Enquiry",
    "Entry",
    "Evidence",
    "Explanation",
    "ExtensionRequest",
    "File",
    "Followed",
    "ForecastConsent",
    "FormText",
    "Halt",
    "Headcount",
    "HeadcountPlan",
    "KeptForecast",
    "Key",
    "Leaf",
    "Letter",
    "Listing",
    "Log",
    "Matter",
    "Membership",
    "MonthOfWork",
    "Motion",
    "Note",
    "OwnForm",
    "PartReading",
    "PartVersion",
    "Partner",
    "Person",
    "Program",
    "ProgramPart",
    "Quote",
    "QuoteRates",
    "Receipt",
    "Record",
    "RecordPerson",
    "RecordPhoto",
    "Remark",
    "Reopening",
    "ReportEdit",
    "Review",
    "ReviewMark",
    "Role",
    "Serial",
    "Share",
    "Sheet",
    "Site",
    "Take",
    "Tally",
    "Teammate",
    "Ticket",
    "Tie",
    "Version",
    "Viewing",
    "Watch",
    "Webhook",
    "Worker",
]
