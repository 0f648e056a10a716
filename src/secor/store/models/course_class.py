"""Classes in which a certifying partner teaches a course, and who has a seat in them or waits for one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from secor.store.code import new_code
from secor.store.models.course import CourseProof
from secor.store.models.employer import Owned
from secor.store.models.partner import Partner
from secor.store.models.worker import Worker
from secor.store.scope import Reached, Scope, ScopedManager


class CourseClass(Reached):
    """One class: a course at a time, in a place or online, with so many seats."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="classes")
    course = models.SlugField(max_length=60)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)  # for a class online; told only to those with a seat
    seats = models.PositiveSmallIntegerField()
    bring = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField(default=0)  # rises with every change that calendars have to know
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["CourseClass"]()

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="class_ends_after_it_begins", condition=Q(ends_at__gt=F("starts_at"))),
            models.CheckConstraint(name="class_has_a_seat", condition=Q(seats__gte=1)),
            models.CheckConstraint(name="class_is_somewhere", condition=~(Q(place="") & Q(link=""))),
        ]
        indexes = [models.Index(fields=["partner", "starts_at"], name="classes_of_a_partner")]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """The partner that teaches it. What its members may choose from is a question of its own."""
        return Q(partner__in=scope.partners)


class Enrolment(Owned):
    """One worker's seat in a class, or their place among those who wait: the row's own order is the waiting list's."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    course_class = models.ForeignKey(CourseClass, on_delete=models.PROTECT, related_name="enrolments")
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="enrolments")
    asked_at = models.DateTimeField()
    seat = models.PositiveSmallIntegerField(null=True, blank=True)  # none: they wait
    left_at = models.DateTimeField(null=True, blank=True)
    attended = models.BooleanField(null=True)
    marked_at = models.DateTimeField(null=True, blank=True)
    proof = models.OneToOneField(
        CourseProof, null=True, blank=True, on_delete=models.SET_NULL, related_name="enrolment"
    )

    objects = ScopedManager["Enrolment"]()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_enrolment_a_class", fields=["course_class", "worker"], condition=Q(left_at=None)
            ),
            # The class's row is locked before a seat is given; should that ever fail, the database refuses.
            models.UniqueConstraint(name="a_seat_is_one_persons", fields=["course_class", "seat"]),
            models.CheckConstraint(name="who_left_has_no_seat", condition=Q(left_at=None) | Q(seat=None)),
            models.CheckConstraint(
                name="who_was_there_had_a_seat", condition=~Q(attended=True) | Q(seat__isnull=False)
            ),
        ]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """The employer's own side, and the partner that teaches the class, whoever certifies the employer now."""
        return super().reach(scope) | Q(course_class__partner__in=scope.partners)
