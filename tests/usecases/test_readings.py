"""A worker's word that they have read a text in force."""

import pytest

from cards import STROKES
from cast import cast
from programs import NOON, act_of, built, little_library, signed, worker
from secor.queries.programs import part_now
from secor.store.models import Entry, PartReading
from secor.store.scope import house
from secor.usecases import parts, readings
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture(autouse=True)
def _library(monkeypatch):
    little_library(monkeypatch)


@pytest.fixture
def there():
    return cast()


@pytest.fixture
def policy(there):
    return built(there.rosa, there.roofing)["policy"]


def test_a_reading_is_kept_once_with_its_witness_and_no_name_in_the_journal(there, policy):
    version, tia = signed(there.rosa, policy), worker(there.roofing, "Tia", language="fr")
    first = readings.read(act_of(there.rosa), version=version, worker=tia, strokes=STROKES, language="fr")
    again = readings.read(act_of(there.wes, days=1), version=version, worker=tia)

    assert (first.pk, again.read_at, again.witness) == (again.pk, NOON, there.rosa)
    assert (first.strokes, first.language) == (STROKES, "fr")
    (entry,) = Entry.objects.within(ALL).filter(act="part.read")
    assert entry.detail == {"version": 1, "worker": tia.code}


def test_whoever_has_not_read_the_text_in_force_is_known_and_a_new_text_is_read_anew(there, policy):
    tia, bo = worker(there.roofing, "Tia"), worker(there.roofing, "Bo")
    assert part_now(policy, on=NOON.date()).unread == (), "nothing is in force yet"
    readings.read(act_of(there.rosa), version=signed(there.rosa, policy), worker=tia)
    now = part_now(policy, on=NOON.date())
    assert (now.read, now.unread) == (1, (bo,))

    parts.edit(act_of(there.rosa), part=policy, text="New.", over=1)
    assert part_now(policy, on=NOON.date()).unread == (bo,), "the new text is not in force yet"
    signed(there.rosa, policy)
    assert part_now(policy, on=NOON.date()).unread == (bo, tia)


def test_only_the_text_in_force_is_read(there, policy):
    tia, old = worker(there.roofing, "Tia"), policy.versions.get()
    with pytest.raises(readings.NotInForce):
        readings.read(act_of(there.rosa), version=old, worker=tia)
    signed(there.rosa, policy)
    new = parts.edit(act_of(there.rosa), part=policy, text="New.", over=1)
    with pytest.raises(readings.NotInForce):
        readings.read(act_of(there.rosa), version=new, worker=tia)
    signed(there.rosa, policy)
    with pytest.raises(readings.NotInForce):
        readings.read(act_of(there.rosa), version=old, worker=tia)
    parts.remove_part(act_of(there.rosa), part=policy)
    policy.refresh_from_db()
    with pytest.raises(parts.TakenOut):
        readings.read(act_of(there.rosa), version=policy.versions.latest("number"), worker=tia)


def test_only_who_works_there_that_day_signs(there, policy):
    version = signed(there.rosa, policy)
    stranger = worker(there.siding, "Stan")
    gone = worker(there.roofing, "Gus", ended_on=NOON.date())

    with pytest.raises(readings.NotAWorker):
        readings.read(act_of(there.rosa), version=version, worker=stranger)
    with pytest.raises(readings.NotAWorker):
        readings.read(act_of(there.rosa, days=1), version=version, worker=gone)
    assert readings.read(act_of(there.rosa), version=version, worker=gone), "the last day still counts"


def test_the_phone_goes_round_among_people_of_the_business_only(there, policy):
    version, tia = signed(there.rosa, policy), worker(there.roofing, "Tia")
    for person in (there.sam, there.dev, there.pat, there.vic, None):
        with pytest.raises(readings.NotOfTheBusiness):
            readings.read(act_of(person), version=version, worker=tia)
    assert not PartReading.objects.within(ALL).exists()

    assert readings.read(act_of(there.wes), version=version, worker=tia).witness == there.wes


def test_a_drawing_that_is_none_is_not_kept(there, policy):
    version, tia = signed(there.rosa, policy), worker(there.roofing, "Tia")
    with pytest.raises(parts.Unsigned):
        readings.read(act_of(there.rosa), version=version, worker=tia, strokes=[["x"]])


def test_a_worker_with_a_pin_signs_for_themselves_without_a_witness(there, policy):
    version, tia, bo = signed(there.rosa, policy), worker(there.roofing, "Tia"), worker(there.roofing, "Bo")
    by = Act(None, NOON, worker=tia.code)

    with pytest.raises(readings.NotOfTheBusiness):
        readings.read(by, version=version, worker=bo)
    reading = readings.read(by, version=version, worker=tia)

    assert (reading.worker, reading.witness) == (tia, None)
    (entry,) = Entry.objects.within(ALL).filter(act="part.read")
    assert (entry.person, entry.hand) == (None, f"worker:{tia.code}")


def test_a_worker_of_another_business_signs_nothing_here(there, policy):
    version, stan = signed(there.rosa, policy), worker(there.siding, "Stan")

    with pytest.raises(readings.NotAWorker):
        readings.read(Act(None, NOON, worker=stan.code), version=version, worker=stan)


def test_the_house_itself_signs_nothing(there, policy):
    version, tia = signed(there.rosa, policy), worker(there.roofing, "Tia")

    with pytest.raises(readings.NotOfTheBusiness):
        readings.read(Act(None, NOON), version=version, worker=tia)
