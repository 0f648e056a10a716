"""How a new site gets its partners and its first people."""

from datetime import UTC, date, datetime

import pytest

from secor.core.role import RoleKind
from secor.queries import schemes
from secor.store.models import Entry, Partner, Person, Role
from secor.store.scope import house
from secor.usecases import appointments
from secor.usecases.act import Act

ACT = Act(None, datetime(2026, 6, 1, 18, tzinfo=UTC))
pytestmark = pytest.mark.django_db


def entered():
    return appointments.enter_partners(ACT, scheme="ab-secor")


def acts():
    return [entry.act for entry in Entry.objects.within(house("this test")).order_by("pk")]


def test_every_partner_of_the_files_is_entered_once():
    told = schemes.partners("ab-secor")

    assert entered() == len(told) == 10
    assert entered() == 0
    assert {row.key: row.name for row in Partner.objects.all()} == {each.key: each.name for each in told}
    assert acts() == ["partner.entered"] * 10


def test_what_the_files_say_anew_is_entered_and_the_row_stays_the_same():
    entered()
    before = Partner.objects.get(key="asc")
    Partner.objects.filter(key="asc").update(name="An older name", accepting_new=False)

    assert entered() == 1
    after = Partner.objects.get(key="asc")
    assert (after.pk, after.name, after.accepting_new) == (before.pk, before.name, before.accepting_new)


def test_somebody_new_is_let_in_from_that_day_without_a_password():
    entered()

    role = appointments.appoint(ACT, email=" Pat@Example.ca", name="Pat", kind=RoleKind.REGISTRAR, partner="asc")

    assert (role.kind, role.partner.key, role.from_on, role.until_on) == ("registrar", "asc", date(2026, 6, 1), None)
    assert role.person.email == "pat@example.ca"
    assert not role.person.has_usable_password()
    assert acts()[-1] == "role.given"


def test_appointing_twice_is_one_act_and_a_second_role_is_another():
    entered()
    for kind in (RoleKind.REGISTRAR, RoleKind.REGISTRAR, RoleKind.AUDITOR):
        appointments.appoint(ACT, email="pat@example.ca", name="Pat", kind=kind, partner="asc")

    assert Person.objects.count() == 1
    assert [role.kind for role in Role.objects.order_by("pk")] == ["registrar", "auditor"]


def test_a_role_that_has_ended_can_be_given_again():
    entered()
    given = {"email": "pat@example.ca", "name": "Pat", "kind": RoleKind.REVIEWER, "partner": "asc"}
    first = appointments.appoint(Act(None, datetime(2026, 1, 5, 18, tzinfo=UTC)), **given)
    first.until_on = date(2026, 5, 31)
    first.save(update_fields=["until_on"])

    assert appointments.appoint(ACT, **given).from_on == date(2026, 6, 1)


def test_a_reader_of_the_ministry_belongs_to_no_partner():
    role = appointments.appoint(ACT, email="mona@example.ca", name="Mona", kind=RoleKind.MINISTRY)

    assert role.partner is None


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"email": "pat"}, appointments.NotAnAddress),
        ({"partner": "nobody"}, appointments.NoSuchPartner),
        ({"partner": ""}, appointments.NoSuchPartner),
        ({"kind": RoleKind.OWNER}, appointments.NotAppointed),
        ({"kind": RoleKind.WORKER}, appointments.NotAppointed),
    ],
)
def test_what_cannot_be_given_is_refused_and_nothing_is_written(changed, refusal):
    entered()
    given = {"email": "pat@example.ca", "name": "Pat", "kind": RoleKind.REGISTRAR, "partner": "asc"}

    with pytest.raises(refusal):
        appointments.appoint(ACT, **given | changed)

    assert not Person.objects.exists()
    assert acts() == ["partner.entered"] * 10
