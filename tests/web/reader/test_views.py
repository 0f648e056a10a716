"""The ministry's and the WCB's pages: read only, by account and code, each look in the journal."""

import csv
import io
from collections import Counter
from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from certified import a_certificate, a_partner, a_person, acts, an_employer, happened
from conftest import signed_in_session
from secor.core.access import AccessScope
from secor.core.role import RoleKind
from secor.queries import holdings
from secor.store.models import Account, Entry
from secor.store.scope import house
from secor.usecases import access, lookups
from secor.web import clock

ALL = house("this test")
TODAY = date(2025, 5, 18)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    moment = acts(None, TODAY).at
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def there():
    partner = a_partner()
    roofing = an_employer("=Rosa's Roofing Ltd.", partner=partner)
    Account.objects.create(employer=roofing, number="111", industry_code="42122")
    Account.objects.create(employer=roofing, number="111", industry_code="86900")
    siding = an_employer("Sam's Siding Ltd.", partner=partner)
    Account.objects.create(employer=siding, number="222", industry_code="42122", closed_on=date(2025, 1, 10))
    bare = an_employer("Nobody Yet Ltd.", partner=partner)
    Account.objects.create(employer=bare, number="333")
    a_certificate(roofing, partner)
    happened(a_certificate(siding, partner, serial=900_002), "cancelled", date(2025, 1, 5))
    return partner


def told(on: date, **more) -> list[tuple[str, str, str]]:
    return [(row.account, row.industry_code, row.standing) for row in holdings.holdings(on=on, **more)]


def visitor(person) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = signed_in_session(person)
    return client


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (date(2024, 5, 16), []),
        (date(2025, 1, 4), ["valid", "valid", "valid"]),
        (date(2025, 1, 10), ["valid", "valid", "cancelled"]),
        (date(2025, 1, 11), ["valid", "valid"]),  # the account was closed the day before
        (date(2025, 5, 17), ["valid", "valid"]),
        (date(2025, 5, 18), ["lapsed", "lapsed"]),
    ],
)
def test_each_open_account_is_told_with_what_it_held_on_the_day(on, expected):
    assert [standing for *_, standing in told(on)] == expected


@pytest.mark.usefixtures("there")
def test_by_account_and_by_code():
    day = date(2025, 1, 4)
    assert told(day, account="222") == [("222", "42122", "valid")]
    assert told(day, industry_code="42122") == [("111", "42122", "valid"), ("222", "42122", "valid")]
    assert told(day, account="111", industry_code="86900") == [("111", "86900", "valid")]


@pytest.mark.usefixtures("there")
def test_batches_leave_nothing_out_and_tell_nothing_twice(monkeypatch):
    whole = told(date(2025, 1, 4))
    monkeypatch.setattr(holdings, "A_BATCH", 1)
    assert told(date(2025, 1, 4)) == whole


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("kind", ["ministry", "wcb"])
def test_a_reader_asks_for_a_day_and_takes_the_list_along(kind):
    reader, other = a_person("Mona", RoleKind(kind)), "wcb" if kind == "ministry" else "ministry"
    client = visitor(reader)
    page = reverse(f"reader:{kind}")
    assert client.get(reverse("account:desk"))["Location"] == page
    assert "Roofing" not in client.get(page).content.decode()
    assert not Entry.objects.within(ALL).exists()

    found = client.get(page, {"on": "2025-01-04", "industry_code": "42122"}).content.decode()
    assert "Roofing" in found
    assert "list.csv?on=2025-01-04" in found
    answer = client.get(f"{page}list.csv", {"on": "2025-01-04"})
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert len(lines) == 4
    assert lines[1].startswith("111,42122,'=Rosa's Roofing Ltd.,Red Deer,Alberta Safety Council,ab-secor,SECOR-2024-")
    assert lines[1].endswith(",valid,2024-05-17,2027-05-17")
    entries = [(entry.act, entry.subject, entry.person) for entry in Entry.objects.within(ALL).order_by("pk")]
    assert entries == [("holdings.read", "2025-01-04", reader), ("holdings.downloaded", "2025-01-04", reader)]
    assert client.get(reverse(f"reader:{other}")).status_code == 403
    assert client.post(page).status_code == 405


@pytest.mark.usefixtures("there")
@pytest.mark.parametrize("on", ["2025-05-19", "tomorrow", ""])
def test_a_day_that_is_none_or_to_come_is_refused(on):
    client = visitor(a_person("Will", RoleKind.WCB))
    assert client.get(reverse("reader:wcb"), {"on": on}).status_code == 422
    assert client.get(reverse("reader:wcb_list"), {"on": on}).status_code == 302
    assert not Entry.objects.within(ALL).exists()


