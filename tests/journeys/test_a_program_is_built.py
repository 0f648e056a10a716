"""Priya has four electricians, a phone and no program. Five minutes later she has one; her crew reads it on her phone."""

import subprocess
from datetime import date

import pytest

from cast import cast, signed_in
from secor.queries import library
from secor.queries.programs import parts_of
from secor.store.models import Employer, Headcount, PartReading, Worker
from secor.store.scope import house
from secor.web import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL = house("the test looks at everything")
CREW = ("Kofi Mensah", "Lise Tremblay", "Dan Chartrand", "Wes Doe")


@pytest.fixture
def there():
    """Rosa's business does electrical work here, with an owner and four."""
    made = cast()
    Employer._base_manager.filter(pk=made.roofing.pk).update(
        legal_name="Aspen Ridge Electric Ltd.", trade="Electrical", city="Airdrie", phone="403-555-0160"
    )
    Headcount._base_manager.filter(employer=made.roofing).update(owners=1, full_time=4)
    for name in CREW:
        person = made.wes if name.startswith("Wes") else None
        Worker.objects.create(employer=made.roofing, name=name, began_on=date(2024, 1, 8), person=person)
    made.roofing.refresh_from_db()
    return made


def press(page, name):
    page.get_by_role("button", name=name).click()


def wide(page) -> bool:
    """Whether the page is wider than the phone."""
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def she_builds_it(browser, firm):
    page = browser.page
    # From nothing: the empty program invites, and her trade stands first because it is on file.
    browser.open(f"/employer/{firm.code}/")
    page.get_by_role("link", name="Program", exact=True).click()
    assert "Written in five minutes" in browser.said()
    page.get_by_role("link", name="Begin").click()
    first = page.locator("button.trade").first
    assert "Electrical" in first.inner_text()
    browser.shot("program-trade")
    first.click()
    for job in ("Service calls and repairs", "Panels and service changes", "Lighting and work at height"):
        page.get_by_label(job).check()
    browser.shot("program-jobs")
    press(page, "Keep and go on")

    # One question forgotten is told at its place, and nothing is lost.
    answers = {"Does anybody ever work alone?": "Yes", "Does anybody drive for the work?": "Yes"}
    asked = page.locator("fieldset").all()
    assert asked[0].get_by_label("Yes", exact=True).is_checked(), "the head-count knows of her four"
    for each in asked[1:-1]:
        each.get_by_label(answers.get(each.locator("legend").inner_text(), "No"), exact=True).check()
    press(page, "Keep and go on")
    assert "Say yes or no." in page.locator("#error-summary").inner_text()
    page.locator("fieldset").last.get_by_label("No", exact=True).check()
    press(page, "Keep and go on")

    assert page.get_by_label("What is the business called?").input_value() == "Aspen Ridge Electric Ltd."
    page.get_by_label("Which hospital is nearest to you?").fill("Airdrie Urgent Care")
    press(page, "Keep and go on")
    assert "What you told us" in browser.said()
    assert not wide(page)
    browser.shot("program-review")
    press(page, "Write my program")

    parts = parts_of(firm, on=clock.day_of(clock.now()))
    assert len(parts) >= 18, [now.row.title for now in parts]
    assert f"{len(parts)} parts wait for a signature." in browser.said()
    assert not wide(page)
    browser.shot("program-overview")

    # Each part says what an auditor finds in it; every part of the library that stands is there.
    known = {part.key for part in library.parts()}
    assert {now.row.key for now in parts} <= known
    assert any(now.questions for now in parts)
    return parts


def she_changes_and_signs_a_part(browser):
    page = browser.page
    # She changes the policy, looks at the difference first, and signs it.
    page.get_by_role("link", name="Health and safety policy").click()
    assert "Aspen Ridge Electric Ltd." in page.locator(".prose").inner_text()
    page.get_by_role("link", name="Change the text").click()
    text = page.get_by_label("What this part says")
    text.fill(text.input_value() + "\nNobody works on a live panel. **Not once.**\n")
    press(page, "See what changes")
    assert "Nobody works on a live panel. Not once." in page.locator(".difference ins").inner_text()
    assert not wide(page)
    browser.shot("program-difference")
    page.get_by_label("What changed, and why?").fill("After the toolbox talk")
    press(page, "Keep this text")
    page.get_by_label("Type your name to sign").fill("Rosa")
    page.get_by_label("I have read it").check()
    press(page, "Sign this part")
    assert "is in force from today" in browser.said()
    browser.shot("program-part")


