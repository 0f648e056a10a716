"""The partner's desk, page by page, as its people and strangers meet it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from certified import (
    GOOD,
    a_certificate,
    a_partner,
    a_person,
    acts,
    an_audit,
    an_employer,
    answered,
    happened,
    office,
)
from conftest import signed_in_session
from secor.core.role import RoleKind
from secor.queries.certificates import standing_of
from secor.store.models import (
    Audit,
    Certificate,
    CertificateEvent,
    CourseProof,
    Letter,
    Membership,
    Note,
    Review,
    Role,
    Version,
)
from secor.store.scope import house
from secor.usecases import consultations, notes, reviews
from secor.web import clock

TODAY = date(2024, 5, 20)
ALL = house("this test")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    day(monkeypatch, TODAY)


def day(monkeypatch, on: date) -> None:
    moment = acts(None, on).at
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def scene():
    return office()


def visitor(person, *, second_factor: bool = False) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = signed_in_session(person, second_factor=second_factor)
    return client


def said(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def at(name: str, *parts: object) -> str:
    return reverse(f"partner:{name}", args=parts)


def whole(audit: Audit) -> Audit:
    """An audit with every answer, waiting for review."""
    return answered(audit)


def test_the_queue_shows_what_waits_for_each(scene):
    audit = whole(an_audit(scene))
    Membership.objects.create(employer=an_employer("Foothills Drywall"), partner=scene.partner, asked_on=TODAY)
    CourseProof.objects.create(
        code="p1", employer=scene.employer, course="secor", holder_name="Rosa R.", taken_on=date(2024, 1, 1)
    )

    text = said(visitor(scene.pat).get(at("home")))

    assert "Waiting for a reviewer" in text
    assert scene.employer.legal_name.replace("'", "&#x27;") in text
    assert "waiting 10 days" in text
    assert "Foothills Drywall" in text
    assert "Rosa R." in text
    assert audit.code not in text


def test_an_empty_desk_says_that_nothing_waits(scene):
    assert "Nothing waits" in said(visitor(scene.regan).get(at("home")))


@pytest.mark.parametrize("name", ["home", "members", "certificates", "calendar", "letters"])
def test_nobody_but_the_partners_staff_enters(scene, name):
    assert Client().get(at(name)).status_code == 302
    for person in (scene.rosa, scene.dev):
        assert visitor(person).get(at(name)).status_code == 403


def test_another_partners_matters_do_not_exist_here(scene):
    other = a_partner("esc")
    olga = a_person("Olga", RoleKind.DECISION_MAKER, partner=other)
    Role.objects.create(person=olga, kind=RoleKind.REVIEWER, partner=other, from_on=date(2023, 1, 1))
    audit = whole(an_audit(scene))
    certificate = a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10))
    client = visitor(olga, second_factor=True)

    for address in (
        at("member", scene.employer.code),
        at("audit", audit.code),
        at("element", audit.code, 1),
        at("issue", audit.code),
        at("certificate", certificate.number),
        at("decide", certificate.number, "revoke"),
        at("propose_cancel", certificate.number),
        at("confirm_motion", certificate.number),
        at("withdraw_motion", certificate.number),
    ):
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"reason": "x"}).status_code in {404, 405}, address
    for name in ("home", "members", "certificates", "calendar"):
        assert "Rosa" not in said(client.get(at(name)))
    assert standing_of(certificate, on=TODAY).good


def test_a_registrar_takes_an_employer_in(scene):
    employer = an_employer("Foothills Drywall")
    Membership.objects.create(employer=employer, partner=scene.partner, asked_on=TODAY)
    client = visitor(scene.regan)
    assert "Take them in" in said(client.get(at("member", employer.code)))

    answer = client.post(at("approve", employer.code))

    assert (answer.status_code, answer["Location"]) == (302, at("member", employer.code))
    assert "Member since May 20, 2024" in said(client.get(at("member", employer.code)))


def test_a_refusal_without_a_reason_is_shown_where_it_was_written(scene):
    employer = an_employer("Foothills Drywall")
    Membership.objects.create(employer=employer, partner=scene.partner, asked_on=TODAY)
    client = visitor(scene.regan)

    answer = client.post(at("refuse", employer.code), {"reason": ""})
    assert answer.status_code == 422
    assert "Why?: Write why." in said(answer)
    assert client.post(at("refuse", employer.code), {"reason": "Not our trade."}).status_code == 302
    assert client.get(at("member", employer.code)).status_code == 404


def test_a_reviewer_may_look_at_a_request_and_not_answer_it(scene):
    employer = an_employer("Foothills Drywall")
    Membership.objects.create(employer=employer, partner=scene.partner, asked_on=TODAY)
    client = visitor(scene.pat)

    assert "A registrar answers this request" in said(client.get(at("member", employer.code)))
    assert client.post(at("approve", employer.code)).status_code == 403


def test_a_member_is_shown_from_all_sides(scene):
    a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10))
    an_audit(scene)
    text = said(visitor(scene.regan).get(at("member", scene.employer.code)))

    for words in ("Certification audit", "SECOR-2024-", "Valid", "No course proofs on file", "Rosa (owner)"):
        assert words in text


def test_an_employer_that_left_is_gone_and_its_certificate_stays(scene):
    certificate = a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10))
    Membership.objects.within(ALL).update(left_on=TODAY)
    client = visitor(scene.regan)

    assert client.get(at("member", scene.employer.code)).status_code == 404
    assert client.get(at("certificate", certificate.number)).status_code == 200


def test_a_course_proof_counts_once_a_registrar_says_so(scene):
    CourseProof.objects.create(
        code="p1", employer=scene.employer, course="secor", holder_name="Rosa R.", taken_on=date(2024, 1, 1)
    )
    client = visitor(scene.regan)

    answer = client.post(at("proof", "p1"), {"counts": "no"})
    assert (answer.status_code, "Say why" in said(answer)) == (422, True)
    assert client.post(at("proof", "p1"), {"counts": "yes"}).status_code == 302
    assert CourseProof.objects.within(ALL).get().accepted


def test_a_start_shows_what_the_rules_say(scene):
    audit = an_audit(scene, stage="asked", round=0, submitted_on=None, submitted_at=None)
    client = visitor(scene.regan)
    assert client.get(at("audit", audit.code))["Location"] == at("start", audit.code)
    text = said(client.get(at("start", audit.code)))

    assert "Small enough for this certificate" in text
    assert "No head-count is known on or before May 20, 2024; report one" in text
    assert "The assessor is independent" in text
    answer = client.post(at("approve_start", audit.code))
    assert (answer.status_code, "how many people you are" in said(answer)) == (422, True)
    assert client.post(at("refuse_start", audit.code), {"reason": "Report your people first."}).status_code == 302


def test_answers_stay_unseen_until_they_are_sent(scene):
    audit = whole(an_audit(scene, stage="open", round=0))
    client = visitor(scene.pat)

    assert "Its answers show here once they are sent" in said(client.get(at("audit", audit.code)))
    assert client.get(at("element", audit.code, 1)).status_code == 404
    Audit.objects.within(ALL).update(stage="returned")
    assert client.get(at("element", audit.code, 1)).status_code == 404


def test_the_bench_shows_claim_evidence_and_score_on_one_screen(scene):
    audit = whole(an_audit(scene))
    client = visitor(scene.pat)
    assert "Take it to review" in said(client.get(at("audit", audit.code)))
    assert client.post(at("claim", audit.code)).status_code == 302
    text = said(client.get(at("element", audit.code, 1)))

    for words in ("Element 1 of", "the assessor's score", "with your marks", "No evidence is attached", "Write a note"):
        assert words.replace("'", "&#x27;") in text or words in text


def test_a_reviewers_mark_stands_beside_the_assessors(scene):
    audit = whole(an_audit(scene))
    client = visitor(scene.pat)
    client.post(at("claim", audit.code))
    page = client.get(at("mark", audit.code, "2.1")).content.decode()
    sent = dict(re.findall(r'name="(q-2-1-[^"]+)" value="([^"]*)"', page))
    changed = {name: ("10" if name.endswith("-percent") else value) for name, value in sent.items()}

    answer = client.post(at("mark", audit.code, "2.1"), {**changed, "reason": ""})
    assert (answer.status_code, "Say why you mark question 2.1" in said(answer)) == (422, True)
    assert client.post(at("mark", audit.code, "2.1"), {**changed, "reason": "Only one of ten."}).status_code == 302
    text = said(client.get(at("element", audit.code, 2)))
    assert "Only one of ten." in text
    review = Review.objects.within(ALL).get()
    assert [(mark.method, mark.given) for mark in review.marks.all()] == [("D", {"percent": "10"})]
    assert client.post(at("mark", audit.code, "2.1"), {**changed, "take_back": "yes"}).status_code == 302
    assert review.marks.count() == 0


def test_notes_are_written_struck_and_refused_in_their_place(scene):
    audit = whole(an_audit(scene))
    client = visitor(scene.pat)
    client.post(at("claim", audit.code))

    answer = client.post(at("note", audit.code, "1.1"), {"kind": "must_fix", "text": ""})
    assert (answer.status_code, "Write the note." in said(answer)) == (422, True)
    client.post(at("note", audit.code, "1.1"), {"kind": "must_fix", "text": "Show the signed page."})
    assert "Show the signed page." in said(client.get(at("element", audit.code, 1)))
    note = Note.objects.within(ALL).get()
    assert client.post(at("strike", audit.code, note.code)).status_code == 302
    assert not Note.objects.within(ALL).exists()
    assert client.post(at("strike", audit.code, note.code)).status_code == 404


def test_the_review_ends_with_a_sheet_an_outcome_and_a_reason(scene):
    audit = whole(an_audit(scene))
    client = visitor(scene.pat)
    client.post(at("claim", audit.code))

    answer = client.post(at("conclude", audit.code), {"outcome": "accept", "reason": "Good.", **GOOD, "scope": ""})
    assert (answer.status_code, "Say how well this was done" in said(answer)) == (422, True)
    answer = client.post(at("conclude", audit.code), {"outcome": "accept", **GOOD})
    assert (answer.status_code, "Write why." in said(answer)) == (422, True)
    answer = client.post(at("conclude", audit.code), {"outcome": "accept", "reason": "Good.", **GOOD})
    assert answer.status_code == 302
    text = said(client.get(at("audit", audit.code)))
    assert "Accepted, and the pass mark is reached" in text
    assert "quality 100 of 100" in text
    assert "Issue the certificate" not in text


def test_an_accepted_audit_below_the_mark_says_in_words_that_nothing_is_issued(scene):
    audit = answered(an_audit(scene, passed=False, awarded=500), percent="50")
    reviews.accept(acts(scene.pat, TODAY), review=reviews.claim(acts(scene.pat, TODAY), audit=audit), quality=GOOD)

    text = said(visitor(scene.ines).get(at("audit", audit.code)))

    assert "Accepted, and below the pass mark" in text
    assert "no certificate is issued" in text
    assert "Issue the certificate" not in text
    client = visitor(scene.ines, second_factor=True)
    assert client.post(at("issue", audit.code)).status_code == 422
    assert not Certificate.objects.within(ALL).exists()


def ready(scene) -> Audit:
    audit = whole(an_audit(scene))
    pat = acts(scene.pat, TODAY)
    reviews.accept(pat, review=reviews.claim(pat, audit=audit), quality=GOOD)
    return audit


def test_issuing_wants_a_second_factor(scene):
    audit = ready(scene)
    answer = visitor(scene.ines).post(at("issue", audit.code))

    assert (answer.status_code, answer["Location"]) == (302, reverse("account:second_factor"))
    assert not Certificate.objects.within(ALL).exists()


def test_a_form_sent_twice_issues_one_certificate_and_leads_to_it_both_times(scene):
    audit = ready(scene)
    client = visitor(scene.ines, second_factor=True)
    page = client.get(at("issue", audit.code)).content.decode()
    once = re.search(r'name="once" value="([^"]+)"', page).group(1)

    first = client.post(at("issue", audit.code), {"once": once})
    second = client.post(at("issue", audit.code), {"once": once})

    certificate = Certificate.objects.within(ALL).get()
    assert first["Location"] == second["Location"] == at("certificate", certificate.number)
    assert CertificateEvent.objects.within(ALL).filter(event="certified").count() == 1
    text = said(client.get(first["Location"]))
    assert "Valid" in text
    assert "May 20, 2027" in text


@pytest.mark.parametrize("act", ["extend", "suspend", "replace", "transfer", "withdraw", "revoke"])
def test_every_decision_wants_a_second_factor_and_a_reason(scene, act):
    certificate = a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10))
    address = at("decide", certificate.number, act)

    assert visitor(scene.ines).get(address)["Location"] == reverse("account:second_factor")
    client = visitor(scene.ines, second_factor=True)
    assert client.get(address).status_code == 200
    answer = client.post(address, {"reason": ""})
    assert (answer.status_code, "Write why." in said(answer)) == (422, True)
    assert visitor(scene.regan, second_factor=True).post(address, {"reason": "x"}).status_code == 403
    assert standing_of(certificate, on=TODAY).good


def test_a_cancelled_certificate_says_since_when_and_why(scene):
    certificate = a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10))
    ola = a_person("Ola", RoleKind.DECISION_MAKER, partner=scene.partner)
    client, other = (visitor(person, second_factor=True) for person in (scene.ines, ola))
    number = certificate.number

    assert client.post(at("propose_cancel", number), {"reason": "Records were made up."}).status_code == 302
    assert other.post(at("confirm_motion", number)).status_code == 302
    text = said(client.get(at("certificate", number)))
    assert "Cancelled Since May 20, 2024" in text
    assert "Records were made up." in text
    answer = client.post(at("propose_cancel", number), {"reason": "Again."})
    assert (answer.status_code, "is cancelled since 2024-05-20" in said(answer)) == (422, True)


def test_a_cancellation_takes_two_people_each_with_a_second_factor(scene):
    certificate = a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10))
    ola = a_person("Ola", RoleKind.DECISION_MAKER, partner=scene.partner)
    number = certificate.number
    client = visitor(scene.ines, second_factor=True)
    assert client.post(at("decide", number, "cancel"), {"reason": "x"})["Location"] == at("propose_cancel", number)
    for name in ("propose_cancel", "propose_reinstate", "confirm_motion", "withdraw_motion"):
        assert visitor(scene.ines).get(at(name, number))["Location"] == reverse("account:second_factor")
    assert client.post(at("propose_cancel", number), {"reason": " "}).status_code == 422
    assert client.post(at("propose_cancel", number), {"reason": "Made up."}).status_code == 302

    for person in (scene.regan, scene.ines, ola):
        assert f"Cancel {number}" in said(visitor(person).get(at("home")))
        page = said(visitor(person).get(at("certificate", number)))
        assert ("Waiting for a second person" in page, "Made up." in page) == (True, True)
    answer = client.post(at("confirm_motion", number))
    assert (answer.status_code, "a colleague confirms it" in said(answer)) == (422, True)
    assert visitor(scene.regan, second_factor=True).post(at("confirm_motion", number)).status_code == 403
    assert standing_of(certificate, on=TODAY).good

    other = visitor(ola, second_factor=True)
    assert "Confirm and carry it out" in said(other.get(at("confirm_motion", number)))
    assert other.post(at("withdraw_motion", number)).status_code == 302
    page = said(other.get(at("certificate", number)))
    assert ("Waiting for a second person" in page, "What was proposed" in page) == (False, True)
    late = other.post(at("confirm_motion", number))
    assert (late.status_code, "confirmed or withdrawn already" in said(late)) == (422, True)
    assert standing_of(certificate, on=TODAY).good


def test_an_extension_that_is_none_is_refused_at_its_field(scene):
    certificate = a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10))
    client = visitor(scene.ines, second_factor=True)
    address = at("decide", certificate.number, "extend")

    answer = client.post(address, {"reason": "Flood.", "until": "2025-01-10"})
    assert (answer.status_code, "New last day: What is owed is due on 2025-01-10 already" in said(answer)) == (
        422,
        True,
    )
    assert client.post(address, {"reason": "Flood.", "until": "2025-02-10"}).status_code == 302
    assert "by February 10, 2025" in said(client.get(at("certificate", certificate.number)))


def test_a_lapsed_certificate_says_so_on_the_list_the_page_and_the_calendar(scene, monkeypatch):
    certificate = a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10))
    day(monkeypatch, date(2025, 1, 11))
    client = visitor(scene.regan)

    assert "Lapsed" in said(client.get(at("certificates")))
    assert "Missed: due January 10, 2025" in said(client.get(at("certificate", certificate.number)))
    assert "Overdue" in said(client.get(at("calendar")))


def test_letters_are_shown_and_nothing_can_be_done_to_them(scene):
    for nth, sent in enumerate((None, acts(None, TODAY).at)):
        Letter.objects.create(
            once=str(nth),
            to="rosa@example.ca",
            person=scene.rosa,
            employer=scene.employer,
            partner=scene.partner,
            kind="x",
            subject="Waits" if sent is None else "Went out",
            body="Words.",
            written_at=acts(None, TODAY).at,
            send_after=acts(None, TODAY).at,
            sent_at=sent,
        )
    client = visitor(scene.regan)

    assert "Went out" in said(client.get(at("letters")))
    assert "Waits" not in said(client.get(at("letters")))
    assert "Waits" in said(client.get(at("letters") + "?show=waiting"))


def test_a_stale_note_form_sent_twice_writes_one_note(scene):
    audit = whole(an_audit(scene))
    client = visitor(scene.pat)
    client.post(at("claim", audit.code))
    form = {"once": "k1", "kind": "information", "text": "Well told."}

    answers = [client.post(at("note", audit.code, "1.1"), form) for _ in range(2)]

    assert answers[0]["Location"] == answers[1]["Location"]
    assert Note.objects.within(ALL).count() == 1


def test_the_changes_between_two_sendings_are_told(scene):
    audit = whole(an_audit(scene, round=2))
    base = {"answers": {"1.1": {"D": {"met": 1, "of": 2}, "note": "One page."}}, "recommendations": {}, "evidence": []}
    better = {
        "answers": {"1.1": {"D": {"met": 2, "of": 2}, "note": "Both pages."}},
        "recommendations": {},
        "evidence": [],
    }
    for nth, frozen in enumerate((base, better), start=1):
        Version.objects.create(audit=audit, round=nth, frozen=frozen, digest="d" * 64, sent_at=acts(None, TODAY).at)
    client = visitor(scene.pat)

    text = said(client.get(at("changes", audit.code, 2)))
    assert "1.1 Documents 1 of 2 2 of 2" in text
    assert "One page. Both pages." in text
    assert client.get(at("changes", audit.code, 1)).status_code == 404


def test_the_calendar_pages_by_month_and_asks_few_questions_however_many_members(scene, django_assert_max_num_queries):
    for nth in range(60):
        employer = an_employer(f"Business {nth:02}", partner=scene.partner)
        a_certificate(
            employer, scene.partner, on=date(2023, 5, 21 + nth % 10) if nth % 2 else date(2024, 1, 10), serial=nth + 1
        )
    client = visitor(scene.regan)
    with django_assert_max_num_queries(15):
        first = client.get(at("calendar"))
    text = said(first)
    assert "May 2024" in text
    seen = set(re.findall(r"SECOR-\d+-[0-9A-Z*-]+", text))
    following = re.search(r'href="(\?[^"]+)" rel="next"', first.content.decode()).group(1).replace("&amp;", "&")
    while following:
        answer = client.get(at("calendar") + following)
        here = set(re.findall(r"SECOR-\d+-[0-9A-Z*-]+", said(answer)))
        assert not here & seen
        seen |= here
        found = re.search(r'href="(\?[^"]+)" rel="next"', answer.content.decode())
        following = found and found.group(1).replace("&amp;", "&")
    assert len(seen) == 60


def test_the_calendar_is_filtered_by_kind_and_month(scene):
    certificate = a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10), months=3)
    client = visitor(scene.regan)

    assert certificate.number in said(client.get(at("calendar") + "?kind=recertification"))
    assert certificate.number not in said(client.get(at("calendar") + "?kind=maintenance"))
    assert certificate.number in said(client.get(at("calendar") + "?from=2025-01"))
    assert certificate.number not in said(client.get(at("calendar") + "?from=2025-02"))
    assert client.get(at("calendar") + "?from=never&after=%00&kind=x").status_code == 200


def test_what_was_sent_in_time_is_not_called_lapsed(scene, monkeypatch):
    certificate = a_certificate(scene.employer, scene.partner, on=date(2024, 1, 10))
    happened(certificate, "audit_submitted", date(2025, 1, 10), kind="maintenance")
    day(monkeypatch, date(2025, 1, 20))

    text = said(visitor(scene.regan).get(at("calendar")))

    assert "Sent in time" in text
    assert "Lapsed" not in text


def test_the_reviewers_name_is_for_the_partners_people_alone(scene):
    audit = whole(an_audit(scene))
    review = reviews.claim(acts(scene.pat, TODAY), audit=audit)
    notes.note(acts(scene.pat, TODAY), review=review, question="1.1", kind="must_fix", text="Show it.")
    reviews.send_back(acts(scene.pat, TODAY), review=review, reason="One page is missing.")

    assert "Pat" in said(visitor(scene.regan).get(at("audit", audit.code)))


def test_registrars_see_who_asked_for_a_first_talk_and_nobody_else_does(scene):
    question = consultations.Question("Nia", "nia@example.ca", business="Nia's Nails", message="How <long>?")
    enquiry = consultations.ask(acts(None, TODAY), question=question)
    client = visitor(scene.regan)
    assert "1 person waits" in said(client.get(at("home")))
    page = said(client.get(at("enquiries")))
    assert "Nia" in page
    assert "nia@example.ca" in page
    for person in (scene.pat, scene.ines, scene.rosa):
        assert visitor(person).get(at("enquiries")).status_code == 403

    address = at("enquiries")
    assert client.post(address, {"do": "answer", "enquiry": "no"}).status_code == 404
    assert client.post(address, {"do": "answer", "enquiry": enquiry.code, "notes": "Called."}).status_code == 302
    assert "Answered by Regan" in said(client.get(address))
    assert client.post(address, {"do": "close", "enquiry": enquiry.code}).status_code == 302
    assert "Nobody waits" in said(client.get(address))
    assert "Nia" in said(client.get(f"{address}?show=closed"))
