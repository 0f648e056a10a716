"""Every table."""

from secor.store.models.audit import Answer, Audit, Declaration, Evidence, File, Remark, Version
from secor.store.models.certificate import Certificate, CertificateEvent, Serial
from secor.store.models.consultation import Enquiry
from secor.store.models.course import CourseProof
from secor.store.models.demonstration import DemonstrationDay
from secor.store.models.employer import Account, Employer, Headcount, Membership, Site, Tie
from secor.store.models.journal import Chain, Entry
from secor.store.models.letter import Letter
from secor.store.models.partner import Partner
from secor.store.models.person import Person, Role
from secor.store.models.receipt import Receipt
from secor.store.models.review import Note, Review, ReviewMark

__all__ = [
    "Account",
    "Answer",
    "Audit",
    "Certificate",
    "CertificateEvent",
    "Chain",
    "CourseProof",
    "Declaration",
    "DemonstrationDay",
    "Employer",
    "Enquiry",
    "Entry",
    "Evidence",
    "File",
    "Headcount",
    "Letter",
    "Membership",
    "Note",
    "Partner",
    "Person",
    "Receipt",
    "Remark",
    "Review",
    "ReviewMark",
    "Role",
    "Serial",
    "Site",
    "Tie",
    "Version",
]
