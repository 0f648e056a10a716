"""The public log: its entries in their order, the edge where it grows, and the last checkpoint."""

from __future__ import annotations

from django.db import models


class Leaf(models.Model):
    """One entry of the public log. Rows are only ever added, and none is ever changed.

    ``data`` is what is published, to the byte (``core.leaf``); ``hash`` its fingerprint. ``event`` and ``credential``
    are what it tells of, where it tells of one.
    """

    index = models.PositiveBigIntegerField(primary_key=True)
    data = models.TextField()
    hash = models.CharField(max_length=64)
    event = models.OneToOneField("CertificateEvent", null=True, on_delete=models.PROTECT, related_name="leaf")
    credential = models.OneToOneField("Credential", null=True, on_delete=models.PROTECT, related_name="leaf")
    key = models.ForeignKey("Key", null=True, on_delete=models.PROTECT, related_name="leaves")

    class Meta:
        indexes = [
            # What was taken back from a copy and tells of nothing that is in the tables: few, and looked for often.
            models.Index(
                fields=["index"],
                condition=models.Q(event__isnull=True, credential__isnull=True, key__isnull=True),
                name="leaves_of_nothing_here",
            )
        ]

    def __str__(self) -> str:
        return f"{self.index}: {self.hash[:12]}"


class Crown(models.Model):
    """The fingerprint of 256 neighbours of the level below, once they are complete; level 1 is of leaves."""

    level = models.PositiveSmallIntegerField()
    place = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "place"], name="one_crown_a_place")]


class Log(models.Model):
    """The log itself: one row. ``origin`` is its name, which it keeps when the site moves.

    ``peaks`` tell the tree of ``size`` leaves; ``note`` is the last checkpoint signed. ``followed`` is the last
    certificate event that was looked at, ``anchored_on`` the day of which the journal's ends were entered; ``trouble``
    says why nothing is signed. ``held_at`` is since when the tables are not what was published: until they are again,
    no standing can be confirmed.
    """

    origin = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    peaks = models.TextField(blank=True)
    followed = models.PositiveBigIntegerField(default=0)
    note = models.TextField(blank=True)
    signed_size = models.PositiveBigIntegerField(default=0)
    signed_at = models.DateTimeField(null=True, blank=True)
    anchored_on = models.DateField(null=True, blank=True)
    trouble = models.TextField(blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
