"""A decision about a certificate that one person of the partner proposes and another confirms."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.models.certificate import Certificate
from secor.store.scope import Reached, Scope, ScopedManager


class Motion(Reached):
    """One proposal. Its certificate changes when it is confirmed, and not before."""

    class Kind(models.TextChoices):
        """What is proposed."""

        CANCEL = "cancel", "Cancel"
        REINSTATE = "reinstate", "Reinstate"

    class Outcome(models.TextChoices):
        """What became of it."""

        CONFIRMED = "confirmed", "Confirmed"
        WITHDRAWN = "withdrawn", "Withdrawn"

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="motions")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField()
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Motion"]()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["certificate"], condition=Q(outcome=""), name="one_open_motion"),
        ]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """The partner that issued the certificate, and nobody else: the employer hears of it once it is confirmed."""
        return Q(certificate__partner__in=scope.partners)
