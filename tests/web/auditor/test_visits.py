"""An auditor looks at a time, books it, moves it and calls it off; the owner is told and sees it."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import icalendar
import pytest
from django.core import mail
from django.urls import reverse

from assessments import AT, scene
from certified import a_person
from secor.core.role import RoleKind
from secor.post import sender
from secor.store.models import Audit, AuditVisit, Diary, Entry, Role, Teammate
from secor.store.scope import house
from secor.usecases import diaries
from secor.usecases.act import ALBERTA, Act

TIME = {"day": "2026-06-09", "begins": "09:00", "ends": "13:00", "town": "Lacombe"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def there(db):
    found = scene()
    diaries.open_diary(Act(None, AT), person=found.dev, home="Red Deer")
    Entry.objects.within(house("told before this test")).update(letters_written=True)
    return found


def warnings_in(text) -> list[str]:
    return [unescape(each) for each in re.findall(r'name="warning" value="([^"]+)"', text)]


def looked(desk, there, **time):
    desk(there, "visits")  # signs in
    return desk.client.get(reverse("auditor:visits", args=[there.audit.code]), TIME | time).content.decode()


@pytest.fixture
def desk(desk, client):
    desk.client = client
    return desk


def booked(desk, there, **time):
    text = looked(desk, there, **time)
    sent = TIME | time | {"warning": warnings_in(text), "read": "yes"}
    return desk(there, "visits", data=sent)


def test_a_time_is_looked_at_before_it_is_booked(desk, there):
    text = looked(desk, there)
    assert "Tuesday, June 9, 2026, 9 am to 1 pm" in text
    assert "Book this visit" in text
    assert not AuditVisit._base_manager.exists()


def test_what_stops_it_is_told_in_words_and_there_is_no_button(desk, there):
    Role.objects.filter(person=there.dev).update(until_on="2026-06-08")
    text = looked(desk, there)
    assert "does not certify you on June 9, 2026" in text
    assert "Book this visit" not in text
    assert desk(there, "visits", data=TIME).status_code == 422
    assert not AuditVisit._base_manager.exists()


def test_a_warning_wants_to_be_read(desk, there):
    text = looked(desk, there, day="2026-06-07")
    assert "outside your working hours" in text
    assert "I have read this" in text
    assert desk(there, "visits", data=TIME | {"day": "2026-06-07"}).status_code == 422
    assert booked(desk, there, day="2026-06-07").status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"day": ""}, {"day": "9999-12-31"}, {"begins": "soon"}, {"town": ""}, {"ends": "25:00"}]
)
def test_a_time_that_nobody_can_read_is_refused_beside_its_field(desk, there, wrong):
    answer = desk(there, "visits", data=TIME | wrong)
    assert answer.status_code == 422
    assert "There is something to mend" in answer.content.decode()


def test_both_sides_get_each_change_for_their_calendars_and_the_owner_sees_it(desk, there, client):
    assert booked(desk, there).status_code == 302
    sender.once(at=AT)
    visit = AuditVisit._base_manager.get()
    address = reverse("auditor:visit", args=[there.audit.code, visit.code])
    assert "9 am to 1 pm" in client.get(address).content.decode()
    later = TIME | {"begins": "10:00"}
    read = {"warning": warnings_in(client.get(address, later).content.decode()), "read": "yes"}
    assert client.post(address, later | read).status_code == 302
    sender.once(at=AT)

    client.force_login(there.rosa)
    page = client.get(reverse("employer:audit", args=[there.employer.code])).content.decode()
    assert "Tuesday, June 9, 2026, 10 am to 1 pm, Lacombe" in page
    client.force_login(there.dev)
    assert client.post(address, {"do": "cancel"}).status_code == 302
    sender.once(at=AT)

    for to in (there.rosa.email, there.dev.email):
        letters = [each for each in mail.outbox if each.to == [to] and each.attachments]
        events = [icalendar.Calendar.from_ical(each.attachments[0][1]) for each in letters]
        first = [each.walk("VEVENT")[0] for each in events]
        assert [(each["METHOD"], event["SEQUENCE"]) for each, event in zip(events, first, strict=True)] == [
            ("REQUEST", 0),
            ("REQUEST", 1),
            ("CANCEL", 2),
        ]
        assert len({event["UID"] for event in first}) == 1
        assert [event["DTSTART"].dt.astimezone(ALBERTA).hour for event in first] == [9, 10, 10]
        assert "9 am" not in letters[1].body
        assert there.dev.name not in letters[0].body
    assert "Booked" not in client.get(reverse("auditor:visits", args=[there.audit.code])).content.decode()


def test_a_free_time_leads_to_a_look_at_it(desk, there, client):
    assert "Name the town" in desk(there, "visits").content.decode()
    address = reverse("auditor:visits", args=[there.audit.code])
    text = client.get(address, {"town": "Lacombe", "length": "4"}).content.decode()
    href = re.search(r'href="(\?day=[^"]+)#look"', text)[1].replace("&amp;", "&")
    answer = client.get(address + href)
    assert "It cannot be booked" not in answer.content.decode()
    assert "Book this visit" in answer.content.decode()


def test_what_is_to_come_is_called_off_also_after_the_audit_was_sent_and_by_the_assessor_for_a_teammate(
    desk, there, client
):
    booked(desk, there)
    eli = a_person("Eli", RoleKind.AUDITOR, partner=there.partner)
    Teammate._base_manager.create(audit=there.audit, person=eli, joined_at=AT)
    mine = AuditVisit._base_manager.get()
    theirs = AuditVisit._base_manager.get()
    theirs.pk, theirs.code, theirs.uid = None, "theirs", uuid4()
    theirs.diary = Diary.objects.create(person=eli)
    theirs.save()
    listed, address = reverse("auditor:visits", args=[there.audit.code]), "auditor:visit"
    text = client.get(listed).content.decode()
    assert "Move or call off" in text
    assert "Call it off" in text
    page = client.get(reverse(address, args=[there.audit.code, theirs.code])).content.decode()
    assert "Call this visit off" in page
    assert "Free times" not in page
    Audit._base_manager.filter(pk=there.audit.pk).update(stage="submitted")
    page = client.get(reverse(address, args=[there.audit.code, mine.code])).content.decode()
    assert "cannot be moved" in page
    for each in (mine, theirs):
        answer = client.post(reverse(address, args=[there.audit.code, each.code]), {"do": "cancel"})
        assert answer.status_code == 302
    assert not AuditVisit._base_manager.filter(cancelled_at=None).exists()


def test_a_visit_that_has_begun_is_not_called_off_and_the_page_says_so(desk, there, client):
    booked(desk, there)
    visit = AuditVisit._base_manager.get()
    AuditVisit._base_manager.update(starts_at=AT - timedelta(hours=1))
    answer = client.post(reverse("auditor:visit", args=[there.audit.code, visit.code]), {"do": "cancel"})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "It was not called off" in text
    assert "#look" not in text.split("error-summary")[1].split("</div>")[0]


def test_nobody_visits_a_self_assessment_and_no_stranger_sees_a_visit(desk, client):
    own = scene(performer="self_assessor")
    client.force_login(own.rosa)
    assert client.get(reverse("auditor:visits", args=[own.audit.code])).status_code == 404


def test_a_visit_of_another_audit_is_not_there(desk, there, client):
    booked(desk, there)
    client.force_login(there.sam)
    visit = AuditVisit._base_manager.get()
    assert client.get(reverse("auditor:visit", args=[there.audit.code, visit.code])).status_code in {403, 404}
