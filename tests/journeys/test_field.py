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


def stored(page, many):
    """Wait until so many records are kept, and nothing of them waits on the phone."""
    for _ in range(100):
        if kept().count() == many and page.locator("#state.safe").count():
            return
        page.wait_for_timeout(100)
    raise AssertionError(page.inner_text("body"))


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


def test_a_signal_that_is_back_while_a_try_is_failing_is_not_missed(browser, crew):
    page, asked = browser.page, []

    def lost_once(route):
        asked.append(route)
        if len(asked) > 1:
            route.continue_()

    page.context.set_offline(True)
    fill_card(page)
    draw(page, "Wes Ames")
    page.click("#finish")
    page.wait_for_selector("text=On this phone")
    page.context.route("**/field/kits.json", lost_once)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    while not asked:
        page.wait_for_timeout(20)
    page.evaluate("dispatchEvent(new Event('online'))")
    asked[0].abort()

    page.wait_for_selector("#state.safe", timeout=20_000)
    assert kept().count() == 1


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

    page.get_by_role("button", name="Open it again").click()
    page.get_by_role("button", name="Take this photo out").click()
    page.click("#finish")
    stored(page, 3)
    first, _, again = kept().order_by("pk")
    assert (again.corrects, first.corrected, again.values.get("photos")) == (first.uid, True, None)


def test_a_form_that_was_only_looked_at_is_no_draft_and_drafts_are_told_apart(browser, crew):
    page = browser.page
    page.get_by_role("link", name="Toolbox talk").click()
    page.wait_for_selector("#finish")
    page.click(".brand")
    page.wait_for_selector(".bigs a")
    assert page.locator(".draft").count() == 0
    assert "Everything is stored" in page.inner_text("#state")

    fill_card(page)
    page.click(".brand")
    page.wait_for_selector(".draft")
    assert "12 Elm Street · Replace shingles on the north side" in page.inner_text(".draft")
    assert "Not finished yet: 1" in page.inner_text("#state")
    clean(page)
    browser.shot("field-draft")


def test_nothing_is_made_up_and_nothing_drawn_is_left_behind(browser, crew):
    page = browser.page
    fill_card(page)
    page.get_by_role("group", name="How likely?").get_by_text("Often").click()
    draw(page, "Wes Ames")
    page.select_option(f"{FORM}crew-who", label="Rosa Field")
    box = page.locator(".pad").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=4)
    page.mouse.up()
    page.get_by_role("button", name="Add a row").click()
    page.fill(f"{FORM}hazards-1-hazard", "Wind")
    page.fill(f"{FORM}hazards-1-control", "Stop above 40")
    page.click("#finish")
    page.wait_for_selector(".error-summary:visible")
    said = page.inner_text(".error-summary")
    assert "a signature was drawn and not added" in said
    assert said.count("How bad") + said.count("How likely") + said.count("risk") >= 1
    assert not kept().exists()

    page.get_by_role("group", name="How bad?").first.get_by_text("Days off").click()
    page.get_by_role("button", name="Add this signature").click()
    page.click("#finish")
    stored(page, 1)
    row = kept().get()
    assert row.values["hazards"][0]["risk"] == {"likelihood": 3, "severity": 2}
    assert [each["name"] for each in row.values["crew"]] == ["Wes Ames", "Rosa Field"]
    assert row.problems == []


def test_a_record_is_corrected_from_its_page_and_is_signed_again(browser, crew):
    page = browser.page
    fill_card(page)
    draw(page, "Wes Ames")
    page.click("#finish")
    stored(page, 1)
    first = kept().get()
    browser.open(f"/employer/{crew.roofing.code}/records/{first.uid}/")
    page.get_by_role("link", name="Correct this record").click()
    page.wait_for_selector(f"{FORM}task")
    assert page.input_value(f"{FORM}task") == "Replace shingles on the north side"
    assert page.locator(".signed").count() == 0
    clean(page)
    page.fill(f"{FORM}task", "Replace shingles on the south side")
    draw(page, "Rosa Field")
    page.click("#finish")
    stored(page, 2)

    second = kept().get(corrects=first.uid)
    assert kept().get(pk=first.pk).corrected
    assert (second.title, second.on) == ("Replace shingles on the south side", first.on)
    assert [each["name"] for each in second.values["crew"]] == ["Rosa Field"]
    browser.open(f"/employer/{crew.roofing.code}/records/{first.uid}/")
    assert "A correction took the place" in browser.said()
    assert "Correct this record" not in browser.said()


def test_another_business_on_the_same_phone_sees_nothing_of_what_waits(browser, crew):
    page = browser.page
    page.context.set_offline(True)
    fill_card(page)
    draw(page, "Wes Ames")
    page.click("#finish")
    page.wait_for_selector("text=1 signature")
    fill_card(page)
    page.wait_for_timeout(300)
    page.context.set_offline(False)
    browser.sign_in(crew.sam)
    page.goto(f"{browser.url}/field/")
    page.wait_for_selector("text=A record of another business waits here")
    assert "Elm Street" not in browser.said()
    assert "Site hazard card" not in page.locator("ul.rows").inner_text()
    assert page.locator(".draft").count() == 0
    assert "Keep this phone" in page.inner_text("#state")
    assert not kept().exists()

    browser.sign_in(crew.rosa)
    page.goto(f"{browser.url}/field/")
    page.wait_for_selector("#state.safe")
    page.wait_for_selector(".draft >> text=12 Elm Street")
    assert kept().get().made_by == crew.rosa


def test_a_link_to_a_form_leads_there_on_a_phone_that_knows_nothing_yet(browser, crew):
    page = browser.page
    page.evaluate("indexedDB.deleteDatabase('secor-field')")
    page.goto("about:blank")
    page.goto(f"{browser.url}/field/#/new/{crew.roofing.code}/toolbox-talk")

    page.wait_for_selector("h1 >> text=Toolbox talk")


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
