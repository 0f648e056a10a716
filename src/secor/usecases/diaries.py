"""Diaries: who offers first talks, and from which town they set out."""

from __future__ import annotations

from django.db import transaction

from secor.core.role import RoleKind
from secor.store.models import Diary, Person, Role
from secor.usecases.act import Act, Refusal


class NotAnAuditor(Refusal):
    """First talks are held by auditors."""


@transaction.atomic
def open_diary(act: Act, *, person: Person, home: str) -> Diary:
    """Let a person offer first talks on the phone, in office hours; opening it again changes the home town only.

    Refuses ``NotAnAuditor`` for whoever is none on the day of the act.
    """
    roles = Role.objects.filter(person=person, kind=RoleKind.AUDITOR)
    if not any(role.held_on(act.on) for role in roles):
        raise NotAnAuditor("First talks are held by auditors. Make this person an auditor first.")
    diary, _ = Diary.objects.update_or_create(person=person, defaults={"home": home.strip()[:80], "is_open": True})
    act.enter("diary.opened", subject=str(person.pk))
    return diary
