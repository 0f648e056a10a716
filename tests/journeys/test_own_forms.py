"""Rosa changes a form to her own words on a phone; her crew fills in hers, and yesterday's record stays as it was."""

from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from cards import act_of, card
from cast import cast
from conftest import DESK, PHONE
from secor.queries.records import forms_in_use
from secor.usecases import records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: datetime(2026, 6, 3, 18, tzinfo=UTC))
    return cast()


def press(browser, name):
    browser.page.get_by_role("button", name=name, exact=True).click()


def fine(browser, name):
    browser.shot(f"forms-{name}")
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not browser.page.evaluate(wide), name
    assert [each["id"] for each in Axe().run(browser.page).response["violations"]] == [], name


@pytest.mark.parametrize("browser", [PHONE, DESK], indirect=True, ids=["phone", "desk"])
def test_a_form_is_changed_and_put_back(browser, there):
    old = records.keep(act_of(there.wes), employer=there.roofing, sent=card()).uid
    browser.sign_in(there.rosa)
    browser.open(f"/employer/{there.roofing.code}/records/")
    browser.page.get_by_role("link", name="Your forms").click()
    fine(browser, "list")
    browser.page.get_by_role("link", name="Site hazard card", exact=True).click()
    browser.page.locator("summary", has_text="2. What are we doing?").click()
    question = browser.page.locator("details[open]")
    question.get_by_label("Question", exact=True).fill("")
    fine(browser, "one")
    press(browser, "Keep these changes")
    assert "Write the question." in browser.page.locator("#error-summary").first.inner_text()
    browser.page.locator("details[open]").get_by_label("Question", exact=True).fill("What is the job today?")
    press(browser, "Keep these changes")
    assert "old ones stay as they are" in browser.said()
    fine(browser, "kept")
    assert forms_in_use(there.roofing)["site-hazard-card"].form.field("task").label == "What is the job today?"
    browser.open(f"/employer/{there.roofing.code}/records/{old}/")
    assert "What are we doing?" in browser.said()

    browser.page.go_back()
    press(browser, "Put our form back")
    assert "Our form is in use again." in browser.said()
