"""Rosa hires her eleventh person. The site tells her before she sends it what follows, and until when she is safe."""

from datetime import UTC, date, datetime

import pytest

from certified import Office, a_certificate, acts, maintained, office
from secor.core.certificate import Standing
from secor.queries.certificates import standing_of
from secor.store.models import Certificate, CertificateEvent, Entry, Headcount
from secor.store.scope import house
from secor.usecases.employers import report_headcount

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL = house("the test looks at everything")
HIRED, DUE = date(2025, 9, 3), date(2026, 5, 17)


class Calendar:
    """The day it is on the site."""

    def __init__(self) -> None:
        self.on(HIRED)

    def on(self, day: date) -> None:
        self.now = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


@pytest.fixture
def calendar(monkeypatch) -> Calendar:
    made = Calendar()
    monkeypatch.setattr("secor.web.clock.now", lambda: made.now)
    return made


@pytest.fixture
def there(calendar) -> Office:
    """Rosa's certificate is in its second year: maintained once, and due again on 17 May 2026."""
    made = office()
    maintained(a_certificate(made.employer, made.partner), date(2025, 5, 10), date(2025, 5, 20))
    first = date(2025, 1, 6)
    report_headcount(acts(made.rosa, first), employer=made.employer, on=first, counts={"owners": 1, "full_time": 8})
    return made


def test_the_eleventh_worker(browser, there, calendar):
    page = browser.page
    browser.sign_in(there.rosa)

    # From the desk to the head-count, as Rosa would go.
    browser.open("/accounts/desk/")
    assert "Next: your maintenance audit" in browser.said()
    page.get_by_role("navigation", name=there.employer.legal_name).get_by_role("link", name="Business").click()
    page.get_by_role("link", name="Head-count").click()
    assert "9" in page.locator(".figures").inner_text()

    # A slip first: a day to come. It is said at its place, and what she typed is still there.
    page.get_by_label("Full time").fill("10")
    page.get_by_label("From which day on?").fill("2025-09-04")
    page.get_by_role("button", name="Report these people").click()
    assert "This day has not come yet" in page.locator("#error-summary").inner_text()
    assert page.get_by_label("Full time").input_value() == "10"

    # With ten she is at the limit, and is told what one more brings.
    page.get_by_label("Full time").fill("9")
    page.get_by_label("From which day on?").fill(HIRED.isoformat())
    page.get_by_role("button", name="Report these people").click()
    assert "10 of 10 people: you are at the limit" in browser.said()
    assert "by May 17, 2026, the day your next audit is due" in browser.said()

    # The eleventh: the plan with its day stands before her, and nothing is kept yet.
    page.get_by_label("Full time").fill("10")
    page.get_by_role("button", name="Report these people").click()
    said = browser.said()
    browser.shot("eleventh-sure")
    assert "11 people. Is this right?" in said
    assert "Your certificate stays valid until May 17, 2026, that day included." in said
    assert Headcount.objects.within(ALL).get(on=HIRED).full_time == 9
    page.get_by_role("link", name="No, change the numbers").click()
    page.get_by_label("Full time").fill("10")
    page.get_by_role("button", name="Report these people").click()
    page.get_by_role("button", name="Yes, report 11 people").click()

    said = browser.said()
    browser.shot("eleventh-plan")
    assert "You have grown past 10 people: move on by May 17, 2026" in said
    assert "COR, the certificate for larger employers" in said
    assert CertificateEvent.objects.within(ALL).get(event="headcount").count == 11

    # It stays valid: on her desk, and for everybody who looks it up.
    page.get_by_role("link", name="Certificate", exact=True).click()
    assert "Valid" in page.locator(".verdict").inner_text()
    number = Certificate.objects.within(ALL).get().number
    for day, word in ((DUE, "Valid"), (date(2026, 5, 18), "Moved to COR")):
        calendar.on(day)
        browser.open(f"/v/{number}")
        assert word in page.locator("main").inner_text(), day


def test_shrinking_again_does_not_take_it_back_and_the_page_says_whom_to_ask(browser, there, calendar):
    page = browser.page
    report_headcount(acts(there.rosa, HIRED), employer=there.employer, on=HIRED, counts={"full_time": 11})
    calendar.on(date(2025, 10, 1))
    browser.sign_in(there.rosa)

    browser.open(f"/employer/{there.employer.code}/headcount/")
    page.get_by_label("From which day on?").fill("2025-10-01")
    page.get_by_label("Full time").fill("7")
    page.get_by_role("button", name="Report these people").click()

    said = browser.said()
    assert "move on by May 17, 2026" in said
    assert "Fewer people later do not take this back by themselves. Ask your certifying partner" in said
    certificate = Certificate.objects.within(ALL).get()
    assert standing_of(certificate, on=DUE).good
    assert standing_of(certificate, on=date(2026, 5, 18)).standing is Standing.CONVERTED

    # It was a slip all along: reporting that day again takes it back, and tells the partner.
    page.get_by_label("From which day on?").fill(HIRED.isoformat())
    page.get_by_label("Full time").fill("8")
    page.get_by_role("button", name="Report these people").click()
    assert "Kept: your people from" in browser.said()
    assert standing_of(certificate, on=date(2026, 5, 18)).standing is not Standing.CONVERTED
    assert Entry.objects.within(ALL).filter(act="headcount.corrected", partner__isnull=False).count() == 1
