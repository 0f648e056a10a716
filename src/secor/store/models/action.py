"""Corrective actions: what has to be put right, by whom, by when, and the proof that it was."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.code import new_code
from secor.store.models.employer import Owned
from secor.store.scope import Scope, ScopedManager


class OfItsPeople(Owned):
    """A row for the employer's own people, and for nobody else: neither its partner nor an auditor reaches it."""

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Tell which rows ``scope`` reaches: those of the employers whose own people it is for."""
        return Q(employer__in=scope.employers)


class CorrectiveAction(OfItsPeople):
    """Something to put right, from a record, an audit, a review's note, or somebody's own idea."""

    class Source(models.TextChoices):
        """Where it came from."""

        RECORD = "record", "A record"
        AUDIT = "audit", "An audit"
        NOTE = "note", "A reviewer's note"
        OWN = "own", "Our own idea"

    code = models.CharField(max_length=16, unique=True, default=new_code)
    source = models.CharField(max_length=10, choices=Source)
    record = models.ForeignKey("Record", null=True, blank=True, on_delete=models.SET_NULL, related_name="actions")
    audit = models.ForeignKey("Audit", null=True, blank=True, on_delete=models.SET_NULL, related_name="actions")
    # What it came from inside its source: a checklist's line, a question, a note. With the source it is made once.
    line = models.CharField(max_length=90, blank=True)
    what = models.CharField(max_length=300)
    worker = models.ForeignKey("Worker", null=True, blank=True, on_delete=models.SET_NULL, related_name="actions")
    due_on = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    # The worker who told it was done, where it was one without an account.
    done_worker = models.ForeignKey("Worker", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    done_how = models.CharField(max_length=500, blank=True)
    proof = models.ForeignKey("File", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # The aim of an action plan that it was taken into.
    aim = models.ForeignKey("Aim", null=True, blank=True, on_delete=models.SET_NULL, related_name="actions")
    reminded = models.PositiveSmallIntegerField(default=0)  # how many reminders of this due day were written

    objects = ScopedManager["CorrectiveAction"]()

    class Meta:
        ordering = [models.F("done_on").asc(nulls_first=True), models.F("due_on").asc(nulls_last=True), "pk"]
        indexes = [models.Index(fields=["employer", "done_on", "due_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["record", "line"],
                condition=Q(record__isnull=False) & ~Q(line=""),
                name="one_action_a_line",
            ),
            models.UniqueConstraint(
                fields=["audit", "line"],
                condition=Q(audit__isnull=False) & ~Q(line=""),
                name="one_action_an_audits_line",
            ),
        ]


class Reopening(OfItsPeople):
    """An action was opened again: why, and what had been told of the fix that did not hold."""

    action = models.ForeignKey(CorrectiveAction, on_delete=models.CASCADE, related_name="reopenings")
    at = models.DateTimeField()
    by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=300)
    done_on = models.DateField()
    done_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    done_worker = models.ForeignKey("Worker", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    done_how = models.CharField(max_length=500)
    proof = models.ForeignKey("File", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Reopening"]()

    class Meta:
        ordering = ["-pk"]
