"""The start of an audit: asked for by the employer, approved or refused by the certifying partner."""

from __future__ import annotations

import math

from django.db import transaction
from django.db.models import Q

from secor.core.audit import Kind, Performer
from secor.core.certificate import StandingReport
from secor.core.employer import Eligibility
from secor.core.method import Method
from secor.core.role import RoleKind
from secor.core.scheme import Rules
from secor.queries import plans, schemes, starting
from secor.queries.audits import BY_EMPLOYER, UNDER_WAY
from secor.store.models import Audit, Employer, Partner, Person, Role
from secor.store.scope import house
from secor.usecases import assessor as rights
from secor.usecases import staff, visits
from secor.usecases.act import Act, Refusal

HELD = house("an act holds an employer and its audits")
# What a kind takes the place of in a certificate's calendar.
STANDS_FOR = {Kind.ACTION_PLAN: Kind.MAINTENANCE}
METHODS = [method.value for method in Method]
REASON_MAX = 2000


class NoPartner(Refusal):
    """The employer has no certifying partner that approved its membership."""


class TooMany(Refusal):
    """The employer is too large for the scheme, or its size is not known."""


class Untrained(Refusal):
    """Nobody has an accepted proof of the course that the partner wants."""


class NotAllowedNow(Refusal):
    """That kind of audit may not be done by that kind of person."""


class NotOwed(Refusal):
    """Another kind of audit is owed now, or none yet."""


class NotOffered(Refusal):
    """The partner's rules do not offer that kind of audit, or not to this employer."""


class NotCertified(Refusal):
    """The assessor may not do audits for this partner, or has no role at this employer."""


class NotIndependent(Refusal):
    """The assessor is tied to the employer in a way that forbids this audit."""


class UnderWay(Refusal):
    """The employer has an audit under way already."""


class TooFewRecords(Refusal):
    """The records do not reach back far enough for any certificate."""


class NotAsked(Refusal):
    """The start of this audit was answered already."""


class NoReason(Refusal):
    """A refusal without a word of why."""


@transaction.atomic
def ask(
    act: Act,
    *,
    employer: Employer,
    kind: Kind | str,
    performer: Performer | str,
    assessor: Person,
    records_months: int,
) -> Audit:
    """Ask the employer's certifying partner to approve the start of an audit.

    Asked by an owner or a self-assessor. Refuses, each with a way out: no approved partner or one that left the
    program (``NoPartner``, ``staff.PartnerEnded``), an audit under way (``UnderWay``), a kind that is not offered
    (``NotOffered``) or not owed (``NotOwed``), too many people (``TooMany``), no accepted course (``Untrained``), a
    performer not allowed for this kind (``NotAllowedNow``), an assessor without the role (``NotCertified``) or not
    independent (``NotIndependent``), and too few months of records (``TooFewRecords``).
    """
    rights.permit_for(act, employer=employer)
    kind, performer = Kind(kind), Performer(performer)
    held = Employer.objects.within(HELD).select_for_update().get(pk=employer.pk)
    partner = starting.partner_of(held)
    if partner is None:
        raise NoPartner("No certifying partner has taken you yet. Choose one, and wait for its answer.")
    staff.still_recognized(act, partner=partner)
    if Audit.objects.within(HELD).filter(employer=held, scheme=partner.scheme, stage__in=UNDER_WAY).exists():
        raise UnderWay("An audit is under way already. Finish or withdraw it before you begin another.")
    edition = schemes.edition_on(partner.scheme, act.on)
    rules = schemes.rules(partner.scheme, partner=partner.key, on=act.on)
    standing = starting.standing_now(held, scheme=partner.scheme, on=act.on)
    _offered(act, held, kind, rules, standing)
    _owed(act, kind, standing)
    size = _small_enough(act, held, rules)
    _reaches_back(kind, records_months, rules)
    _may_perform(kind, performer, rules)
    _has_role(act, performer, assessor, held, partner)
    if not starting.trained(held, rule=rules.training, assessor=assessor, on=act.on):
        raise Untrained(_untrained(rules))
    _independent(act, assessor, held, rules, kind, performer)
    audit = Audit(
        employer=held,
        partner=partner,
        assessor=assessor,
        kind=kind.value,
        performer=performer.value,
        cycle_year=standing.cycle_year if standing and standing.cycle_year else 1,
        scheme=partner.scheme,
        edition=edition.key,
        instrument=edition.instrument,
        methods=METHODS,
        records_months=records_months,
        headcount=math.ceil(size.counted),
        asked_on=act.on,
    )
    audit.save(force_insert=True)
    _enter(act, "audit.asked", audit, kind=kind.value, performer=performer.value)
    return audit


