"""An auditor's own book: hours and money, audit by audit. Nobody else's to read."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.code import new_code
from secor.store.models.audit import Audit
from secor.store.models.person import Person
from secor.store.scope import Reached, Scope, ScopedManager


class BookLine(Reached):
    """One line: hours of one sort of work, or an amount of money in or out, on a day. Struck, it no longer counts."""

    class What(models.TextChoices):
        """What the line is about."""

        ON_SITE = "on_site", "Hours on site"
        WRITING = "writing", "Hours of writing"
        TRAVEL = "travel", "Hours on the road"
        OTHER = "other", "Other hours"
        EARNED = "earned", "Money earned"
        SPENT = "spent", "Money spent"

    code = models.CharField(max_length=16, unique=True, default=new_code)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="book_lines")
    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="book_lines")
    on = models.DateField()
    what = models.CharField(max_length=8, choices=What)
    amount = models.DecimalField("hours, or dollars", max_digits=9, decimal_places=2)
    note = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["BookLine"]()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(name="a_book_line_counts_something", condition=Q(amount__gt=0))]
        indexes = [models.Index(fields=["person", "on"])]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """The auditor whose book it is, and nobody else."""
        return Q(person=scope.assessor, person__isnull=False)
