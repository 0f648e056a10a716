"""Everybody who works for an employer, with or without an account, and the tickets they carry."""

from __future__ import annotations

from django.db import models

from secor.store.code import new_code
from secor.store.models.employer import Owned
from secor.store.scope import ScopedManager


class Worker(Owned):
    """Somebody who works for the employer: a name and a language. Nobody needs an e-mail address to sign a card."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    name = models.CharField(max_length=120)
    works_as = models.CharField(max_length=80, blank=True)
    language = models.CharField(max_length=12, default="en")
    # The account of the same human being, where there is one.
    person = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="works")
    pin = models.CharField("hashed PIN", max_length=128, blank=True)
    leads = models.BooleanField(default=False)  # an owner or supervisor, whose part in the records is looked for
    began_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    objects = ScopedManager["Worker"]()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "person"],
                condition=models.Q(person__isnull=False),
                name="one_worker_an_account",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Ticket(Owned):
    """A worker's training or licence, with the day it runs out."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    worker = models.ForeignKey(Worker, on_delete=models.CASCADE, related_name="tickets")
    training = models.CharField(max_length=60, blank=True)  # the key of the trade's training, where it is one of them
    title = models.CharField(max_length=160)
    number = models.CharField(max_length=60, blank=True)
    issued_on = models.DateField()
    expires_on = models.DateField(null=True, blank=True)
    file = models.ForeignKey("File", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["Ticket"]()

    class Meta:
        indexes = [models.Index(fields=["employer", "expires_on"])]
