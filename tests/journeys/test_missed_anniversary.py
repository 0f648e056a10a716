"""Nobody sent the maintenance audit. The day after, every page says so and why, and no job has run in between."""

from datetime import date

import pytest

from certified import a_certificate, acts, happened, office
from conftest import DESK

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DUE = date(2025, 5, 17)
LATE = date(2025, 5, 18)


@pytest.fixture
def the_day(monkeypatch):
    def is_now(on: date) -> None:
        moment = acts(None, on).at
        monkeypatch.setattr("secor.web.clock.now", lambda: moment)

    return is_now


@pytest.mark.parametrize("browser", [DESK], indirect=True)
def test_a_missed_anniversary_is_told_everywhere_the_day_after(browser, the_day):
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    paths = {
        "partner": f"/partner/certificates/{certificate.number}/",
        "employer": f"/employer/{scene.employer.code}/certificate/",
        "public": f"/v/{certificate.number}",
    }
    readers = {"partner": scene.regan, "employer": scene.rosa, "public": None}

    def says(side: str) -> str:
        if reader := readers[side]:
            browser.sign_in(reader)
        else:
            browser.page.context.clear_cookies()
        browser.open(paths[side])
        return browser.said()

    # The due day itself still counts.
    the_day(DUE)
    for side in paths:
        assert "Valid" in says(side), side
        assert "Lapsed" not in browser.said(), side

    # The day after, with nothing done and nothing run.
    the_day(LATE)
    told = says("partner")
    browser.shot("missed-partner")
    assert "Lapsed" in told
    assert "Since May 18, 2025" in told
    assert "first anniversary of May 17, 2024" in told

    browser.open("/partner/calendar/")
    browser.shot("missed-calendar")
    assert "Overdue" in browser.said()
    assert browser.page.get_by_role("link", name="Rosa's Roofing Ltd.").count() == 1

    told = says("employer")
    browser.shot("missed-employer")
    assert "lapsed" in told.lower()
    assert "first anniversary" in told

    told = says("public")
    browser.shot("missed-public")
    assert "Lapsed" in told
    assert "Since May 18, 2025" in told
    assert "Valid" not in browser.page.locator(".verdict").inner_text()

    # What arrives late does not bring it back; a decision maker is told so too.
    happened(certificate, "audit_submitted", LATE, kind="maintenance")
    assert "Lapsed" in says("public")
    browser.sign_in(scene.ines, second_factor=True)
    browser.open(f"{paths['partner']}propose/reinstate/")
    browser.page.get_by_label("Why?").fill("They sent it a day late.")
    browser.page.get_by_role("button", name="Propose it").click()
    assert "is lapsed since 2025-05-18, so it cannot be reinstated" in browser.said()
    assert "Only a new certification begins again" in browser.said()
