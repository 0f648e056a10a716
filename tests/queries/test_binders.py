"""What goes into a binder, and what never does."""

from collections import Counter
from datetime import date, timedelta

import pytest

from cards import act_of, card, looked_round
from cast import cast
from programs import built
from secor.core.form import ReadBy
from secor.queries.binders import binder_of
from secor.store.models import Record
from secor.store.scope import Scope, house
from secor.usecases import records

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
ON = date(2026, 6, 3)


def cards(there, days, **more):
    for on in days:
        sent = card(on=on, **more)
        records.keep(act_of(there.rosa), employer=there.roofing, sent=sent)


def sheaves_of(binder):
    return {each.form.key: each for tab in binder.tabs for each in tab.sheaves}


def held(there, *, on=ON, **more):
    return binder_of(there.roofing, scope=ALL, on=on, **more)


def test_the_year_ends_on_the_day_and_begins_the_day_after_the_one_a_year_before():
    there = cast()
    cards(there, [date(2025, 6, 3), date(2025, 6, 4), date(2026, 6, 3), date(2026, 6, 4)])
    binder = held(there)
    kept = sheaves_of(binder)["site-hazard-card"]

    assert (binder.first, binder.last) == (date(2025, 6, 4), ON)
    assert [row.on for row in kept.chosen] == [date(2025, 6, 4), ON]
    assert (kept.there, binder.there, binder.printed) == (2, 2, 2)


@pytest.mark.parametrize(("there_are", "printed"), [(5, 5), (6, 5), (30, 6), (31, 7)])
def test_as_many_are_printed_as_an_audit_looks_at(there_are, printed):
    there = cast()
    cards(there, [ON - timedelta(days=nth) for nth in range(there_are)])
    kept = sheaves_of(held(there))["site-hazard-card"]

    assert (kept.there, len(kept.chosen)) == (there_are, printed)
    assert (kept.chosen[0].on, kept.chosen[-1].on) == (ON - timedelta(days=there_are - 1), ON)


def test_more_than_a_binder_holds_is_taken_from_the_commonest_form_alone():
    there = cast()
    cards(there, [ON - timedelta(days=nth) for nth in range(5)])
    records.keep(act_of(there.rosa), employer=there.roofing, sent=looked_round(ladders="not_ok"))
    kept = sheaves_of(held(there, most=4))

    assert {key: len(each.chosen) for key, each in kept.items()} == {"site-hazard-card": 3, "site-inspection": 1}
    assert held(there, most=6).printed == 6


def test_each_record_is_printed_once_and_named_wherever_it_answers():
    there = cast()
    cards(there, [ON])
    binder = held(there)
    homes = [tab.element.number for tab in binder.tabs if tab.sheaves]
    named = [
        each.question.id
        for tab in binder.tabs
        for each in tab.asked
        if any(sheaf.form.key == "site-hazard-card" for sheaf in each.sheaves)
    ]

    assert homes == [2]  # one question of element 2 asks for hardly anything else
    assert named == ["1.5", "2.6"]


def test_each_part_of_the_program_stands_once_and_parts_nobody_asks_for_stand_at_the_end():
    there = cast()
    rows = built(there.rosa, there.roofing, trade="roofing", jobs=["shingles"])
    lost = next(iter(rows.values()))
    type(lost)._base_manager.filter(pk=lost.pk).update(evidence=["a_kind_that_nobody_asks_for"])
    binder = held(there)
    printed = Counter(chapter.part.pk for tab in binder.tabs for chapter in tab.chapters)

    assert set(printed.values()) == {1}
    assert [chapter.part.pk for chapter in binder.beside] == [lost.pk]
    assert set(printed) | {lost.pk} == {row.pk for row in rows.values()}


@pytest.mark.parametrize("reader", [ReadBy.OWNER, ReadBy.FIRST_AID])
def test_what_is_kept_from_the_crew_never_goes_in_whoever_asks(reader):
    there = cast()
    cards(there, [ON, ON - timedelta(days=1)])
    first = Record.objects.within(ALL).filter(on=ON)
    first.update(read_by=reader.value)
    named_for_it = Scope(
        employers=frozenset({there.roofing.pk}),
        owned=frozenset({there.roofing.pk}),
        first_aid=frozenset({there.roofing.pk}),
        assessor=there.rosa.pk,
    )

    assert binder_of(there.roofing, scope=named_for_it, on=ON).there == 1


def test_a_first_aid_record_and_a_corrected_card_are_not_in_it():
    there = cast()
    sent = card(form="first-aid-record")
    sent["values"] = {"happened": "Cut on the left thumb"}
    records.keep(act_of(there.rosa), employer=there.roofing, sent=sent)
    wrong = card()
    records.keep(act_of(there.rosa), employer=there.roofing, sent=wrong)
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(corrects=wrong["uid"]))

    assert Record.objects.within(ALL).count() == 3
    assert {key: each.there for key, each in sheaves_of(held(there)).items()} == {"site-hazard-card": 1}


def test_another_business_has_its_own():
    there = cast()
    cards(there, [ON])

    assert binder_of(there.siding, scope=ALL, on=ON).there == 0
    assert binder_of(there.roofing, scope=Scope(employers=frozenset({there.siding.pk})), on=ON).there == 0
