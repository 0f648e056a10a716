"""A search by name goes in through the names, not through every certificate that is in force."""

import pytest
from django.db import connection

from certified import a_certificate, a_partner, an_employer
from secor.queries import register
from secor.store import indexes

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL counts by itself"),
]


def plan() -> str:
    return register._beginning("aspen ridge")[:21].explain()


def test_counting_turns_the_search_round():
    partner = a_partner()
    for number in range(120):
        firm = an_employer(f"{'Aspen Ridge' if number % 40 == 0 else 'Birch Lake'} {number} Ltd.", partner=partner)
        a_certificate(firm, partner, serial=900_100 + number)
    assert "secor_employer_search_name" not in plan()

    indexes.count()

    assert "secor_employer_search_name" in plan()
