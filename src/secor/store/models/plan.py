"""What an action plan promises in place of a maintenance audit: its aims, and what became of each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.code import new_code
from secor.store.models.audit import OfAudit
from secor.store.scope import ScopedManager


class Aim(OfAudit):
    """One aim of a plan: what is to be reached, by which step, shown by what, and by when."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    objective = models.TextField()
    milestone = models.TextField()
    deliverable = models.TextField()
    due_on = models.DateField()
    written_at = models.DateTimeField()
    delivered = models.TextField(blank=True)  # in the employer's words, what was handed over or done
    delivered_at = models.DateTimeField(null=True, blank=True)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)  # as the partner scored it
    remark = models.TextField(blank=True)  # the partner's word to it

    objects = ScopedManager["Aim"]()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(name="at_most_all_of_it", condition=Q(percent__isnull=True) | Q(percent__lte=100)),
        ]
