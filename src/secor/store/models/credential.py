"""Credentials: a certificate as data that anybody's program can check. Public, like the register."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Credential(models.Model):
    """What was signed about one certificate, to the byte. Written before it is signed; never changed after.

    ``body`` and ``jwt`` are the two forms that are handed out. ``status_list`` and ``status_index`` are its place in
    the issuer's status lists. ``superseded_at`` is the moment another credential took its place: its bit is set then.
    """

    certificate = models.ForeignKey("Certificate", on_delete=models.PROTECT, related_name="credentials")
    partner = models.ForeignKey("Partner", on_delete=models.PROTECT, related_name="credentials")
    key = models.ForeignKey("Key", on_delete=models.PROTECT, related_name="credentials")
    status_list = models.PositiveIntegerField(default=1)
    status_index = models.PositiveIntegerField()
    unsigned = models.TextField()
    body = models.TextField(blank=True)
    jwt = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    made_at = models.DateTimeField()
    signed_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "status_list", "status_index"], name="one_credential_a_status_place"
            ),
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(superseded_at__isnull=True), name="one_credential_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} {self.digest[:12]}"
