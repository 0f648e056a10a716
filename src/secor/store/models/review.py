"""The partner's judgement of an audit's quality; never the verdict."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.code import new_code
from secor.store.models.audit import Audit, OfAudit
from secor.store.points import PointsField
from secor.store.scope import Reached, Scope, ScopedManager


class Review(OfAudit):
    """One round of review of one audit by one reviewer."""

    class Outcome(models.TextChoices):
        """What became of the round. Accepted says the audit's quality is good; it does not say the employer passed."""

        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Sent back for corrections"
        REJECTED = "rejected", "Not accepted"

    round = models.PositiveSmallIntegerField()
    reviewer = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="reviews")
    claimed_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    reason = models.TextField(blank=True)
    # The separate quality score of the review: points over points, exact.
    quality_awarded = models.PositiveIntegerField(null=True, blank=True)
    quality_possible = models.PositiveIntegerField(null=True, blank=True)
    # The reviewer's own score of the employer, beside the assessor's.
    awarded = PointsField(null=True, blank=True)
    possible = PointsField(null=True, blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Review"]()

    marks: models.Manager[ReviewMark]
    notes: models.Manager[Note]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "round"], name="one_review_a_round")]


class OfReview(Reached):
    """A row that belongs to one review."""

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Tell which rows ``scope`` reaches: those of the audits it reaches."""
        return Q(review__audit__in=Audit.objects.within(scope).values("pk"))


class ReviewMark(OfReview):
    """The reviewer's own answer where it differs from the assessor's."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="marks")
    question = models.CharField(max_length=20)
    method = models.CharField(max_length=1)
    given = models.JSONField()
    reason = models.TextField(blank=True)

    objects = ScopedManager["ReviewMark"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "question", "method"], name="one_mark_a_method")]


class Note(OfReview):
    """What the reviewer wrote under a question: to be put right, or for information."""

    class Kind(models.TextChoices):
        """Must be put right, or only to be read."""

        MUST_FIX = "must_fix", "Must be put right"
        INFORMATION = "information", "For your information"

    code = models.CharField(max_length=16, unique=True, default=new_code)
    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="notes")
    question = models.CharField(max_length=20, blank=True)
    kind = models.CharField(max_length=12, choices=Kind)
    text = models.TextField()
    written_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Note"]()
