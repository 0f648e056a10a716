"""Rosa from her first question to her second certificate, through the pages, in a browser.

Enquiry, course, audit, corrections, certificate, two maintenance years, recertification: each person signs in at
their own desk, and a stranger checks the certificate after every year. Only the calendar is moved from outside.
"""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model

from conftest import DESK
from secor.core.anniversary import anniversary
from secor.store.models import Audit, Certificate, Entry
from secor.store.scope import house
from secor.usecases.act import fingerprint, written
from secor.usecases.province.cast import a_person, the_offices

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL = house("the test looks at everything")

# Fills in every question on an element's page as a good small business would, leaving the sending to a click.
FILL = """(weak) => {
  document.querySelectorAll("fieldset.method").forEach((method) => {
    method.querySelectorAll("input[type=checkbox]").forEach((box) => {
      box.checked = box.name.endsWith("-item") && weak === false && /^[0-9]+$/.test(box.value);
    });
    if (weak) method.querySelectorAll("input[type=checkbox]").forEach((box) => {
      if (/^[0-9]+$/.test(box.value)) box.checked = box.value === "1";
    });
    method.querySelectorAll("input[type=radio]").forEach((choice) => {
      if (["yes", "100", "there"].includes(choice.value)) choice.checked = true;
    });
    method.querySelectorAll("input[type=number], input[inputmode]").forEach((box) => {
      const ends = (word) => box.name.endsWith(word);
      if (ends("-of")) box.value = 10;
      else if (ends("-met")) box.value = weak ? 1 : 10;
      else if (ends("-pos")) box.value = 5;
      else if (ends("-neg")) box.value = 0;
    });
  });
  document.querySelectorAll("textarea[name$=-note]").forEach((box) => {
    box.value = "Seen on site in the binder and on the phones; the spring job was compared with the invoices.";
  });
  document.querySelectorAll("textarea[name$=-recommendation]").forEach((box) => {
    box.value = weak ? "Write it down, name one person, and look at it every month." : "";
  });
}"""


