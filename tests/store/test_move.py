"""What is written down to be read into another database keeps every entry's fingerprint."""

from datetime import UTC, datetime

import pytest
from django.core import serializers

from secor.store.models import Entry
from secor.usecases.act import Act, fingerprint, written

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 6, 1, 18, 0, 0, 123456, tzinfo=UTC)


def carried(kind):
    entry = Act(None, MOMENT).enter("house.tried", subject="7", share="1/3", nothing=None)
    (row,) = serializers.deserialize(kind, serializers.serialize(kind, [entry]))
    assert isinstance(row.object, Entry)
    return row.object


def test_xml_keeps_an_entry_to_the_millionth_of_a_second():
    entry = carried("xml")

    assert entry.at == MOMENT
    assert fingerprint(written(entry)) == entry.fingerprint


def test_json_would_not_which_is_why_the_page_on_moving_says_xml():
    entry = carried("json")

    assert entry.at != MOMENT
    assert fingerprint(written(entry)) != entry.fingerprint
