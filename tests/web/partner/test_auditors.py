"""The partner's register of auditors, as registrars, reviewers and strangers meet it."""

import re
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.core import mail
from django.urls import reverse

from certified import a_partner, a_person, acts, an_audit, office
from conftest import signed_in_session
from secor.core.role import RoleKind
from secor.post import sender
from secor.store.models import Audit, Matter, Role
from secor.store.scope import house
from secor.web import clock

TODAY = date(2024, 5, 20)
ALL = house("this test")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    moment = acts(None, TODAY).at
    monkeypatch.setattr(clock, "now", lambda: moment)


@pytest.fixture
def scene():
    return office()


def signed_in(client, person):
    client.cookies[settings.SESSION_COOKIE_NAME] = signed_in_session(person)
    return client


def role_of(scene) -> Role:
    return Role.objects.get(person=scene.dev)


def new(**more):
    given = {
        "email": "ana@example.ca",
        "name": "Ana Auditor",
        "number": "A-17",
        "from_on": "2024-05-20",
        "until_on": "",
    }
    return given | more


def test_a_registrar_enters_an_auditor_who_gets_a_letter_and_stands_in_the_register(scene, client):
    signed_in(client, scene.regan)
    address = reverse("partner:certify")
    partner = re.search(r'name="partner" value="(\w+)"', client.get(address).content.decode())[1]
    assert client.post(address, new(partner=partner, email="nobody")).status_code == 422
    answer = client.post(address, new(partner=partner))
    made = Role.objects.get(person__email="ana@example.ca")
    assert answer.headers["Location"] == reverse("partner:auditor", args=[made.pk])
    assert client.post(address, new(partner=partner, until_on="2024-12-31")).status_code == 422
    text = client.get(reverse("partner:auditors")).content.decode()
    assert "A-17" in text
    assert "Dev" in text
    assert "Nobody by that name" in client.get(reverse("partner:auditors"), {"q": "zzz"}).content.decode()
    sender.once(at=acts(None, TODAY).at)
    assert [each.subject for each in mail.outbox if each.to == ["ana@example.ca"]] == [
        "Alberta Safety Council has entered you as its auditor"
    ]


def test_reviewers_look_and_change_nothing_and_other_partners_see_nothing(scene, client):
    role, audit = role_of(scene), an_audit(scene, stage="open")
    signed_in(client, scene.pat)
    assert client.get(reverse("partner:auditors")).status_code == 200
    assert "Renew" not in client.get(reverse("partner:auditor", args=[role.pk])).content.decode()
    changing = [
        reverse("partner:certify"),
        reverse("partner:renew_auditor", args=[role.pk]),
        reverse("partner:end_auditor", args=[role.pk]),
        reverse("partner:hand_over", args=[audit.code]),
    ]
    for each in changing:
        assert client.get(each).status_code == 403
    stranger = a_person("Carol", RoleKind.REGISTRAR, partner=a_partner("esc"))
    signed_in(client, stranger)
    assert "Dev" not in client.get(reverse("partner:auditors")).content.decode()
    for each in [*changing[1:], reverse("partner:auditor", args=[role.pk])]:
        assert client.get(each).status_code == 404


def test_a_complaint_is_kept_shown_and_closed_with_what_came_of_it(scene, client):
    address = reverse("partner:auditor", args=[role_of(scene).pk])
    signed_in(client, scene.pat)
    assert client.post(address, {"do": "keep", "kind": "complaint", "text": ""}).status_code == 422
    assert client.post(address, {"do": "keep", "kind": "complaint", "text": "Came <late>."}).status_code == 302
    text = client.get(address).content.decode()
    assert "Came &lt;late&gt;." in text
    assert "Open matter" in client.get(reverse("partner:auditors")).content.decode()
    matter = Matter.objects.within(ALL).get()
    refused = client.post(address, {"do": "close", "matter": matter.code, "outcome": " "})
    assert refused.status_code == 422
    assert "Write what came of it" in refused.content.decode()
    assert client.post(address, {"do": "close", "matter": "nothing", "outcome": "x"}).status_code == 404
    assert client.post(address, {"do": "close", "matter": matter.code, "outcome": "Agreed."}).status_code == 302
    assert "Agreed." in client.get(address).content.decode()


def test_whoever_is_both_staff_and_auditor_reads_nothing_about_themselves(scene, client):
    role = role_of(scene)
    Role.objects.create(person=scene.dev, kind=RoleKind.REGISTRAR, partner=scene.partner, from_on=TODAY)
    Matter.objects.within(ALL).create(role=role, kind="complaint", text="Secret words.", opened_at=acts(None, TODAY).at)
    signed_in(client, scene.dev)
    page = client.get(reverse("partner:auditor", args=[role.pk])).content.decode()
    assert "Secret words" not in page
    assert "Renew" not in page
    answer = client.post(reverse("partner:end_auditor", args=[role.pk]), {"last_on": "2024-05-20", "reason": "x"})
    assert answer.status_code == 422


def test_renewing_and_ending_say_what_they_mean(scene, client):
    role = role_of(scene)
    an_audit(scene, stage="open")
    signed_in(client, scene.regan)
    renew, end = (reverse(f"partner:{what}_auditor", args=[role.pk]) for what in ("renew", "end"))
    assert client.post(renew, {"until_on": "2024-05-19"}).status_code == 422
    assert client.post(renew, {"until_on": "2026-01-01", "number": "D-9"}).status_code == 302
    role.refresh_from_db()
    assert (role.until_on, role.number) == (date(2026, 1, 1), "D-9")
    text = client.get(end).content.decode()
    assert "Rosa&#x27;s Roofing Ltd." in text
    assert "Hand it to a colleague" in text
    assert client.post(end, {"last_on": "2024-05-20", "reason": ""}).status_code == 422
    assert client.post(end, {"last_on": "2024-05-19", "reason": "Retires."}).status_code == 302
    assert "Dev" in client.get(reverse("partner:auditors"), {"ended": "yes"}).content.decode()


def test_a_registrar_lets_another_auditor_go_on(scene, client):
    audit = an_audit(scene, stage="open")
    address = reverse("partner:hand_over", args=[audit.code])
    signed_in(client, scene.regan)
    assert "Nobody can take it" in client.get(address).content.decode()
    eli = a_person("Eli", RoleKind.AUDITOR, partner=scene.partner)
    assert "let another one go on" in client.get(reverse("partner:audit", args=[audit.code])).content.decode()
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"to": str(scene.rosa.pk)}).status_code == 422
    assert client.post(address, {"to": str(eli.pk)}).status_code == 302
    audit.refresh_from_db()
    assert audit.assessor == eli
    Audit.objects.within(ALL).update(stage="accepted", accepted_on=TODAY - timedelta(days=1))
    assert client.get(address).status_code == 404