def draw(page):
    """A name on the glass."""
    glass = page.locator(".glass .pad")
    glass.evaluate("(pad) => pad.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = glass.bounding_box()
    page.mouse.move(box["x"] + 40, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 90, steps=5)
    page.mouse.up()


def she_signs_the_rest_and_passes_the_phone(browser, there, parts):
    page = browser.page
    # The rest at once; then the phone goes to Kofi, who is led from part to part.
    page.get_by_role("link", name="Back to your program").click()
    page.get_by_text("I have read them all, and want to sign").click()
    page.get_by_label("Type your name to sign").fill("Rosa")
    page.get_by_label("I have read it").check()
    press(page, f"Sign {len(parts) - 1} parts")
    assert f"Read by 0 of {len(CREW)}" in browser.said()
    page.get_by_role("link", name="Hand over the phone to Kofi Mensah").click()
    assert "Kofi Mensah, sign" in browser.said()
    page.get_by_label("Type your name to sign").fill("Kofi")
    page.get_by_label("I have read this").check()
    press(page, "Sign that I read it")
    assert "as it stands on the list: Kofi Mensah" in page.locator("#error-summary").inner_text()
    page.get_by_label("Type your name to sign").fill("kofi mensah")
    press(page, "Sign that I read it")
    assert f"Here is the next part; {len(parts) - 1} to go" in browser.said()
    assert not wide(page)
    browser.shot("program-read")
    reading = PartReading.objects.within(ALL).select_related("worker", "version").get()
    assert (reading.worker.name, reading.version.number, reading.witness) == ("Kofi Mensah", 2, there.rosa)


def wes_reads_on_his_own_phone(browser, there, parts):
    page, firm = browser.page, there.roofing
    # Wes has an account: he reads and signs on his own phone, and sees nothing to change.
    browser.open(f"/employer/{firm.code}/")
    page.get_by_role("link", name="Read how we work safely").click()
    assert f"{len(parts)} parts for you to read and sign" in browser.said()
    page.get_by_role("link", name="Health and safety policy").click()
    page.get_by_label("Type your name to sign").fill("Wes Doe")
    page.get_by_label("I have read this").check()
    draw(page)
    browser.shot("program-glass")
    press(page, "Sign that I read it")
    drawn = PartReading.objects.within(ALL).get(worker__name="Wes Doe").strokes
    assert len(drawn) == 1 and len(drawn[0]) > 4
    assert page.get_by_role("button", name="Keep this text").count() == 0


def she_takes_the_manual_home(browser, there, folder):
    page, firm = browser.page, there.roofing
    # What she takes home: the manual, with the changed policy, her signature and the list of versions.
    browser.open(f"/employer/{firm.code}/program/")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Manual as PDF").click()
    manual = folder / "manual.pdf"
    downloading.value.save_as(manual)
    assert downloading.value.suggested_filename.endswith("-aspen-ridge-electric-ltd-program.pdf")
    said = subprocess.run(["pdftotext", "-layout", manual, "-"], capture_output=True, text=True, check=True).stdout
    assert "Nobody works on a live panel. Not once." in said
    assert "Version 2, in force since" in said
    assert "After the toolbox talk" in said
    assert "Airdrie Urgent Care" in said
    assert "All parts are signed and in force." in said


def test_a_program_is_built_changed_signed_read_and_taken_home(browser, there, client, tmp_path):
    firm = there.roofing
    browser.sign_in(there.rosa)
    parts = she_builds_it(browser, firm)
    she_changes_and_signs_a_part(browser)
    she_signs_the_rest_and_passes_the_phone(browser, there, parts)

    browser.sign_in(there.wes)
    wes_reads_on_his_own_phone(browser, there, parts)

    browser.sign_in(there.rosa)
    she_takes_the_manual_home(browser, there, tmp_path)
    assert signed_in(client, there.sam).get(f"/papers/program/{firm.code}.pdf").status_code == 404
