"""Dev once wrote Rosa's safety manual. The site lets him say so, tells him why he may not judge it, and what to do."""

import pytest

from assessments import AT, Scene, scene
from conftest import signed_in_session
from secor.store.models import Answer, Audit, Tie
from secor.store.scope import house
from secor.usecases.audits import declare

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL = house("the test looks at everything")


@pytest.fixture
def there(monkeypatch) -> Scene:
    monkeypatch.setattr("secor.web.clock.now", lambda: AT)
    return scene(declared=False)


def test_an_auditor_with_a_conflict_is_told_why_and_what_to_do(browser, there):
    page = browser.page
    browser.sign_in(there.dev)

    browser.open("/auditor/")
    page.get_by_role("link", name="Rosa's Roofing Ltd.").click()
    assert "Before the first answer, say whether anything ties you" in browser.said()

    # Until he has declared, no question can be answered.
    page.get_by_role("link", name="1 Leadership and commitment").click()
    assert page.locator("#q-1-1-note").is_disabled()
    page.get_by_role("link", name="Declare your independence").click()

    # A form that is only half filled in says what is missing, in its place.
    page.get_by_label("Yes, or I am not sure").check()
    page.get_by_role("button", name="Sign", exact=True).click()
    assert "Say what ties you to this business." in page.locator("#error-summary").inner_text()
    assert page.get_by_label("Yes, or I am not sure").is_checked()

    page.get_by_label("I helped to build or write its health and safety program").check()
    page.get_by_label("Since when?").fill("2015-03-01")
    page.get_by_label("Until when?").fill("2015-09-30")
    page.get_by_label("What I have said here is true").check()
    page.get_by_role("button", name="Sign", exact=True).click()

    said = browser.said()
    browser.shot("conflict")
    assert "You cannot do this audit" in said
    assert "helped to build the health and safety program until September 30, 2015" in said
    assert "choose another auditor" in said
    assert Tie.objects.within(ALL).get().person == there.dev

    # The way out is there, and nothing was answered.
    page.get_by_role("link", name="Give this audit up").click()
    page.get_by_label("Why?").fill("I wrote their manual in 2015.")
    page.get_by_role("button", name="Give it up").click()
    assert "This audit was given up" in browser.said()
    assert Audit.objects.within(ALL).get().stage == "withdrawn"
    assert not Answer.objects.within(ALL).exists()


def test_a_question_saves_itself_and_two_tabs_lose_nothing(browser, there):
    declared(there)
    page = browser.page
    browser.sign_in(there.dev)
    address = f"/auditor/{there.audit.code}/element/1/"
    browser.open(address)
    other = page.context.new_page()
    other.goto(browser.url + address)

    with page.expect_response("**/element/1/"):
        page.locator("#q-1-1-D-item-1").check()
    page.locator("#q-1-1-state", has_text="4 of 20").wait_for()
    assert Answer.objects.within(ALL).get().given["met"] == 1
    assert "4 of 1000" in page.locator("#running").inner_text()

    with other.expect_response("**/element/1/") as answered:
        other.locator("#q-1-1-D-item-2").check()
    assert answered.value.status == 422
    other.locator("#q-1-1-troubles", has_text="Kept now: 1 of 5").wait_for()
    assert other.locator("#q-1-1-D-item-2").is_checked()
    assert Answer.objects.within(ALL).get().given["met"] == 1

    # Saving once more, knowing both, keeps the second tab's.
    with other.expect_response("**/element/1/") as again:
        other.locator("#q-1-1-D-item-3").check()
    assert again.value.status == 200
    assert Answer.objects.within(ALL).get().given["met"] == 2


def test_the_page_works_without_script(chromium, live_server, there):
    declared(there)
    context = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    context.add_cookies([{"name": "sessionid", "value": signed_in_session(there.dev), "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/auditor/{there.audit.code}/element/1/")
    page.locator("#q-1-1-D-item-1").check()
    page.locator("#q-1-1-note").fill("One of five.")
    page.locator("#q-1-2-I-pos").fill("3")
    page.get_by_role("button", name="Save and go on").click()

    assert page.url.endswith("/element/2/")
    assert Answer.objects.within(ALL).count() == 2
    context.close()


def declared(there: Scene) -> None:
    declare(there.dev_acts(), audit=there.audit, ties=[], clear=True)
