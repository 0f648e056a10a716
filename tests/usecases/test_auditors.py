"""A partner's register of auditors: certified, renewed, ended, and what is kept about them."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from certified import acts, an_audit, office
from secor.core.role import RoleKind
from secor.post import letters
from secor.queries import auditors as asked
from secor.store.models import AuditVisit, Diary, Entry, Matter, Person, Role
from secor.store.scope import Scope, house
from secor.usecases import auditors, staff
from secor.usecases.auditors import Certification
from together import at_once

DAY = date(2024, 5, 13)
A_DAY = timedelta(days=1)
ALL = house("this test")
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return office()


def regan(scene, on=DAY):
    return acts(scene.regan, on)


def ana(**more):
    given = {"email": " Ana@Example.ca ", "name": " Ana \0 Auditor", "number": "A-17", "from_on": DAY, "until_on": None}
    return Certification(**given | more)


def role_of(scene) -> Role:
    return Role.objects.get(person=scene.dev)


def entered() -> list[str]:
    rows = Entry.objects.within(ALL).filter(act__regex="^(auditor|matter|visit)").order_by("pk")
    return [row.act for row in rows]


def test_a_registrar_enters_somebody_new_who_gets_a_letter_and_no_password(scene):
    role = auditors.certify(regan(scene), partner=scene.partner, certification=ana())

    assert (role.person.email, role.person.name, role.number) == ("ana@example.ca", "Ana Auditor", "A-17")
    assert not role.person.has_usable_password()
    assert auditors.certify(regan(scene), partner=scene.partner, certification=ana()) == role
    assert entered() == ["auditor.certified"]
    (draft,) = letters.following(Entry.objects.within(ALL).get(act="auditor.certified"))
    assert (draft.to, draft.employer_id) == ("ana@example.ca", None)
    assert "Alberta Safety Council has entered you" in draft.subject


def test_only_a_registrar_of_that_partner_enters_renews_and_ends(scene):
    role = role_of(scene)
    for who in (scene.pat, scene.ines, scene.rosa, scene.dev, None):
        act = acts(who, DAY)
        with pytest.raises(staff.NotYourDesk):
            auditors.certify(act, partner=scene.partner, certification=ana())
        with pytest.raises(staff.NotYourDesk):
            auditors.renew(act, role=role, until_on=None)
        with pytest.raises(staff.NotYourDesk):
            auditors.end(act, role=role, last_on=DAY, reason="Moved.")
    assert entered() == []


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"email": "nobody"}, auditors.NotAnAddress),
        ({"until_on": DAY - A_DAY}, auditors.WrongDays),
        ({"until_on": date(2099, 1, 1)}, auditors.WrongDays),
        ({"from_on": date(1989, 12, 31)}, auditors.WrongDays),
        ({"from_on": DAY + timedelta(days=400)}, auditors.WrongDays),
    ],
)
def test_what_cannot_be_is_refused_and_nobody_is_made(scene, wrong, refusal):
    with pytest.raises(refusal):
        auditors.certify(regan(scene), partner=scene.partner, certification=ana(**wrong))
    assert not Person.objects.filter(email="ana@example.ca").exists()


@pytest.mark.parametrize(
    ("first", "last", "fits"),
    [
        (DAY, None, False),
        (DAY - 9 * A_DAY, DAY, False),  # its last day is the first of the other
        (DAY - 9 * A_DAY, DAY - A_DAY, True),
        (DAY + 10 * A_DAY, None, False),
        (DAY + 11 * A_DAY, None, True),
    ],
)
def test_two_certifications_of_one_person_never_overlap(scene, first, last, fits):
    auditors.certify(regan(scene), partner=scene.partner, certification=ana(until_on=DAY + 10 * A_DAY))
    again = ana(from_on=first, until_on=last)
    if fits:
        assert auditors.certify(regan(scene), partner=scene.partner, certification=again)
    else:
        with pytest.raises(auditors.Certified):
            auditors.certify(regan(scene), partner=scene.partner, certification=again)


def test_a_certification_is_renewed_and_the_same_again_is_no_change(scene):
    role = role_of(scene)
    auditors.renew(regan(scene), role=role, until_on=DAY, number="D-1")
    auditors.renew(regan(scene), role=role, until_on=DAY)
    role.refresh_from_db()
    assert (role.until_on, role.number) == (DAY, "D-1")
    assert entered() == ["auditor.renewed"]
    with pytest.raises(auditors.WrongDays):
        auditors.renew(regan(scene), role=role, until_on=DAY - A_DAY)
    auditors.renew(regan(scene), role=role, until_on=None)
    role.refresh_from_db()
    assert role.until_on is None


def test_one_that_has_ended_is_neither_renewed_nor_ended(scene):
    role = role_of(scene)
    Role.objects.filter(pk=role.pk).update(until_on=DAY - A_DAY)
    with pytest.raises(auditors.NotCertified):
        auditors.renew(regan(scene), role=role, until_on=None)
    with pytest.raises(auditors.NotCertified):
        auditors.end(regan(scene), role=role, last_on=DAY, reason="x")
    Role.objects.filter(pk=role.pk).update(until_on=DAY)
    assert auditors.renew(regan(scene), role=role, until_on=None).until_on is None


def a_visit(scene, audit, on):
    diary, _ = Diary.objects.get_or_create(person=scene.dev)
    begins = acts(None, on).at
    return AuditVisit.objects.within(ALL).create(
        uid=uuid4(), audit=audit, diary=diary, starts_at=begins, ends_at=begins + timedelta(hours=2),
        made_at=begins, changed_at=begins,
    )  # fmt: skip


def test_ending_calls_off_what_lies_after_the_last_day_and_keeps_why_for_the_staff(scene):
    audit = an_audit(scene, stage="open")
    kept, off = a_visit(scene, audit, DAY + 3 * A_DAY), a_visit(scene, audit, DAY + 4 * A_DAY)
    role = role_of(scene)
    auditors.end(regan(scene), role=role, last_on=DAY + 3 * A_DAY, reason=" Retires. ")
    for visit in (kept, off):
        visit.refresh_from_db()
    assert (kept.cancelled_at is None, off.cancelled_at is None) == (True, False)
    matter = Matter.objects.within(ALL).get()
    assert (matter.text, matter.closed_at is None) == ("Retires.", False)
    assert entered() == ["auditor.ended", "visit.cancelled"]
    details = [row.detail for row in Entry.objects.within(ALL)]
    assert "Retires" not in str(details)


@pytest.mark.parametrize(
    ("last_on", "reason", "refusal"),
    [
        (DAY - 2 * A_DAY, "x", auditors.WrongDays),
        (DAY + 11 * A_DAY, "x", auditors.WrongDays),
        (DAY, "  ", auditors.Unexplained),
    ],
)
def test_an_end_wants_a_day_and_a_reason(scene, last_on, reason, refusal):
    role = role_of(scene)
    Role.objects.filter(pk=role.pk).update(until_on=DAY + 10 * A_DAY)
    with pytest.raises(refusal):
        auditors.end(regan(scene), role=role, last_on=last_on, reason=reason)
    assert not Matter.objects.within(ALL).exists()


def test_a_matter_is_kept_and_closed_once_by_staff_and_never_by_whom_it_is_about(scene):
    role = role_of(scene)
    Role.objects.create(person=scene.dev, kind=RoleKind.REVIEWER, partner=scene.partner, from_on=DAY)
    with pytest.raises(staff.Tied):
        auditors.open_matter(acts(scene.dev, DAY), role=role, kind="note", text="All is well.")
    with pytest.raises(staff.NotYourDesk):
        auditors.open_matter(acts(scene.rosa, DAY), role=role, kind="complaint", text="Late.")
    with pytest.raises(auditors.Unexplained):
        auditors.open_matter(acts(scene.pat, DAY), role=role, kind="complaint", text=" ")
    matter = auditors.open_matter(acts(scene.pat, DAY), role=role, kind="complaint", text="Came late twice.")
    with pytest.raises(auditors.Unexplained):
        auditors.close_matter(acts(scene.ines, DAY), matter=matter, outcome="")
    with pytest.raises(staff.Tied):
        auditors.close_matter(acts(scene.dev, DAY), matter=matter, outcome="Nothing.")
    auditors.close_matter(acts(scene.ines, DAY), matter=matter, outcome="Talked, and agreed.")
    with pytest.raises(auditors.MatterClosed):
        auditors.close_matter(acts(scene.pat, DAY), matter=matter, outcome="Again.")
    note = auditors.open_matter(acts(scene.pat, DAY), role=role, kind="note", text="Speaks Cree.")
    assert note.closed_at is not None
    assert entered() == ["matter.opened", "matter.closed", "matter.opened"]


def test_the_register_tells_how_each_stands(scene, django_assert_max_num_queries):
    for nth in range(3):
        an_audit(scene, stage="accepted", accepted_on=DAY - timedelta(days=400 * nth))
    an_audit(scene, stage="open")
    auditors.open_matter(acts(scene.pat, DAY), role=role_of(scene), kind="complaint", text="Late.")
    auditors.certify(regan(scene), partner=scene.partner, certification=ana(from_on=DAY + A_DAY))
    scope = Scope(partners=frozenset({scene.partner.pk}))
    with django_assert_max_num_queries(5):
        rows = asked.register(scope, text="", ended=False, number=1, on=DAY).rows
    assert [(str(row.role.person), row.under_way, row.accepted, row.open_matters, row.current) for row in rows] == [
        ("Ana Auditor", 0, 0, 0, False),
        ("Dev", 1, 3, 1, True),
    ]
    assert asked.register(scope, text="A-1", ended=False, number=1, on=DAY).rows[0].role.number == "A-17"
    assert asked.register(scope, text="", ended=True, number=1, on=DAY).rows == ()
    assert asked.register(Scope(), text="", ended=False, number=1, on=DAY).rows == ()
    assert asked.role_at(role_of(scene).pk, scope=Scope()) is None
    whole = asked.one(role_of(scene), by=scene.pat, on=DAY)
    assert (len(whole.under_way), len(whole.done), len(whole.matters)) == (1, 3, 1)
    assert asked.one(role_of(scene), by=scene.dev, on=DAY).matters == ()


@pytest.mark.django_db(transaction=True)
def test_two_registrars_who_enter_one_auditor_at_once_make_one():
    scene = office()
    days = (None, DAY + A_DAY)
    at_once(
        *(
            lambda nth=nth: auditors.certify(
                regan(scene), partner=scene.partner, certification=ana(until_on=days[nth % 2])
            )
            for nth in range(6)
        )
    )
    assert Role.objects.filter(person__email="ana@example.ca").count() == 1
