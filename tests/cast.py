"""The cast: a few people with fixed roles, on both sides of every line that must not be crossed.

Rosa owns a business with six people, Wes works there, Sol assesses it herself. Dev audits for two partners. Pat
registers, Rey reviews and Dana decides at Alberta Safety Council. Strangers: Sam owns another business, Ezra
registers, Eve reviews and Ed decides at another partner, Ned audits for it alone, and Vic holds no role at all.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, fields
from datetime import date

from django.conf import settings
from django.test import Client

from secor.core.role import RoleKind
from secor.store.models import Employer, Headcount, Membership, Partner, Person, Role

SINCE = date(2024, 1, 8)


@dataclass(frozen=True)
class Cast:
    """Everyone, by name, with the businesses and partners they stand for."""

    roofing: Employer
    siding: Employer
    asc: Partner
    esc: Partner
    rosa: Person
    wes: Person
    sol: Person
    dev: Person
    pat: Person
    rey: Person
    dana: Person
    sam: Person
    ezra: Person
    eve: Person
    ed: Person
    ned: Person
    mona: Person
    will: Person
    vic: Person

    @property
    def people(self) -> dict[str, Person]:
        """Everyone by name."""
        known = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: who for name, who in known.items() if isinstance(who, Person)}


def cast() -> Cast:
    """Bring everyone on stage: each row written plainly, so that a test leans on no use case it does not test."""
    asc, esc = _partner("asc", "Alberta Safety Council"), _partner("esc", "Energy Safety Canada")
    roofing, siding = _business("Rosa's Roofing Ltd.", asc), _business("Sam's Siding Ltd.", esc)
    dev = _person("Dev", RoleKind.AUDITOR, partner=asc)
    Role.objects.create(person=dev, kind=RoleKind.AUDITOR, partner=esc, from_on=SINCE)
    return Cast(
        roofing=roofing,
        siding=siding,
        asc=asc,
        esc=esc,
        rosa=_person("Rosa", RoleKind.OWNER, employer=roofing),
        wes=_person("Wes", RoleKind.WORKER, employer=roofing),
        sol=_person("Sol", RoleKind.SELF_ASSESSOR, employer=roofing),
        dev=dev,
        pat=_person("Pat", RoleKind.REGISTRAR, partner=asc),
        rey=_person("Rey", RoleKind.REVIEWER, partner=asc),
        dana=_person("Dana", RoleKind.DECISION_MAKER, partner=asc),
        sam=_person("Sam", RoleKind.OWNER, employer=siding),
        ezra=_person("Ezra", RoleKind.REGISTRAR, partner=esc),
        eve=_person("Eve", RoleKind.REVIEWER, partner=esc),
        ed=_person("Ed", RoleKind.DECISION_MAKER, partner=esc),
        ned=_person("Ned", RoleKind.AUDITOR, partner=esc),
        mona=_person("Mona", RoleKind.MINISTRY),
        will=_person("Will", RoleKind.WCB),
        vic=_person("Vic"),
    )


def signed_in(client: Client, person: Person, *, second_factor: bool = False) -> Client:
    """Sign ``person`` in as the sign-in pages would; with a second factor, as a passkey or a one-time code would."""
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    session = client.session
    session["account_authentication_methods"] = ways_in(person, second_factor=second_factor)
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def ways_in(person: Person, *, second_factor: bool) -> list[dict[str, object]]:
    """What a session remembers of how somebody signed in."""
    ways: list[dict[str, object]] = [{"method": "password", "at": time.time(), "email": person.email}]
    if second_factor:
        ways.append({"method": "mfa", "at": time.time(), "type": "totp"})
    return ways


def _partner(key: str, name: str) -> Partner:
    return Partner.objects.create(key=key, name=name, acronym=key.upper())


def _business(name: str, partner: Partner) -> Employer:
    employer = Employer.objects.create(legal_name=name, city="Red Deer", joined_on=SINCE, search_name=name.lower())
    Headcount.objects.create(employer=employer, on=SINCE, owners=1, full_time=5)
    Membership.objects.create(employer=employer, partner=partner, asked_on=SINCE, approved_on=SINCE)
    return employer


def _person(name: str, kind: RoleKind | None = None, **of: object) -> Person:
    person = Person.objects.create_user(f"{name.lower()}@example.ca", name=name)
    if kind is not None:
        Role.objects.create(person=person, kind=kind, from_on=SINCE, **of)
    return person
