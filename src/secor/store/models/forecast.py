"""An employer's forecast as its certifying partner may see it: the consent, and what is kept of the forecast."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.models.employer import Membership, Owned
from secor.store.points import PointsField
from secor.store.scope import Scope, ScopedManager


class ForecastConsent(Owned):
    """An owner's consent that one certifying partner sees the forecast; until withdrawn, or until the employer leaves.

    It names its partner: whoever moves to another one is asked again.
    """

    partner = models.ForeignKey("Partner", on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()
    given_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["ForecastConsent"]()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer"], condition=Q(withdrawn_on__isnull=True), name="one_forecast_consent_at_a_time"
            ),
        ]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Its employer's people; and the partner it names, while it holds and the employer is a member there."""
        reached = Q(employer__in=scope.employers)
        if scope.partners:
            members = Membership._base_manager.filter(  # noqa: SLF001 - the scope itself is what is being worked out
                partner__in=scope.partners, approved_on__isnull=False, left_on__isnull=True, refused_on__isnull=True
            )
            reached |= Q(withdrawn_on__isnull=True, partner__in=scope.partners, employer__in=members.values("employer"))
        return reached


class KeptForecast(Owned):
    """What is kept of a forecast for the partner: the share, the weakest elements, what it does not know, its day.

    It follows from what is on file alone and can be worked out anew. Nothing of any record is in it. It goes with its
    consent.
    """

    consent = models.OneToOneField(ForecastConsent, on_delete=models.CASCADE, related_name="forecast")
    as_of_on = models.DateField()
    # Where the employer's chain ended when this was worked out: once the chain is longer, there is something new.
    chain = models.ForeignKey("Chain", on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()
    audit_on = models.DateField()  # the last day of the twelve months it looks at
    instrument = models.CharField(max_length=60)
    awarded = PointsField()
    possible = PointsField()
    millionths = models.PositiveIntegerField()  # of the share, rounded down: to sort by, and for nothing else
    passes = models.BooleanField()
    can_pass = models.BooleanField()  # if everything is kept up from the day it is as of
    weakest = models.JSONField(default=list)  # [{"element": 3, "awarded": "41/2", "possible": "60"}]
    guessed = models.PositiveSmallIntegerField()  # questions that nobody can know beforehand
    questions = models.PositiveSmallIntegerField()

    objects = ScopedManager["KeptForecast"]()

    class Meta:
        indexes = [models.Index(fields=["passes", "millionths", "id"]), models.Index(fields=["as_of_on"])]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Whoever reaches its consent."""
        return Q(consent__in=ForecastConsent.objects.within(scope).values("pk"))
