"""When a consultant can be had, and the talks that are booked."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from secor.store.code import new_code


def office_hours() -> dict[str, list[list[str]]]:
    """Monday to Friday, nine to noon and one to half past four, until the consultant says otherwise."""
    return {str(day): [["09:00", "12:00"], ["13:00", "16:30"]] for day in range(5)}


class Diary(models.Model):
    """One consultant's working hours on Alberta's clock, and what they offer. ``week`` is by weekday, Monday "0"."""

    person = models.OneToOneField("Person", on_delete=models.CASCADE, related_name="diary")
    home = models.CharField(max_length=80, blank=True)
    # Kept free between two things that are booked, and added to each drive, in minutes.
    pause_minutes = models.PositiveSmallIntegerField(default=15)
    slower_minutes = models.PositiveSmallIntegerField(default=0)
    week = models.JSONField(default=office_hours)
    by_phone = models.BooleanField(default=True)
    on_site = models.BooleanField(default=False)
    english = models.BooleanField(default=True)
    french = models.BooleanField(default=False)
    # Paused diaries keep what is booked and offer nothing.
    is_open = models.BooleanField(default=True)
    feed_digest = models.CharField(max_length=64, null=True, blank=True, unique=True)


class DiaryAway(models.Model):
    """Days on which a consultant is not to be had, both counted."""

    diary = models.ForeignKey(Diary, on_delete=models.CASCADE, related_name="away")
    first_on = models.DateField()
    last_on = models.DateField()

    class Meta:
        ordering = ["first_on", "pk"]
        constraints = [
            models.CheckConstraint(name="away_ends_after_it_begins", condition=Q(last_on__gte=F("first_on"))),
        ]


class Booking(models.Model):
    """A talk at a set time with one consultant. Moved, it keeps its ``uid`` and its ``sequence`` rises."""

    VISITS = [("phone", "On the phone"), ("on_site", "A visit")]
    LANGUAGES = [("en", "English"), ("fr", "French")]

    code = models.CharField(max_length=16, unique=True, default=new_code)
    uid = models.UUIDField(unique=True)
    diary = models.ForeignKey(Diary, on_delete=models.PROTECT, related_name="bookings")
    enquiry = models.ForeignKey("Enquiry", on_delete=models.CASCADE, related_name="bookings")
    visit = models.CharField(max_length=10, choices=VISITS)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="en")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    town = models.CharField(max_length=80, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="booking_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            # The lock and the check of free times stand before these; should both ever fail, the database refuses.
            models.UniqueConstraint(
                name="one_booking_begins_at_a_time", fields=["diary", "starts_at"], condition=Q(cancelled_at=None)
            ),
            models.UniqueConstraint(
                name="one_booking_for_an_enquiry", fields=["enquiry"], condition=Q(cancelled_at=None)
            ),
        ]
        indexes = [models.Index(fields=["diary", "starts_at"], name="bookings_of_a_diary")]
