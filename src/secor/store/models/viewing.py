"""Viewings: an owner lets whoever audits the business look at its records, for the time of the audit."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.models.audit import OfAudit
from secor.store.scope import ScopedManager


class Viewing(OfAudit):
    """The leave to look at records, read-only. It ends when it is ended, on its last day, or with the audit."""

    given_at = models.DateTimeField()
    given_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    until_on = models.DateField()  # the last day, counted
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Viewing"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit"], condition=Q(ended_at__isnull=True), name="one_viewing_an_audit")
        ]

    def __str__(self) -> str:
        return f"viewing of {self.audit} until {self.until_on}"
