"""The demonstration's own day."""

from __future__ import annotations

from django.db import models


class DemonstrationDay(models.Model):
    """How many days the demonstration runs ahead of the real calendar. One row, or none."""

    one = models.BooleanField(primary_key=True, default=True)
    days_ahead = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(one=True), name="only_one_day")]