@transaction.atomic
def approve_start(act: Act, *, audit: Audit) -> Audit:
    """Approve the start, and pin the audit to today's edition, instrument, methods and head-count.

    Done by a registrar of the partner. Refuses another (``staff.NotYourDesk``), a start answered already
    (``NotAsked``), and one that may no longer begin: grown too large (``TooMany``), or not independent any more
    (``NotIndependent``). Approving twice is one act.
    """
    held = _held(act, audit)
    if held.stage == Audit.Stage.OPEN:
        return held
    _still_asked(held)
    staff.still_recognized(act, partner=held.partner)
    edition = schemes.edition_on(held.scheme, act.on)
    rules = schemes.rules(held.scheme, partner=held.partner.key, on=act.on)
    size = _small_enough(act, held.employer, rules)
    if held.assessor is not None:
        _independent(act, held.assessor, held.employer, rules, Kind(held.kind), Performer(held.performer))
    held.stage, held.approved_on = Audit.Stage.OPEN, act.on
    held.edition, held.instrument = edition.key, edition.instrument
    held.headcount = math.ceil(size.counted)
    held.save(update_fields=["stage", "approved_on", "edition", "instrument", "headcount"])
    _enter(act, "audit.start_approved", held, edition=edition.key, instrument=edition.instrument)
    return held


@transaction.atomic
def refuse_start(act: Act, *, audit: Audit, reason: str) -> Audit:
    """Refuse the start, with a reason that the employer is shown. The employer may then ask anew.

    Done by a registrar of the partner. Refuses another (``staff.NotYourDesk``), a start answered already
    (``NotAsked``), and an empty reason (``NoReason``).
    """
    held = _held(act, audit)
    _still_asked(held)
    if not reason.strip():
        raise NoReason("Say why, so that the employer knows what to mend.")
    held.stage, held.reason = Audit.Stage.WITHDRAWN, reason.strip()[:REASON_MAX]
    held.save(update_fields=["stage", "reason"])
    _enter(act, "audit.start_refused", held)
    visits.call_off_all(act, audit=held)
    return held


def _held(act: Act, audit: Audit) -> Audit:
    rows = Audit.objects.within(HELD).select_for_update(of=("self",)).select_related("partner", "employer", "assessor")
    held = rows.get(pk=audit.pk)
    staff.permit(act, RoleKind.REGISTRAR, partner=held.partner)
    return held


def _still_asked(held: Audit) -> None:
    if held.stage != Audit.Stage.ASKED:
        raise NotAsked("Somebody has answered this start already. Open the page again to see how.")


def _enter(act: Act, what: str, audit: Audit, **facts: str) -> None:
    act.enter(what, employer=audit.employer_id, partner=audit.partner_id, subject=audit.code, **facts)


def _offered(act: Act, employer: Employer, kind: Kind, rules: Rules, standing: StandingReport | None) -> None:
    """Refuse (``NotOffered``) what the partner's rules do not offer this employer now.

    No source says which failed SECOR audit may be put right in part, nor knows an administrative audit of SECOR.
    """
    if kind is Kind.LIMITED_SCOPE:
        raise NotOffered(
            "A limited-scope audit looks only at what fell short. Your certifying partner has published no rule on "
            "when that is enough, so ask for a whole audit, or talk to the partner."
        )
    if kind is Kind.ADMINISTRATIVE:
        raise NotOffered(
            "An administrative audit is for a business that has no work going on. Your certifying partner has "
            "published no rule for one. Talk to the partner about an extension."
        )
    if kind is Kind.ACTION_PLAN:
        found = plans.offer(employer, rules=rules, report=standing, on=act.on)
        if found is None:
            raise NotOffered(
                "Your certifying partner takes no action plan in place of the audit you owe. Ask for the audit."
            )
        if found.why:
            raise NotOffered(f"You cannot have an action plan this year: {'; '.join(found.why)}. Ask for the audit.")


