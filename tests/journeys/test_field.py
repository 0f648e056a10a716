"""A crew's records on a phone: with a signal, without one, through a reload, and sent once."""

import gzip
import hashlib
import io
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings

from cards import worker_of
from cast import cast
from secor.store import shelf
from secor.store.models import Record, RecordPhoto
from secor.store.scope import house
from uploads import heic, photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
ALL = house("the test looks at everything")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
FORM = "#f-"


@pytest.fixture
def crew(browser):
    there = cast()
    worker_of(there.roofing, "Rosa Field", leads=True)
    worker_of(there.roofing, "Wes Ames")
    browser.sign_in(there.rosa)
    page = browser.page
    page.goto(f"{browser.url}/field/")
    page.wait_for_selector(".bigs a")
    page.evaluate("navigator.serviceWorker.ready")
    page.evaluate(
        "async () => { while (!(await caches.match('/field/'))) await new Promise((go) => setTimeout(go, 50)); }"
    )
    return there


def draw(page, name):
    page.select_option(f"{FORM}crew-who", label=name)
    page.locator(".pad").evaluate("(pad) => pad.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = page.locator(".pad").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 120, steps=6)
    page.mouse.up()
    page.get_by_role("button", name="Add this signature").click()


def fill_card(page):
    page.get_by_role("link", name="Site hazard card").click()
    page.fill(f"{FORM}site", "12 Elm Street")
    page.fill(f"{FORM}task", "Replace shingles on the north side")
    page.get_by_role("button", name="Add a row").click()
    page.fill(f"{FORM}hazards-0-hazard", "Falling from the edge")
    page.fill(f"{FORM}hazards-0-control", "Tied on")


def clean(page):
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def kept():
    return Record.objects.within(ALL)


def test_a_card_made_without_a_signal_survives_a_reload_and_is_sent_once_it_is_back(browser, crew):
    page = browser.page
    clean(page)
    browser.shot("field-home")
    page.context.set_offline(True)
    fill_card(page)
    page.wait_for_timeout(400)
    page.reload()
    page.wait_for_selector(f"{FORM}task")
    assert page.input_value(f"{FORM}task") == "Replace shingles on the north side"
    assert page.input_value(f"{FORM}hazards-0-control") == "Tied on"

    for name in ("Rosa Field", "Wes Ames"):
        draw(page, name)
    picture = photo(size=(900, 700))
    page.set_input_files(f"{FORM}photos", files=[{"name": "anchor.jpg", "mimeType": "image/jpeg", "buffer": picture}])
    page.wait_for_selector(".thumb")
    clean(page)
    browser.shot("field-card")
    page.click("#finish")
    page.wait_for_selector("text=On this phone")
    assert "1 photo, 2 signatures" in browser.said()
    assert "Keep this phone" in page.inner_text("#state")
    clean(page)
    assert not kept().exists()
    page.reload()
    page.wait_for_selector("text=1 photo, 2 signatures")

    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("#state.safe")
    row = kept().get()
    assert (row.title, row.led, row.problems) == ("Replace shingles on the north side", True, [])
    assert [each["name"] for each in row.values["crew"]] == ["Rosa Field", "Wes Ames"]
    shot = RecordPhoto.objects.within(ALL).get()
    assert shelf.place(shot.sha256).exists()
    assert "Stored" in browser.said()
    browser.shot("field-stored")

    browser.open(f"/employer/{crew.roofing.code}/records/{row.uid}/")
    assert "Falling from the edge" in browser.said()
    browser.shot("field-record")


def test_what_is_missing_is_named_and_nothing_is_kept_or_lost(browser, crew):
    page = browser.page
    page.get_by_role("link", name="Site hazard card").click()
    page.fill(f"{FORM}task", "Something")
    page.click("#finish")
    page.wait_for_selector(".error-summary:visible")
    clean(page)

    assert "Everybody who works here today" in page.inner_text(".error-summary")
    page.goto(f"{browser.url}/field/")
    page.wait_for_selector(".draft")
    page.click(".draft")
    page.wait_for_selector(f"{FORM}task")
    assert page.input_value(f"{FORM}task") == "Something"


def test_an_expired_sign_in_loses_nothing_and_says_where_to_sign_in(browser, crew):
    page = browser.page
    page.context.clear_cookies()
    fill_card(page)
    draw(page, "Wes Ames")
    page.click("#finish")
    page.wait_for_selector("main >> text=Sign in to send")
    assert not kept().exists()

    browser.sign_in(crew.rosa)
    page.goto(f"{browser.url}/field/")
    page.wait_for_selector("h2 >> text=Stored")
    assert kept().count() == 1


def test_a_line_that_breaks_in_the_middle_of_a_photo_goes_on_where_it_broke(browser, crew):
    page = browser.page
    pieces = []

    def cut(route):
        pieces.append(route.request.url)
        # The second real piece never arrives.
        route.abort() if len(pieces) == 3 else route.continue_()

    page.route("**/field/photos/**", cut)
    fill_card(page)
    draw(page, "Wes Ames")
    noise = io.BytesIO()
    from PIL import Image

    Image.effect_noise((1600, 1600), 120).convert("RGB").save(noise, "JPEG", quality=95)
    page.set_input_files(
        f"{FORM}photos", files=[{"name": "n.jpg", "mimeType": "image/jpeg", "buffer": noise.getvalue()}]
    )
    page.wait_for_selector(".thumb")
    page.click("#finish")
    page.wait_for_timeout(1500)
    assert "Keep this phone" in page.inner_text("#state")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("#state.safe")

    starts = [int(url.split("at=")[1].split("&")[0]) for url in pieces]
    assert starts[:3] == [0, 0, 262144]
    assert starts[3:5] == [0, 262144], "it asks what is there, and goes on from it"
    assert RecordPhoto.objects.within(ALL).get().file is not None
    assert kept().count() == 1


def test_an_iphones_photo_that_this_browser_cannot_draw_goes_as_it_is(browser, crew):
    page = browser.page
    picture = heic(size=(900, 700))
    fill_card(page)
    draw(page, "Wes Ames")
    files = [
        {"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": picture},
        {"name": "notes.heic", "mimeType": "image/heic", "buffer": b"no photo"},
    ]
    page.set_input_files(f"{FORM}photos", files=files)
    page.wait_for_selector("p.thumb >> text=once it is stored")
    assert "notes.heic: this photo cannot be read here" in browser.said()
    clean(page)
    browser.shot("field-heic")
    page.click("#finish")
    page.wait_for_selector("h2 >> text=Stored")

    shot = RecordPhoto.objects.within(ALL).get()
    assert (shot.sha256, shot.file.kind) == (hashlib.sha256(picture).hexdigest(), "image/heic")
    browser.open(f"/employer/{crew.roofing.code}/records/{kept().get().uid}/")
    drawn = page.locator("img.kept-photo")
    drawn.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('img.kept-photo').complete")
    assert drawn.evaluate("(image) => image.naturalWidth") == 900


def test_a_photo_that_is_refused_keeps_no_other_card_waiting(browser, crew):
    page = browser.page
    fill_card(page)
    draw(page, "Wes Ames")
    broken = heic(size=(900, 700))[:-200]
    page.set_input_files(f"{FORM}photos", files=[{"name": "broken.heic", "mimeType": "image/heic", "buffer": broken}])
    page.wait_for_selector(".thumb")
    page.click("#finish")
    page.wait_for_selector("text=damaged or not complete")
    fill_card(page)
    draw(page, "Wes Ames")
    page.click("#finish")
    page.wait_for_selector("h2 >> text=Stored")

    assert kept().count() == 2
    assert "Keep this phone" in page.inner_text("#state")


def test_the_crew_reads_it_in_french_and_what_is_kept_is_the_same(browser, crew):
    page = browser.page
    page.get_by_role("button", name="Français").click()
    page.get_by_role("link", name="Fiche des dangers du chantier").click()

    page.wait_for_selector("text=Que faisons-nous?")
    clean(page)


def test_the_script_stays_small():
    folder = Path(settings.PACKAGE) / "web" / "static" / "field"
    scripts = [path.read_bytes() for path in folder.glob("*.js")]

    assert len(scripts) == 7
    assert sum(len(gzip.compress(script)) for script in scripts) < 60_000
