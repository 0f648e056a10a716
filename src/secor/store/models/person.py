"""People who sign in, and their roles."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from secor.core.role import RoleKind


class People(BaseUserManager["Person"]):
    """The people, known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Add a person. An address is kept in lower case, because people type it both ways."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save()
        return person

    def get_by_natural_key(self, username: str | None) -> Person:
        """Find a person whichever way the address was typed."""
        return self.get(email=(username or "").strip().lower())


class Person(AbstractBaseUser):
    """Anyone who signs in."""

    email = models.EmailField("e-mail address", unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=5, default="en-ca", choices=[("en-ca", "English"), ("fr-ca", "Français")])
    phone = models.CharField(max_length=40, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = People()

    roles: models.Manager[Role]

    def __str__(self) -> str:
        return self.name or self.email


class Role(models.Model):
    """What a person may do, for whom, from which day until which."""

    KINDS: ClassVar[list[tuple[str, str]]] = [
        (RoleKind.OWNER, "Owner"),
        (RoleKind.WORKER, "Worker"),
        (RoleKind.SELF_ASSESSOR, "Self-assessor"),
        (RoleKind.FIRST_AIDER, "Keeps the first-aid records"),
        (RoleKind.AUDITOR, "Auditor"),
        (RoleKind.REGISTRAR, "Registrar"),
        (RoleKind.REVIEWER, "Reviewer"),
        (RoleKind.DECISION_MAKER, "Decision maker"),
        (RoleKind.MINISTRY, "Ministry reader"),
        (RoleKind.WCB, "WCB reader"),
    ]

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=KINDS)
    employer = models.ForeignKey("Employer", null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    partner = models.ForeignKey("Partner", null=True, blank=True, on_delete=models.CASCADE, related_name="roles")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    # What an auditor's certification with this partner says, where the role is an auditor's.
    number = models.CharField("certification number", max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="role_is_for_its_own_side",
                condition=(
                    Q(
                        kind__in=["owner", "worker", "self_assessor", "first_aider"],
                        employer__isnull=False,
                        partner__isnull=True,
                    )
                    | Q(
                        kind__in=["auditor", "registrar", "reviewer", "decision_maker"],
                        employer__isnull=True,
                        partner__isnull=False,
                    )
                    | Q(kind__in=["ministry", "wcb"], employer__isnull=True, partner__isnull=True)
                ),
            ),
            models.CheckConstraint(
                name="role_ends_after_it_begins",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")),
            ),
            models.UniqueConstraint(
                name="role_for_an_employer_is_held_once", fields=["person", "kind", "employer", "from_on"]
            ),
            models.UniqueConstraint(
                name="role_for_a_partner_is_held_once", fields=["person", "kind", "partner", "from_on"]
            ),
        ]
        indexes = [models.Index(fields=["employer", "kind"]), models.Index(fields=["partner", "kind"])]

    def held_on(self, day: date) -> bool:
        """Tell whether the role is held on ``day``; both ends count."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)
