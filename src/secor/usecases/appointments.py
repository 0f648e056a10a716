"""How a site begins: the certifying partners of the files are entered, and the first people of each are appointed.

Nobody on a new site could let the first person in, so the person at the server does.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q

from secor.core.role import PARTNER_STAFF, READERS, RoleKind
from secor.queries import schemes
from secor.store.models import Partner, Person, Role
from secor.usecases.act import Act, Refusal

AT_A_PARTNER = PARTNER_STAFF | {RoleKind.AUDITOR}
# What a partner's row repeats of its file, because pages ask for it together with rows.
FROM_FILE = ("name", "acronym", "valid_from", "valid_until", "accepting_new")


class NotAnAddress(Refusal):
    """No e-mail address."""


class NoSuchPartner(Refusal):
    """No certifying partner of the scheme has that key, or none was named where one is wanted."""


class NotAppointed(Refusal):
    """A role that its own business gives, not the person at the server."""


@transaction.atomic
def enter_partners(act: Act, *, scheme: str) -> int:
    """Enter the certifying partners of the scheme's files, and what changed about them. Give how many did."""
    kept = {row.key: row for row in Partner.objects.filter(scheme=scheme)}
    changed = 0
    for told in schemes.partners(scheme):
        row = kept.get(told.key) or Partner(key=told.key, scheme=scheme)
        facts = {name: getattr(told, name) for name in FROM_FILE}
        if row.pk is None or any(getattr(row, name) != fact for name, fact in facts.items()):
            for name, fact in facts.items():
                setattr(row, name, fact)
            row.save()
            act.enter("partner.entered", partner=row, subject=row.key)
            changed += 1
    return changed


@transaction.atomic
def appoint(act: Act, *, email: str, name: str, kind: RoleKind, partner: str = "") -> Role:
    """Give the person with that address the role ``kind`` at the partner with that key; twice is one act.

    Somebody new gets an account without a password: they choose one by "I forgot my password", which proves that the
    address is theirs. Refuses ``NotAnAddress``, ``NoSuchPartner``, and ``NotAppointed`` for an employer's own roles.
    """
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as wrong:
        raise NotAnAddress(f"{email!r} is no e-mail address. Write one such as pat@example.ca.") from wrong
    body = _place(kind, partner)
    person = Person.objects.filter(email=address).first() or Person.objects.create_user(address, None, name=name)
    current = Q(until_on__isnull=True) | Q(until_on__gte=act.on)
    held = Role.objects.filter(current, person=person, kind=kind, partner=body).first()
    if held is not None:
        return held
    role = Role.objects.create(person=person, kind=kind, partner=body, from_on=act.on, given_by=act.by)
    act.enter("role.given", partner=body, subject=str(person.pk), kind=kind.value)
    return role


def _place(kind: RoleKind, key: str) -> Partner | None:
    if kind in READERS:
        return None
    if kind not in AT_A_PARTNER:
        raise NotAppointed(f"{kind.value} is a role in a business. Its owner registers and gives it on the site.")
    found = Partner.objects.filter(key=key).first()
    if found is None:
        known = ", ".join(Partner.objects.order_by("key").values_list("key", flat=True))
        raise NoSuchPartner(f"Name the certifying partner by its key. Known here: {known or 'none'}.")
    return found
