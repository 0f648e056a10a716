"""Webhooks: addresses of programs that are told when a certificate they follow changes, and what was sent to them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.code import new_code
from secor.store.models.person import Person


class Webhook(models.Model):
    """One address. Nothing but a test goes there before it has answered one.

    Its secret is derived from its code and ``turn``, and stands in no table. ``send_after`` is when it may be tried
    next: an address that fails is left alone for longer and longer, however much waits for it. After three days it is
    silenced, until its person starts it again.
    """

    code = models.CharField(max_length=16, unique=True, default=new_code)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="webhooks")
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    turn = models.PositiveIntegerField(default=1)
    turned_at = models.DateTimeField()
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField("first answered", null=True, blank=True)
    silenced_at = models.DateTimeField("given up", null=True, blank=True)
    failures = models.PositiveSmallIntegerField("failures in a row", default=0)
    send_after = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["send_after"], condition=Q(silenced_at__isnull=True), name="webhooks_in_force"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Followed(models.Model):
    """A certificate that a webhook follows, and those that take its place. ``told``: what was told last."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="followed")
    certificate = models.ForeignKey("Certificate", on_delete=models.PROTECT, related_name="+")
    told = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["webhook", "certificate"], name="followed_once_by_a_webhook")]

    def __str__(self) -> str:
        return f"{self.certificate} by {self.webhook}"


class Delivery(models.Model):
    """One message to one webhook, byte for byte as it is signed, and how it went."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    kind = models.CharField(max_length=40)
    about = models.CharField("number of the certificate", max_length=40, blank=True)
    body = models.TextField()
    made_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    parked_at = models.DateTimeField("given up", null=True, blank=True)
    answer = models.PositiveSmallIntegerField("answer's number", null=True, blank=True)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["webhook", "tries", "id"],
                condition=Q(done_at__isnull=True, parked_at__isnull=True),
                name="deliveries_that_wait",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.about} ({self.code})"

    @property
    def number(self) -> str:
        """The message's number, the same at every try."""
        return f"msg_{self.code}"
