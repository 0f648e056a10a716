"""Forms already carried out, so that a repeated request is the same act and not a second one."""

from __future__ import annotations

from django.db import models


class Receipt(models.Model):
    """One form sent by one person: which page answered it, so that the same answer can be given again."""

    person = models.CharField(max_length=40)  # a person's number, or a visitor's session
    key = models.CharField(max_length=64)
    path = models.CharField(max_length=300)
    location = models.CharField(max_length=500, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="one_receipt_a_form")]
