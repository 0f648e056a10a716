"""What lets a program in: access tokens, each for one person in one role. Only a fingerprint of the secret is kept."""

from __future__ import annotations

from django.db import models

from secor.store.models.person import Person, Role


class AccessToken(models.Model):
    """One program's way in. It opens what the role opens on the day, and of that only what its scopes name."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="access_tokens")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="access_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField("SHA-256 of the secret, in hex", max_length=64, unique=True)
    begins = models.CharField("the first signs of the secret, to know it by", max_length=16)
    scopes = models.JSONField(default=list)
    made_at = models.DateTimeField()
    until_on = models.DateField()  # the last day it opens anything
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.name} ({self.begins}…)"
