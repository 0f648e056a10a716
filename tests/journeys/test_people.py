"""Rosa hires Tia, who has no e-mail address. Tia reads, signs and shows her ticket on her own phone, with a PIN."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cast import cast
from programs import built, little_library, signed
from secor.store.models import Entry, PartReading, Ticket, Worker
from secor.store.scope import house
from uploads import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL = house("the test looks at everything")
TODAY = date(2026, 6, 3)


class Calendar:
    """The day it is on the site."""

    def __init__(self) -> None:
        self.on(TODAY)

    def on(self, day: date) -> None:
        self.now = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)


@pytest.fixture
def calendar(monkeypatch) -> Calendar:
    made = Calendar()
    monkeypatch.setattr("secor.web.clock.now", lambda: made.now)
    return made


@pytest.fixture
def there(calendar, monkeypatch, settings, live_server):
    """Rosa's program is written and in force."""
    assert calendar
    settings.SITE_URL = live_server.url
    little_library(monkeypatch)
    made = cast()
    for row in built(made.rosa, made.roofing).values():
        signed(made.rosa, row)
    return made


@pytest.fixture
def phone(browser, chromium):
    """Tia's own phone."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en-CA")
    context.set_default_timeout(30_000)
    yield type(browser)(context.new_page(), browser.url)
    context.close()


def press(page, name):
    page.get_by_role("button", name=name).click()


def wide(page) -> bool:
    """Whether the page is wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def rosa_adds_tia_with_a_ticket(browser):
    page = browser.page
    browser.open("/employer/")
    page.get_by_role("link", name="People", exact=True).click()
    assert "Nobody is on the list yet" in browser.said()
    page.get_by_label("First and last name").fill("Tia Doe")
    page.get_by_label("Works as").fill("Helper")
    press(page, "Add them")
    assert "Tia Doe is on the list. Add their tickets next." in browser.said()

    # A slip first: an empty name of the ticket is told at its place.
    page.get_by_text("Add a ticket", exact=True).click()
    page.get_by_label("Issued on").fill("2026-01-05")
    press(page, "Add this ticket")
    assert "Write what it says." in page.locator("#error-summary").inner_text()
    page.get_by_label("What it says").fill("H2S Alive")
    page.get_by_label("Good until").fill(TODAY.isoformat())
    page.get_by_label("Photo or PDF of it").set_input_files(
        {"name": "ticket.jpg", "mimeType": "image/jpeg", "buffer": photo()}
    )
    press(page, "Add this ticket")
    assert "Last day today" in browser.said()
    assert not wide(page)
    browser.shot("people-worker")


def rosa_hands_out_the_link_and_a_pin(browser) -> tuple[str, str]:
    page = browser.page
    press(page, "Give a first PIN")
    pin = page.locator(".big-code").inner_text().replace(" ", "")
    assert "shown only now" in browser.said()
    browser.shot("people-pin")
    press(page, "Make a link")
    page.get_by_role("link", name="People", exact=True).first.click()
    page.get_by_role("link", name="The crew's link").click()
    press(page, "Make the link")
    link = page.locator(".poster .address").inner_text().strip()
    assert page.locator(".poster svg").is_visible()
    assert not wide(page)
    browser.shot("people-crew-link")
    return link, pin


def tia_comes_in(phone, link, pin):
    page = phone.page
    page.goto(link)
    assert "/crew/open/" not in page.url, "the secret has left the address"
    page.get_by_role("link", name="Tia Doe").click()
    page.get_by_label("Your PIN").fill("111222")
    press(page, "Come in")
    assert "This is not your PIN. 4 tries left" in phone.said()
    page.get_by_label("Your PIN").fill(pin)
    press(page, "Come in")
    page.get_by_label("Your own PIN").fill("402917")
    page.get_by_label("The same once more").fill("402917")
    press(page, "Keep this PIN")
    assert "parts for you to read and sign" in phone.said()
    assert not wide(page)
    phone.shot("crew-mine")


def tia_signs_a_part(phone, there):
    page = phone.page
    page.get_by_role("link", name="Read the first one").click()
    page.get_by_label("Type your name to sign").fill("Tia Doe")
    page.get_by_label("I have read this").check()
    phone.shot("crew-read")
    press(page, "Sign that I read it")
    assert "Signed. Here is the next part" in phone.said()
    tia = Worker.objects.within(ALL).get()
    assert PartReading.objects.within(ALL).get().worker == tia
    assert Entry.objects.within(ALL).get(act="part.read").hand == f"worker:{tia.code}"
    # Nothing else opens to her.
    page.goto(f"{phone.url}/employer/{there.roofing.code}/workers/")
    assert "/accounts/login/" in page.url


def tia_shows_her_wallet(phone, calendar):
    page = phone.page
    page.goto(f"{phone.url}/crew/mine/")
    page.get_by_role("link", name="My tickets").click()
    assert "Valid, last day today" in page.locator(".tickets").inner_text()
    assert page.locator(".square-code svg").is_visible()
    assert not wide(page)
    phone.shot("crew-wallet")
    page.get_by_role("link", name="See the ticket itself").click()
    assert page.locator("img").count() == 1

    # At the client's gate: true today, and true tomorrow.
    code = Worker.objects.within(ALL).get().wallet
    for day, word in ((TODAY, "Valid"), (TODAY + timedelta(days=1), "Expired")):
        calendar.on(day)
        page.goto(f"{phone.url}/wallet/{code}/")
        assert word in page.locator(".tickets").inner_text()
    assert "Tia Doe" in phone.said()
    phone.shot("wallet-outside")


def test_a_worker_without_an_address_signs_and_shows_her_ticket(browser, phone, there, calendar):
    browser.sign_in(there.rosa)
    rosa_adds_tia_with_a_ticket(browser)
    assert Ticket.objects.within(ALL).get().file is not None
    link, pin = rosa_hands_out_the_link_and_a_pin(browser)

    tia_comes_in(phone, link, pin)
    tia_signs_a_part(phone, there)
    tia_shows_her_wallet(phone, calendar)

    # Tia leaves: her last day opens everything, the day after nothing.
    calendar.on(TODAY)
    browser.page.get_by_role("link", name="People", exact=True).first.click()
    browser.page.get_by_role("link", name="Tia Doe").click()
    browser.page.get_by_text("They leave").click()
    press(browser.page, "Keep the last day")
    phone.page.goto(f"{phone.url}/crew/mine/")
    assert "Tia Doe" in phone.said()
    calendar.on(TODAY + timedelta(days=1))
    phone.page.goto(f"{phone.url}/crew/mine/")
    assert "Tia Doe" not in phone.said()
