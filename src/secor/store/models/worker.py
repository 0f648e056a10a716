"""Everybody who works for an employer, with or without an account, and the tickets they carry."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

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
    pin_at = models.DateTimeField(null=True, blank=True)  # when the PIN was given or chosen
    pin_once = models.BooleanField(default=False)  # handed out by an owner, to be replaced when it is first used
    pin_misses = models.PositiveSmallIntegerField(default=0)
    pin_waits_until = models.DateTimeField(null=True, blank=True)
    # What stands in the address of the wallet that outsiders may look at; empty where there is none.
    wallet = models.CharField(max_length=40, null=True, blank=True, unique=True)
    # Keys of the trade's trainings that this worker needs, and of those they do not, where an owner has said so.
    needs = models.JSONField(default=list)
    needs_not = models.JSONField(default=list)
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


class CrewLink(Owned):
    """The link on the wall through which workers without an account come in. Only its secret's SHA-256 is kept."""

    secret_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = ScopedManager["CrewLink"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["employer"], condition=Q(withdrawn_at__isnull=True), name="one_crew_link"),
        ]
