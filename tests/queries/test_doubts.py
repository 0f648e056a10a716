"""Where the tables do not agree with the public log, no certificate is told to be good."""

import json
from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from certified import CERTIFIED, a_certificate, a_partner, acts, an_employer, office
from secor.core.key import Purpose
from secor.post import watches as told_watchers
from secor.queries import doubts, register
from secor.store.models import CertificateEvent, Key, Leaf, Letter, Log
from secor.store.scope import house
from secor.usecases import decisions, keys, log, watches
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
NOW = acts(None, CERTIFIED).at + timedelta(days=200)
TODAY = Act(None, NOW).on


@pytest.fixture
def there():
    return office()


@pytest.fixture
def row(there):
    found = a_certificate(there.employer, there.partner)
    decisions.suspend(Act(there.ines, NOW - timedelta(days=9)), certificate=found, reason="An open order")
    keys.make(Act(None, NOW), purpose=Purpose.LOG)
    log.keep(at=NOW)
    return found


def standing(row):
    return register.find(row.number, on=TODAY).standing


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_what_the_log_bears_out_is_told(row):
    assert doubts.among([row], closely=True) == frozenset()
    assert standing(row) == "suspended"


@pytest.mark.parametrize(
    ("change", "values"),
    [
        ("UPDATE secor_certificateevent SET \"on\" = %s WHERE event = 'suspended'", ["2040-01-01"]),
        ("UPDATE secor_certificateevent SET event = 'reinstated' WHERE event = 'suspended'", []),
        ("UPDATE secor_certificateevent SET \"until\" = %s WHERE event = 'certified'", ["2040-01-01"]),
        ("UPDATE secor_certificateevent SET event = 'audit_submitted' WHERE event = 'suspended'", []),
        ("UPDATE secor_leaf SET hash = %s WHERE data LIKE '%%suspended%%'", ["0" * 64]),
        ("UPDATE secor_leaf SET data = replace(data, 'suspended', 'withdrawn')", []),
        ("DELETE FROM secor_leaf WHERE data LIKE '%%suspended%%'", []),
    ],
)
def test_an_edit_in_the_tables_is_noticed_by_whoever_asks_next(client, row, change, values):
    sql(change, *values)
    assert standing(row) == "unconfirmed"
    page = client.get(f"/v/{row.number}").content.decode()
    assert "Could not be confirmed" in page
    assert "Do not rely on it" in page
    assert "An open order" not in page
    answer = client.get(f"/api/v1/verify/{row.number}").json()
    assert (answer["word"], answer["confirmed"]) == ("unknown", False)
    assert client.get(f"/api/v1/certificates/{row.number}").json()["relied_on"] is False
    assert b"Could not be confirmed" in client.get(f"/badges/{row.number}.svg").content


def test_another_employers_edit_casts_no_doubt_on_this_one(row):
    partner = a_partner("esc")
    other = a_certificate(an_employer("Other Roofing Ltd.", partner=partner), partner, serial=900_002)
    log.keep(at=NOW)
    sql('UPDATE secor_certificateevent SET "on" = %s WHERE employer_id = %s', "2031-01-01", other.employer_id)
    assert standing(row) == "suspended"
    assert standing(other) == "unconfirmed"


def test_a_cancellation_that_only_the_log_knows_is_not_forgotten(there, row):
    event = CertificateEvent.objects.within(ALL).get(event="suspended")
    Leaf.objects.filter(event=event).update(event=None)
    event.delete()
    assert standing(row) == "unconfirmed", "without the entry in the log it would be valid"
    again = Act(there.ines, NOW - timedelta(days=9) + timedelta(hours=1))
    decisions.suspend(again, certificate=row, reason="Recorded anew after the backup was restored")
    assert standing(row) == "suspended", "it was recorded anew"


def test_an_event_that_is_too_new_to_be_entered_casts_no_doubt(there, row):
    last = CertificateEvent.objects.within(ALL).latest("pk")
    Leaf.objects.filter(event=last).delete()
    assert standing(row) == "unconfirmed"
    Log.objects.update(followed=last.pk - 1)
    assert standing(row) == "suspended"


def test_after_a_restored_backup_nothing_is_confirmed_until_it_is_settled(client, there, row, settings):
    letter = watches.ask(Act(None, NOW), certificate=row, email="buyer@client.example")
    watches.confirm(Act(None, NOW), watch=letter)
    size, old = Log.objects.get().size, Log.objects.values().get()
    decisions.reinstate(Act(there.ines, NOW), certificate=row, reason="The order is closed")
    log.keep(at=NOW + timedelta(minutes=1))
    entries = [data.encode() for data in Leaf.objects.order_by("index").values_list("data", flat=True)]
    Leaf.objects.filter(index__gte=size).delete()
    CertificateEvent.objects.within(ALL).filter(event="reinstated").delete()
    Log.objects.update(**{name: value for name, value in old.items() if name != "id"})

    assert "a backup was restored" in log.hold_against_published(at=NOW + timedelta(days=1))
    assert Log.objects.get().held_at == NOW + timedelta(days=1)
    log.keep(at=NOW + timedelta(days=2))
    assert Log.objects.get().held_at == NOW + timedelta(days=1), "since the first time it was noticed"
    assert standing(row) == "unconfirmed"
    assert register.many([row.number], on=TODAY)[row.number].word == "unknown"
    assert [each.standing for each in register.search("ABC", on=TODAY).rows] in ([], ["unconfirmed"])
    assert "Could not be confirmed" in client.get(f"/v/{row.number}").content.decode()
    assert client.get(f"/partners/{there.partner.key}/status/1").status_code == 503
    told_watchers.tell(at=NOW)
    assert not Letter.objects.filter(kind="watch.changed").exists(), "nobody is written to before it is settled"

    log.restore(entries)
    assert log.keep(at=NOW + timedelta(days=2)) == ""
    assert Log.objects.get().held_at is None
    assert standing(row) == "unconfirmed", "the log tells of something that is not in the tables"


def test_a_backup_from_before_there_was_a_key_is_noticed_too(row):
    Leaf.objects.all().delete()
    Key.objects.all().delete()
    Log.objects.all().delete()
    assert "cannot be trusted" in log.keep(at=NOW)
    assert doubts.of_all()


def test_a_database_that_cannot_be_asked_confirms_nothing(client, row, monkeypatch):
    def away(*_, **__):
        raise OperationalError("the server closed the connection unexpectedly")

    monkeypatch.setattr(register, "row_of", away)
    answer = client.get(f"/v/{row.number}")
    assert answer.status_code == 503
    assert "Could not be confirmed" in answer.content.decode()
    assert answer.headers["Retry-After"]


def test_the_statements_for_searching_programs_never_call_it_active(client, row):
    sql("UPDATE secor_certificateevent SET event = 'reinstated' WHERE event = 'suspended'")
    page = client.get(f"/v/{row.number}").content.decode()
    told = json.loads(page.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert told["certificationStatus"].endswith("Inactive")
