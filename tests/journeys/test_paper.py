"""Rosa prints a form, fills it in with a pen and photographs it. One press files it, and the forecast rises."""

from datetime import UTC, date, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from cast import cast
from pages import Shot, photographed, rendered
from secor.queries.readiness import readiness_of
from secor.store.models import Record, Site
from secor.store.scope import house
from uploads import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL = house("the test looks at everything")
TODAY = date(2026, 6, 3)
AUDIT = date(2026, 12, 31)


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: datetime(2026, 6, 3, 18, tzinfo=UTC))
    made = cast()
    Site.objects.create(employer=made.roofing, name="12 Elm Street", people=4)
    return made


def press(browser, name):
    browser.page.get_by_role("button", name=name, exact=True).click()


def fine(browser, name):
    """The page is no wider than the phone, and axe finds nothing in it."""
    browser.shot(f"paper-{name}")
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not browser.page.evaluate(wide), name
    assert [each["id"] for each in Axe().run(browser.page).response["violations"]] == [], name


def share(there):
    return readiness_of(there.roofing, on=TODAY, audit_on=AUDIT).forecast.nothing_more.share


def prints_a_form(browser) -> bytes:
    browser.open("/employer/")
    browser.page.get_by_role("link", name="Records", exact=True).click()
    browser.page.get_by_role("link", name="Print a form").click()
    browser.page.get_by_label("Which form?").select_option(label="Site inspection")
    browser.page.get_by_label("How many?").fill("0")
    press(browser, "Make the PDF")
    assert "Write 1 or more." in browser.page.locator("#error-summary").inner_text()
    browser.page.get_by_label("How many?").fill("1")
    browser.page.get_by_label("Where?").select_option(label="12 Elm Street")
    fine(browser, "print")
    with browser.page.expect_download() as download:
        press(browser, "Make the PDF")
    assert download.value.suggested_filename.endswith("site-inspection.pdf")
    return download.value.path().read_bytes()


def sends(browser, *photos: bytes):
    files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": each} for n, each in enumerate(photos)]
    browser.page.get_by_label("Photo of the page").set_input_files(files)
    press(browser, "Send the photo")


def test_a_printed_form_files_itself(browser, there, tmp_path):
    browser.sign_in(there.rosa)
    before = share(there)
    paper = prints_a_form(browser)
    first, second = (rendered(paper, tmp_path, page=number) for number in (1, 2))
    browser.page.get_by_role("link", name="files it").click()
    fine(browser, "send")

    sends(browser, photographed(first, Shot(turn=-11, tilt=0.25, blur=2, dark=0.6, shadow=0.5, noise=15)))
    assert "We found its code" in browser.said()
    assert browser.page.get_by_role("heading", level=1).inner_text() == "Site inspection"
    assert "12 Elm Street" in browser.said()
    fine(browser, "file")
    press(browser, "File it")

    assert "Filed. Its page is with your records." in browser.said()
    assert "on paper" in browser.said()
    row = Record.objects.within(ALL).get()
    assert (row.form, row.on, row.site.name, row.problems) == ("site-inspection", TODAY, "12 Elm Street", [])
    assert share(there) > before
    fine(browser, "records")

    browser.page.get_by_role("link", name="File a paper form").click()
    sends(browser, photographed(second, Shot(turn=4, shadow=0.4)))
    assert "This one is filed already" in browser.said()
    fine(browser, "filed")
    press(browser, "Add this page to the record")
    assert "Kept on paper" in browser.said()
    assert browser.page.locator("img.kept-photo").count() == 2
    fine(browser, "record")


def test_a_page_without_a_code_is_filed_by_hand(browser, there):
    browser.sign_in(there.wes)
    browser.open(f"/employer/{there.roofing.code}/records/paper/")
    press(browser, "Send the photo")
    assert "Take a photo of the page, or choose one." in browser.page.locator("#error-summary").inner_text()
    fine(browser, "nothing")
    sends(browser, photo(size=(900, 1200), colour="ivory"))
    assert "No code could be read" in browser.said()
    fine(browser, "by-hand")
    browser.page.get_by_label("Which form is it?").select_option(label="Toolbox talk")
    press(browser, "File it")
    assert "Filed." in browser.said()
    assert Record.objects.within(ALL).get().form == "toolbox-talk"
