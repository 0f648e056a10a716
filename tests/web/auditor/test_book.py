"""An auditor's book: certifications, work by its day, quality, hours and money; nobody else's to read."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.test import Client

from assessments import scene
from cast import signed_in
from secor.queries import books
from secor.store.models import Audit, BookLine, Entry, Partner, Person, Review, Role
from secor.store.scope import Scope, house
from secor.usecases import books as acts
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db
HERE = "/auditor/book/"
NOW = datetime(2026, 6, 20, 18, tzinfo=UTC)
TODAY = date(2026, 6, 20)


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: NOW)
    return scene()


@pytest.fixture
def dev(there):
    return signed_in(Client(), there.dev)


def write(there, what="writing", amount="3.50", on=TODAY, by=None, note=""):
    return acts.write(
        Act(by or there.dev, NOW), audit=there.audit, what=BookLine.What(what), amount=Decimal(amount), on=on, note=note
    )


def accept(there, *, awarded=92):
    Audit._base_manager.update(stage="accepted", accepted_on=date(2026, 6, 1), round=2)
    Review.objects.create(
        audit=there.audit, round=2, reviewer=there.pat, claimed_at=NOW, concluded_at=NOW, outcome="accepted",
        quality_awarded=awarded, quality_possible=100,
    )  # fmt: skip


def test_a_line_is_written_on_the_page_counted_and_struck(there, dev):
    line = {"audit": there.audit.code, "on": "2026-06-19", "what": "on_site", "amount": "6.25", "note": "with Mo"}
    page = dev.post(HERE, line, follow=True).content.decode()
    assert "Hours on site: 6.25" in page
    assert "<td>6.25</td>" in page

    page = dev.post(HERE, {"strike": BookLine._base_manager.get().code}, follow=True).content.decode()

    assert "Struck." in page
    assert "Hours on site: 6.25" not in page
    assert BookLine._base_manager.count() == 1


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"amount": "0"}, "more than 0"),
        ({"amount": "-1"}, "more than 0"),
        ({"amount": "24.25"}, "at most 24"),
        ({"amount": "1.005"}, "two places"),
        ({"amount": "lots"}, "Write a number"),
        ({"on": "2026-06-21"}, "has not come yet"),
        ({"audit": "another"}, "Choose one of your audits"),
        ({"what": "gifts"}, "Choose from the list"),
    ],
)
def test_what_cannot_be_is_told_and_not_written(there, dev, wrong, told):
    line = {"audit": there.audit.code, "on": "2026-06-19", "what": "on_site", "amount": "6"} | wrong
    answer = dev.post(HERE, line)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not BookLine._base_manager.exists()


def test_sums_are_exact_and_by_year_and_audit(there, dev):
    accept(there)
    for amount in ("0.10", "0.20", "0.30"):
        write(there, amount=amount)
    write(there, what="travel", amount="5", on=date(2025, 12, 31))
    write(there, what="earned", amount="1850.00")
    write(there, what="spent", amount="42.10")

    assert books.years_of(there.dev) == (
        books.Year(2026, Decimal("0.60"), Decimal("1850.00"), Decimal("42.10")),
        books.Year(2025, Decimal("5.00"), Decimal(0), Decimal(0)),
    )
    [done] = books.done_by(there.dev)
    assert (done.hours, done.earned, done.spent) == (Decimal("5.60"), Decimal("1850.00"), Decimal("42.10"))
    assert done.an_hour == Decimal("322.84")
    page = dev.get(HERE).content.decode()
    assert "$322.84 an hour" in page
    assert "Quality 92.0&nbsp;%" in page or "Quality 92.0\u00a0%" in page


def test_nobody_else_reads_or_strikes_a_book(there):
    line = write(there, note="private")
    mate = Person.objects.create_user("mo@example.ca", name="Mo")
    Role.objects.create(person=mate, kind="auditor", partner=there.partner, from_on=date(2026, 1, 1))

    assert "private" not in signed_in(Client(), mate).get(HERE).content.decode()
    with pytest.raises(acts.NotThere):
        acts.strike(Act(mate, NOW), code=line.code)
    everyone = Scope(employers=frozenset({there.employer.pk}), partners=frozenset({there.partner.pk}))
    assert not BookLine.objects.within(everyone).exists()
    with pytest.raises(acts.NotYourAudit):
        write(there, by=mate)
    for who in (there.rosa, there.pat):
        assert signed_in(Client(), who).get(HERE).status_code == 403


def test_the_journal_tells_neither_amount_nor_note(there):
    write(there, amount="7.77", note="private")

    entry = Entry.objects.within(house("the test looks")).get(act="book.written")
    assert entry.detail == {}


def test_certified_with_a_partner_that_publishes_how_many_audits(there, dev):
    mhsa = Partner.objects.create(key="mhsa", name="Manufacturers", acronym="MHSA")
    Role.objects.create(person=there.dev, kind="auditor", partner=mhsa, from_on=date(2023, 9, 1))
    page = dev.get(HERE).content.decode()
    assert "0 of 2 audits accepted. Enough until August 31, 2026." in page
    assert "Audit soon" in page
    assert "publishes no rule on how many audits" in page  # the other partner

    Audit._base_manager.update(partner=mhsa, stage="accepted", accepted_on=date(2026, 6, 1))
    assert "1 of 2 audits accepted" in dev.get(HERE).content.decode()


def test_the_whole_book_is_a_table_that_a_spreadsheet_does_not_take_for_formulas(there, dev):
    write(there, note="=1+1")
    write(there, what="earned", amount="900", on=TODAY - timedelta(days=3))

    rows = list(csv.reader(io.StringIO(dev.get("/auditor/book/table.csv").content.decode("utf-8-sig"))))
    assert rows[0] == ["day", "business", "certifying_partner", "audit", "what", "amount", "note"]
    assert [row[5] for row in rows[1:]] == ["900.00", "3.50"]
    assert not rows[2][6].startswith("=")
    assert "=1+1" in rows[2][6]


def test_the_list_of_audits_leads_an_auditor_to_the_book_and_no_owner(there, dev):
    assert HERE in dev.get("/auditor/").content.decode()
    assert HERE not in signed_in(Client(), there.rosa).get("/auditor/").content.decode()
