"""Certifying partners: the bodies that train, review and issue."""

from __future__ import annotations

from django.db import models


class Partner(models.Model):
    """A certifying partner. Public: its rules are in the scheme's files under the same key."""

    key = models.SlugField(max_length=40, unique=True)
    scheme = models.SlugField(max_length=40, default="ab-secor")
    name = models.CharField(max_length=160)
    acronym = models.CharField(max_length=20)  # not unique: two partners of today share one
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    accepting_new = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name
