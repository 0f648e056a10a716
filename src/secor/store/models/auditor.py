"""What is kept of auditors beside their role: matters that a partner keeps about them, and their public listing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.code import new_code
from secor.store.models.person import Person, Role
from secor.store.scope import Reached, Scope, ScopedManager


class Matter(Reached):
    """Something a partner keeps about an auditor it certifies. Open until it is closed with an outcome."""

    class Kind(models.TextChoices):
        """What the matter is."""

        COMPLAINT = "complaint", "Complaint"
        CHECK = "check", "Something to look into"
        NOTE = "note", "Note"

    code = models.CharField(max_length=16, unique=True, default=new_code)
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="matters")
    kind = models.CharField(max_length=9, choices=Kind)
    text = models.TextField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    outcome = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["Matter"]()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_closed_matter_has_an_outcome",
                condition=Q(closed_at__isnull=True, outcome="") | Q(closed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.code}"

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """The staff of the partner that keeps it. The auditor it is about does not read it here."""
        return Q(role__partner__in=scope.partners)


class Listing(models.Model):
    """What an auditor lets the public read of them. There is one only while they want it."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="listing")
    town = models.CharField(max_length=80)
    english = models.BooleanField(default=True)
    french = models.BooleanField(default=False)
    about = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    listed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"listing of {self.person_id}"
