"""An audit on a slow device without a signal: how soon it opens, and how soon a tap is on its disk. Prints JSON.

Chromium with a quarter of this machine's speed stands for the device. Sixty photos of a site visit wait on it.
"""

from __future__ import annotations

import json
import shutil
import statistics
import sys

from playwright.sync_api import sync_playwright

SLOWER, RUNS, PHOTOS, PHOTO = 4, 5, 60, 3_000_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
KEPT = "async () => { while (!(await caches.match('/onsite/'))) await new Promise((go) => setTimeout(go, 50)); }"
# Photos as they come from a camera lie beside those that the app made small: the worst that can wait.
LAY = """async ([code, many, size]) => {
  const base = await import('/static/onsite/base.js'), kits = await base.get('kits', 'all');
  for (let nth = 0; nth < many; nth += 1) {
    const key = `${code}|1.1|${nth}`;
    await base.keepPhoto({ key, me: kits.me, code, question: '1.1', sha256: String(nth), title: `Photo ${nth}`, refused: 'kept here for measuring' }, new ArrayBuffer(size));
  }
}"""
OPENED = "() => performance.now()"
# From the tap until the take is on the disk and the card is drawn again.
TAP = """async (box) => {
  const base = await import('/static/onsite/base.js'), before = (await base.all('takes')).length, at = performance.now();
  document.getElementById(box).click();
  const drawn = performance.now() - at;
  while ((await base.all('takes')).length === before) await new Promise((go) => setTimeout(go, 1));
  return [drawn, performance.now() - at];
}"""


def main(url: str, session: str, code: str) -> None:
    """Take an audit along, then open it and answer without a signal."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    opened, drawn, kept = [], [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        context = browser.new_context(viewport={"width": 390, "height": 844}, bypass_csp=True)
        context.add_cookies([{"name": "sessionid", "value": session, "url": url}])
        page = context.new_page()
        page.goto(f"{url}/onsite/")
        page.wait_for_selector(".rows a")
        page.evaluate("navigator.serviceWorker.ready")
        page.evaluate(KEPT)
        page.evaluate(LAY, [code, PHOTOS, PHOTO])
        context.set_offline(True)
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        for nth in range(RUNS):
            page.goto(f"{url}/onsite/?{nth}#/{code}/1/all")
            page.wait_for_selector(".ask")
            opened.append(page.evaluate(OPENED))
            for box in ("q-1.1-D-1", "q-1.1-D-2", "q-1.1-D-3"):
                screen, disk = page.evaluate(TAP, box)
                drawn.append(screen)
                kept.append(disk)
        browser.close()
    told = {"opened_ms": opened, "drawn_ms": drawn, "kept_ms": kept}
    print(json.dumps({key: [min(each), statistics.median(each), max(each)] for key, each in told.items()}))


main(*sys.argv[1:4])
