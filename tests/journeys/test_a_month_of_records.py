"""A month of records on a phone, the network lost in the middle and found again: the forecast rises by what was kept."""

import re
from datetime import timedelta

import pytest

from cards import worker_of
from cast import cast
from secor.store.models import Record
from secor.store.scope import house
from secor.web import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
ALL = house("the test looks at everything")
CARDS = 8


@pytest.fixture
def crew(browser):
    there = cast()
    worker_of(there.roofing, "Rosa Field", leads=True)
    browser.sign_in(there.rosa)
    browser.page.goto(f"{browser.url}/field/")
    browser.page.wait_for_selector(".bigs a")
    browser.page.evaluate("navigator.serviceWorker.ready")
    browser.page.evaluate(
        "async () => { while (!(await caches.match('/field/'))) await new Promise((go) => setTimeout(go, 50)); }"
    )
    return there


def test_a_month_of_cards_with_the_network_lost_in_the_middle_lifts_the_forecast(browser, crew):
    page = browser.page
    before = forecast(browser, crew)
    page.goto(f"{browser.url}/field/")
    days = [clock.day_of(clock.now()) - timedelta(days=28 - 4 * nth) for nth in range(CARDS)]
    for nth, on in enumerate(days):
        page.context.set_offline(CARDS // 4 <= nth < CARDS - 2)
        if nth == CARDS // 2:
            page.reload()  # the battery was changed
        keep_a_card(page, on)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("#state.safe")

    for _ in range(100):
        if Record.objects.within(ALL).count() == CARDS:
            break
        page.wait_for_timeout(100)
    assert sorted(Record.objects.within(ALL).values_list("on", flat=True)) == days
    after = forecast(browser, crew)
    browser.shot("month-forecast")
    assert after > before


def keep_a_card(page, on):
    page.get_by_role("link", name="Site hazard card").first.click()
    page.fill("#f-site", "12 Elm Street")
    page.fill("#f-task", f"Shingles, {on:%B %d}")
    page.fill("#on", on.isoformat())
    page.get_by_role("button", name="Add a row").click()
    page.fill("#f-hazards-0-hazard", "Falling from the edge")
    page.fill("#f-hazards-0-control", "Tied on to an anchor")
    page.select_option("#f-crew-who", label="Rosa Field")
    page.locator(".pad").evaluate("(pad) => pad.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = page.locator(".pad").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 120, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Add this signature").click()
    page.click("#finish")
    page.locator("#finish").wait_for(state="detached")


def forecast(browser, there):
    """What the hazard assessments are forecast to earn, in per cent, as the owner reads it."""
    browser.open(f"/employer/{there.roofing.code}/ready/")
    said = re.search(r"2 Hazard assessment\s+([\d.]+)\s%", browser.said())
    assert said, browser.said()
    return float(said[1])
