"""Records: filled-in forms, never changed once kept, and what is counted of them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.core.form import ReadBy
from secor.store.models.employer import Owned
from secor.store.scope import Reached, Scope, ScopedManager


class FormText(models.Model):
    """A form's definition as it was written, known by its SHA-256. Nobody's data; kept as long as a record of it."""

    digest = models.CharField(max_length=64, primary_key=True)
    key = models.SlugField(max_length=60)
    text = models.TextField()
    kept_at = models.DateTimeField()


class OwnForm(Owned):
    """An employer's own form, or its own version of one of ours. The latest of a key is the one in use."""

    key = models.SlugField(max_length=60)
    definition = models.ForeignKey(FormText, on_delete=models.PROTECT, related_name="+")
    adapted_at = models.DateTimeField()
    adapted_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["OwnForm"]()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["employer", "key"])]


class Record(Owned):
    """A dated form with answers, photos and signatures. A correction is a new record that names this one."""

    READ_BY = [(each.value, each.value) for each in ReadBy]

    uid = models.UUIDField(unique=True)
    form = models.SlugField(max_length=60)
    definition = models.ForeignKey(FormText, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    on = models.DateField()
    site = models.ForeignKey("Site", null=True, blank=True, on_delete=models.SET_NULL, related_name="records")
    began_at = models.DateTimeField()
    finished_at = models.DateTimeField()
    received_at = models.DateTimeField()
    language = models.CharField(max_length=12, default="en")
    made_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    values = models.JSONField()
    fingerprint = models.CharField(max_length=64)  # of the record exactly as it was sent
    # Of everything that was written in words, without who and when; empty where hardly anything was.
    words_digest = models.CharField(max_length=64, blank=True)
    problems = models.JSONField(default=list)  # what was wrong with a field; the record is kept all the same
    corrects = models.UUIDField(null=True, blank=True)
    corrected = models.BooleanField(default=False)
    read_by = models.CharField(max_length=12, choices=READ_BY, default=ReadBy.EVERYBODY.value)
    led = models.BooleanField(default=False)  # an owner or supervisor took part
    on_paper = models.BooleanField(default=False)  # what was written stands on the photos of its pages
    sheet = models.ForeignKey("Sheet", null=True, blank=True, on_delete=models.SET_NULL, related_name="records")

    objects = ScopedManager["Record"]()
    photos: models.Manager[RecordPhoto]

    class Meta:
        ordering = ["-on", "-pk"]
        indexes = [
            models.Index(fields=["employer", "form", "on"]),
            models.Index(fields=["employer", "on"]),
            models.Index(fields=["corrects"]),
        ]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """The employer's own people: each record by who may read it, and always whoever made it.

        A certifying partner or an auditor reaches a record only as evidence of an audit.
        """
        return (
            Q(employer__in=scope.employers, read_by=ReadBy.EVERYBODY.value)
            | Q(employer__in=scope.owned, read_by=ReadBy.OWNER.value)
            | Q(employer__in=scope.first_aid, read_by=ReadBy.FIRST_AID.value)
            | Q(employer__in=scope.employers, made_by=scope.assessor, made_by__isnull=False)
        )


class OfRecord(Reached):
    """A row that belongs to one record."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Tell which rows ``scope`` reaches: those of the records it reaches."""
        return Q(record__in=Record.objects.within(scope).values("pk"))


class RecordPhoto(OfRecord):
    """A photo that a record names. Its file is empty until the photo itself has come."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="photos")
    place = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    caption = models.CharField(max_length=500, blank=True)
    file = models.ForeignKey("File", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["RecordPhoto"]()

    class Meta:
        ordering = ["place"]
        constraints = [models.UniqueConstraint(fields=["record", "place"], name="one_photo_a_place")]


class RecordPerson(OfRecord):
    """Somebody on the employer's list whom a record names, and whether they signed it."""

    record = models.ForeignKey(Record, on_delete=models.CASCADE, related_name="people")
    worker = models.ForeignKey("Worker", on_delete=models.CASCADE, related_name="named_in")
    signed = models.BooleanField(default=False)

    objects = ScopedManager["RecordPerson"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["record", "worker"], name="named_once_a_record")]


class Tally(Owned):
    """How many records of an evidence type an employer has of a month: what the forecast reads instead of them all."""

    evidence = models.CharField(max_length=60)
    month = models.DateField()  # its first day
    records = models.PositiveIntegerField(default=0)
    led = models.PositiveIntegerField(default=0)

    objects = ScopedManager["Tally"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employer", "evidence", "month"], name="one_tally_a_month")]


class Arrival(Owned):
    """A photo on its way from a phone, or there. Only what an employer's own people sent may stand in its records.

    A photo's SHA-256 is known to whoever has seen the photo, so knowing it gives no right to the file.
    """

    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    begun_at = models.DateTimeField()
    sent_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    file = models.ForeignKey("File", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ScopedManager["Arrival"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["employer", "sha256"], name="a_photo_arrives_once")]
