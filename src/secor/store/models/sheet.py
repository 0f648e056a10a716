"""Forms printed on paper, each with a code of its own."""

from __future__ import annotations

from django.db import models

from secor.store.code import new_code
from secor.store.models.employer import Owned
from secor.store.models.record import FormText
from secor.store.scope import ScopedManager


class Sheet(Owned):
    """A form printed on paper. Its code stands on the page and says nothing by itself: what is meant stands here."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    form = models.SlugField(max_length=60)
    definition = models.ForeignKey(FormText, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey("Worker", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    site = models.ForeignKey("Site", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField(null=True, blank=True)  # the day it is for, where that was known when it was printed
    language = models.CharField(max_length=12, default="en")
    printed_at = models.DateTimeField()
    printed_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["Sheet"]()
