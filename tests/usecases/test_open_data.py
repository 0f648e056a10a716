"""The open data file: who is good today, made once a day, whole or not at all."""

import csv
import hashlib
import io
import json
from datetime import timedelta

import pytest

import listed
from secor.store.models import Log
from secor.store.scope import house
from secor.usecases import open_data
from secor.web import clock

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture
def today(settings, tmp_path):
    settings.DATA = tmp_path
    return clock.day_of(clock.now())


def certificates(today):
    good = listed.certificate(listed.employer("=Roof & Sons"), serial=101, on=today - timedelta(days=100))
    held = listed.certificate(listed.employer("Held Ltd."), serial=102, on=today - timedelta(days=100))
    listed.happened(held, "suspended", on=today)
    listed.certificate(listed.employer("Lapsed Ltd."), serial=103)
    return good


def test_the_file_has_whoever_is_good_today_and_nobody_else(client, today):
    good = certificates(today)
    made = open_data.make(on=today)
    raw = b"".join(client.get("/open-data/certificates.csv").streaming_content)
    assert (made.rows, made.size, made.sha256) == (1, len(raw), hashlib.sha256(raw).hexdigest())
    (row,) = csv.DictReader(io.StringIO(raw.decode()))
    assert row["number"] == good.number
    assert row["legal_name"] == "'=Roof & Sons"
    assert row["valid_since"] == (today - timedelta(days=100)).isoformat()

    told = json.loads(b"".join(client.get("/open-data/datapackage.json").streaming_content))
    assert told["as_of"] == today.isoformat()
    (table,) = told["resources"]
    assert table["hash"] == f"sha256:{made.sha256}"
    assert [field["name"] for field in table["schema"]["fields"]] == list(row)


def test_it_is_made_once_a_day_and_asked_again_only_where_it_changed(client, today):
    certificates(today)
    first = client.get("/open-data/").content.decode()
    assert "No file yet" in first
    assert client.get("/open-data/certificates.csv").status_code == 404
    assert open_data.make(on=today)
    assert open_data.make(on=today) is None
    answer = client.get("/open-data/certificates.csv")
    again = client.get("/open-data/certificates.csv", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
    assert open_data.make(on=today + timedelta(days=1)).on == today + timedelta(days=1)
    assert open_data.made().sha256 in client.get("/open-data/").content.decode()
    assert not list(open_data.folder().glob("*.half"))


def test_while_nothing_can_be_confirmed_no_file_is_made(today):
    Log.objects.create(pk=1, held_at=clock.now())
    assert open_data.make(on=today) is None
    assert open_data.made() is None
