"""A hazard card on a slow phone without a signal: from the icon to "on this phone". Prints one JSON object.

Chromium with a quarter of this machine's speed stands for the phone. Only the machine's own time counts: the script
fills in the card as fast as the page lets it.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys
import time

from playwright.sync_api import Page, sync_playwright

SLOWER = 4
RUNS = 5
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
KEPT = "async () => { while (!(await caches.match('/field/'))) await new Promise((go) => setTimeout(go, 50)); }"
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def main(url: str, session: str) -> None:
    """Open the app with a signal once, then work without one."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    paints, cards = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        page = context.new_page()
        page.goto(f"{url}/field/")
        page.wait_for_selector(".bigs a")
        page.evaluate("navigator.serviceWorker.ready")
        page.evaluate(KEPT)
        context.set_offline(True)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for nth in range(RUNS):
            at = time.perf_counter()
            page.goto(f"{url}/field/")
            page.wait_for_selector(".bigs a")
            paints.append(page.evaluate(PAINT))
            _card(page, nth)
            cards.append(time.perf_counter() - at)
        browser.close()
    print(json.dumps({"paint_ms": statistics.median(paints), "card_s": statistics.median(cards)}))


def _card(page: Page, nth: int) -> None:
    page.get_by_role("link", name="Site hazard card").click()
    page.fill("#f-site", "12 Elm Street")
    page.fill("#f-task", f"Replace shingles, row {nth}")
    page.get_by_role("button", name="Add a row").click()
    page.fill("#f-hazards-0-hazard", "Falling from the edge")
    page.fill("#f-hazards-0-control", "Tied on")
    page.select_option("#f-crew-who", index=1)
    page.locator(".pad").evaluate("(pad) => pad.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = page.locator(".pad").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 120, steps=6)
    page.mouse.up()
    page.get_by_role("button", name="Add this signature").click()
    page.click("#finish")
    page.wait_for_selector("text=On this phone")


main(sys.argv[1], sys.argv[2])
