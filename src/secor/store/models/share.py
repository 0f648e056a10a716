"""Links by which an employer lets an outsider read a pack, until a day, and no longer than it wants."""

from __future__ import annotations

from django.db import models

from secor.store.code import new_code
from secor.store.models.employer import Owned
from secor.store.scope import ScopedManager


class Share(Owned):
    """A link to a pack. The secret in the link is kept only as its SHA-256."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    secret_digest = models.CharField(max_length=64, unique=True)
    title = models.CharField(max_length=120)
    holds = models.JSONField(default=list)  # what the pack is made of, by key
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    expires_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    opened_last_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Share"]()

    class Meta:
        ordering = ["-pk"]
