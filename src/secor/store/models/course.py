"""Courses taken, here or elsewhere, and how long the proof is good."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from secor.store.code import new_code
from secor.store.models.employer import Owned
from secor.store.scope import ScopedManager


class CourseProof(Owned):
    """One person's proof of one course. A partner's person checks it before it counts."""

    code = models.CharField(max_length=16, unique=True)
    course = models.SlugField(max_length=60)
    holder_name = models.CharField(max_length=120)
    holder = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="course_proofs")
    # The one of the list of people who took it, where that is known.
    worker = models.ForeignKey("Worker", null=True, blank=True, on_delete=models.SET_NULL, related_name="course_proofs")
    taken_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    file = models.ForeignKey("File", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    accepted = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = ScopedManager["CourseProof"]()


class CourseTaken(Owned):
    """One person's way through an online course: what they answered in each lesson, and when they had finished it."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="courses_taken")
    course = models.SlugField(max_length=60)  # the key of the library's course
    tries = models.JSONField(default=dict)  # {lesson: {"tries": 1, "first": {question: choice}, "now": {...}}}
    begun_at = models.DateTimeField()
    finished_on = models.DateField(null=True, blank=True)
    written_on = models.DateField(null=True, blank=True)  # the day of the course's text, as it was when they finished
    title = models.CharField(max_length=160, blank=True)
    holder_name = models.CharField(max_length=120, blank=True)
    right = models.PositiveSmallIntegerField(null=True, blank=True)  # at the first try
    of = models.PositiveSmallIntegerField(null=True, blank=True)
    # What stands in the address where anybody who was handed the certificate checks it.
    secret = models.CharField(max_length=40, null=True, blank=True, unique=True)
    proof = models.OneToOneField(
        CourseProof, null=True, blank=True, on_delete=models.SET_NULL, related_name="course_taken"
    )

    objects = ScopedManager["CourseTaken"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "person", "course"],
                condition=Q(finished_on__isnull=True),
                name="one_course_under_way",
            ),
            models.CheckConstraint(
                name="a_finished_course_can_be_checked", condition=Q(finished_on=None) | Q(secret__isnull=False)
            ),
            models.CheckConstraint(name="no_more_right_than_asked", condition=Q(right=None) | Q(right__lte=F("of"))),
        ]
