"""Visits: when an auditor is at a business for an audit."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from secor.store.code import new_code
from secor.store.models.audit import OfAudit
from secor.store.scope import ScopedManager


class AuditVisit(OfAudit):
    """One stretch of one day at a business. Moved, it keeps its ``uid`` and its ``sequence`` rises."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    uid = models.UUIDField(unique=True)
    diary = models.ForeignKey("Diary", on_delete=models.PROTECT, related_name="visits")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    town = models.CharField(max_length=80, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["AuditVisit"]()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="visit_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            # The lock and the look at what is booked stand before this; should both fail, the database refuses.
            models.UniqueConstraint(
                name="one_visit_begins_at_a_time", fields=["diary", "starts_at"], condition=Q(cancelled_at=None)
            ),
        ]
        indexes = [models.Index(fields=["diary", "starts_at"], name="visits_of_a_diary")]

    def __str__(self) -> str:
        return f"visit {self.code}"
