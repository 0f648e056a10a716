"""What an owner tells for the firm's figures, and whether they may be counted into those of firms like it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.models.action import OfItsPeople
from secor.store.scope import ScopedManager


class MonthOfWork(OfItsPeople):
    """What an owner told of one month: the hours that everybody worked together, and the days lost to injuries."""

    month = models.DateField()  # its first day
    hours = models.PositiveIntegerField(null=True, blank=True)
    days_lost = models.PositiveIntegerField(null=True, blank=True)
    told_at = models.DateTimeField()
    told_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["MonthOfWork"]()

    class Meta:
        ordering = ["month"]
        constraints = [models.UniqueConstraint(fields=["employer", "month"], name="one_month_of_work")]


class Consent(OfItsPeople):
    """An owner's consent to have the firm's figures counted, unnamed, into those of firms like it; until withdrawn."""

    given_on = models.DateField()
    given_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["Consent"]()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer"], condition=Q(withdrawn_on__isnull=True), name="one_consent_at_a_time"
            ),
        ]
