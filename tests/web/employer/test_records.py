"""The records of a business on its desk: who sees which, and a record as it was signed."""

from datetime import date

import pytest
from django.test import Client

from cards import act_of, card
from cast import cast, signed_in
from secor.store.models import Record
from secor.store.scope import house
from secor.usecases import records

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


def kept(there, **more):
    receipt = records.keep(act_of(there.wes), employer=there.roofing, sent=card(**more))
    return Record.objects.within(ALL).get(uid=receipt.uid)


def page(there, who, row=None, **query):
    address = f"/employer/{there.roofing.code}/records/" + (f"{row.uid}/" if row else "")
    return signed_in(Client(), getattr(there, who)).get(address, query)


def test_a_record_is_shown_as_it_was_signed():
    there = cast()
    words = page(there, "rosa", kept(there, crew=(("Wes Ames", ""),))).content.decode()

    for said in (
        "Site hazard card",
        "Falling from the edge",
        "High",
        "Tied on to an anchor",
        "Wes Ames",
        "12 Elm Street",
    ):
        assert said in words
    assert 'd="M100 200 L100 200 300 400 500 350 M600 200' in words


def test_what_somebody_wrote_is_words_and_never_a_page():
    there = cast()
    words = page(there, "rosa", kept(there, task="<script>alert(1)</script>")).content.decode()

    assert "<script>alert" not in words
    assert "&lt;script&gt;alert" in words


def test_a_correction_and_what_it_corrects_lead_to_each_other():
    there = cast()
    first = kept(there)
    second = kept(there, corrects=first.uid, task="Replace shingles on the south side")

    assert str(second.uid) in page(there, "rosa", first).content.decode()
    assert str(first.uid) in page(there, "rosa", second).content.decode()
    listed = page(there, "rosa").content.decode()
    assert str(second.uid) in listed
    assert str(first.uid) not in listed


@pytest.mark.parametrize(
    ("read_by", "seen"), [("everybody", "rosa sol wes"), ("owner", "rosa sol wes"), ("first_aid", "wes")]
)
def test_who_sees_a_record_is_told_by_its_form(read_by, seen):
    there = cast()
    row = kept(there)
    Record.objects.within(ALL).filter(pk=row.pk).update(read_by=read_by)

    assert [who for who in ("rosa", "sol", "wes") if page(there, who, row).status_code == 200] == seen.split()
    assert [who for who in ("rosa", "sol", "wes") if str(row.uid) in page(there, who).content.decode()] == seen.split()
    assert page(there, "sam", row).status_code == 404
    assert {page(there, who, row).status_code for who in ("dev", "pat", "rey", "mona")} == {403}


def test_an_older_page_begins_where_the_newer_one_ended():
    there = cast()
    rows = [kept(there, on=date(2026, 3, 1 + nth % 28)) for nth in range(45)]
    newest = page(there, "rosa").content.decode()
    assert f"before={rows[5].pk}" in newest

    older = page(there, "rosa", before=str(rows[5].pk)).content.decode()
    assert [str(row.uid) in older for row in rows[:6]] == [True] * 5 + [False]


@pytest.mark.parametrize("query", [{"before": "x"}, {"before": "9" * 30}, {"before": "²"}, {"form": "nothing"}])
def test_an_odd_question_is_answered_with_the_list(query):
    there = cast()
    kept(there)

    assert page(there, "rosa", **query).status_code == 200


def test_what_is_to_be_looked_at_is_told_by_the_words_of_the_form():
    there = cast()
    hazards = [{"hazard": "Wind", "risk": {"likelihood": 9, "severity": 1}}]
    words = page(there, "rosa", kept(there, task="", hazards=hazards, nonsense="x")).content.decode()

    assert "What are we doing?: is not filled in" in words
    assert "What could hurt us, and what do we do about it?, row 1, What we do about it: is not filled in" in words
    assert "values." not in words


def test_a_card_dated_on_a_day_to_come_is_kept_and_told_about():
    there = cast()
    today, tomorrow = (kept(there, on=date(2026, 6, nth)) for nth in (3, 4))

    assert today.problems == []
    assert "The day: is still to come" in page(there, "rosa", tomorrow).content.decode()


def test_a_signature_tells_its_moment_as_a_person_would():
    there = cast()

    assert "June 3, 2026, 6:45 am" in page(there, "rosa", kept(there)).content.decode()
