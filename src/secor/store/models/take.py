"""Takes: each answer of an audit as one person gave it on one device."""

from __future__ import annotations

from django.db import models

from secor.store.models.audit import OfAudit
from secor.store.scope import ScopedManager


class Take(OfAudit):
    """One answer to one place, as ``core/take.py`` has it. Rows are added and never changed, but for ``stands``."""

    uid = models.UUIDField()
    question = models.CharField(max_length=20)
    part = models.CharField(max_length=45)
    value = models.JSONField(null=True)
    over = models.JSONField(default=list)
    made_at = models.DateTimeField()  # by the device's own clock
    by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    arrived_at = models.DateTimeField()
    # Worked out from all takes of the place whenever one arrives, so that what stands is one look in an index.
    stands = models.BooleanField(default=True)

    objects = ScopedManager["Take"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "uid"], name="a_take_arrives_once")]
        indexes = [models.Index(fields=["audit", "question", "part"])]
