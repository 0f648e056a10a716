"""Whatever is done to the journal behind the program's back is found, with its chain and place."""

from datetime import timedelta

import pytest

from assessments import AT, scene
from secor.cli import check_journal
from secor.queries.journal import Break, check, fingerprint, written
from secor.store.models import Chain, Employer, Entry
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db
ENTRIES = Entry._base_manager


@pytest.fixture
def chain() -> str:
    """A chain of five entries, beside one of another business and the house's."""
    there = scene()
    other = Employer._base_manager.get(legal_name="Sam's Siding Ltd.")
    for nth in range(5):
        at = AT + timedelta(minutes=nth, microseconds=nth)
        Act(there.rosa, at).enter(
            "site.added", employer=there.employer, partner=there.partner, people=nth, of={"b": 1, "a": [None, "é"]}
        )
    Act(there.sam, AT).enter("site.added", employer=other)
    Act(None, AT).enter("demonstration.day_moved", days=1)
    return f"employer:{there.employer.pk}"


def entry(chain: str, place: int) -> Entry:
    return ENTRIES.get(chain=chain, place=place)


def broken() -> list[tuple[int, str]]:
    return [(each.place, each.what) for each in check().breaks]


def change(chain: str, place: int, /, **facts: object) -> None:
    assert ENTRIES.filter(chain=chain, place=place).update(**facts) == 1


@pytest.mark.usefixtures("chain")
def test_a_journal_that_nobody_touched_is_whole(capsys):
    checked = check()

    assert (checked.chains, checked.entries, checked.breaks) == (3, 7, ())
    assert check_journal.run([]) == 0
    assert capsys.readouterr().out == "7 entries in 3 chains: nothing was changed.\n"


def test_an_empty_journal_is_whole():
    assert check().breaks == ()


@pytest.mark.parametrize(
    "facts",
    [
        {"act": "site.closed"},
        {"subject": "somebody else"},
        {"detail": {"people": 99}},
        {"hand": "77"},
        {"employer": None},
        {"partner": None},
        {"at": AT - timedelta(days=400)},
        {"at": AT + timedelta(minutes=2, microseconds=3)},
    ],
    ids=lambda facts: next(iter(facts)),
)
@pytest.mark.parametrize("place", [1, 3, 5])
def test_an_entry_that_was_edited_or_dated_back_is_found(chain, facts, place):
    change(chain, place, **facts)

    assert check().breaks == (Break(chain, place, "it was changed after it was written"),)


def test_an_edited_entry_with_a_new_fingerprint_is_found_at_the_next(chain):
    row = entry(chain, 3)
    row.act = "site.closed"
    change(chain, 3, act=row.act, fingerprint=fingerprint(written(row)))

    assert broken() == [(4, "it does not follow from the entry before it")]


def test_an_edited_last_entry_with_a_new_fingerprint_is_found_at_the_chains_end(chain):
    row = entry(chain, 5)
    row.act = "site.closed"
    change(chain, 5, act=row.act, fingerprint=fingerprint(written(row)))

    assert broken() == [(5, "the chain does not end with this entry")]


@pytest.mark.parametrize(
    ("places", "found"),
    [
        ([1], (1, "an entry is missing")),
        ([3], (3, "an entry is missing")),
        ([2, 3], (2, "2 entries are missing")),
        ([5], (5, "the last entry is missing")),
        ([4, 5], (4, "the last 2 entries are missing")),
        ([1, 2, 3, 4, 5], (1, "the last 5 entries are missing")),
    ],
)
def test_an_entry_that_was_deleted_is_found(chain, places, found):
    ENTRIES.filter(chain=chain, place__in=places).delete()

    assert broken() == [found]


def test_a_deleted_entry_whose_gap_was_closed_is_found(chain):
    ENTRIES.filter(chain=chain, place=3).delete()
    for place in (4, 5):
        change(chain, place, place=place - 1)
    Chain.objects.filter(pk=chain).update(length=4)

    assert {place for place, _ in broken()} == {3, 4}


def test_an_entry_that_was_put_in_is_found(chain):
    for place in (5, 4, 3):
        change(chain, place, place=place + 1)
    row = entry(chain, 2)
    row.pk, row.place, row.before = None, 3, row.fingerprint
    row.fingerprint = fingerprint(written(row))
    row.save(force_insert=True)
    Chain.objects.filter(pk=chain).update(length=6)

    assert (4, "it does not follow from the entry before it") in broken()


def test_an_entry_that_was_added_past_the_end_is_found(chain):
    row = entry(chain, 5)
    row.pk, row.place, row.before = None, 6, row.fingerprint
    row.fingerprint = fingerprint(written(row))
    row.save(force_insert=True)

    assert broken() == [(6, "the chain does not end with this entry")]


def test_two_entries_that_changed_places_are_found(chain):
    for old, new in ((2, 99), (3, 2), (99, 3)):
        change(chain, old, place=new)

    assert {place for place, _ in broken()} == {2, 3, 4}


def test_an_entry_moved_to_another_chain_is_found(chain):
    change(chain, 5, chain="house", place=2)

    assert {each.chain for each in check().breaks} == {chain, "house"}


def test_the_command_names_every_place_and_ends_with_one(chain, capsys):
    change(chain, 2, act="site.closed")
    ENTRIES.filter(chain=chain, place=4).delete()

    assert check_journal.run([]) == 1
    assert capsys.readouterr().out.splitlines() == [
        f"{chain}, place 2: it was changed after it was written.",
        f"{chain}, place 4: an entry is missing.",
        "6 entries in 3 chains: 2 of their places are not as they were written.",
    ]


@pytest.mark.usefixtures("chain")
def test_what_letters_do_to_an_entry_is_no_change():
    ENTRIES.update(letters_written=True)

    assert check().breaks == ()