@pytest.mark.usefixtures("there")
def test_nobody_else_looks():
    for person in (a_person("Vic"), a_person("Mona", RoleKind.MINISTRY), None):
        with pytest.raises(lookups.NotAReader):
            lookups.look(acts(person, TODAY), kind=RoleKind.WCB, on=TODAY)
    gone = a_person("Gus", RoleKind.WCB)
    gone.roles.update(until_on=date(2025, 5, 17))
    with pytest.raises(lookups.NotAReader):
        lookups.look(acts(gone, TODAY), kind=RoleKind.WCB, on=TODAY)


def test_the_totals_agree_with_an_independent_count(there):
    other = a_partner("esc")
    for nth in range(7):
        employer = an_employer(f"Firm {nth} Ltd.", partner=other)
        Account.objects.create(employer=employer, number=f"9{nth}", industry_code="86900")
        if nth % 2:
            Account.objects.create(employer=employer, number=f"9{nth}", industry_code="42122")
        row = a_certificate(employer, other, serial=910_000 + nth, on=date(2025, 1, 10))
        if nth < 3:
            happened(row, "cancelled", date(2025, 3, 1))
    reader = visitor(a_person("Mira", RoleKind.MINISTRY))

    answer = reader.get("/reader/ministry/totals.csv", {"on": TODAY.isoformat()})

    rows = list(csv.DictReader(io.StringIO(b"".join(answer).decode())))
    # Counted anew, in SQL alone: who was cancelled by that day, and who of the rest has missed a year.
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.name, a.number, c.number,
                   EXISTS (SELECT 1 FROM secor_certificateevent e WHERE e.certificate_id = c.id
                           AND e.event = 'cancelled' AND e."on" <= %s),
                   c.issued_on
            FROM secor_account a
            JOIN secor_certificate c ON c.employer_id = a.employer_id
            JOIN secor_partner p ON p.id = c.partner_id
            WHERE a.closed_on IS NULL OR a.closed_on >= %s
            """,
            [TODAY, TODAY],
        )
        counted: Counter[tuple[str, str]] = Counter()
        for partner, _, _, cancelled, issued in cursor.fetchall():
            year_over = date.fromisoformat(str(issued)[:10]) <= date(2024, 5, 17)
            counted[partner, "cancelled" if cancelled else "lapsed" if year_over else "valid"] += 1
    assert {(row["certifying_partner"], row["standing"]): int(row["accounts"]) for row in rows} == dict(counted)
    assert sum(counted.values()) == len(told(TODAY))
    assert {row["standing"]: row["certificates"] for row in rows if row["certifying_partner"] == other.name} == {
        "valid": "4",
        "cancelled": "3",
    }


@pytest.mark.usefixtures("there")
def test_the_columns_of_both_files_are_described():
    reader = visitor(a_person("Wanda", RoleKind.WCB))
    told = reader.get("/reader/wcb/datapackage.json").json()

    for resource in told["resources"]:
        answer = reader.get(f"/reader/wcb/{resource['path']}", {"on": TODAY.isoformat()})
        head = b"".join(answer).decode().splitlines()[0].split(",")
        assert head == [field["name"] for field in resource["schema"]["fields"]]


@pytest.mark.usefixtures("there")
def test_a_program_of_the_wcb_asks_what_an_account_held(client):
    wanda = a_person("Wanda", RoleKind.WCB)
    secret = access.make(
        acts(wanda, TODAY), role=wanda.roles.get(), name="PIR", scopes=[AccessScope.HOLDINGS], until_on=date(2025, 9, 1)
    )
    shown = {"headers": {"Authorization": f"Bearer {secret}"}}

    answer = client.get("/api/v1/holdings", {"account": "111", "on": "2025-05-17"}, **shown)
    assert [(row["industry_code"], row["standing"], row["on"]) for row in answer.json()] == [
        ("42122", "valid", "2025-05-17"),
        ("86900", "valid", "2025-05-17"),
    ]
    assert client.get("/api/v1/holdings", {"account": "111"}, **shown).json()[0]["standing"] == "lapsed"
    assert client.get("/api/v1/holdings", {"account": "999"}, **shown).json() == []
    for wrong in (
        {},
        {"account": "1" * 21},
        {"account": "111", "on": "yesterday"},
        {"account": "111", "on": "2025-05-19"},
    ):
        assert client.get("/api/v1/holdings", wrong, **shown).status_code == 400
    looks = Entry.objects.within(ALL).filter(act="holdings.read").order_by("pk")
    assert [(row.subject, row.detail["account"]) for row in looks][:2] == [("2025-05-17", "111"), ("2025-05-18", "111")]


@pytest.mark.usefixtures("there")
def test_an_owners_token_asks_no_such_thing(client):
    owner = a_person("Olga", RoleKind.OWNER, employer=an_employer("Olga's Ltd."))
    secret = access.make(
        acts(owner, TODAY), role=owner.roles.get(), name="x", scopes=[AccessScope.HOLDINGS], until_on=date(2025, 9, 1)
    )

    answer = client.get("/api/v1/holdings", {"account": "111"}, headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code == 403
