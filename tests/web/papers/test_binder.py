"""Who may have the binder, and what only a signed-in owner's page can show of it."""

import subprocess
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from cards import act_of, card
from cast import cast, signed_in
from certified import a_certificate, happened
from secor.usecases import records

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: datetime(2026, 6, 3, 18, tzinfo=UTC))
    made = cast()
    records.keep(act_of(made.rosa), employer=made.roofing, sent=card(task="Replace the flashing"))
    return made


def ask(there, who):
    return signed_in(Client(), getattr(there, who)).get(f"/papers/binder/{there.roofing.code}.pdf")


def text_of(answer, tmp_path):
    (tmp_path / "binder.pdf").write_bytes(answer.content)
    order = ["pdftotext", tmp_path / "binder.pdf", "-"]
    return subprocess.run(order, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("who", ["rosa", "sol"])
def test_who_answers_for_the_business_has_its_binder(there, who, tmp_path):
    answer = ask(there, who)

    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="2026-06-03-rosas-roofing-ltd-binder.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    assert "Replace the flashing" in text_of(answer, tmp_path)


@pytest.mark.parametrize(("suspended", "there_it_is"), [(False, True), (True, False)])
def test_only_a_certificate_that_is_good_today_is_in_it(there, tmp_path, suspended, there_it_is):
    held = a_certificate(there.roofing, there.asc, on=date(2025, 9, 1))
    if suspended:
        happened(held, "suspended", date(2026, 5, 1), reason="A test")

    assert (held.number in text_of(ask(there, "rosa"), tmp_path)) is there_it_is


@pytest.mark.parametrize(("who", "status"), [("wes", 403), ("sam", 404), ("dev", 403), ("pat", 403), ("vic", 403)])
def test_to_everybody_else_it_is_not_there(there, who, status):
    assert ask(there, who).status_code == status


def test_the_packs_page_leads_to_it(there):
    page = signed_in(Client(), there.sol).get(f"/employer/{there.roofing.code}/packs/").content.decode()

    assert f"/papers/binder/{there.roofing.code}.pdf" in page
