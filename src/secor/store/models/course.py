"""Courses taken, and how long the proof is good."""

from __future__ import annotations

from django.db import models

from secor.store.models.employer import Owned
from secor.store.scope import ScopedManager


class CourseProof(Owned):
    """One person's proof of one course. A partner's person checks it before it counts."""

    code = models.CharField(max_length=16, unique=True)
    course = models.SlugField(max_length=60)
    holder_name = models.CharField(max_length=120)
    holder = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="course_proofs")
    taken_on = models.DateField()
    valid_until = models.DateField(null=True, blank=True)
    file = models.ForeignKey("File", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    accepted = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    objects = ScopedManager["CourseProof"]()
