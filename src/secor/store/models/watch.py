"""Watches: somebody outside who wants to be told when the standing of a certificate changes."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.code import new_code


class Watch(models.Model):
    """One address that follows one certificate and those that take its place.

    Nothing is sent before the address was confirmed. ``told`` is what its reader was told last: a number and a
    standing. Once it is ended its address is taken out, and nothing is left of the person.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code)
    certificate = models.ForeignKey("Certificate", on_delete=models.PROTECT, related_name="watches")
    email = models.EmailField(blank=True)
    asked_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    told = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "email"], condition=Q(ended_at__isnull=True), name="one_watch_an_address"
            )
        ]
        indexes = [
            models.Index(
                fields=["certificate"],
                condition=Q(ended_at__isnull=True, confirmed_at__isnull=False),
                name="watches_in_force",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} on {self.certificate}"
