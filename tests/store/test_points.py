"""Points are kept as they are: whole, halves, thirds, or none."""

from datetime import date
from fractions import Fraction

import pytest

from secor.store.models import Audit, Employer, Partner
from secor.store.scope import house

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("points", [None, 0, 874, Fraction(1749, 2), Fraction(1, 3)])
def test_points_come_back_as_they_were_kept(points):
    day = date(2026, 1, 5)
    audit = Audit.objects.create(
        employer=Employer.objects.create(legal_name="Rosa's", joined_on=day),
        partner=Partner.objects.create(key="asc", name="ASC", acronym="ASC"),
        kind="maintenance",
        performer="self_assessor",
        scheme="ab-secor",
        edition="ab-secor-2023",
        instrument="secor-open",
        asked_on=day,
        awarded=points,
        possible=points,
    )
    kept = Audit.objects.within(house("the test looks")).get(pk=audit.pk)

    assert (kept.awarded, kept.possible) == (points, points)
    assert type(kept.awarded) is type(points)
