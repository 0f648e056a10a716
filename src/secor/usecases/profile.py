"""What people say about themselves."""

from __future__ import annotations

from django.db import transaction

from secor.usecases.act import Act, Refusal


class Nobody(Refusal):
    """Nobody is signed in."""


@transaction.atomic
def change(act: Act, *, name: str, phone: str, language: str) -> None:
    """Keep what a person says about themselves. Refuses ``Nobody`` when no one is signed in."""
    if act.by is None:
        raise Nobody("Sign in first.")
    act.by.name, act.by.phone, act.by.language = name, phone, language
    act.by.save(update_fields=["name", "phone", "language"])
    act.enter("person.changed", subject=str(act.by.pk))
