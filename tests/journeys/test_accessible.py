"""Every page in every state it can be had in: axe finds nothing, nothing is wider than the screen, one heading leads.

The pages come from the map of the site, so a page made tomorrow is looked at tomorrow. Each is drawn by the site for
somebody who may see it, as it opens and as it refuses an empty form, and handed to Chromium at its own address.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection, transaction
from django.test import Client

from addresses import routes
from cast import signed_in
from estates import crew_session, estates

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the pages are the same; SQLite has looked at them"),
]
DESKS = ("", "accounts/", "employer/", "auditor/", "partner/", "reader/", "crew/")
NARROW, PHONE, DESK = 320, 390, 1280
RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}
LOOK = """() => ({
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  culprits: [...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .slice(-2).map((each) => `${each.tagName} ${each.className}`),
  leads: document.querySelectorAll("h1").length,
  small: [...document.querySelectorAll("button, .button, input:not([type=hidden]), select, textarea")]
    .filter((each) => each.checkVisibility?.() && !each.closest("label, .skip"))
    .map((each) => [each.getBoundingClientRect(), each])
    .filter(([box]) => box.width && box.height && box.height < 23.5)
    .map(([box, each]) => `${each.tagName} ${each.className} ${each.name} ${Math.round(box.height)}px`),
})"""


@dataclass(frozen=True)
class Drawn:
    """A page as the site drew it for somebody."""

    address: str
    who: str
    method: str
    status: int
    html: str

    def __str__(self) -> str:
        return f"{self.method} {self.address} for {self.who} ({self.status})"


def drawn(desk: str, stage: str, performer: str) -> list[Drawn]:
    """Each page of a desk once for each answer it gives, by whoever is the first to get it."""
    there, estate, _ = estates(stage, performer=performer)
    clients = {"nobody": Client()}
    for name in sorted(estate.people | {"mona", "will", "vic"}):
        clients[name] = signed_in(Client(), there.people[name], second_factor=True)
    if desk == "crew/":
        clients["hand"] = crew_session(Client(), estate)
    found: dict[tuple[str, str, int], Drawn] = {}
    for route in routes():
        # The longest beginning names the desk; what no desk claims stands with the public pages.
        if max((each for each in DESKS if route.pattern.startswith(each)), key=len) != desk:
            continue
        for who, client in clients.items():
            for method in ("GET", "POST"):
                if method in route.door.methods:
                    page = _asked(client, who, method, str(route.to(estate)))
                    if page is not None:
                        found.setdefault((route.pattern, method, page.status), page)
    return list(found.values())


def _asked(client: Client, who: str, method: str, address: str) -> Drawn | None:
    with transaction.atomic():
        answer = client.get(address) if method == "GET" else client.post(address, {})
        content = b"" if answer.streaming else answer.content
        transaction.set_rollback(True)
    if not answer.headers.get("Content-Type", "").startswith("text/html") or b"<html" not in content:
        return None
    return Drawn(address, who, method, answer.status_code, content.decode())


@pytest.mark.parametrize(
    ("stage", "performer"),
    [
        ("in_review", "external_auditor"),
        pytest.param("open", "self_assessor", marks=pytest.mark.slow),
        pytest.param("returned", "external_auditor", marks=pytest.mark.slow),
        pytest.param("accepted", "external_auditor", marks=pytest.mark.slow),
    ],
)
@pytest.mark.parametrize("desk", DESKS, ids=lambda each: each.strip("/") or "public")
def test_everybody_can_use_every_page(chromium, live_server, desk, stage, performer):
    logging.disable(logging.ERROR)  # thousands of refusals are what is wanted here
    pages = drawn(desk, stage, performer)
    logging.disable(logging.NOTSET)
    assert pages
    context = chromium.new_context(viewport={"width": PHONE, "height": 844}, locale="en-CA", service_workers="block")
    page, axe, wrong = context.new_page(), Axe(), []
    for each in pages:
        address = live_server.url + each.address
        page.unroute_all()
        page.route(address, _answering(each.html))
        page.goto(address)
        wrong += [f"{each}: {told}" for told in _looked_at(page, axe)]
    context.close()

    assert wrong == [], f"{len(wrong)} things on {len(pages)} pages:\n" + "\n".join(wrong[:60])


def _answering(html: str):
    return lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8")


def _looked_at(page, axe: Axe) -> list[str]:
    found = axe.run(page, options=RULES).response["violations"]
    told = [
        f"{each['id']}: {each['help']}: {'; '.join(str(node['target'][0]) for node in each['nodes'][:3])}"
        for each in found
    ]
    for width in (DESK, NARROW, PHONE):
        page.set_viewport_size({"width": width, "height": 844})
        seen = page.evaluate(LOOK)
        if seen["wide"] > 0:
            told.append(f"wider than {width} px by {seen['wide']}: {seen['culprits']}")
        if seen["leads"] != 1:
            told.append(f"{seen['leads']} first headings")
        told += [f"at {width} px too low to hit: {each}" for each in seen["small"]]
    return told
