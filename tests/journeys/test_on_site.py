"""An audit on site: two auditors on their own devices without a signal, and nothing of either is lost."""

import gzip
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders

from assessments import AT, BEGAN, scene
from conftest import signed_in_session
from secor.core.role import RoleKind
from secor.core.take import SAID
from secor.queries.answers import sheet_of
from secor.queries.takes import apart_in
from secor.store.models import Answer, Audit, Evidence, Person, Role, Take
from secor.store.scope import house
from secor.usecases import declarations, teams
from secor.usecases.act import Act
from secor.web.onsite.views import FILES
from uploads import photo

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
ALL = house("the test looks at everything")
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}
SCRIPT_MOST = 60_000
# Words that a tab had in its field when it died: typed, and never left, so that nothing but `input` was heard of them.
TYPED = """([field, words]) => { const area = document.getElementById(`q-${field}`);
area.value = words; area.dispatchEvent(new Event("input", { bubbles: true })); }"""


@pytest.fixture
def there():
    made = scene()
    ann = Person.objects.create_user("ann@example.ca", name="Ann Auditor")
    Role.objects.create(person=ann, kind=RoleKind.AUDITOR, partner=made.partner, from_on=BEGAN)
    teams.ask_in(made.dev_acts(), audit=made.audit, person=ann)
    declarations.declare(Act(ann, AT), audit=made.audit, ties=[], clear=True)
    return made, ann


@pytest.fixture
def tablet(chromium, browser):
    """A second device, of the colleague."""
    context = chromium.new_context(viewport={"width": 820, "height": 1180}, locale="en-CA", reduced_motion="reduce")
    context.set_default_timeout(30_000)
    yield context.new_page()
    context.close()


def take_along(page, url):
    """Open the app once with a signal, so that it is on the device."""
    page.goto(f"{url}/onsite/")
    page.get_by_role("link", name="Rosa's Roofing").wait_for()
    page.evaluate("navigator.serviceWorker.ready")
    page.evaluate(
        "async () => { while (!(await caches.match('/onsite/'))) await new Promise((go) => setTimeout(go, 50)); }"
    )


