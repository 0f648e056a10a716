"""Letters waiting to be sent, and letters sent."""

from __future__ import annotations

from django.db import models


class Letter(models.Model):
    """One letter to one address. ``once`` keeps the same news from being sent twice."""

    once = models.CharField(max_length=120, unique=True)
    to = models.EmailField()
    person = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="letters")
    employer = models.ForeignKey("Employer", null=True, blank=True, on_delete=models.SET_NULL, related_name="letters")
    partner = models.ForeignKey("Partner", null=True, blank=True, on_delete=models.SET_NULL, related_name="letters")
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    invitation = models.TextField(blank=True)  # an iCalendar text that goes along
    written_at = models.DateTimeField()
    send_after = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField(null=True, blank=True)
    trouble = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["send_after"], condition=models.Q(sent_at__isnull=True), name="letters_waiting"),
        ]
