"""Dev reads what the quality rules find, says why one thing is right, puts a sentence in his own words and sends.

Pat reviews the same list and sends it back with a note; the note comes back, and is there again before the next audit.
"""

from datetime import timedelta

import pytest

from assessments import AT, Scene, fill, scene
from secor.store.models import Audit, Remark, Review, Version
from secor.store.scope import house
from secor.usecases import evidence, notes, reviews
from secor.usecases.act import Act
from secor.usecases.audits import declare
from uploads import photo, sent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL = house("the test looks at everything")


@pytest.fixture
def there(monkeypatch, settings, tmp_path) -> Scene:
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr("secor.web.clock.now", lambda: AT)
    made = scene()
    fill(made, share=0.5)
    for each in Remark.objects.within(ALL):
        text = f"We saw two of four for question {each.question} in the binder of the shop."
        Remark._base_manager.filter(pk=each.pk).update(note=text)
    upload = sent(photo(), "board.jpg")
    evidence.add(made.dev_acts(), employer=made.employer, audit=made.audit, question="1.1", upload=upload)
    return made


def test_a_report_whose_every_claim_opens_its_evidence_is_sent_and_comes_back_with_one_note(
    browser, there, monkeypatch
):
    audit = f"/auditor/{there.audit.code}"
    browser.sign_in(there.dev)
    mends_and_explains(browser, audit)
    puts_in_own_words(browser, audit)
    browser.open(f"{audit}/submit/")
    browser.page.get_by_role("button", name="Send to ASC").click()
    frozen = Version.objects.within(ALL).get().frozen
    assert frozen["edits"]["gap.1.1"]["text"] == "The policy lacks its date and its promises."
    assert {each["explanation"] for each in frozen["objections"]} == {"", "Wes is the make of the truck."}

    monkeypatch.setattr("secor.web.clock.now", lambda: AT + timedelta(days=1))
    is_reviewed(browser, there)
    browser.sign_in(there.dev)
    answers_and_sends_again(browser, audit)

    following = another_audit(there)
    browser.open(f"/auditor/{following.code}/submit/")
    assert "What reviewers told you before" in browser.said()
    assert "Say which date is missing." in browser.said()
    assert "Rosa" not in browser.said()


def mends_and_explains(browser, audit: str) -> None:
    """A recommendation is missing, which must be mended; a name under an interview is right as it is."""
    page = browser.page
    Remark._base_manager.filter(question="1.2").update(note="Wes could say two of the four promises, by the truck.")
    Remark._base_manager.filter(question="2.2").update(recommendation="")
    browser.open(f"{audit}/submit/")
    assert "Still open: 1" in browser.said()
    page.get_by_role("link", name="2.2 Write what you recommend").click()
    page.locator("#q-2-2-recommendation").fill("Assess each task once a year.")
    page.get_by_role("button", name="Save", exact=True).click()
    browser.open(f"{audit}/submit/")
    assert "Still open" not in browser.said()

    page.locator("summary", has_text="This note names somebody").click()
    assert "“Wes” is the name of somebody who works here" in browser.said()
    page.locator("details[open]").get_by_role("link", name="Say why").click()
    page.get_by_label("Why is it right as it is?").fill("Wes is the make of the truck.")
    page.get_by_role("button", name="Keep it").click()
    browser.shot("objections")


def puts_in_own_words(browser, audit: str) -> None:
    """A claim opens its evidence, and is put in other words where it stands; the evidence stays."""
    page = browser.page
    browser.open(f"{audit}/report/")
    claim = page.locator("#s-gap-1-1")
    assert "Question 1.1 earned" in claim.inner_text()
    assert claim.get_by_role("link", name="board.jpg").get_attribute("href").startswith("/files/evidence/")
    claim.get_by_role("link", name="Change").click()
    page.get_by_label("Your words").fill("The policy lacks its date and its promises.")
    page.get_by_role("button", name="Keep my words").click()
    assert "The policy lacks its date and its promises." in page.locator("#s-gap-1-1").inner_text()
    assert "board.jpg" in page.locator("#s-gap-1-1").inner_text()
    browser.shot("report")


def is_reviewed(browser, there: Scene) -> None:
    """The reviewer sees the same list with the assessor's words, and sends the audit back with one note."""
    page = browser.page
    browser.sign_in(there.pat)
    browser.open(f"/partner/audits/{there.audit.code}/")
    page.locator("summary", has_text="This note names somebody").click()
    assert "Wes is the make of the truck." in browser.said()
    page.get_by_role("button", name="Take it to review").click()
    review = Review.objects.within(ALL).get()
    act = Act(there.pat, AT + timedelta(days=1))
    notes.note(act, review=review, question="1.1", kind="must_fix", text="Say which date is missing.")
    reviews.send_back(act, review=review, reason="One note.")


def answers_and_sends_again(browser, audit: str) -> None:
    """The note is answered by changing the sentence, and what changed is told."""
    page = browser.page
    browser.open(f"{audit}/report/?change=gap.1.1#s-gap-1-1")
    page.get_by_label("Your words").fill("The policy lacks the day of its signature.")
    page.get_by_role("button", name="Keep my words").click()
    browser.open(f"{audit}/notes/")
    page.get_by_label("What you changed, or why not").fill("The report says it now.")
    page.get_by_role("button", name="Save the answer").click()
    browser.open(f"{audit}/submit/")
    page.get_by_role("button", name="Send to ASC").click()
    browser.open(f"{audit}/versions/")
    assert "The policy lacks the day of its signature." in browser.said()


def another_audit(there: Scene) -> Audit:
    """Dev's next audit, at Sam's business."""
    audit = Audit._base_manager.get(pk=there.audit.pk)
    audit.pk, audit.code, audit.employer, audit.stage = None, "following", there.sam.roles.get().employer, "open"
    audit.round, audit.submitted_at, audit.passed, audit.awarded, audit.possible = 0, None, None, None, None
    audit._state.adding = True
    audit.save(force_insert=True)
    declare(there.dev_acts(), audit=audit, ties=[], clear=True)
    return audit
