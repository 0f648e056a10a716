"""More time is asked for with a reason and answered with one. Until it is granted the due day stands."""

from datetime import date, timedelta

import pytest
from django.test import Client

from cast import signed_in
from certified import a_certificate, a_partner, a_person, acts, an_audit, at, office
from secor.core.certificate import Standing
from secor.core.role import RoleKind
from secor.post import letters
from secor.queries import extensions as asked
from secor.queries.certificates import standing_of
from secor.store.models import Certificate, Entry
from secor.store.scope import house
from secor.usecases import decisions, extensions, owner, staff

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
ISSUED, DUE = date(2024, 5, 17), date(2025, 5, 17)
TODAY = date(2025, 4, 1)
LATER = date(2025, 7, 17)


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: at(TODAY))
    found = office()
    a_certificate(found.employer, found.partner, on=ISSUED)
    return found


def ask(there, person=None, until=LATER, reason="The flood took our yard."):
    act = acts(person or there.rosa, TODAY)
    return extensions.ask(act, employer=there.employer, until=until, reason=reason)


def certificate():
    return Certificate.objects.within(ALL).select_related("partner", "employer").get()


def owed(on=TODAY):
    return standing_of(certificate(), on=on).owed


def told(name):
    return [each for entry in Entry.objects.within(ALL).filter(act=name) for each in letters.following(entry)]


def test_asked_the_day_stands_until_it_is_granted_and_then_it_is_the_new_one(there):
    row = ask(there)
    assert (row.due_on, owed().due_on) == (DUE, DUE)
    assert standing_of(certificate(), on=DUE + timedelta(days=1)).standing is Standing.LAPSED

    extensions.grant(acts(there.ines, TODAY), request=row, until=LATER, answer="A flood is a good reason.")

    assert owed().due_on == LATER
    assert standing_of(certificate(), on=LATER).standing is Standing.VALID
    [answered] = asked.about(certificate())
    assert (answered.granted, answered.answer, answered.answered_by) == (True, "A flood is a good reason.", there.ines)


def test_another_day_than_was_asked_for_can_be_given(there):
    extensions.grant(acts(there.ines, TODAY), request=ask(there), until=date(2025, 6, 1), answer="Two weeks will do.")

    assert owed().due_on == date(2025, 6, 1)


def test_refused_the_day_stands_and_the_owner_reads_why_and_may_ask_again(there):
    extensions.refuse(acts(there.ines, TODAY), request=ask(there), answer="Holidays are no reason.")

    assert owed().due_on == DUE
    [letter] = told("extension.refused")
    assert letter.to == there.rosa.email
    assert "Holidays" not in letter.body
    assert ask(there).answered_at is None


def test_one_request_waits_at_a_time(there):
    ask(there)

    with pytest.raises(extensions.AskedAlready):
        ask(there)


def test_answered_is_answered(there):
    row = ask(there)
    extensions.refuse(acts(there.ines, TODAY), request=row, answer="No.")

    with pytest.raises(extensions.Answered):
        extensions.grant(acts(there.ines, TODAY), request=row, until=LATER, answer="Yes.")
    assert owed().due_on == DUE


@pytest.mark.parametrize("until", [DUE, DUE - timedelta(days=3), DUE + timedelta(days=367)])
def test_a_day_that_no_extension_could_give_is_refused_when_it_is_asked_for(there, until):
    with pytest.raises(extensions.NotLater):
        ask(there, until=until)


def test_a_request_without_a_reason_is_none_and_an_answer_neither(there):
    with pytest.raises(decisions.Unexplained):
        ask(there, reason="  ")
    row = ask(there)
    with pytest.raises(decisions.Unexplained):
        extensions.refuse(acts(there.ines, TODAY), request=row, answer="")
    with pytest.raises(decisions.Unexplained):
        extensions.grant(acts(there.ines, TODAY), request=row, until=LATER, answer=" ")
    assert asked.open_about(certificate()) is not None


def test_only_an_owner_or_whoever_does_the_audit_asks_and_only_a_decision_maker_answers(there):
    for person in (there.dev, there.pat, there.ines, a_person("Otto")):
        with pytest.raises(owner.NotOwner):
            ask(there, person)
    an_audit(there, stage="open", kind="maintenance")
    row = ask(there, there.dev)
    for person in (there.rosa, there.dev, there.pat, there.regan):
        with pytest.raises(staff.NotYourDesk):
            extensions.refuse(acts(person, TODAY), request=row, answer="No.")
        with pytest.raises(staff.NotYourDesk):
            extensions.grant(acts(person, TODAY), request=row, until=LATER, answer="Yes.")


def test_who_does_the_audit_and_asked_gets_the_answer_too(there):
    an_audit(there, stage="open", kind="maintenance")
    row = ask(there, there.dev)
    assert [letter.to for letter in told("extension.asked")] == [there.ines.email]

    extensions.refuse(acts(there.ines, TODAY), request=row, answer="No.")

    assert sorted(letter.to for letter in told("extension.refused")) == sorted([there.dev.email, there.rosa.email])


def test_without_a_certificate_in_force_there_is_nothing_to_move(there):
    decisions.withdraw(acts(there.ines, TODAY), certificate=certificate(), reason="Given up.")

    with pytest.raises(extensions.NothingOwed):
        ask(there)


def test_the_owner_asks_on_a_page_and_the_partner_answers_on_one(there):
    rosa, ines = signed_in(Client(), there.rosa), signed_in(Client(), there.ines, second_factor=True)
    here = f"/employer/{there.employer.code}/certificate/more-time/"
    assert "May 17, 2025" in rosa.get(here).content.decode()
    wrong = rosa.post(here, {"until": "2025-05-01", "reason": "Flood."})
    assert (wrong.status_code, "due on 2025-05-17 already" in wrong.content.decode()) == (422, True)

    page = rosa.post(here, {"until": "2025-07-17", "reason": "Flood."}, follow=True).content.decode()
    assert "has not answered yet" in page
    code = asked.open_about(certificate()).code
    queue = ines.get("/partner/").content.decode()
    assert f"/partner/more-time/{code}/" in queue
    assert "Flood." in ines.get(f"/partner/more-time/{code}/").content.decode()
    done = ines.post(f"/partner/more-time/{code}/answer/", {"do": "grant", "until": "2025-07-01", "reason": "Yes."})

    assert done.headers["Location"] == f"/partner/more-time/{code}/"
    assert owed().due_on == date(2025, 7, 1)
    assert "Granted" in rosa.get(here).content.decode()


def test_another_partners_people_find_no_such_request(there):
    row = ask(there)
    other = a_person("Eve", RoleKind.DECISION_MAKER, partner=a_partner("esc"))

    client = signed_in(Client(), other, second_factor=True)
    assert client.get(f"/partner/more-time/{row.code}/").status_code == 404
    assert client.get(f"/partner/more-time/{row.code}/answer/").status_code == 404
