"""Requests for more time: asked with a reason, answered by the partner with one."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from secor.store.code import new_code
from secor.store.models.certificate import Certificate
from secor.store.models.employer import Owned
from secor.store.scope import Scope, ScopedManager


class ExtensionRequest(Owned):
    """One request for more time for what a certificate owes next. The due day stands until it is granted."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="extension_requests")
    due_on = models.DateField("due day when it was asked")
    until = models.DateField("day that is asked for")
    reason = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")
    granted = models.BooleanField(null=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["ExtensionRequest"]()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(answered_at__isnull=True), name="one_open_extension_request"
            ),
            models.CheckConstraint(
                name="an_answer_says_yes_or_no",
                condition=Q(answered_at__isnull=True, granted__isnull=True)
                | Q(answered_at__isnull=False, granted__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"more time for {self.certificate} until {self.until}"

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Its employer's people, and the partner that the certificate is with."""
        return Q(employer__in=scope.employers) | Q(certificate__partner__in=scope.partners)
