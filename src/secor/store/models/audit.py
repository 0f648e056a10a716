"""Audits: the answers kept, the evidence they lean on, and what was frozen when they were sent."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.code import new_code
from secor.store.models.employer import Owned
from secor.store.points import PointsField
from secor.store.scope import Reached, Scope, ScopedManager, house


class Audit(Owned):
    """One examination of one employer against one instrument."""

    class Stage(models.TextChoices):
        """Where the audit is. Not the verdict, not the review's outcome, not the certificate's standing."""

        ASKED = "asked", "Waiting for the partner to approve the start"
        OPEN = "open", "Being done"
        SUBMITTED = "submitted", "Waiting for review"
        IN_REVIEW = "in_review", "In review"
        RETURNED = "returned", "Sent back for corrections"
        ACCEPTED = "accepted", "Accepted"
        REJECTED = "rejected", "Not accepted"
        WITHDRAWN = "withdrawn", "Withdrawn"

    code = models.CharField(max_length=16, unique=True, default=new_code)
    partner = models.ForeignKey("Partner", on_delete=models.PROTECT, related_name="audits")
    assessor = models.ForeignKey("Person", null=True, on_delete=models.PROTECT, related_name="audits")
    kind = models.CharField(max_length=20)
    performer = models.CharField(max_length=20)
    cycle_year = models.PositiveSmallIntegerField(default=1)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.ASKED)

    # Pinned when the audit begins: a later change of the files does not move an audit under way.
    scheme = models.SlugField(max_length=40)
    edition = models.CharField(max_length=60)
    instrument = models.CharField(max_length=60)
    methods = models.JSONField(default=list)
    records_months = models.PositiveSmallIntegerField(null=True, blank=True)
    headcount = models.PositiveSmallIntegerField(null=True, blank=True)

    asked_on = models.DateField()
    approved_on = models.DateField(null=True, blank=True)
    gathering_from = models.DateField(null=True, blank=True)
    gathered_on = models.DateField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_on = models.DateField(null=True, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    # The verdict, apart from everything else: exact points, and whether the pass mark was met.
    possible = PointsField(null=True, blank=True)
    awarded = PointsField(null=True, blank=True)
    passed = models.BooleanField(null=True)
    round = models.PositiveSmallIntegerField(default=0)
    # Whether answers came from devices on site: from then on each answer is kept take by take as well.
    on_site = models.BooleanField(default=False)
    reason = models.TextField(blank=True)  # why its start was refused, or why it was withdrawn

    objects = ScopedManager["Audit"]()

    answers: models.Manager[Answer]
    remarks: models.Manager[Remark]
    evidence: models.Manager[Evidence]
    versions: models.Manager[Version]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "scheme"],
                condition=Q(stage__in=["asked", "open", "submitted", "in_review", "returned"]),
                name="one_audit_under_way",
            ),
            models.CheckConstraint(
                name="a_verdict_has_its_points",
                condition=Q(passed__isnull=True) | Q(possible__isnull=False, awarded__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "stage", "submitted_at"]),
            models.Index(fields=["assessor", "stage"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} audit {self.code}"

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Its employer's people, its own assessor and who works on it with them, and the partner it was asked of."""
        return (
            Q(employer__in=scope.employers)
            | Q(partner__in=scope.partners)
            | Q(assessor=scope.assessor, assessor__isnull=False)
            | (Q() if scope.assessor is None else Q(pk__in=Teammate.of(scope.assessor)))
        )

    @property
    def writable(self) -> bool:
        """Tell whether answers may still change: only while it is being done or was sent back."""
        return self.stage in {self.Stage.OPEN, self.Stage.RETURNED}


class OfAudit(Reached):
    """A row that belongs to one audit."""

    audit = models.ForeignKey(Audit, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Tell which rows ``scope`` reaches: those of the audits it reaches."""
        return Q(audit__in=Audit.objects.within(scope).values("pk"))


class Teammate(OfAudit):
    """Somebody who works on an audit besides its assessor, who stays answerable for it."""

    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    asked_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Teammate"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["audit", "person"], condition=Q(left_at__isnull=True), name="a_teammate_joins_once"
            )
        ]

    @classmethod
    def of(cls, person: int) -> models.QuerySet[Teammate, int]:
        """The audits that ``person`` works on now besides their assessors."""
        reason = "which audits a person was asked to work on"
        rows = cls.objects.within(house(reason)).filter(person=person, left_at__isnull=True)
        return rows.values_list("audit", flat=True)


class Declaration(OfAudit):
    """The assessor's signed word that nothing ties them to the employer, or what does."""

    person = models.ForeignKey("Person", on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    wording = models.CharField(max_length=40)
    ties = models.JSONField(default=list)
    clear = models.BooleanField()

    objects = ScopedManager["Declaration"]()


class Answer(OfAudit):
    """The kept answer to one question by one method: how many of how many, or a share."""

    question = models.CharField(max_length=20)
    method = models.CharField(max_length=1)
    # As the rules' command line takes it: {"met": 4, "of": 5}, {"pos": 5, "neg": 3}, {"percent": "50"}.
    given = models.JSONField()
    # What was counted by hand, where interviews on site were added to it; None where ``given`` is all of it.
    by_hand = models.JSONField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["Answer"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["audit", "question", "method"], name="one_answer_a_method"),
        ]


class Remark(OfAudit):
    """What was written under a question: the note, whether it applies, and what is recommended."""

    question = models.CharField(max_length=20)
    not_applicable = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    recommendation = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    # The revision at which each part last changed: what a device saw is told part by part.
    parts = models.JSONField(default=dict)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["Remark"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["audit", "question"], name="one_remark_a_question")]


class File(models.Model):
    """Bytes, known by their SHA-256. The same bytes are kept once, whoever brought them."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    kind = models.CharField(max_length=60)  # as found in the bytes, never as the sender said
    size = models.PositiveBigIntegerField()
    # A picture made again from the pixels alone, for viewing: no script, no place data.
    view_sha256 = models.CharField(max_length=64, blank=True)
    kept_at = models.DateTimeField()


class Evidence(Owned):
    """A document or note an answer leans on."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    audit = models.ForeignKey(Audit, null=True, on_delete=models.CASCADE, related_name="evidence")
    question = models.CharField(max_length=20, blank=True)
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(max_length=200)
    # The record that the file is a print of, where it is one: captured once, used again.
    record = models.ForeignKey("Record", null=True, blank=True, on_delete=models.SET_NULL, related_name="evidence")
    added_at = models.DateTimeField()
    added_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Evidence"]()

    class Meta:
        indexes = [models.Index(fields=["audit", "question"])]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Its employer's people, and whoever reaches the audit it was given to."""
        return Q(employer__in=scope.employers) | Q(audit__in=Audit.objects.within(scope).values("pk"))


class Version(OfAudit):
    """An audit as it was sent: edition, answers and digests, frozen so that it can be explained in ten years."""

    round = models.PositiveSmallIntegerField()
    frozen = models.JSONField()
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["Version"]()

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["audit", "round"], name="one_version_a_round")]