class Life:
    """The people around one browser, and the calendar they share."""

    def __init__(self, browser, monkeypatch) -> None:
        self.browser, self.page = browser, browser.page
        self.at = datetime(2026, 12, 1, 17, 0, tzinfo=UTC)
        monkeypatch.setattr("secor.web.clock.now", lambda: self.at)
        self.office = the_offices()[0]
        self.dev = self.office.auditors[0]
        self.rosa = a_person("Rosa Kowalchuk")

    def pass_days(self, days: int) -> None:
        self.at += timedelta(days=days)

    def until(self, day: date) -> None:
        self.at = datetime(day.year, day.month, day.day, 17, 0, tzinfo=UTC)

    def be(self, person) -> None:
        self.browser.sign_in(person, second_factor=True)

    def press(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("button", name=name).first.click()
        self.page.wait_for_load_state()
        trouble = self.page.locator(".error-summary")
        assert not trouble.count(), f"{self.page.url} refused: {trouble.first.inner_text()}"

    def follow(self, name: str) -> None:
        self.page.get_by_role("main").get_by_role("link", name=name).first.click()
        self.page.wait_for_load_state()

    def said(self) -> str:
        return self.browser.said()

    # --- What each of them does.

    def rosa_asks_and_registers(self) -> None:
        self.browser.open("/first-talk/")
        self.page.get_by_label("Your name").fill("Rosa Kowalchuk")
        self.page.get_by_label("How many people work there").fill("6")
        self.page.get_by_label("Write to me").check()
        self.page.locator("input[type=email]").first.fill("rosa@example.ca")
        self.press("Ask for a talk")
        assert "thanks" in self.page.url
        self.be(self.rosa)
        self.browser.open("/employer/join/")
        self.page.get_by_label("Legal name").fill("Rosa Kowalchuk Roofing Ltd.")
        self.page.get_by_label("City").fill("Red Deer")
        self.page.get_by_label("Full time").fill("4")
        self.page.get_by_label("Casual").fill("1")
        self.page.get_by_label("WCB account number").fill("4155221")
        self.press("Register the business")
        self.desk = self.page.url.removeprefix(self.browser.url)
        assert "Rosa Kowalchuk Roofing Ltd." in self.said()

    def rosa_chooses_a_partner(self) -> None:
        self.browser.open(self.desk + "partner/")
        self.press("Ask Alberta Safety Council")
        self.be(self.office.registrar)
        self.browser.open("/partner/")
        self.follow("Rosa Kowalchuk Roofing Ltd.")
        self.press("Take them in")

    def rosa_takes_the_course(self) -> None:
        self.be(self.rosa)
        self.browser.open(self.desk + "courses/")
        assert "Health and safety program building" in self.said()
        self.page.get_by_role("radio", name="Rosa Kowalchuk").check()
        self.page.get_by_label("On which day?").fill("2026-11-20")
        self.press("Add this proof")
        self.be(self.office.registrar)
        self.browser.open("/partner/")
        self.page.locator("a[href*='/proofs/']").first.click()
        self.press("It counts")

    def rosa_asks_for_the_audit(self, who: str) -> None:
        self.be(self.rosa)
        self.browser.open(self.desk + "audit/")
        self.page.get_by_label("How many months").fill("14")
        self.page.get_by_role("radio", name=who).check()
        self.press("Ask for the audit")
        self.be(self.office.registrar)
        self.browser.open("/partner/")
        self.page.locator("a[href*='/starts/']").first.click()
        self.press("Approve the start")
        self.code = Audit.objects.within(ALL).order_by("-pk").first().code

    def assess(self, person, *, weak: tuple[int, ...] = ()) -> None:
        """Declare, answer all ten elements, say on which days, and send."""
        self.be(person)
        here = f"/auditor/{self.code}/"
        self.browser.open(here + "declare/")
        self.page.get_by_label("No, nothing").check()
        self.page.get_by_label("What I have said here is true").check()
        self.press("Sign")
        for element in range(1, 11):
            self.browser.open(f"{here}element/{element}/")
            self.page.evaluate(FILL, element in weak)
            self.press("Save and go on")
        self.browser.open(here + "dates/")
        day = f"{self.at:%Y-%m-%d}"
        self.page.get_by_label("First day").fill(day)
        self.page.get_by_label("Last day").fill(day)
        self.press("Save")
        self.send()

    def send(self) -> None:
        self.browser.open(f"/auditor/{self.code}/submit/")
        assert "Still open" not in self.said(), self.said()
        self.press("Send to ASC")
        assert Audit.objects.within(ALL).get(code=self.code).stage == "submitted"

    def pat_reviews(self, *, sends_back: bool = False) -> None:
        self.be(self.office.reviewer)
        here = f"/partner/audits/{self.code}/"
        self.browser.open(here)
        self.press("Take it to review")
        if sends_back:
            self.browser.open(here + "elements/2/")
            form = self.page.locator("form[action$='/questions/2.2/note/']")
            self.page.locator("details", has=form).locator("summary").click()
            form.locator("input[value=must_fix]").check()
            form.locator("textarea").fill("Which two tasks are not on the list?")
            form.locator("button").first.click()
            self.page.wait_for_load_state()
        for settle in self.page.context.request.get(self.browser.url + here).text().split("/settle/")[:-1]:
            code = settle.rsplit("/", 1)[1]
            self.browser.open(here)
            self.page.locator(f"form[action$='{code}/settle/'] button").click()
        self.browser.open(here + "conclude/")
        for line in self.page.locator("input[type=radio][value=met]").all():
            line.check()
        self.page.locator(f"input[name=outcome][value={'send_back' if sends_back else 'accept'}]").check()
        self.page.locator("textarea[name=reason]").fill("Please see the note." if sends_back else "Done well.")
        self.press("Finish the review")

    def ines_issues(self) -> Certificate:
        self.be(self.office.decision_maker)
        self.browser.open(f"/partner/audits/{self.code}/issue/")
        self.press("Issue the certificate")
        return Certificate.objects.within(ALL).get(audit__code=self.code)

    def a_stranger_checks(self, number: str) -> str:
        self.page.context.clear_cookies()
        self.browser.open(f"/v/{number}")
        return self.said()


@pytest.mark.parametrize("browser", [DESK], indirect=True)
def test_three_years_of_one_employer(browser, monkeypatch):
    life = Life(browser, monkeypatch)

    life.rosa_asks_and_registers()
    life.rosa_chooses_a_partner()
    life.rosa_takes_the_course()
    life.rosa_asks_for_the_audit("Dev Sharma")
    life.pass_days(5)
    life.assess(life.dev)
    life.pass_days(3)
    life.pat_reviews(sends_back=True)

    # Corrections: Dev answers the note in its place and sends it again; nobody tells him who reviewed it.
    life.be(life.dev)
    browser.open(f"/auditor/{life.code}/notes/")
    assert "Which two tasks are not on the list?" in life.said()
    assert "Pat" not in life.said()
    life.page.locator("textarea[name=text]").first.fill("Both are added now, on page 4 of the list.")
    life.press("Save the answer")
    life.send()
    life.pass_days(2)
    life.pat_reviews()
    first = life.ines_issues()
    issued = first.issued_on
    assert (first.term_ends_on.year, first.term_ends_on.month) == (issued.year + 3, issued.month)
    assert "Valid" in life.a_stranger_checks(first.number)

    # Two maintenance years, assessed by Rosa herself: one on the very day, one a week before.
    for nth, early in ((1, 0), (2, 7)):
        life.until(anniversary(issued, nth) - timedelta(days=early))
        life.rosa_asks_for_the_audit("Rosa Kowalchuk")
        life.assess(life.rosa, weak=(6,))
        life.pass_days(early + 6)
        assert "Valid" in life.a_stranger_checks(first.number)
        life.pat_reviews()
        life.be(life.rosa)
        browser.open(life.desk + "certificate/")
        assert "Valid" in life.said()
        browser.shot(f"certificate-year-{nth + 1}")

    # The fourth year: audited again from outside, and a new certificate that runs from the end of the old one.
    life.until(first.term_ends_on - timedelta(days=20))
    life.rosa_asks_for_the_audit("Dev Sharma")
    life.assess(life.dev)
    life.pass_days(10)
    life.pat_reviews()
    second = life.ines_issues()
    assert second.term_ends_on.year == first.term_ends_on.year + 3
    life.until(first.term_ends_on + timedelta(days=30))
    assert "Valid" in life.a_stranger_checks(second.number)
    assert second.number in life.a_stranger_checks(first.number)

    # Every act of these years stands in the journal, chained.
    entries = list(Entry.objects.within(ALL).filter(employer=first.employer_id).order_by("place"))
    assert [entry.place for entry in entries] == list(range(1, len(entries) + 1))
    assert all(fingerprint(written(entry)) == entry.fingerprint for entry in entries)
    assert get_user_model().objects.count() > 3
