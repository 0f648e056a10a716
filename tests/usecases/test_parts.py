"""The parts of a program: edited, signed, looked at again, added, taken out and put back."""

from datetime import date

import pytest

from cards import STROKES
from cast import cast
from programs import act_of, built, little_library, rows_of, signed
from secor.core.program import PartState
from secor.queries.programs import part_now, parts_of
from secor.store.models import Entry
from secor.store.scope import house
from secor.usecases import parts
from secor.usecases.owner import NotOwner

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


def entries(act):
    return list(Entry.objects.within(ALL).filter(act=act))


def state(part, *, on=date(2026, 6, 3)):
    return part_now(part, on=on).state


def test_an_edited_text_waits_for_its_signature_while_the_signed_one_holds(there, policy):
    signed(there.rosa, policy)
    version = parts.edit(
        act_of(there.rosa), part=policy, text="New words.\r\nTwo lines.", reason=" a  hired hand ", over=1
    )

    assert (version.number, version.text, version.reason) == (2, "New words.\nTwo lines.\n", "a hired hand")
    now = part_now(policy, on=date(2026, 6, 3))
    assert (now.state, now.holds.number, now.newest.number) == (PartState.CHANGED, 1, 2)
    (entry,) = entries("part.edited")
    assert (entry.subject, entry.detail) == (policy.code, {"version": 2})


def test_the_same_text_again_is_no_act_even_over_an_older_one(there, policy):
    parts.edit(act_of(there.rosa), part=policy, text="New.", over=1)

    assert parts.edit(act_of(there.rosa), part=policy, text=" New.\n\n", over=1).number == 2
    assert len(entries("part.edited")) == 1


def test_an_edit_over_a_text_that_is_no_longer_the_newest_shows_the_newest(there, policy):
    parts.edit(act_of(there.rosa), part=policy, text="From the office.", over=1)
    with pytest.raises(parts.Stale) as refusal:
        parts.edit(act_of(there.rosa), part=policy, text="From the truck.", over=1)

    assert refusal.value.newest.text == "From the office.\n"
    assert policy.versions.count() == 2
    assert parts.edit(act_of(there.rosa), part=policy, text="From the truck.", over=2).number == 3


@pytest.mark.parametrize(
    ("text", "reason", "refusal"),
    [
        ("", "", parts.Wordless),
        (" \n\t\x00", "", parts.Wordless),
        ("x" * (parts.TEXT_MOST + 1), "", parts.TooLong),
        ("x", "y" * (parts.REASON_MOST + 1), parts.TooLong),
    ],
)
def test_a_part_without_words_or_with_too_many_is_refused(there, policy, text, reason, refusal):
    with pytest.raises(refusal):
        parts.edit(act_of(there.rosa), part=policy, text=text, reason=reason, over=1)


def test_the_longest_text_and_reason_are_kept(there, policy):
    text, reason = "x" * parts.TEXT_MOST, "y" * parts.REASON_MOST

    assert parts.edit(act_of(there.rosa), part=policy, text=text, reason=reason, over=1).reason == reason


def test_a_signature_puts_the_newest_text_in_force_from_that_day(there, policy):
    version = parts.sign(act_of(there.rosa), version=policy.versions.get(), signer=" Rosa  K. ", strokes=STROKES)

    assert (version.signed_on, version.signer, version.signed_by) == (date(2026, 6, 3), "Rosa K.", there.rosa)
    assert version.strokes == STROKES
    assert state(policy) is PartState.IN_FORCE
    parts.sign(act_of(there.rosa, days=9), version=version, signer="Somebody else")
    version.refresh_from_db()
    assert (version.signed_on, version.signer) == (date(2026, 6, 3), "Rosa K.")
    assert len(entries("part.signed")) == 1


def test_a_text_that_was_overtaken_is_not_signed(there, policy):
    old = policy.versions.get()
    parts.edit(act_of(there.rosa), part=policy, text="New.", over=1)
    with pytest.raises(parts.NotNewest):
        parts.sign(act_of(there.rosa), version=old, signer="Rosa")


@pytest.mark.parametrize("strokes", ["x", [[1]], [[1, 2]], [[0, 0, 1001, 5]], [["a", "b", "c", "d"]], {"a": 1}])
def test_a_signature_needs_a_name_and_a_drawing_that_is_one(there, policy, strokes):
    with pytest.raises(parts.Unsigned):
        parts.sign(act_of(there.rosa), version=policy.versions.get(), signer=" ")
    with pytest.raises(parts.Unsigned):
        parts.sign(act_of(there.rosa), version=policy.versions.get(), signer="Rosa", strokes=strokes)
    assert state(policy) is PartState.TO_SIGN