def clean(page):
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(each["id"], each["nodes"][0]["target"]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


def back(page):
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.wait_for_selector("#state.safe")


def go(page, where):
    page.evaluate("(where) => { location.hash = where; }", where)


def test_a_day_on_site_without_a_signal_with_a_colleague(browser, tablet, there):
    made, ann = there
    page, code = browser.page, made.audit.code
    browser.sign_in(made.dev)
    take_along(page, browser.url)
    tablet.context.add_cookies([{"name": "sessionid", "value": signed_in_session(ann), "url": browser.url}])
    take_along(tablet, browser.url)
    for each in (page, tablet):
        each.context.set_offline(True)
    walk_through_the_first_element(browser, code)
    interview_a_worker(browser, code)
    go(tablet, f"#/{code}/1/D")
    tablet.fill("#q-1\\.5-D-met", "2")
    tablet.fill("#q-1\\.5-D-of", "5")
    tablet.wait_for_selector("#state.waiting")
    assert not Take.objects.within(ALL).exists()

    back(page)
    back(tablet)
    nothing_is_lost(Audit.objects.within(ALL).get())
    choose_the_first(browser, code)
    browser.open(f"/auditor/{code}/element/1/")
    assert "Signed in May" in browser.said()
    browser.shot("onsite-desk-element")
    browser.open(f"/auditor/{code}/team/")
    browser.shot("onsite-team")


def walk_through_the_first_element(browser, code):
    """Tick, count, note a point, take a photo; the tab dies in the middle of a sentence and goes on."""
    page = browser.page
    clean(page)
    browser.shot("onsite-home")
    page.get_by_role("link", name="Rosa's Roofing").click()
    page.get_by_role("heading", name="Rosa's Roofing").wait_for()
    clean(page)
    browser.shot("onsite-audit")
    go(page, f"#/{code}/1/all")
    for box in page.locator("#q-1\\.1").get_by_role("checkbox").all()[:2]:
        box.check()
    page.fill("#q-1\\.5-D-met", "4")
    page.fill("#q-1\\.5-D-of", "5")
    page.fill("#q-1\\.1-point", "Signed in May, posted in the truck")
    page.get_by_role("button", name="Add this point to question 1.1").click()
    page.get_by_text("Signed in May, posted in the truck").wait_for()
    picture = {"name": "policy.jpg", "mimeType": "image/jpeg", "buffer": photo(size=(900, 700))}
    page.set_input_files("#q-1\\.1-photo", files=[picture])
    page.get_by_text("on this device").first.wait_for()
    page.locator("#q-1\\.1 summary", has_text="Note").click()
    page.fill("#q-1\\.1-note", "Half a sentence, and the battery")
    page.wait_for_timeout(100)
    page.reload()
    page.locator("#q-1\\.1-note").wait_for()  # open, because something is written there
    assert page.input_value("#q-1\\.1-note") == "Half a sentence, and the battery"
    assert page.input_value("#q-1\\.5-D-met") == "4"
    assert "photo" in page.inner_text("#state")
    clean(page)
    browser.shot("onsite-element")
    page.locator("#q-1\\.1-note").press("End")
    page.locator("#q-1\\.1-note").type(" went.")
    page.locator("#q-1\\.1-note").blur()


def interview_a_worker(browser, code):
    page = browser.page
    go(page, f"#/{code}/talk")
    page.get_by_role("button", name="A worker").click()
    page.get_by_role("heading", name="Worker 1").wait_for()
    page.locator("#q-1\\.5").get_by_label("Positive").check()
    page.locator("#q-1\\.6").get_by_label("Negative").check()
    clean(page)
    browser.shot("onsite-interview")
    page.get_by_role("button", name="Undo").click()
    page.locator("#q-1\\.6 :checked").wait_for(state="detached")


def nothing_is_lost(audit):
    sheet = sheet_of(audit)
    assert sheet.note("1.1") == "Half a sentence, and the battery went.\nSigned in May, posted in the truck"
    assert Evidence.objects.within(ALL).get().question == "1.1"
    said = Take.objects.within(ALL).filter(part__startswith=SAID, stands=True, value__isnull=False)
    assert [(row.question, row.value["word"]) for row in said] == [("1.5", "pos")]
    assert Answer.objects.within(ALL).get(question="1.5", method="I").given == {"pos": 1, "neg": 0}
    (apart,) = apart_in(audit)
    assert [each.take.value for each in apart.takes] == [{"met": 4, "of": 5}, {"met": 2, "of": 5}]


def choose_the_first(browser, code):
    page = browser.page
    back(page)
    go(page, f"#/{code}/1/D")
    page.get_by_text("Two people answered this differently").wait_for()
    browser.shot("onsite-differs")
    clean(page)
    page.locator(".against").get_by_role("button", name="This one").first.click()
    page.locator(".against").wait_for(state="detached")
    page.wait_for_selector("#state.safe")
    for _ in range(50):
        if not apart_in(Audit.objects.within(ALL).get()):
            break
        page.wait_for_timeout(100)
    assert apart_in(Audit.objects.within(ALL).get()) == ()
    assert Answer.objects.within(ALL).get(question="1.5", method="D").given == {"met": 4, "of": 5}


def test_a_sign_in_that_ran_out_and_a_closed_audit_lose_nothing(browser, there):
    made, _ = there
    page, code = browser.page, made.audit.code
    browser.sign_in(made.dev)
    take_along(page, browser.url)
    page.context.clear_cookies()
    go(page, f"#/{code}/1/D")
    page.fill("#q-1\\.5-D-met", "3")
    page.fill("#q-1\\.5-D-of", "5")
    page.wait_for_selector("#state.waiting")
    page.evaluate("dispatchEvent(new Event('online'))")
    go(page, "#/")
    page.get_by_role("link", name="Sign in to send").wait_for()
    Audit.objects.within(ALL).update(stage="submitted")
    browser.sign_in(made.dev)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("link", name="Sign in to send").wait_for(state="detached")
    assert "Only on this device: 1 answer" in page.inner_text("#state")
    assert not Take.objects.within(ALL).exists()

    Audit.objects.within(ALL).update(stage="open")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("link", name="Rosa's Roofing").click()
    page.get_by_role("button", name="Try again").click()
    page.wait_for_selector("#state.safe")
    assert Answer.objects.within(ALL).get().given == {"met": 3, "of": 5}


def test_a_note_that_a_dead_tab_left_half_written_is_sent_without_being_touched_again(browser, there):
    made, _ = there
    page, code = browser.page, made.audit.code
    browser.sign_in(made.dev)
    take_along(page, browser.url)
    page.context.set_offline(True)
    go(page, f"#/{code}/1/all")
    more = page.locator("#q-1\\.1 summary", has_text="Note")
    more.click()
    page.evaluate("dispatchEvent(new Event('online'))")  # the page is drawn anew, and what is open stays open
    page.wait_for_timeout(200)
    assert page.locator("#q-1\\.1-note").is_visible()
    page.evaluate(TYPED, ["1.2-point", "A point not added yet"])
    page.evaluate(TYPED, ["1.1-note", "Half a sentence"])
    page.wait_for_selector("#state.waiting")
    page.reload()
    page.wait_for_selector("#state.waiting")
    assert page.locator("#q-1\\.1-note").is_visible()
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_text("Only on this device: 1 answer that is half written").wait_for()
    assert sheet_of(made.audit).note("1.1") == "Half a sentence"
    assert page.input_value("#q-1\\.2-point") == "A point not added yet"
    assert page.input_value("#q-1\\.1-note") == "Half a sentence"


def test_words_typed_while_others_are_being_kept_are_not_lost(browser, there):
    made, _ = there
    page, code = browser.page, made.audit.code
    browser.sign_in(made.dev)
    take_along(page, browser.url)
    go(page, f"#/{code}/1/all")
    page.evaluate(
        f"""() => {{ const typed = {TYPED};
        typed(["1.1-note", "The first"]); typed(["1.2-note", "The second"]);
        dispatchEvent(new Event("online"));
        typed(["1.2-note", "The second, and newer words"]); }}"""
    )
    page.get_by_text("Only on this device: 1 answer that is half written").wait_for()
    assert sheet_of(made.audit).note("1.1") == "The first"
    assert page.get_by_role("button", name="Undo").is_disabled()
    back(page)
    assert sheet_of(made.audit).note("1.2") == "The second, and newer words"


def test_what_was_half_written_for_an_audit_that_has_ended_is_shown_and_can_be_thrown_away(browser, there):
    made, _ = there
    page, code = browser.page, made.audit.code
    browser.sign_in(made.dev)
    take_along(page, browser.url)
    go(page, f"#/{code}/1/all")
    page.evaluate(TYPED, ["1.2-point", "A ladder without feet"])
    page.wait_for_selector("#state.waiting")
    Audit.objects.within(ALL).update(stage="submitted")
    page.evaluate("dispatchEvent(new Event('online'))")
    page.get_by_role("heading", name="Not sent").wait_for()
    assert page.get_by_text("A ladder without feet").is_visible()
    clean(page)
    page.get_by_role("button", name="Throw it away").click()
    page.wait_for_selector("#state.safe")
    page.reload()
    page.wait_for_selector("#state.safe")
    assert page.get_by_text("A ladder without feet").count() == 0


def test_a_tap_is_on_the_device_and_the_app_is_small(browser, there):
    made, _ = there
    page, code = browser.page, made.audit.code
    browser.sign_in(made.dev)
    take_along(page, browser.url)
    page.context.set_offline(True)
    slow = page.context.new_cdp_session(page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    go(page, f"#/{code}/1/D")
    page.locator("#q-1\\.1").get_by_role("checkbox").first.check()
    page.wait_for_selector("#state.waiting")
    assert page.locator("#q-1\\.1").get_by_role("checkbox").first.is_checked()
    scripts = [Path(str(finders.find(name))) for name in FILES if name.endswith(".js")]
    assert sum(len(gzip.compress(each.read_bytes())) for each in scripts) < SCRIPT_MOST
