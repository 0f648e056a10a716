"""Who is told of an act, in words that give nothing private away, and led to a page that is there."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import resolve

from assessments import AT, Scene, fill, scene
from certified import GOOD, a_certificate, a_person
from secor.core.role import RoleKind
from secor.post import letters, sender
from secor.post.mailings import MAILINGS
from secor.queries.letters import entries_without_letters
from secor.store.models import Employer, Entry, ExtensionRequest, Letter, Person
from secor.usecases import consultations, reviews, submission
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=1)
SRC = Path(letters.__file__).parents[1]


def told(act: str, there: Scene, *, by: Person | None = None, subject: str | None = None, **detail) -> dict[str, str]:
    """Enter an act, and give the letters that follow: address to subject."""
    about = there.audit.code if subject is None else subject
    Act(by, AT).enter(act, employer=there.employer, partner=there.partner, subject=about, **detail)
    return {draft.to: draft.subject for draft in letters.following(Entry._base_manager.latest("pk"))}


def everybody(there: Scene) -> Scene:
    for name, kind in (("regan", RoleKind.REGISTRAR), ("ines", RoleKind.DECISION_MAKER)):
        a_person(name, kind, partner=there.partner)
    return there


def posted() -> dict[str, set[str]]:
    """Write what is waiting; give the addresses by act."""
    Letter.objects.all().delete()
    sender.write(at=LATER)
    by_act: dict[str, set[str]] = {}
    for letter in Letter.objects.all():
        by_act.setdefault(letter.kind, set()).add(letter.to.split("@")[0])
    return by_act


@pytest.mark.parametrize(
    ("act", "readers"),
    [
        ("partner.asked", {"regan"}),
        ("member.approved", {"rosa"}),
        ("member.refused", {"rosa"}),
        ("partner.left", {"regan"}),
        ("motion.proposed", {"ines"}),
        ("headcount.corrected", set()),  # only one that took an eleventh person back
        ("course.added", {"regan"}),
        ("course.checked", {"rosa"}),
        ("audit.asked", {"regan"}),
        ("audit.start_approved", {"dev", "rosa"}),
        ("audit.start_refused", {"dev", "rosa"}),
        ("audit.conflict_declared", {"rosa"}),
        ("audit.withdrawn", {"dev", "rosa", "regan"}),
        ("audit.submitted", {"pat", "dev", "rosa"}),
        ("audit.taken_back", {"rosa"}),
        ("review.sent_back", {"dev", "rosa"}),
        ("audit.rejected", {"dev", "rosa"}),
        ("certificate.issued", {"rosa"}),
        ("certificate.suspended", {"rosa"}),
        ("certificate.reinstated", {"rosa"}),
        ("certificate.extended", {"rosa"}),
        ("certificate.cancelled", {"rosa"}),
        ("certificate.revoked", {"rosa"}),
        ("certificate.withdrawn", {"rosa"}),
        ("certificate.replaced", {"rosa"}),
        ("certificate.transferred", {"rosa"}),
        ("answers.recorded", set()),
        ("review.claimed", set()),
        ("review.noted", set()),
    ],
)
def test_each_act_is_told_to_those_it_concerns_and_to_nobody_else(act, readers):
    there = everybody(scene())

    assert set(told(act, there)) == {f"{name}@example.ca" for name in readers}


@pytest.mark.parametrize(
    ("kind", "passed", "decides"),
    [
        ("certification", True, True),
        ("recertification", True, True),
        ("maintenance", True, False),
        ("certification", False, False),
    ],
)
def test_a_decision_maker_is_told_only_where_there_is_something_to_decide(kind, passed, decides):
    there = everybody(scene())
    there.audit.kind = kind
    there.audit.save(update_fields=["kind"])

    readers = {"dev@example.ca", "rosa@example.ca"} | ({"ines@example.ca"} if decides else set())
    assert set(told("audit.accepted", there, passed=passed)) == readers


def test_nobody_is_told_what_they_did_themselves():
    there = scene()

    assert set(told("audit.start_approved", there, by=there.rosa)) == {"dev@example.ca"}


def test_an_owner_who_does_the_audit_gets_one_letter_which_leads_to_the_questions():
    there = scene(performer="self_assessor")
    Act(None, AT).enter(
        "audit.start_approved", employer=there.employer, partner=there.partner, subject=there.audit.code
    )
    drafts = list(letters.following(Entry._base_manager.latest("pk")))

    assert [draft.to for draft in drafts] == ["rosa@example.ca"]
    assert f"/auditor/{there.audit.code}/" in drafts[0].body


def test_a_person_whose_role_ended_or_whose_account_is_closed_gets_no_letter():
    there = everybody(scene())
    there.rosa.roles.update(until_on=AT.date() - timedelta(days=1))
    there.dev.is_active = False
    there.dev.save(update_fields=["is_active"])

    assert told("audit.start_approved", there) == {}
    there.rosa.roles.update(until_on=AT.date())
    assert set(told("audit.start_approved", there)) == {"rosa@example.ca"}


@pytest.mark.parametrize("act", ["person.invited", "role.given", "role.taken"])
def test_a_person_is_told_of_a_role(act):
    there = scene()

    assert set(told(act, there, by=there.rosa, subject=str(there.wes.pk))) == {"wes@example.ca"}
    assert told(act, there, subject="999999") == {}


@pytest.mark.parametrize("act", ["auditor.certified", "auditor.renewed", "auditor.ended", "role.given"])
def test_a_letter_about_a_role_with_a_partner_names_the_partner_and_leaves_no_hole(act):
    there = scene()
    Act(None, AT).enter(act, partner=there.partner, subject=str(there.dev.pk))
    (draft,) = letters.following(Entry._base_manager.latest("pk"))
    assert draft.to == there.dev.email
    assert there.partner.name in draft.subject
    assert there.partner.name in draft.body


def more_time(there):
    """The code of a request for more time that the auditor made."""
    certificate = a_certificate(there.employer, there.partner)
    days = {"due_on": AT.date(), "until": AT.date() + timedelta(days=30), "asked_at": AT}
    asked = {"employer": there.employer, "certificate": certificate, "asked_by": there.dev, "reason": "A flood."}
    return ExtensionRequest.objects.create(**asked, **days).code


@pytest.mark.parametrize("act", MAILINGS)
def test_every_letter_leads_to_a_page_and_is_filled_in(act):
    there = everybody(scene())
    about = str(there.wes.pk) if act.split(".")[0] in {"person", "role", "auditor"} else there.audit.code
    about = more_time(there) if act.startswith("extension.") else about
    facts = {"passed": True, "taken_back": 11, "to_check": True}
    Act(None, AT).enter(act, employer=there.employer, partner=there.partner, subject=about, **facts)
    drafts = list(letters.following(Entry._base_manager.latest("pk")))

    assert drafts
    for draft in drafts:
        address = draft.body.splitlines()[-1]
        assert address.startswith("http")
        resolve(re.sub(r"^https?://[^/]+", "", address))
        assert not re.search(r"[{}]", draft.subject + draft.body)


@pytest.mark.parametrize("act", MAILINGS)
def test_every_act_that_is_told_of_is_an_act_that_is_done(act):
    whole = "\n".join(path.read_text() for path in (SRC / "usecases").rglob("*.py"))
    first, last = act.split(".")
    spoken = f'"{act}"' in whole
    # Decisions about a certificate are entered by the name of their event, and new numbers by the way they came about.
    named = first == "certificate" and f'"{last}"' in whole + (SRC / "core" / "event.py").read_text()
    assert spoken or named


def test_no_letter_tells_marks_notes_or_the_reviewers_name():
    there = everybody(scene())
    there.pat.name = "Patricia Reviewer"
    there.pat.save(update_fields=["name"])
    fill(there)
    submission.submit(there.dev_acts(), audit=there.audit)
    review = reviews.claim(Act(there.pat, LATER), audit=there.audit)
    assert posted()["audit.submitted"] == {"pat", "rosa"}
    reviews.send_back(Act(there.pat, LATER), review=review, reason="A secret reason.")
    assert posted() == {"review.sent_back": {"dev", "rosa"}}
    words = "".join(letter.subject + letter.body for letter in Letter.objects.all())

    for secret in ("Patricia", "secret", "points", "1000", "%"):
        assert secret not in words


def test_an_acceptance_is_told_to_both_sides_and_to_who_decides():
    there = everybody(scene())
    fill(there)
    submission.submit(there.dev_acts(), audit=there.audit)
    reviews.accept(Act(there.pat, LATER), review=reviews.claim(Act(there.pat, LATER), audit=there.audit), quality=GOOD)

    assert posted()["audit.accepted"] == {"dev", "rosa", "ines"}


def test_a_name_with_a_line_break_or_braces_stays_a_name():
    there = scene()
    Employer._base_manager.filter(pk=there.employer.pk).update(legal_name="A\nBcc: x@y.z {partner} " + "W" * 170)
    (subject,) = told("audit.start_approved", there, by=there.rosa).values()

    assert "\n" not in subject
    assert "{partner}" in subject
    assert len(subject) <= 200


def test_an_enquirer_and_the_house_are_told_of_an_enquiry(settings):
    settings.HELP_EMAIL = "help@secor.example"
    question = consultations.Question(name="Uma", email="uma@example.ca", phone="780", message="How long?")
    consultations.ask(Act(None, AT), question=question)
    sender.write(at=AT)

    written = {letter.to: letter for letter in Letter.objects.all()}
    assert set(written) == {"uma@example.ca", "help@secor.example"}
    assert "call you" in written["uma@example.ca"].body
    assert "Uma" not in written["uma@example.ca"].body
    assert "How long?" in written["help@secor.example"].body
    assert "Business" not in written["help@secor.example"].body


def test_an_enquiry_without_a_house_address_is_still_answered(settings):
    settings.HELP_EMAIL = ""
    consultations.ask(Act(None, AT), question=consultations.Question(name="Uma", email="uma@example.ca"))
    sender.write(at=AT)

    assert [letter.to for letter in Letter.objects.all()] == ["uma@example.ca"]
    assert "write to you" in Letter.objects.get().body


def test_an_act_is_told_of_once_however_often_letters_are_written():
    there = scene()
    told("audit.start_approved", there)

    assert sender.write(at=AT) == 2
    assert sender.write(at=AT) == 0
    Entry._base_manager.update(letters_written=False)
    assert sender.write(at=AT) == 0
    assert Letter.objects.count() == 2
    assert entries_without_letters(most=10) == []
