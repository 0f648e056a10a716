"""Course proofs: an employer brings one, and its certifying partner says whether it counts."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from secor.core.anniversary import add_months, anniversary
from secor.core.role import RoleKind
from secor.core.scheme import Rules
from secor.queries.employers import membership_of, roles_at, rules_of
from secor.store.code import new_code
from secor.store.models import CourseProof, CourseTaken, Employer, Person
from secor.store.scope import house
from secor.usecases import files, owner, staff
from secor.usecases.act import Act, Refusal

YEARS_BACK = 40
MOST = 200
REASON_MAX = 300
_PROOFS = house("the course proofs of an employer that was itself reached")


class NoSuchCourse(Refusal):
    """A course that the rules of the employer's partner do not name."""


class Nameless(Refusal):
    """A proof that does not say who took the course."""


class NotOneOfYours(Refusal):
    """The person chosen has no role at this business."""


class NotTaken(Refusal):
    """A course of a day that has not come, or so long ago that it must be a slip."""


class Full(Refusal):
    """More proofs than a small business can have."""


class NoPartner(Refusal):
    """There is nobody to check the proof."""


class Judged(Refusal):
    """The proof has been checked, so it stands as it is."""


class Unreasoned(Refusal):
    """A proof is turned down only with a reason."""


class TooLong(Refusal):
    """A reason that does not fit into its place."""


def add_proof(
    act: Act,
    *,
    employer: Employer,
    course: str,
    holder_name: str,
    holder: Person | None = None,
    taken_on: date,
    upload: files.Upload | None = None,
) -> CourseProof:
    """Keep the proof that somebody took a course. It counts once the certifying partner has accepted it.

    The same course of the same name and day is one proof; a file sent later joins it while nobody has checked it.
    ``holder`` is one of the business's people, whose own name then stands on the proof; without one, ``holder_name``
    is somebody who does not sign in here. Refuses ``NoSuchCourse``, ``Nameless``, ``NotOneOfYours``, ``NotTaken`` (a
    day to come, or forty years ago), ``Full`` (the 201st), and a file that ``files.shelve`` refuses.

    The file is looked through before the transaction begins, so that nobody waits for a picture.
    """
    owner.permit(act, employer=employer)
    rules = rules_of(employer, on=act.on)
    if holder is not None:
        _one_of_them(act, employer, holder)
        holder_name = str(holder)
    _check(act, rules, course, holder_name, taken_on)
    shelved = files.shelve(upload) if upload is not None else None
    months = rules.training.valid_months if rules.training else None
    until = add_months(taken_on, months) if months else None
    return _add(act, employer, course, " ".join(holder_name.split()), holder, taken_on, until, shelved)


@transaction.atomic
def _add(
    act: Act,
    employer: Employer,
    course: str,
    holder_name: str,
    holder: Person | None,
    taken_on: date,
    until: date | None,
    shelved: files.Shelved | None,
) -> CourseProof:
    held = owner.hold(act, employer=employer)
    proofs = CourseProof.objects.within(_PROOFS).filter(employer=held)
    proof = proofs.filter(
        course=course, holder_name__iexact=holder_name, taken_on=taken_on, accepted__isnull=True
    ).first()
    if proof is not None and (shelved is None or proof.file_id == shelved.sha256):
        return proof
    if proof is None and proofs.count() >= MOST:
        raise Full(f"There are {MOST} course proofs already. Take one back that nobody needs any more.")
    proof = proof or CourseProof(
        code=new_code(), employer=held, course=course, holder_name=holder_name, taken_on=taken_on, valid_until=until
    )
    proof.holder = holder or proof.holder
    proof.file = files.record(act, shelved=shelved) if shelved else proof.file
    proof.save()
    membership = membership_of(held)
    act.enter(
        "course.added",
        employer=held,
        partner=membership.partner_id if membership else None,
        subject=proof.code,
        course=course,
        sha256=shelved.sha256 if shelved else "",
    )
    return proof


@transaction.atomic
def take_back(act: Act, *, proof: CourseProof) -> None:
    """Take back a proof that nobody has checked yet. Refuses ``Judged``."""
    held = owner.hold(act, employer=proof.employer)
    row = CourseProof.objects.within(_PROOFS).select_for_update().filter(pk=proof.pk).first()
    if row is None:
        return
    if row.accepted is not None:
        raise Judged("Your certifying partner has checked this proof, so it stays on file.")
    if CourseTaken.objects.within(_PROOFS).filter(proof=row).exists():
        raise Judged("This proof came of a course that was taken here, so it stays on file.")
    row.delete()
    act.enter("course.taken_back", employer=held, subject=proof.code, course=proof.course)


@transaction.atomic
def check_proof(act: Act, *, proof: CourseProof, accepted: bool, reason: str = "") -> CourseProof:
    """Say whether a proof counts; a registrar of the employer's certifying partner does so.

    The same answer twice is one act. Refuses ``NoPartner``, ``staff.NotYourDesk``, ``Unreasoned`` (turned down
    without a reason), ``TooLong`` (more than 300 signs of it) and ``Judged`` (somebody has given the other answer).
    """
    row = (
        CourseProof.objects.within(_PROOFS).select_for_update(of=("self",)).select_related("employer").get(pk=proof.pk)
    )
    membership = membership_of(row.employer)
    if membership is None:
        raise NoPartner("This employer belongs to no certifying partner now, so there is nobody to check its proofs.")
    by = staff.permit(act, RoleKind.REGISTRAR, partner=membership.partner)
    if row.accepted is accepted:
        return row
    if row.accepted is not None:
        raise Judged("A colleague has checked this proof already. Ask the employer to send it again.")
    if not accepted and not reason.strip():
        raise Unreasoned("Say why, so that the employer knows what to send instead.")
    if len(reason.strip()) > REASON_MAX:
        raise TooLong(f"Say why in {REASON_MAX} signs or fewer. You wrote {len(reason.strip())}.")
    row.accepted, row.checked_on, row.checked_by, row.reason = accepted, act.on, by, reason.strip()
    row.save(update_fields=["accepted", "checked_on", "checked_by", "reason"])
    act.enter(
        "course.checked",
        employer=row.employer,
        partner=membership.partner_id,
        subject=row.code,
        course=row.course,
        accepted=accepted,
    )
    return row


def _one_of_them(act: Act, employer: Employer, holder: Person) -> None:
    if holder.pk not in {role.person_id for role in roles_at(employer, on=act.on)}:
        raise NotOneOfYours("This person does not work with you here. Choose one of the list, or write the name.")


def _check(act: Act, rules: Rules, course: str, holder_name: str, taken_on: date) -> None:
    known = rules.training.any_of if rules.training else ()
    if course not in known:
        raise NoSuchCourse("Choose one of the courses that your certifying partner takes.")
    if not holder_name.strip():
        raise Nameless("Write the name of the person who took the course.")
    if taken_on > act.on:
        raise NotTaken("This day has not come yet. Send the proof once the course is taken.")
    if taken_on < anniversary(act.on, -YEARS_BACK):
        raise NotTaken("This day is very long ago. Look at the year again.")
