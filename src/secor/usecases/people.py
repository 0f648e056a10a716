"""The people of a business: invited, given a role, and their role taken away again."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet

from secor.core.role import EMPLOYER_SIDE, PARTNER_STAFF, RoleKind
from secor.store.models import Employer, Entry, Membership, Person, Role
from secor.store.scope import house
from secor.usecases import owner
from secor.usecases.act import Act, Refusal

A_DAY = timedelta(days=1)
MOST_INVITED_A_DAY = 20
MOST_PEOPLE = 100


class NotAnAddress(Refusal):
    """No e-mail address."""


class NotARole(Refusal):
    """A role that no owner can give."""


class TooMany(Refusal):
    """More invitations, or more people, than a business with ten people has use for."""


class OtherSide(Refusal):
    """The person works for the certifying partner of the business, so must not belong to it."""


class LastOwner(Refusal):
    """A business without an owner would be nobody's."""


@transaction.atomic
def invite(act: Act, *, employer: Employer, email: str, name: str = "", kind: RoleKind | str) -> Role:
    """Give a role to whoever has that e-mail address, and let a letter follow.

    Somebody who never signed in gets an account without a password: the letter leads them to choose one, which
    proves that the address is theirs. Refuses ``NotAnAddress``, ``TooMany`` (twenty invitations in a day, a hundred
    people), and what ``give_role`` refuses. Whether the address had an account is not told.
    """
    held = owner.hold(act, employer=employer)
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise NotAnAddress("Write an e-mail address, such as wes@example.ca.") from wrong
    lately = Entry.objects.within(house("a limit on letters")).filter(
        employer=held, act="person.invited", at__gt=act.at - A_DAY
    )
    if lately.count() >= MOST_INVITED_A_DAY:
        raise TooMany(f"You have invited {MOST_INVITED_A_DAY} people within a day. Invite the next one tomorrow.")
    person = Person.objects.filter(email=address).first()
    if person is None:
        person = Person.objects.create_user(address, None, name=" ".join(name.split())[:120])
    role, new = _give(act, held, person, kind)
    if new:
        act.enter("person.invited", employer=held, subject=str(person.pk), kind=role.kind)
    return role


@transaction.atomic
def give_role(act: Act, *, employer: Employer, person: Person, kind: RoleKind | str) -> Role:
    """Let ``person`` be an owner, a self-assessor, a first aider or a worker of the business from today.

    Giving it twice is one act.
    Refuses ``NotARole``, ``TooMany``, and ``OtherSide``: staff of the business's own certifying partner would be
    tied to it, and could be kept from judging it by an invitation they never asked for.
    """
    held = owner.hold(act, employer=employer)
    role, new = _give(act, held, person, kind)
    if new:
        act.enter("role.given", employer=held, subject=str(person.pk), kind=role.kind)
    return role


@transaction.atomic
def take_role(act: Act, *, role: Role) -> None:
    """Take a role in a business away at once. Refuses ``LastOwner``; taking it away twice is one act."""
    if role.employer is None:
        raise NotARole("Only the certifying partner can take this role away.")
    held = owner.hold(act, employer=role.employer)
    current = _today(act).filter(pk=role.pk).first()
    if current is None:
        return
    owners = _today(act).filter(employer=held, kind=RoleKind.OWNER)
    if current.kind == RoleKind.OWNER and not owners.exclude(pk=current.pk).exists():
        raise LastOwner("You are the only owner. Make somebody else an owner first.")
    if current.from_on == act.on:
        current.delete()  # a role of no day at all: it cannot end the day before it began
    else:
        current.until_on = act.on - A_DAY
        current.save(update_fields=["until_on"])
    act.enter("role.taken", employer=held, subject=str(current.person_id), kind=current.kind)


def _give(act: Act, employer: Employer, person: Person, kind: RoleKind | str) -> tuple[Role, bool]:
    """Give the role, or find that it is held; tell whether it is new."""
    if kind not in set(EMPLOYER_SIDE):
        raise NotARole("Choose owner, self-assessor, first aider or worker.")
    held = _today(act).filter(person=person, employer=employer, kind=kind).first()
    if held is not None:
        return held, False
    if _today(act).filter(employer=employer).count() >= MOST_PEOPLE:
        raise TooMany(f"{MOST_PEOPLE} people have a role here. Take a role away from somebody who left.")
    partners = Membership.objects.within(house("whose staff must not belong to the business")).filter(
        employer=employer, left_on__isnull=True, refused_on__isnull=True
    )
    staff = _today(act).filter(person=person, partner__in=partners.values("partner"), kind__in=PARTNER_STAFF)
    if staff.exists():
        raise OtherSide("This person works for your certifying partner, so they cannot have a role in your business.")
    role = Role.objects.create(person=person, kind=RoleKind(kind), employer=employer, from_on=act.on, given_by=act.by)
    return role, True


def _today(act: Act) -> QuerySet[Role]:
    """Every role held on the day of the act."""
    return Role.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=act.on), from_on__lte=act.on)
