"""Every act that somebody is told of: who, in which words, and which page the letter leads to.

``{business}``, ``{partner}``, ``{subject}`` (an audit's code, a certificate's number) and ``{code}`` (the business's
code) are filled in. Nothing else is: marks, notes, reasons and other people's names stay behind the page's door.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from secor.post.readers import (
    all_deciders,
    asker_besides_owners,
    assessor,
    deciders,
    former,
    new_registrars,
    other_owners,
    owners,
    registrars,
    registrars_if_taken_back,
    registrars_if_to_check,
    reviewers,
    subject,
)
from secor.store.models import Entry, Person


@dataclass(frozen=True, slots=True)
class Mailing:
    """Who is told of an act, and in which words. ``page`` is where the letter leads."""

    readers: Callable[[Entry], list[Person]]
    subject: str
    text: str
    page: str


AUDIT_OF_MINE = "/auditor/{subject}/"
AUDIT_AT_MY_BUSINESS = "/employer/{code}/audit/"
MY_CERTIFICATE = "/employer/{code}/certificate/"


def _audited_side(title: str, text: str, *, theirs: str, mine: str = AUDIT_OF_MINE) -> tuple[Mailing, Mailing]:
    """Tell the assessor, with what to do next, and the owners, with what it means for them."""
    return (
        Mailing(assessor, title, text, mine),
        Mailing(other_owners, title, theirs, AUDIT_AT_MY_BUSINESS),
    )


def _certificate(title: str, text: str) -> tuple[Mailing]:
    return (Mailing(owners, title, text, MY_CERTIFICATE),)


MEMBERS = {
    "partner.asked": (
        Mailing(
            registrars,
            "{business} asks to be certified with you",
            "{business} asks {partner} to be its certifying partner.\n\n"
            "Look at what it says about itself, and approve it or turn it down with a reason.",
            "/partner/members/{subject}/",
        ),
    ),
    "member.approved": (
        Mailing(
            owners,
            "{partner} takes you on",
            "{partner} has taken {business} on. It is now your certifying partner.\n\n"
            "See which of the six steps comes next.",
            "/employer/{code}/",
        ),
    ),
    "member.refused": (
        Mailing(
            owners,
            "{partner} has not taken you on",
            "{partner} has not taken {business} on.\n\n"
            "Its reason is on your page. You can put right what it names and ask again, or ask another partner.",
            "/employer/{code}/partner/",
        ),
    ),
    "partner.left": (
        Mailing(
            registrars,
            "{business} has left you",
            "{business} is no longer a member of {partner}. A certificate that you issued goes on.",
            "/partner/members/",
        ),
    ),
    "headcount.corrected": (
        Mailing(
            registrars_if_taken_back,
            "{business} has taken a head-count back",
            "{business} has corrected a head-count that was over the limit of its certificate. The certificate now "
            "goes by the corrected number.\n\nLook at what it says now, and ask them if it surprises you.",
            "/partner/members/{code}/",
        ),
    ),
    "course.added": (
        Mailing(
            registrars,
            "{business} sent a course proof",
            "{business} sent the proof of a course. An audit can begin once you have accepted it.\n\n"
            "Look at the proof, and accept it or turn it down with a reason.",
            "/partner/proofs/{subject}/",
        ),
    ),
    "lesson.finished": (
        Mailing(
            registrars_if_to_check,
            "Somebody at {business} finished the online course",
            "Somebody at {business} finished the online course. An audit can begin once you have accepted the "
            "proof.\n\nLook at the score, and accept the proof or turn it down with a reason.",
            "/partner/proofs/{subject}/",
        ),
    ),
    "course.checked": (
        Mailing(
            owners,
            "Your course proof was looked at",
            "{partner} has looked at a course proof of {business}.\n\nSee on your page whether it counts.",
            "/employer/{code}/courses/",
        ),
    ),
}

STARTS = {
    "audit.asked": (
        Mailing(
            registrars,
            "{business} asks to begin an audit",
            "{business} asks to begin an audit.\n\nLook at who wants to do it, and approve the start or refuse it.",
            "/partner/starts/{subject}/",
        ),
    ),
    "audit.start_approved": _audited_side(
        "The audit of {business} can begin",
        "{partner} has approved the start of the audit of {business}.\n\n"
        "Say first whether anything ties you to this business. Then begin with the questions.",
        theirs="{partner} has approved the start of your audit.\n\n"
        "See what to have ready, and how the day goes. Your page tells how far the audit has come.",
    ),
    "audit.start_refused": _audited_side(
        "The audit of {business} cannot begin",
        "{partner} has not approved the start of the audit of {business}. Its reason is on the audit's page.",
        theirs="{partner} has not approved the start of your audit.\n\n"
        "Its reason is on your page. Put right what it names, and ask again.",
    ),
    "audit.conflict_declared": (
        Mailing(
            other_owners,
            "Your auditor cannot do the audit of {business}",
            "Your auditor has declared a tie to {business}, so they cannot do this audit.\n\n"
            "Withdraw it, and ask for a new one with another auditor.",
            AUDIT_AT_MY_BUSINESS,
        ),
    ),
    "audit.handed_over": (
        Mailing(
            assessor,
            "The audit of {business} is yours to go on with",
            "The audit of {business} was handed to you. What was found so far is there.\n\n"
            "Say first whether anything ties you to this business. Then go on.",
            AUDIT_OF_MINE,
        ),
        Mailing(
            former,
            "The audit of {business} was handed to a colleague",
            "The audit of {business} was handed to a colleague. Visits that you booked for it were called off.\n\n"
            "If you did not expect this, talk to {partner}.",
            "/auditor/",
        ),
        Mailing(
            other_owners,
            "Another auditor goes on with the audit of {business}",
            "Another auditor of {partner} goes on with your audit. Who it is stands on your page.\n\n"
            "If you had let your auditor look at your records, that has ended. You can allow it again.",
            AUDIT_AT_MY_BUSINESS,
        ),
    ),
    "audit.withdrawn": (
        *_audited_side(
            "The audit of {business} was withdrawn",
            "The audit of {business} was withdrawn. What was written stays on file.",
            theirs="The audit of {business} was withdrawn. What was written stays on file.\n\n"
            "If an audit is owed, it is still owed: ask for a new one in time.",
        ),
        Mailing(
            registrars,
            "An audit of {business} was withdrawn",
            "An audit of {business} was withdrawn. There is nothing for you to do.",
            "/partner/members/{code}/",
        ),
    ),
}

EXTENSIONS = {
    "extension.asked": (
        Mailing(
            all_deciders,
            "{business} asks for more time",
            "{business} asks for more time for what its certificate owes next.\n\n"
            "Read why, and grant it or say no with a reason. Until then the due day stands.",
            "/partner/more-time/{subject}/",
        ),
    ),
    "extension.granted": (
        Mailing(
            asker_besides_owners,
            "{business} has more time",
            "{partner} has given {business} more time. The new day is on its audit's page.",
            "/auditor/",
        ),
    ),
    "extension.refused": (
        Mailing(
            owners,
            "No more time for {business}",
            "{partner} has not given you more time. Its reason is on your page.\n\n"
            "The due day stands: what is owed and does not come by then ends the certificate.",
            "/employer/{code}/certificate/more-time/",
        ),
        Mailing(
            asker_besides_owners,
            "No more time for {business}",
            "{partner} has not given {business} more time. The due day stands.",
            "/auditor/",
        ),
    ),
}

VIEWINGS = {
    "records.wanted": (
        Mailing(
            owners,
            "Your auditor asks to look at the records of {business}",
            "Your auditor would like to look at the records that {business} keeps here, "
            "so that you need not bring them.\n\n"
            "You decide. They can only look, every look is written down, and it ends with the audit.",
            AUDIT_AT_MY_BUSINESS,
        ),
    ),
    "records.opened": (
        Mailing(
            assessor,
            "You may look at the records of {business}",
            "The owner lets you look at the records of {business} while you do the audit.\n\n"
            "Open a question, and take what proves it from the records.",
            AUDIT_OF_MINE,
        ),
    ),
}

REVIEWS = {
    "audit.submitted": (
        Mailing(
            reviewers,
            "An audit of {business} waits for review",
            "An audit of {business} was sent to {partner}.\n\nTake it from the queue to review it.",
            "/partner/audits/{subject}/",
        ),
        *_audited_side(
            "The audit of {business} was sent",
            "The audit of {business} was sent to {partner}. A reviewer looks at it now. You get a letter after that.",
            theirs="The audit of {business} was sent to {partner}. A reviewer looks at it now.\n\n"
            "There is nothing for you to do. You get a letter after that.",
        ),
    ),
    "audit.taken_back": (
        Mailing(
            other_owners,
            "The audit of {business} was taken back",
            "The audit of {business} was taken back by its assessor to go on with it. It has to be sent again.",
            AUDIT_AT_MY_BUSINESS,
        ),
    ),
    "review.sent_back": _audited_side(
        "The audit of {business} came back",
        "{partner} has sent the audit of {business} back to be put right.\n\n"
        "Read the notes, answer those that must be put right, and send it again.",
        mine="/auditor/{subject}/notes/",
        theirs="{partner} has sent the audit of {business} back to be put right.\n\n"
        "Your auditor has the notes and may ask you for more. Keep the due day of your certificate in sight.",
    ),
    "audit.accepted": (
        *_audited_side(
            "The audit of {business} was accepted",
            "{partner} has accepted the audit of {business}: it was done well. What it came to is on its page.",
            theirs="{partner} has accepted the audit of {business}: it was done well.\n\n"
            "What it came to, its report and what to put right are on your page.",
        ),
        Mailing(
            deciders,
            "A certificate for {business} waits for your decision",
            "An audit of {business} was accepted and reached its pass mark.\n\n"
            "Decide whether to issue the certificate.",
            "/partner/audits/{subject}/",
        ),
    ),
    "audit.rejected": _audited_side(
        "The audit of {business} was not accepted",
        "{partner} has not accepted the audit of {business}. It ends here. The reason is on its page.",
        theirs="{partner} has not accepted the audit of {business}. It ends here, and a new audit is needed.\n\n"
        "The reason is on your page. Ask for a new audit before your due day.",
    ),
}

CERTIFICATES = {
    "certificate.issued": _certificate(
        "Your certificate is here",
        "{partner} has issued certificate {subject} to {business}.\n\n"
        "Print it from your page, where you also see which audit is due next.",
    ),
    "certificate.suspended": _certificate(
        "Your certificate is suspended",
        "{partner} has suspended certificate {subject}. It is not good for now, and its due days go on.\n\n"
        "The reason is on your page. Talk to {partner} about what has to be put right.",
    ),
    "certificate.reinstated": _certificate(
        "Your certificate is good again",
        "{partner} has ended the suspension of certificate {subject}.\n\nSee on your page which audit is due next.",
    ),
    "certificate.extended": _certificate(
        "You have more time",
        "{partner} has given you more time for what certificate {subject} asks for next.\n\n"
        "The new day is on your page.",
    ),
    "certificate.cancelled": _certificate(
        "Your certificate was cancelled",
        "{partner} has cancelled certificate {subject}. It is no longer good.\n\n"
        "The reason is on your page. To be certified again, begin with a new certification audit.",
    ),
    "certificate.revoked": _certificate(
        "Your certificate was ended by the government",
        "The government has ended certificate {subject}. It is no longer good.\n\n"
        "The reason is on your page. {partner} can tell you what comes next.",
    ),
    "certificate.withdrawn": _certificate(
        "Your certificate was given up",
        "Certificate {subject} was given up, as you asked. It is no longer good.\n\n"
        "If you did not ask for this, talk to {partner} at once.",
    ),
    "certificate.replaced": _certificate(
        "Your certificate has a new number",
        "{partner} has issued certificate {subject} anew under another number. Its days stay the same.\n\n"
        "Print the new one from your page, and use it from now on.",
    ),
    "certificate.transferred": (
        *_certificate(
            "Your certificate has moved",
            "Certificate {subject} is now in the care of another certifying partner, under a new number. "
            "Its days stay the same.\n\nPrint the new one from your page, and use it from now on.",
        ),
        Mailing(
            new_registrars,
            "The certificate of {business} is in your care now",
            "{partner} has handed the certificate of {business} over to you, under a new number. "
            "Its days and its rules stay the same.\n\nSee which audit it owes next.",
            "/partner/members/{code}/",
        ),
    ),
}

PLANS = {
    "plan.sent": (
        Mailing(
            reviewers,
            "An action plan of {business} has come",
            "{business} has sent its action plan in place of a maintenance audit.\n\n"
            "Read it. Send it back if it promises too little, and score it when it was carried out.",
            "/partner/audits/{subject}/plan/",
        ),
    ),
    "plan.sent_back": (
        Mailing(
            owners,
            "Your action plan came back",
            "{partner} has sent the action plan of {business} back.\n\n"
            "What is missing is on your page. Write it, and send the plan again.",
            "/employer/{code}/audit/plan/",
        ),
    ),
    "plan.scored": (
        Mailing(
            owners,
            "Your action plan was scored",
            "{partner} has scored the action plan of {business}.\n\n"
            "See on your page what each aim came to, and what your certificate owes next.",
            "/employer/{code}/audit/plan/",
        ),
    ),
}

MOTIONS = {
    "motion.proposed": (
        Mailing(
            all_deciders,
            "A proposal about certificate {subject} waits for you",
            "A colleague has proposed a decision about certificate {subject}. It takes effect when another person "
            "confirms it.\n\nLook at the reason, and confirm it or withdraw it.",
            "/partner/certificates/{subject}/",
        ),
    ),
}

PEOPLE = {
    "person.invited": (
        Mailing(
            subject,
            "You are invited by {business}",
            "{business} asks you to take part in its safety certification.\n\n"
            "Choose a password with this e-mail address to sign in. If you do not know this business, do nothing.",
            "/accounts/password/reset/",
        ),
    ),
    "role.given": (
        Mailing(
            subject,
            "You have a new role at {business}",
            "{business} has given you a role. Sign in to see what you can do now.",
            "/accounts/desk/",
        ),
    ),
    "role.taken": (
        Mailing(
            subject,
            "You no longer have a role at {business}",
            "{business} has taken a role from you. If this is a mistake, talk to its owner.",
            "/accounts/desk/",
        ),
    ),
}

AUDITORS = {
    "auditor.certified": (
        Mailing(
            subject,
            "{partner} has entered you as its auditor",
            "{partner} has entered you here as an auditor it certifies.\n\n"
            "Choose a password with this e-mail address to sign in. If you do not know this partner, do nothing.",
            "/accounts/password/reset/",
        ),
    ),
    "auditor.renewed": (
        Mailing(
            subject,
            "Your certification with {partner} was changed",
            "{partner} has changed until when it certifies you, or the number. Both are in your book.",
            "/auditor/book/",
        ),
    ),
    "auditor.ended": (
        Mailing(
            subject,
            "Your certification with {partner} ends",
            "{partner} ends your certification as its auditor. Visits that you booked for later were called off.\n\n"
            "If you did not expect this, talk to {partner}. What you have done stays in your book.",
            "/accounts/desk/",
        ),
    ),
}

MAILINGS: Mapping[str, tuple[Mailing, ...]] = MappingProxyType(
    MEMBERS | STARTS | EXTENSIONS | VIEWINGS | REVIEWS | CERTIFICATES | PLANS | MOTIONS | PEOPLE | AUDITORS
)
