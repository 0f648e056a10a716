"""The journal: one line an act, each chained to the one before."""

import itertools
import threading
from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction

from secor.store.models import Chain, Employer, Entry
from secor.store.scope import house
from secor.usecases.act import Act, fingerprint, written

AT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
ACT = Act(None, AT)
ALL = house("this test")


def an_employer(name: str = "Mine Ltd.") -> Employer:
    return Employer.objects.create(legal_name=name, joined_on=date(2026, 1, 1))


@pytest.mark.django_db
def test_each_entry_carries_the_fingerprint_of_the_one_before():
    employer = an_employer()

    first = ACT.enter("employer.registered", employer=employer)
    second = ACT.enter("headcount.reported", employer=employer, counted=6)

    assert (first.place, second.place) == (1, 2)
    assert first.before == ""
    assert second.before == first.fingerprint
    assert second.fingerprint == fingerprint(written(second))


@pytest.mark.django_db
def test_a_changed_entry_no_longer_matches_its_fingerprint():
    entry = ACT.enter("audit.submitted", employer=an_employer(), awarded=799)

    kept = Entry.objects.within(ALL).get(pk=entry.pk)
    assert fingerprint(written(kept)) == kept.fingerprint
    kept.detail["awarded"] = 800
    assert fingerprint(written(kept)) != kept.fingerprint


@pytest.mark.django_db
def test_two_employers_have_chains_of_their_own():
    ours, theirs = an_employer("A"), an_employer("B")

    ACT.enter("x", employer=ours)
    entry = ACT.enter("x", employer=theirs)

    assert entry.place == 1
    assert Chain.objects.count() == 2


@pytest.mark.django_db
def test_an_act_that_is_taken_back_leaves_no_line():
    employer = an_employer()
    ACT.enter("kept", employer=employer)

    class Stop(Exception): ...

    with pytest.raises(Stop), transaction.atomic():
        ACT.enter("taken back", employer=employer)
        raise Stop
    after = ACT.enter("next", employer=employer)

    assert after.place == 2


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 24, 5, 59, tzinfo=UTC), date(2026, 11, 23)),  # UTC-6 all year since 2026-11-01
        (datetime(2026, 11, 24, 6, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 1, 15, 6, 59, tzinfo=UTC), date(2026, 1, 14)),  # still UTC-7 in the last winter of changing
        (datetime(2026, 1, 15, 7, 0, tzinfo=UTC), date(2026, 1, 15)),
    ],
)
def test_the_day_of_an_act_is_albertas(moment, day):
    assert Act(None, moment).on == day


@pytest.mark.django_db(transaction=True)
def test_entries_written_at_once_form_one_chain_without_a_gap():
    employer = an_employer()
    start = threading.Barrier(4)
    troubles: list[Exception] = []

    def write() -> None:
        try:
            start.wait()
            for _ in range(5):
                with transaction.atomic():
                    ACT.enter("saved", employer=employer)
        except Exception as trouble:
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert troubles == []
    entries = list(Entry.objects.within(ALL).filter(employer=employer).order_by("place"))
    assert [entry.place for entry in entries] == list(range(1, 21))
    assert all(b.before == a.fingerprint for a, b in itertools.pairwise(entries))