def test_all_that_waits_is_signed_at_once_with_one_entry(there, policy):
    signed(there.rosa, policy)
    parts.add_part(act_of(there.rosa), employer=there.roofing, title="Dogs", text="No dogs.")

    assert parts.sign_all(act_of(there.rosa), employer=there.roofing, signer="Rosa") == 2
    assert {now.state for now in parts_of(there.roofing, on=date(2026, 6, 3))} == {PartState.IN_FORCE}
    assert parts.sign_all(act_of(there.rosa), employer=there.roofing, signer="Rosa") == 0
    (entry,) = entries("program.signed")
    assert len(entry.detail["parts"]) == 2
    assert policy.code not in entry.detail["parts"]


def test_looking_at_a_part_again_begins_its_year_anew(there, policy):
    signed(there.rosa, policy)
    parts.review(act_of(there.rosa), part=policy)
    assert entries("part.reviewed") == [], "the day of the signature is a look already"

    late = date(2027, 6, 10)
    assert state(policy, on=late) is PartState.OVERDUE
    for _ in range(2):
        parts.review(act_of(there.rosa, days=372), part=policy)
    assert state(policy, on=late) is PartState.IN_FORCE
    assert part_now(policy, on=late).due_on == date(2028, 6, 10)
    assert len(entries("part.reviewed")) == 1


def test_a_text_that_waits_for_its_signature_is_not_looked_at_again_instead(there, policy):
    with pytest.raises(parts.NothingInForce):
        parts.review(act_of(there.rosa), part=policy)
    signed(there.rosa, policy)
    parts.edit(act_of(there.rosa), part=policy, text="New.", over=1)
    with pytest.raises(parts.NothingInForce):
        parts.review(act_of(there.rosa, days=400), part=policy)


def test_a_part_of_ones_own_comes_last_and_has_a_key_of_its_own(there, policy):
    dogs = parts.add_part(act_of(there.rosa), employer=there.roofing, title=" Dogs ", text="No dogs.")
    cats = parts.add_part(act_of(there.rosa), employer=there.roofing, title="Cats", text="No cats.")

    assert [(row.number, row.title) for row in rows_of(there.roofing).values()][-2:] == [(3, "Dogs"), (4, "Cats")]
    assert dogs.key != cats.key
    for title, text in (("", "x"), ("x", " ")):
        with pytest.raises(parts.Wordless):
            parts.add_part(act_of(there.rosa), employer=there.roofing, title=title, text=text)


def test_a_part_is_taken_out_and_put_back_with_all_it_had(there, policy):
    signed(there.rosa, policy)
    for _ in range(2):
        parts.remove_part(act_of(there.rosa), part=policy)
    assert list(rows_of(there.roofing)) == ["hazards"]
    for refused in (
        lambda: parts.edit(act_of(there.rosa), part=policy, text="x", over=1),
        lambda: parts.review(act_of(there.rosa), part=policy),
        lambda: parts.sign(act_of(there.rosa), version=policy.versions.get(), signer="Rosa"),
    ):
        with pytest.raises(parts.TakenOut):
            refused()
    for _ in range(2):
        parts.put_back(act_of(there.rosa), part=policy)

    assert state(policy) is PartState.IN_FORCE
    assert len(entries("part.removed")) == len(entries("part.put_back")) == 1


def test_nobody_but_an_owner_changes_a_part(there, policy):
    version = policy.versions.get()
    for person in (there.wes, there.sol, there.sam, there.dev, there.pat, there.vic):
        act = act_of(person)
        for refused in (
            lambda act=act: parts.edit(act, part=policy, text="x", over=1),
            lambda act=act: parts.sign(act, version=version, signer="x"),
            lambda act=act: parts.sign_all(act, employer=there.roofing, signer="x"),
            lambda act=act: parts.review(act, part=policy),
            lambda act=act: parts.remove_part(act, part=policy),
            lambda act=act: parts.put_back(act, part=policy),
            lambda act=act: parts.take_offer(act, part=policy),
            lambda act=act: parts.leave_offer(act, part=policy),
            lambda act=act: parts.add_part(act, employer=there.roofing, title="x", text="x"),
        ):
            with pytest.raises(NotOwner):
                refused()
    assert policy.versions.count() == 1
