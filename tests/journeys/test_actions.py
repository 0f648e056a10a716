"""What an inspection finds wrong, from the phone on site to the photo of the fix and the spreadsheet for the auditor."""

import pytest
from python_calamine import CalamineWorkbook

from cards import worker_of
from cast import cast
from secor.queries import library
from secor.store.models import CorrectiveAction
from secor.store.scope import house
from secor.web import clock
from uploads import photo_with_place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL = house("the test looks at everything")
FORM = "#f-"
LINES = [choice.key for choice in library.forms()["site-inspection"].field("lines").choices]


@pytest.fixture
def there():
    made = cast()
    worker_of(made.roofing, "Rosa Field", leads=True, person=made.rosa)
    worker_of(made.roofing, "Wes Ames", person=made.wes)
    return made


def fits(page) -> bool:
    """Whether the page is no wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def she_looks_round_and_finds_a_ladder(browser):
    """On site, on the phone: eleven lines in order and one not, signed with a finger."""
    page = browser.page
    browser.open("/field/")
    page.wait_for_selector(".bigs a")
    page.get_by_role("link", name="Site inspection").click()
    page.fill(f"{FORM}site", "12 Elm Street")
    page.get_by_label("Rosa Field").check()
    for key in LINES:
        found = "not_ok" if key == "ladders" else "ok"
        page.check(f'input[name="f-lines-{key}"][value="{found}"]')
    page.get_by_label("What is wrong?").fill("=Foot of the long ladder is gone")
    page.select_option(f"{FORM}signed-who", label="Rosa Field")
    page.locator(".pad").evaluate("(pad) => pad.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = page.locator(".pad").bounding_box()
    page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 120, steps=6)
    page.mouse.up()
    press(page, "Add this signature")
    browser.shot("fix-inspection")
    page.click("#finish")
    page.wait_for_selector("main >> text=Stored")


def she_gives_it_to_wes(browser, firm):
    page = browser.page
    browser.open(f"/employer/{firm.code}/")
    assert "1 open" in browser.said()
    page.get_by_role("link", name="To fix", exact=True).click()
    browser.shot("fix-list")
    assert "No day yet" in browser.said()
    page.get_by_role("link", name="Ladders and scaffolds are sound").click()
    assert "Site inspection" in browser.said()
    browser.shot("fix-new")
    page.get_by_label("Who does it?").select_option(label="Wes Ames")
    page.get_by_label("By when?").fill("2031-01-01")
    press(page, "Keep")
    assert "within three years" in page.locator("#error-summary").inner_text()
    assert page.get_by_label("Who does it?").locator("option:checked").inner_text() == "Wes Ames", "nothing is lost"
    page.get_by_label("By when?").fill(clock.day_of(clock.now()).isoformat())
    press(page, "Keep")
    assert "Due today" in browser.said()
    assert fits(page)


def he_puts_it_right(browser, firm):
    page = browser.page
    browser.open(f"/employer/{firm.code}/")
    assert "Yours to fix" in browser.said()
    page.get_by_role("link", name="Ladders and scaffolds are sound").click()
    browser.shot("fix-his")
    assert page.get_by_role("button", name="Keep", exact=True).count() == 0
    page.get_by_label("What was done?").fill("New feet from the supplier, tried by two of us.")
    shot = {"name": "fix.jpg", "mimeType": "image/jpeg", "buffer": photo_with_place()}
    page.get_by_label("Photo of the fix").set_input_files(files=[shot])
    press(page, "It is done")
    assert "Well done." in browser.said()
    picture = page.get_by_role("img", name="Photo of the fix")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('.kept-photo').naturalWidth > 0")
    assert fits(page)
    browser.shot("fix-done")


def she_takes_the_list_home(browser, firm, folder):
    page = browser.page
    browser.open(f"/employer/{firm.code}/actions/")
    assert "Nothing is open." in browser.said()
    page.get_by_text("1 thing done").click()
    assert fits(page)
    with page.expect_download() as downloading:
        page.get_by_role("link", name="The whole list as a spreadsheet").click()
    book = folder / "list.xlsx"
    downloading.value.save_as(book)
    return CalamineWorkbook.from_path(str(book)).get_sheet_by_index(0).to_python()


def test_a_failed_line_is_given_out_put_right_with_a_photo_and_stands_in_the_spreadsheet(browser, there, tmp_path):
    firm = there.roofing
    browser.sign_in(there.rosa)
    she_looks_round_and_finds_a_ladder(browser)
    row = CorrectiveAction.objects.within(ALL).get()
    she_gives_it_to_wes(browser, firm)

    browser.sign_in(there.wes)
    he_puts_it_right(browser, firm)
    row.refresh_from_db()
    assert (row.done_by, row.proof.kind) == (there.wes, "image/jpeg")

    browser.sign_in(there.rosa)
    read = she_takes_the_list_home(browser, firm, tmp_path)
    what = "Ladders and scaffolds are sound, tied and on firm ground: =Foot of the long ladder is gone"
    (line,) = read[4:]
    assert (line[1], line[4], line[6], line[8], line[9]) == (
        what,
        "Wes Ames",
        "Done",
        "New feet from the supplier, tried by two of us.",
        "yes",
    )
    assert line[2].startswith("Site inspection, ")

    browser.open(f"/employer/{firm.code}/records/{row.record.uid}/")
    assert "To fix" in browser.said()
    assert "Done" in browser.said()

    browser.open(f"/employer/{firm.code}/numbers/")
    assert "1 thing put right in the last twelve months: too few to say." in browser.said()
    assert fits(browser.page)
    browser.shot("numbers")
