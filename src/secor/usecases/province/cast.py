"""The demonstration's people: they sign in with one button, and nobody can write to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from secor.core.role import RoleKind
from secor.queries import schemes
from secor.store.models import Partner, Person, Role

AT = "demonstration.example"
SINCE = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Office:
    """A certifying partner and its handful of people."""

    partner: Partner
    registrar: Person
    reviewer: Person
    decision_maker: Person
    auditors: tuple[Person, ...]


# Partner key: registrar, reviewer, decision maker, auditors.
OFFICES = {
    "asc": ("Regan Doyle", "Pat Lindqvist", "Ines Arcand", ("Dev Sharma", "Owen Fitzgerald")),
    "esc": ("Carol Yellowbird", "Martin Oduya", "Helga Brandt", ("Dev Sharma", "Kim Rousseau")),
    "acsa": ("Trish Makokis", "Alan Pruden", "Bao Tran", ("Mina Farrow",)),
}


def a_person(name: str, *, address: str = "") -> Person:
    """Give the demonstration's person of that name, making them when they are new."""
    email = address or f"{name.lower().replace(' ', '.')}@{AT}"
    if there := Person.objects.filter(email=email).first():
        return there
    person = Person.objects.create_user(email, None, name=name)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def the_partners(scheme: str = "ab-secor") -> dict[str, Partner]:
    """Enter every certifying partner of the scheme's files, and give them by key."""
    for told in schemes.partners(scheme):
        Partner.objects.get_or_create(
            key=told.key,
            defaults={
                "scheme": scheme,
                "name": told.name,
                "acronym": told.acronym,
                "valid_from": told.valid_from,
                "valid_until": told.valid_until,
                "accepting_new": told.accepting_new,
            },
        )
    return {partner.key: partner for partner in Partner.objects.filter(scheme=scheme)}


def the_offices() -> tuple[Office, ...]:
    """Staff the demonstration's three partners. Those who decide have their second factor set up."""
    partners = the_partners()
    offices = []
    for key, (registrar, reviewer, decision_maker, auditors) in OFFICES.items():
        partner = partners[key]
        office = Office(
            partner=partner,
            registrar=_with(a_person(registrar), RoleKind.REGISTRAR, partner),
            reviewer=_with(a_person(reviewer), RoleKind.REVIEWER, partner),
            decision_maker=_with(a_person(decision_maker), RoleKind.DECISION_MAKER, partner),
            auditors=tuple(_with(a_person(name), RoleKind.AUDITOR, partner) for name in auditors),
        )
        for person in (office.registrar, office.reviewer, office.decision_maker):
            if not Authenticator.objects.filter(user=person).exists():
                TOTP.activate(person, generate_totp_secret())
        offices.append(office)
    return tuple(offices)


def _with(person: Person, kind: RoleKind, partner: Partner) -> Person:
    Role.objects.get_or_create(person=person, kind=kind, partner=partner, from_on=SINCE)
    return person
