"""Draws: whom and what an audit looks at, as chance chose it, so that anybody can make the choice again."""

from __future__ import annotations

from django.db import models

from secor.store.models.audit import OfAudit
from secor.store.scope import ScopedManager


class Draw(OfAudit):
    """One draw, as ``core/draw.py`` makes it. Rows are added and never changed: the last of its sort stands."""

    class Of(models.TextChoices):
        """What was drawn."""

        PEOPLE = "people", "People"
        SITES = "sites", "Sites"
        RECORDS = "records", "Records"

    of = models.CharField(max_length=8, choices=Of)
    seed = models.CharField(max_length=32)
    wanted = models.PositiveSmallIntegerField()
    # All that could be drawn: [[key, [trait]]]. With the seed and the number it gives the same choice again.
    pool = models.JSONField()
    chosen = models.JSONField()  # keys, in the order in which they were drawn
    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["Draw"]()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["audit", "of"])]