def _owed(act: Act, kind: Kind, standing: StandingReport | None) -> None:
    owed = standing.owed if standing else None
    due = owed.kind if owed else Kind.CERTIFICATION
    if standing is not None and owed is None:
        raise NotOwed("Your certificate owes no audit now. Look at its calendar for the next one.")
    if STANDS_FOR.get(kind, kind) is not due:
        when = f", due on {owed.due_on}" if owed else ""
        raise NotOwed(f"What you owe next is a {_word(due)} audit{when}. Ask for that one.")
    if owed is not None and owed.opens_on is not None and act.on < owed.opens_on:
        raise NotOwed(f"Your certifying partner takes this audit from {owed.opens_on} on. Come back then.")


def _word(kind: Kind) -> str:
    return kind.value.replace("_", " ")


def _small_enough(act: Act, employer: Employer, rules: Rules) -> Eligibility:
    size = starting.size_of(employer, rules=rules, on=act.on)
    if size.eligible:
        return size
    if size.peak_on is None:
        raise TooMany("We do not know how many people you are. Report your head-count first.")
    if size.maximum is not None and size.counted > size.maximum:
        raise TooMany(
            f"You were {math.ceil(size.counted)} people, and this certificate is for {size.maximum} at most. "
            "Mend your head-count if it is wrong; otherwise ask your certifying partner about the larger "
            "certificate, COR."
        )
    raise TooMany(f"This certificate wants at least {rules.headcount.at_least} people. Mend your head-count.")


def _reaches_back(kind: Kind, records_months: int, rules: Rules) -> None:
    least = min((term.records_months for term in rules.terms), default=0)
    if kind in {Kind.CERTIFICATION, Kind.RECERTIFICATION} and records_months < least:
        raise TooFewRecords(
            f"You need records of at least {least} months, and you have {records_months}. Keep them up, and ask then."
        )


def _may_perform(kind: Kind, performer: Performer, rules: Rules) -> None:
    allowed = rules.performers.get(kind, frozenset())
    if performer not in allowed:
        names = " or ".join(sorted(_PERFORMERS[each] for each in allowed)) or "your certifying partner"
        raise NotAllowedNow(f"With your certifying partner, this audit is done by {names}. Choose again.")


_PERFORMERS = {
    Performer.SELF_ASSESSOR: "somebody of your own (a self-assessment)",
    Performer.INTERNAL_AUDITOR: "an auditor of your own",
    Performer.EXTERNAL_AUDITOR: "an auditor from outside",
    Performer.PARTNER: "the certifying partner itself",
}


def _has_role(act: Act, performer: Performer, person: Person, employer: Employer, partner: Partner) -> None:
    roles = Role.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=act.on), person=person, from_on__lte=act.on)
    if performer.value in BY_EMPLOYER:
        own = (RoleKind.OWNER, RoleKind.SELF_ASSESSOR)
        if not roles.filter(employer=employer, kind__in=own).exists():
            raise NotCertified("This person is no self-assessor of your business. Make them one first.")
    elif not roles.filter(partner=partner, kind=RoleKind.AUDITOR).exists():
        raise NotCertified(f"This person is no certified auditor of {partner.name} today. Choose one from its list.")


def _untrained(rules: Rules) -> str:
    training = rules.training
    names = " or ".join(course.replace("-", " ") for course in training.any_of) if training else ""
    same = " by the person who does the self-assessment" if training and training.same_person_as_assessor else ""
    return (
        f"Your certifying partner wants this course taken first{same}: {names}. "
        "Add its proof, and wait until it is checked."
    )


def _independent(act: Act, person: Person, employer: Employer, rules: Rules, kind: Kind, performer: Performer) -> None:
    why = starting.conflicts_of(person, employer=employer, rules=rules, kind=kind, performer=performer, on=act.on)
    if why:
        raise NotIndependent(
            f"This person may not do this audit, because the person {why[0]}. Choose an auditor without such a tie."
        )
