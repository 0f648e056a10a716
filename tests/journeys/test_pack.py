"""The card that was signed in March: proof of a question, and what a client may see, until Rosa takes it back."""

import subprocess
import zipfile
from datetime import UTC, date, datetime, timedelta

import pytest

from assessments import scene
from cards import act_of, card, worker_of
from secor.store.models import Evidence, Program
from secor.store.scope import house
from secor.usecases import programs, records
from secor.usecases.act import Act

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL = house("the test looks at everything")
TODAY = date(2026, 6, 20)


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: datetime(2026, 6, 20, 18, tzinfo=UTC))
    made = scene(performer="self_assessor")
    for month in range(1, 6):
        for day in (3, 10, 17):
            sent = card(on=date(2026, month, day), task=f"Roof of {month}-{day}")
            records.keep(act_of(made.rosa), employer=made.employer, sent=sent)
    worker_of(made.employer, "Wes")
    act = Act(made.rosa, datetime(2026, 6, 19, 18, tzinfo=UTC))
    programs.begin(act, employer=made.employer, trade="roofing", jobs=["shingles"], conditions=[])
    assert Program.objects.within(ALL).count() == 1
    return made


def test_a_card_is_proof_a_pack_goes_out_and_comes_back_and_everything_goes_home(browser, there, chromium):
    page = browser.page
    browser.sign_in(there.rosa)
    gives_a_sample_as_evidence(browser, there)
    secret = makes_a_pack(browser, there)
    stranger = chromium.new_context(viewport={"width": 390, "height": 844}, locale="en-CA").new_page()
    assert stranger.goto(secret).status == 200
    said = stranger.inner_text("main")
    assert there.employer.legal_name in said
    assert "This link ends after July 20, 2026" in said
    assert "Roof of" not in said
    assert stranger.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0

    browser.open(f"/employer/{there.employer.code}/packs/")
    assert "opened 1 time," in browser.said()
    page.get_by_role("button", name="Take it back").click()
    assert "The link opens nothing any more" in browser.said()
    assert stranger.goto(secret).status == 410
    assert there.employer.legal_name not in stranger.inner_text("body")
    stranger.context.close()
    prints_the_binder(browser)
    takes_everything_home(browser)


def gives_a_sample_as_evidence(browser, there):
    page = browser.page
    browser.open(f"/auditor/{there.audit.code}/element/2/")
    page.get_by_role("link", name="evidence for question 2.6").click()
    page.get_by_role("link", name="Take a sample of 6").click()
    assert page.locator("input[type=checkbox]:checked").count() == 6
    browser.shot("pack-evidence")
    page.get_by_role("button", name="Give these as evidence").click()
    assert "6 given as evidence for question 2.6" in browser.said()
    pieces = Evidence.objects.within(ALL).filter(question="2.6", record__isnull=False)
    assert len({piece.record.on.month for piece in pieces}) == 5
    browser.open(f"/auditor/{there.audit.code}/element/2/")
    assert "Site hazard card, January 3, 2026" in browser.said()


def makes_a_pack(browser, there) -> str:
    page = browser.page
    browser.open(f"/employer/{there.employer.code}/details/")
    page.get_by_role("link", name="Packs").click()
    page.get_by_label("For whom?").fill("Prairie Builders")
    page.get_by_label("Training, in numbers").check()
    page.get_by_label("Until when may they look?").fill((TODAY + timedelta(days=30)).isoformat())
    page.get_by_role("button", name="Make the link").click()
    browser.shot("pack-made")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Send or copy it").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.locator(".address a").get_attribute("href")
    return page.locator(".address a").get_attribute("href").replace("http://localhost:8000", browser.url)


def prints_the_binder(browser):
    with browser.page.expect_download() as coming:
        browser.page.get_by_role("link", name="The binder (PDF)").click()
    text = subprocess.run(["pdftotext", coming.value.path(), "-"], capture_output=True, text=True, check=True).stdout
    assert "15 in the year, 5 printed" in " ".join(text.split())
    assert text.count("Roof of") == 5


def takes_everything_home(browser):
    with browser.page.expect_download() as coming:
        browser.page.get_by_role("link", name="Take everything (ZIP)").click()
    home = zipfile.ZipFile(coming.value.path())
    assert home.testzip() is None
    assert home.read("records/records.html").decode().count("Site hazard card, 2026-") == 15
    assert len([name for name in home.namelist() if name.startswith("files/")]) == 6
