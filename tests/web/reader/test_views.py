"""The ministry's and the WCB's pages: read only, by account and code, each look in the journal."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from certified import a_certificate, a_partner, a_person, acts, an_employer, happened
from conftest import signed_in_session
from secor.core.role import RoleKind
from secor.queries import holdings
from secor.store.models import Account, Entry
from secor.store.scope import house
from secor.usecases import lookups
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
