"""Enquiries and booked consultations."""

from __future__ import annotations

from django.db import models

from secor.store.code import new_code


class Enquiry(models.Model):
    """Somebody from the public who asked for a first, free consultation."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    name = models.CharField(max_length=120)
    business = models.CharField(max_length=200, blank=True)
    email = models.EmailField()
    phone = models.CharField(max_length=40, blank=True)
    city = models.CharField(max_length=80, blank=True)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=5, default="en-ca")
    by_phone = models.BooleanField(default=True)
    message = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    held_on = models.DateField(null=True, blank=True)
    notes = models.TextField(blank=True)
