"""Certificates and what happened to them. The standing is never kept: it follows from the events and a day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.models.employer import Owned
from secor.store.scope import Scope, ScopedManager


class Certificate(Owned):
    """What was issued after a passed, accepted audit. One row a number; only its last block ever changes."""

    number = models.CharField(max_length=32, unique=True)
    scheme = models.SlugField(max_length=40)
    edition = models.CharField(max_length=60)
    partner = models.ForeignKey("Partner", on_delete=models.PROTECT, related_name="certificates")
    audit = models.OneToOneField("Audit", null=True, on_delete=models.PROTECT, related_name="certificate")
    legal_name = models.CharField(max_length=200)
    trade_name = models.CharField(max_length=200, blank=True)
    issued_on = models.DateField()
    term_ends_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    replaced_by = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replaces"
    )

    # What is owed next, worked out from the events whenever one is added, so that a calendar is an index look-up.
    # It is never the standing: that is asked of the events and the day.
    owed_kind = models.CharField(max_length=20, blank=True)
    owed_due_on = models.DateField(null=True, blank=True)
    ended = models.BooleanField(default=False)

    objects = ScopedManager["Certificate"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "scheme"],
                condition=Q(ended=False, replaced_by__isnull=True),
                name="one_live_certificate",
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "owed_due_on"]),
            models.Index(fields=["partner", "owed_kind", "owed_due_on"]),
            models.Index(fields=["partner", "issued_on"]),
        ]

    def __str__(self) -> str:
        return self.number

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Its employer's people and the partner that issued it."""
        return Q(employer__in=scope.employers) | Q(partner__in=scope.partners)


class Serial(models.Model):
    """The last serial given to a certificate under one prefix in one year; its row is held while the next is given."""

    prefix = models.CharField(max_length=12)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["prefix", "year"], name="one_serial_a_year")]


class CertificateEvent(Owned):
    """Something that happened to an employer's certificate under a scheme. Rows are only ever added."""

    scheme = models.SlugField(max_length=40)
    partner = models.ForeignKey("Partner", on_delete=models.PROTECT, related_name="+")
    certificate = models.ForeignKey(Certificate, null=True, on_delete=models.PROTECT, related_name="events")
    audit = models.ForeignKey("Audit", null=True, on_delete=models.PROTECT, related_name="told")
    # A row that says that another one did not hold: both stay, and the rules are told neither.
    corrects = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="corrected_by")
    on = models.DateField()
    event = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, blank=True)
    passed = models.BooleanField(null=True)
    until = models.DateField(null=True, blank=True)
    count = models.PositiveIntegerField(null=True, blank=True)
    records_months = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["CertificateEvent"]()

    class Meta:
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["employer", "scheme", "on"])]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Its employer's people and the partner that recorded it."""
        return Q(employer__in=scope.employers) | Q(partner__in=scope.partners)
