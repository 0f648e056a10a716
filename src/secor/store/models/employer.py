"""Employers, the accounts and sites they have, and how many people they were on which day."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.db.models import Q

from secor.store.code import new_code
from secor.store.scope import Reached, Scope, ScopedManager


class Employer(Reached):
    """The business seeking or holding a certificate."""

    code = models.CharField(max_length=16, unique=True, default=new_code)
    legal_name = models.CharField(max_length=200)
    trade_name = models.CharField(max_length=200, blank=True)
    trade = models.CharField("kind of work", max_length=80, blank=True)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=80, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    joined_on = models.DateField()
    # Names as people look for them: lower case, no accents; written with the names, read by the register's search.
    search_name = models.CharField(max_length=420, blank=True, db_index=True)

    objects = ScopedManager["Employer"]()

    def __str__(self) -> str:
        return self.legal_name

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Its own people; the partner it belongs to or has asked; an auditor who was given an audit of it.

        Sub-queries, not joins: an employer with three audits is still one row.
        """
        reached = Q(pk__in=scope.employers)
        if scope.partners:
            members = Membership._base_manager.filter(  # noqa: SLF001 - the scope itself is what is being worked out
                partner__in=scope.partners, left_on__isnull=True, refused_on__isnull=True
            )
            reached |= Q(pk__in=members.values("employer"))
        if scope.assessor is not None:
            audits = apps.get_model("secor", "Audit")._base_manager  # noqa: SLF001 - the same
            reached |= Q(pk__in=audits.filter(assessor=scope.assessor).values("employer"))
        return reached


class Owned(Reached):
    """A row that belongs to one employer."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="%(class)ss")

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Tell which rows ``scope`` reaches: those of the employers it reaches."""
        return Q(employer__in=Employer.objects.within(scope).values("pk"))


class Account(Owned):
    """A WCB account and the industry code it is charged under."""

    number = models.CharField("WCB account number", max_length=20)
    industry_code = models.CharField(max_length=20, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = ScopedManager["Account"]()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "industry_code"], name="account_belongs_to_one")]


class Site(Owned):
    """A place where the employer's people work."""

    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True)
    people = models.PositiveSmallIntegerField(default=1)
    closed_on = models.DateField(null=True, blank=True)

    objects = ScopedManager["Site"]()


class Headcount(Owned):
    """How many people of each kind there were from a day on, until the next row's day."""

    on = models.DateField()
    owners = models.PositiveIntegerField(default=0)
    full_time = models.PositiveIntegerField(default=0)
    part_time = models.PositiveIntegerField(default=0)
    casual = models.PositiveIntegerField(default=0)
    volunteers = models.PositiveIntegerField(default=0)
    family = models.PositiveIntegerField(default=0)
    subcontractors = models.PositiveIntegerField(default=0)
    reported_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["Headcount"]()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [models.UniqueConstraint(fields=["employer", "on"], name="one_headcount_a_day")]


class HeadcountPlan(Owned):
    """How many people an employer means to have from a day to come. A plan: no rule of a scheme ever reads it."""

    on = models.DateField()
    people = models.JSONField(default=dict)  # {kind: number}
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["HeadcountPlan"]()

    class Meta:
        ordering = ["on"]
        constraints = [models.UniqueConstraint(fields=["employer", "on"], name="one_headcount_plan_a_day")]


class Membership(Owned):
    """An employer's time with a certifying partner: asked, approved, left."""

    partner = models.ForeignKey("Partner", on_delete=models.PROTECT, related_name="memberships")
    asked_on = models.DateField()
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.ForeignKey("Person", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    refused_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = ScopedManager["Membership"]()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employer"],
                condition=Q(left_on__isnull=True, refused_on__isnull=True),
                name="one_partner_at_a_time",
            ),
        ]

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Also the partner that was asked and has not answered yet."""
        return Q(employer__in=scope.employers) | Q(partner__in=scope.partners)


class Tie(Owned):
    """A tie between a person and an employer that may forbid auditing, from a day until a day."""

    person = models.ForeignKey("Person", on_delete=models.CASCADE, related_name="ties")
    kind = models.CharField(max_length=40)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    declared_by = models.ForeignKey("Person", null=True, on_delete=models.SET_NULL, related_name="+")

    objects = ScopedManager["Tie"]()
