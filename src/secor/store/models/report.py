"""What an assessor writes around the answers: explanations, edits of the composed report, and advice kept for later."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.code import new_code
from secor.store.models.audit import OfAudit
from secor.store.scope import Reached, Scope, ScopedManager


class Explanation(OfAudit):
    """Why an objection is nothing to mend, in the assessor's words. ``rule`` is the quality rule's key."""

    rule = models.CharField(max_length=60)
    question = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["Explanation"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "rule", "question"], name="one_explanation_an_objection"),
        ]


class ReportEdit(OfAudit):
    """The author's own words in place of one composed sentence. ``over`` is the sentence that they stand in for."""

    sentence = models.CharField(max_length=60)
    text = models.TextField(blank=True)  # empty: the author took the sentence out
    over = models.TextField()
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["ReportEdit"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "sentence"], name="one_edit_a_sentence")]


class Advice(Reached):
    """A recommendation that an assessor keeps to use again, by the question it belongs to. It names no business."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="advice")
    instrument = models.CharField(max_length=60)
    question = models.CharField(max_length=20)
    text = models.TextField()
    kept_at = models.DateTimeField()

    objects = ScopedManager["Advice"]()

    class Meta:
        indexes = [models.Index(fields=["person", "instrument", "question"])]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Nobody's but the assessor's own."""
        return Q(person=scope.assessor, person__isnull=False)
