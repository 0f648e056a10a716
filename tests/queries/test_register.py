"""What the public may see, and nothing else."""

from dataclasses import asdict
from datetime import date

import pytest

import listed
from secor.queries import register
from secor.store.models import Certificate

TODAY = date(2024, 9, 1)
pytestmark = pytest.mark.django_db


def _found(text, *, on=TODAY, page=1):
    return [listing.legal_name for listing in register.search(text, on=on, page=page).rows]


def test_a_certificate_is_found_by_the_beginning_of_the_name_however_it_is_typed():
    listed.certificate(listed.employer("Éclair Électrique Inc."), serial=1)
    listed.certificate(listed.employer("Eclipse Drywall"), serial=2)

    assert _found("  ÉCLAIR  elec ") == ["Éclair Électrique Inc."]
    assert _found("ecl") == ["Éclair Électrique Inc.", "Eclipse Drywall"]


def test_where_no_name_begins_so_any_part_of_one_will_do():
    listed.certificate(listed.employer("Prairie Rose Roofing Ltd.", trade_name="Rosie's Roofs"), serial=1)
    listed.certificate(listed.employer("Rose Hill Carpentry"), serial=2)

    assert _found("rose") == ["Rose Hill Carpentry"]
    assert _found("rosie") == ["Prairie Rose Roofing Ltd."]
    assert _found("roofing") == ["Prairie Rose Roofing Ltd."]


@pytest.mark.parametrize("typed", ["SECOR-2024-000123-43", "secor 2024 000123 43", "secor2024OOO12343"])
def test_a_certificate_is_found_by_its_number_however_it_is_typed(typed):
    listed.certificate()

    assert _found(typed) == ["Prairie Rose Roofing Ltd."]


def test_an_employer_that_has_never_held_a_certificate_is_not_told():
    listed.employer("Still Working Ltd.")
    listed.certificate(listed.employer("Still Standing Ltd."), serial=7)

    assert _found("still") == ["Still Standing Ltd."]


def test_a_listing_tells_these_facts_and_no_others():
    row = listed.certificate()
    listed.happened(row, "headcount", on=date(2024, 6, 1), count=7)

    told = asdict(register.find(row.number, on=TODAY))

    assert told == {
        "number": "SECOR-2024-000123-43",
        "legal_name": "Prairie Rose Roofing Ltd.",
        "trade_name": "",
        "city": "Red Deer",
        "partner": "Alberta Safety Council",
        "scheme": "ab-secor",
        "issued_on": date(2024, 5, 17),
        "standing": "valid",
        "since": date(2024, 5, 17),
        "term_ends_on": date(2027, 5, 17),
        "as_of": TODAY,
        "newer": "",
    }


@pytest.mark.parametrize(
    ("day", "standing"),
    [(date(2025, 5, 17), "valid"), (date(2025, 5, 18), "lapsed"), (date(2030, 1, 1), "lapsed")],
)
def test_a_missed_audit_shows_on_the_next_day_though_nothing_was_written(day, standing):
    row = listed.certificate()

    assert register.find(row.number, on=day).standing == standing


@pytest.mark.parametrize("event", ["suspended", "cancelled", "revoked", "withdrawn"])
def test_what_the_partner_or_the_government_did_shows_from_its_day(event):
    row = listed.certificate()
    listed.happened(row, event, on=date(2024, 8, 1))

    assert register.find(row.number, on=date(2024, 7, 31)).standing == "valid"
    told = register.told(row.number, on=date(2024, 8, 1))
    assert (told.listing.standing, told.listing.good) == (event, False)
    assert [(change.standing, change.since) for change in told.changes] == [
        (event, date(2024, 8, 1)),
        ("valid", date(2024, 5, 17)),
    ]


def test_of_two_certificates_of_one_employer_the_newer_is_listed_and_the_older_points_to_it():
    business = listed.employer()
    old = listed.certificate(business, serial=1)
    kept = Certificate.objects.within(register.PUBLIC).filter(pk=old.pk)
    kept.update(ended=True)
    new = listed.certificate(business, serial=2)
    kept.update(replaced_by=new)

    assert [each.number for each in register.search("prairie", on=TODAY).rows] == [new.number]
    assert register.find(old.number, on=TODAY).newer == new.number
    assert not register.find(old.number, on=TODAY).good
    assert register.find(new.number, on=TODAY).good


@pytest.mark.parametrize(
    "text", ["", " ", "a", "%%", "__", "\0\0", "🦺🦺", "x" * 1_000_000, "' OR 1=1 --", "*", "\U0010ffff" * 2]
)
def test_odd_words_find_nothing_and_break_nothing(text):
    listed.certificate()

    assert _found(text) == []


def test_a_page_holds_twenty_and_tells_whether_there_is_another():
    for serial in range(1, 42):
        listed.certificate(listed.employer(f"Roofer {serial:02}"), serial=serial)

    pages = [register.search("roofer", on=TODAY, page=page) for page in (1, 2, 3, 4)]

    assert [len(page.rows) for page in pages] == [20, 20, 1, 0]
    assert [page.has_next for page in pages] == [True, True, False, False]
    assert pages[1].rows[0].legal_name == "Roofer 21"


def test_names_found_by_their_middle_go_on_over_pages_too():
    for serial in range(1, 23):
        listed.certificate(listed.employer(f"Prairie Roofer {serial:02}"), serial=serial)

    first, second = (register.search("roofer", on=TODAY, page=page) for page in (1, 2))

    assert (len(first.rows), first.has_next) == (20, True)
    assert [each.legal_name for each in second.rows] == ["Prairie Roofer 21", "Prairie Roofer 22"]


def test_a_page_of_twenty_asks_no_more_than_a_page_of_one(django_assert_max_num_queries):
    for serial in range(1, 31):
        listed.certificate(listed.employer(f"Roofer {serial:02}"), serial=serial)

    with django_assert_max_num_queries(6):
        assert len(register.search("roofer", on=TODAY).rows) == 20
