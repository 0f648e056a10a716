"""An action plan through the pages: asked for, approved, written, sent, carried out, scored."""

from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from certified import a_certificate, acts, happened, maintained, office
from conftest import signed_in_session
from secor.store.models import Aim, Audit, CourseProof, Headcount
from secor.store.scope import house
from secor.usecases import audits, plans
from secor.web import clock

ALL = house("this test")
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    there = office("esc")
    certificate = a_certificate(there.employer, there.partner, on=date(2022, 5, 17))
    for year in (2023, 2024):
        maintained(certificate, date(year, 5, 1), date(year, 5, 10))
    happened(certificate, "audit_accepted", date(2025, 5, 10), kind="recertification", passed=True, records_months=12)
    Headcount.objects.create(employer=there.employer, on=date(2022, 1, 1), owners=1, full_time=5)
    CourseProof.objects.create(
        employer=there.employer,
        code="proof",
        course="safety-program-development",
        holder_name="Rosa",
        taken_on=date(2025, 1, 5),
        accepted=True,
    )
    return there


@pytest.fixture
def on(monkeypatch):
    def set_day(day: date) -> None:
        moment = acts(None, day).at
        monkeypatch.setattr(clock, "now", lambda: moment)

    set_day(date(2026, 1, 20))
    return set_day


def visitor(person) -> Client:
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = signed_in_session(person)
    return client


def said(answer) -> str:
    return answer.content.decode()


def test_a_plan_from_asking_to_its_score(scene, on):
    rosa, regan, pat = (visitor(person) for person in (scene.rosa, scene.regan, scene.pat))
    page = reverse("employer:plan", args=[scene.employer.code])
    audit_page = reverse("employer:audit", args=[scene.employer.code])

    assert page in said(rosa.get(audit_page))
    assert "Show everything by" in said(rosa.get(page))
    assert rosa.post(page, {"do": "ask"}).status_code == 422
    assert rosa.post(page, {"do": "ask", "who": scene.rosa.pk}).status_code == 302
    plan = Audit.objects.within(ALL).get(kind="action_plan")

    start = said(regan.get(reverse("partner:start", args=[plan.code])))
    assert "look yourself at" in start.lower()
    assert "missing" not in start.split("What the rules say today")[1].split("Your answer")[0]
    assert regan.post(reverse("partner:approve_start", args=[plan.code])).status_code == 302
    assert rosa.get(reverse("auditor:audit", args=[plan.code]))["Location"] == page
    assert rosa.get(reverse("auditor:submit", args=[plan.code])).status_code == 404
    at_partner = reverse("partner:plan", args=[plan.code])
    assert regan.get(reverse("partner:audit", args=[plan.code]))["Location"] == at_partner

    aim = {
        "do": "add",
        "objective": "Everybody ties off",
        "milestone": "Harnesses are bought",
        "deliverable": "A photo",
        "due_on": "2026-09-01",
    }
    assert rosa.post(page, aim | {"due_on": "2026-12-24"}).status_code == 422
    assert rosa.post(page, aim).status_code == 302
    assert "Everybody ties off" not in said(pat.get(at_partner))
    assert rosa.post(page, {"do": "send"}).status_code == 302
    assert "Everybody ties off" in said(pat.get(at_partner))
    assert "Roofing" in said(pat.get(reverse("partner:home")))

    code = Aim.objects.within(ALL).get().code
    assert rosa.post(page, {"do": "done", "aim": code, "told": ""}).status_code == 422
    assert rosa.post(page, {"do": "done", "aim": code, "told": "Bought four."}).status_code == 302
    assert "Bought four." in said(pat.get(at_partner))

    on(date(2026, 12, 1))
    score = reverse("partner:score_plan", args=[plan.code])
    assert regan.get(score).status_code == 403
    assert pat.get(score).status_code == 200
    assert pat.post(score, {f"percent_{code}": "101"}).status_code == 422
    assert pat.post(score, {f"percent_{code}": "80", f"remark_{code}": "Well done."}).status_code == 302
    plan.refresh_from_db()
    assert (plan.stage, plan.passed, plan.awarded) == ("accepted", True, 80)
    last = said(rosa.get(page))
    assert ("Well done." in last, "80 of 100 points" in last) == (True, True)
    assert "/papers/report/" not in said(rosa.get(audit_page))


@pytest.mark.usefixtures("on")
def test_sent_back_it_tells_why(scene):
    plan = _sent(scene)
    pat = visitor(scene.pat)
    back = reverse("partner:return_plan", args=[plan.code])
    assert pat.post(back, {"reason": ""}).status_code == 422
    assert pat.post(back, {"reason": "By whom?"}).status_code == 302
    page = said(visitor(scene.rosa).get(reverse("employer:plan", args=[scene.employer.code])))
    assert ("By whom?" in page, "Send the plan" in page) == (True, True)


@pytest.mark.usefixtures("on")
def test_a_partner_without_plans_says_so():
    there = office("asc")
    a_certificate(there.employer, there.partner, on=date(2025, 5, 17))
    page = said(visitor(there.rosa).get(reverse("employer:plan", args=[there.employer.code])))
    assert "takes no action plan" in page
    assert "Ask for a plan</button>" not in page


def _sent(scene) -> Audit:
    day = date(2026, 1, 20)
    plan = audits.ask(
        acts(scene.rosa, day),
        employer=scene.employer,
        kind="action_plan",
        performer="self_assessor",
        assessor=scene.rosa,
        records_months=0,
    )
    audits.approve_start(acts(scene.regan, day), audit=plan)
    promise = plans.Promise("Tie off", "Buy", "Photo", date(2026, 9, 1))
    plans.add_aim(acts(scene.rosa, day), plan=plan, promise=promise)
    return plans.send(acts(scene.rosa, day), plan=plan)
