"""An employer's own health and safety program: its parts, their versions, and who has read and signed them."""

from __future__ import annotations

from django.db import models

from secor.store.code import new_code
from secor.store.models.employer import Owned
from secor.store.scope import Reached, Scope, ScopedManager


class Program(Owned):
    """What the employer told the builder: its trade, jobs and conditions, and the names that stand in the text."""

    trade = models.CharField(max_length=40)
    jobs = models.JSONField(default=list)
    conditions = models.JSONField(default=list)
    blanks = models.JSONField(default=dict)
    # How often the employer itself makes each kind of record, where it differs from the form: {form: rhythm}.
    rhythms = models.JSONField(default=dict)
    begun_on = models.DateField()
    changed_at = models.DateTimeField()

    objects = ScopedManager["Program"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employer"], name="one_program_an_employer")]


class ProgramPart(Owned):
    """One chapter of the program. Its text stands in its versions."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    key = models.SlugField(max_length=60)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    evidence = models.JSONField(default=list)
    review_months = models.PositiveSmallIntegerField(default=12)
    removed_on = models.DateField(null=True, blank=True)
    # The builder's text that the owner looked at and left; it is not offered a second time.
    left_digest = models.CharField(max_length=64, blank=True)

    objects = ScopedManager["ProgramPart"]()
    versions: models.Manager[PartVersion]

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["employer", "key"], name="one_part_of_a_key")]


class PartVersion(Reached):
    """A part's text as it was written on a day. It is in force once it is signed, until a later one is."""

    part = models.ForeignKey(ProgramPart, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)
    # Written by the builder from the library; what an owner wrote is never overwritten by it.
    built = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    signed_on = models.DateField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    signer = models.CharField(max_length=120, blank=True)
    strokes = models.JSONField(default=list)
    # Looked at again and left as it is: the later of this day and the signature counts for the yearly review.
    reviewed_on = models.DateField(null=True, blank=True)

    objects = ScopedManager["PartVersion"]()
    readings: models.Manager[PartReading]

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["part", "number"], name="one_version_of_a_number")]

    @classmethod
    def reach(cls, scope: Scope) -> models.Q:
        """Tell which rows ``scope`` reaches: the versions of the parts it reaches."""
        return models.Q(part__in=ProgramPart.objects.within(scope).values("pk"))


class PartReading(Reached):
    """A worker's word, signed, that they have read a version."""

    version = models.ForeignKey(PartVersion, on_delete=models.CASCADE, related_name="readings")
    worker = models.ForeignKey("Worker", on_delete=models.CASCADE, related_name="readings")
    read_at = models.DateTimeField()
    language = models.CharField(max_length=12, default="en")
    strokes = models.JSONField(default=list)
    witness = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["PartReading"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "worker"], name="a_version_is_read_once")]

    @classmethod
    def reach(cls, scope: Scope) -> models.Q:
        """Tell which rows ``scope`` reaches: the readings of the versions it reaches."""
        return models.Q(version__in=PartVersion.objects.within(scope).values("pk"))
