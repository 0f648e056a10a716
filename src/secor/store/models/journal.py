"""Who did what, when. Rows are only ever added, and each carries the fingerprint of the one before."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.scope import Reached, Scope, ScopedManager


class Chain(models.Model):
    """The end of one chain of entries. One chain an employer, so that two employers' acts never wait for each other."""

    name = models.CharField(max_length=60, primary_key=True)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)


class Entry(Reached):
    """One act."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    place = models.PositiveIntegerField()  # 1, 2, 3 … in its chain
    at = models.DateTimeField()
    person = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # The person's number as it stood, which the fingerprint covers and a deleted account does not change.
    hand = models.CharField(max_length=20, blank=True)
    act = models.CharField(max_length=60)
    employer = models.ForeignKey("Employer", null=True, on_delete=models.PROTECT, related_name="journal")
    partner = models.ForeignKey("Partner", null=True, on_delete=models.PROTECT, related_name="journal")
    subject = models.CharField(max_length=80, blank=True)
    detail = models.JSONField(default=dict)
    before = models.CharField(max_length=64, blank=True)
    fingerprint = models.CharField(max_length=64)
    # Whether the letters that follow from this act have been written. Not part of what happened, so not fingerprinted.
    letters_written = models.BooleanField(default=False)

    objects = ScopedManager["Entry"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "place"], name="one_entry_a_place")]
        indexes = [
            models.Index(fields=["employer", "at"]),
            models.Index(fields=["partner", "at"]),
            models.Index(fields=["id"], condition=Q(letters_written=False), name="entries_without_letters"),
        ]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """The employer's own people, and the partner's."""
        return Q(employer__in=scope.employers) | Q(partner__in=scope.partners)
