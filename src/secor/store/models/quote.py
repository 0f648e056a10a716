"""Quotes: what a consultant asks for an audit, by their own rates, and whether it was accepted."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.code import new_code


class QuoteRates(models.Model):
    """One consultant's rates: dollars an hour and a kilometre, and hours by what is to be looked at."""

    person = models.OneToOneField("Person", on_delete=models.CASCADE, related_name="rates")
    trades_as = models.CharField(max_length=160, blank=True)
    tax_number = models.CharField(max_length=40, blank=True)
    hourly = models.DecimalField(max_digits=8, decimal_places=2)
    base_hours = models.DecimalField(max_digits=6, decimal_places=2)
    person_hours = models.DecimalField(max_digits=6, decimal_places=2)
    site_hours = models.DecimalField(max_digits=6, decimal_places=2)
    a_km = models.DecimalField(max_digits=6, decimal_places=2)
    tax_percent = models.DecimalField(max_digits=5, decimal_places=3)
    good_days = models.PositiveSmallIntegerField(default=30)
    changed_at = models.DateTimeField()


class Quote(models.Model):
    """One quote to one address. Its lines are frozen when it is made: later rates never move it."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="quotes")
    partner = models.ForeignKey("Partner", on_delete=models.PROTECT, related_name="+")
    business = models.CharField(max_length=200)
    email = models.EmailField()
    kind = models.CharField(max_length=20)
    people = models.PositiveSmallIntegerField()
    sites = models.PositiveSmallIntegerField()
    km = models.PositiveIntegerField()
    trades_as = models.CharField(max_length=160)
    tax_number = models.CharField(max_length=40, blank=True)
    lines = models.JSONField()  # [{what, how, amount}], amounts as text
    net = models.DecimalField(max_digits=10, decimal_places=2)
    tax_percent = models.DecimalField(max_digits=5, decimal_places=3)
    tax = models.DecimalField(max_digits=10, decimal_places=2)
    total = models.DecimalField(max_digits=10, decimal_places=2)
    note = models.TextField(blank=True)
    good_until = models.DateField()
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.CharField(max_length=120, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="quote_accepted_was_sent", condition=Q(accepted_at__isnull=True) | Q(sent_at__isnull=False)
            ),
            models.CheckConstraint(
                name="quote_accepted_stays", condition=Q(accepted_at__isnull=True) | Q(taken_back_at__isnull=True)
            ),
        ]
        indexes = [models.Index(fields=["person", "-made_at"], name="quotes_of_a_person")]

    def __str__(self) -> str:
        return f"quote {self.code}"
