"""Keys that sign, each known by its public half. The private half is never here: it is where the site's keys are."""

from __future__ import annotations

from django.db import models


class Key(models.Model):
    """One key: what it signs, for whom, from when, and until when. Its row outlives it: what it signed is still read.

    Public throughout, so every reader may read it. ``public`` is written ``z6Mk…`` (Multikey). ``certificate`` is the
    X.509 certificate, in PEM, that goes with a key which signs papers.
    """

    purpose = models.CharField(max_length=12)
    partner = models.ForeignKey("Partner", null=True, blank=True, on_delete=models.PROTECT, related_name="keys")
    public = models.CharField(max_length=200, unique=True)
    certificate = models.TextField(blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["purpose", "partner", "until_at"])]

    def __str__(self) -> str:
        return self.public


class Halt(models.Model):
    """A time in which nothing may be signed. While one has no end, nothing is issued; checking goes on."""

    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField()

    class Meta:
        ordering = ["pk"]
