"""An owner lets the auditor look at the business's records, for the time of the audit; every look is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from assessments import AT, fill, scene
from cards import act_of, card
from cast import signed_in
from secor.post import letters
from secor.queries import viewings as asked
from secor.store.models import Audit, Declaration, Draw, Entry, Evidence, Person, Record, Role, Teammate
from secor.store.scope import house
from secor.usecases import assessor, evidence, owner, records, viewings
from secor.usecases.act import Act
from secor.usecases.submission import submit

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
QUESTION = "2.6"
NOW = datetime(2026, 6, 20, 18, tzinfo=UTC)


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: NOW)
    return scene()


def keep(there, **more):
    return records.keep(act_of(there.rosa), employer=there.employer, sent=card(on=date(2026, 3, 4), **more))


def page_of(there, question=QUESTION):
    return f"/auditor/{there.audit.code}/records/{question}/"


def dev(there):
    return signed_in(Client(), there.dev)


def give(there, at=NOW):
    return viewings.give(there.rosa_acts(at), audit=there.audit)


def journal():
    rows = Entry.objects.within(ALL).filter(act__startswith="records.").exclude(act="records.kept").order_by("pk")
    return [(row.act, row.detail) for row in rows]


def test_without_leave_an_auditor_sees_nothing_and_may_ask_once_a_day(there):
    keep(there)
    client = dev(there)
    page = client.get(page_of(there)).content.decode()
    assert "Only the owner can let you look" in page
    assert "Replace shingles" not in page

    client.post(page_of(there))
    client.post(page_of(there))

    assert journal() == [("records.wanted", {})]
    [letter] = letters.following(Entry.objects.within(ALL).get(act="records.wanted"))
    assert letter.to == there.rosa.email
    assert f"/employer/{there.employer.code}/audit/" in letter.body
    assert "You asked on June 20, 2026" in client.get(page_of(there)).content.decode()


def test_with_leave_an_auditor_reads_a_record_and_gives_it_and_each_look_is_kept_once_a_day(there):
    receipt = keep(there)
    give(there)
    client = dev(there)
    for _ in range(2):
        assert "Replace shingles" in client.get(page_of(there)).content.decode()
        paper = client.get(f"{page_of(there)}{receipt.uid}.pdf")
        assert b"".join(paper).startswith(b"%PDF")
    client.post(page_of(there), {"records": [str(receipt.uid)]})

    assert Evidence.objects.within(ALL).get().record.uid == receipt.uid
    assert journal() == [
        ("records.opened", {"until_on": "2026-09-18"}),
        ("records.looked_at", {"question": QUESTION}),
        ("records.looked_at", {"question": QUESTION, "record": str(receipt.uid)}),
    ]
    assert [(each.question, each.whole, each.who) for each in asked.looks(there.audit)] == [
        (QUESTION, False, "Dev"),
        (QUESTION, True, "Dev"),
    ]


def test_the_owner_opens_and_closes_on_the_audits_page_and_sees_what_was_looked_at(there):
    keep(there)
    rosa = signed_in(Client(), there.rosa)
    here = f"/employer/{there.employer.code}/audit/"
    assert "Let my auditor look" in rosa.get(here).content.decode()
    assert "Your auditor may look now." in rosa.post(here, {"do": "open_records"}, follow=True).content.decode()
    dev(there).get(page_of(there))
    page = rosa.get(here).content.decode()
    assert "Your auditor may look at your records" in page
    assert "the list for question 2.6" in page

    rosa.post(here, {"do": "close_records"})

    assert "Replace shingles" not in dev(there).get(page_of(there)).content.decode()


def test_what_not_everybody_of_the_business_may_read_stays_closed(there):
    receipt = keep(there, form="discipline")
    give(there)

    for question in (QUESTION, "1.1", "2.1"):
        assert str(receipt.uid) not in dev(there).get(page_of(there, question)).content.decode()
        assert dev(there).get(f"{page_of(there, question)}{receipt.uid}.pdf").status_code == 404


def test_it_ends_by_itself_with_the_audit_and_on_its_last_day(there):
    row = give(there)

    assert asked.held(there.audit, on=row.until_on)
    assert asked.held(there.audit, on=row.until_on + timedelta(days=1)) is None
    fill(there)
    submit(there.dev_acts(), audit=there.audit)
    sent = Audit.objects.within(ALL).select_related("employer", "partner").get(pk=there.audit.pk)
    assert asked.held(sent, on=NOW.date()) is None
    with pytest.raises(viewings.NotOpen):
        viewings.look(there.dev_acts(NOW), audit=sent, question=QUESTION)


def test_given_anew_after_its_last_day(there):
    first = give(there)
    later = NOW + timedelta(days=120)

    second = give(there, later)

    first.refresh_from_db()
    assert first.ended_at == later
    assert second.pk != first.pk
    assert give(there, later).pk == second.pk


def test_only_an_owner_opens_and_closes(there):
    for person in (there.dev, there.wes, there.sam, there.pat):
        with pytest.raises(owner.NotOwner):
            viewings.give(Act(person, NOW), audit=there.audit)
        with pytest.raises(owner.NotOwner):
            viewings.end(Act(person, NOW), audit=there.audit)


def test_only_who_works_on_the_audit_asks_and_looks(there):
    give(there)
    for person in (there.sam, there.pat, there.wes):
        with pytest.raises(assessor.NotYours):
            viewings.want(Act(person, NOW), audit=there.audit)
        with pytest.raises(assessor.NotYours):
            viewings.look(Act(person, NOW), audit=there.audit, question=QUESTION)
    assert signed_in(Client(), there.sam).get(page_of(there)).status_code == 404


def test_who_has_not_declared_or_is_tied_looks_at_nothing(there):
    receipt = keep(there)
    give(there)
    for clear in (False, None):
        Declaration._base_manager.all().delete()
        if clear is not None:
            Declaration.objects.create(audit=there.audit, person=there.dev, signed_at=AT, wording="1", clear=clear)
        page = dev(there).get(page_of(there)).content.decode()
        assert "Replace shingles" not in page
        assert "Declare your independence" in page
        drawn = dev(there).post(f"/auditor/{there.audit.code}/sample/", {"of": "records"}).content.decode()
        assert "nothing here to draw from" in drawn
        assert "this year" not in dev(there).get(f"/auditor/{there.audit.code}/prepare/").content.decode()
        assert dev(there).get(f"{page_of(there)}{receipt.uid}.pdf").status_code == 404
        with pytest.raises(viewings.NotOpen, match="ties you"):
            viewings.look(there.dev_acts(NOW), audit=there.audit, question=QUESTION)


def test_records_are_drawn_from_by_who_may_look(there):
    receipt = keep(there)
    give(there)
    page = dev(there).post(f"/auditor/{there.audit.code}/sample/", {"of": "records"}, follow=True).content.decode()

    assert "March 4, 2026" in page
    assert str(receipt.uid) in Draw.objects.within(ALL).get().chosen


def test_a_record_is_no_evidence_of_an_auditor_who_may_not_look(there):
    receipt = keep(there)
    row = records_of(receipt)
    with pytest.raises(viewings.NotOpen):
        evidence.add_record(
            there.dev_acts(NOW), audit=there.audit, question=QUESTION, record=row, paper=b"%PDF-", title="x"
        )


def records_of(receipt):
    return Record.objects.within(ALL).get(uid=receipt.uid)


def test_a_self_assessment_and_an_audit_that_is_not_being_done_have_nothing_to_open(there):
    Audit._base_manager.update(stage="submitted")
    with pytest.raises(viewings.NotForThis):
        give(there)
    Audit._base_manager.update(stage="open", performer="self_assessor")
    with pytest.raises(viewings.NotForThis):
        give(there)


def test_a_teammate_looks_too_once_declared(there):
    keep(there)
    give(there)
    mate = Person.objects.create_user("mo@example.ca", name="Mo")
    Role.objects.create(person=mate, kind="auditor", partner=there.partner, from_on=date(2026, 1, 1))
    Teammate.objects.create(audit=there.audit, person=mate, joined_at=AT)
    assert "Replace shingles" not in signed_in(Client(), mate).get(page_of(there)).content.decode()
    Declaration.objects.create(audit=there.audit, person=mate, signed_at=AT, wording="1", clear=True)

    assert "Replace shingles" in signed_in(Client(), mate).get(page_of(there)).content.decode()
