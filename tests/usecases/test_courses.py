"""Course proofs: brought by the employer, checked by its partner."""

from datetime import date, timedelta

import pytest

import uploads
from certified import a_person, acts, office
from secor.store.models import CourseProof, Entry, Membership
from secor.store.scope import house
from secor.usecases import courses, staff
from secor.usecases.files import NotTaken as NotThisKind
from secor.usecases.owner import NotOwner

TODAY = date(2026, 6, 1)
ALL = house("this test")
COURSE = "health-and-safety-program-building"

pytestmark = pytest.mark.django_db


def bring(scene, **more):
    given = {"course": COURSE, "holder_name": "Rosa Kowalchuk", "taken_on": date(2026, 3, 2), **more}
    return courses.add_proof(acts(scene.rosa, TODAY), employer=scene.employer, **given)


def test_a_proof_waits_until_the_partner_has_checked_it():
    scene = office()

    proof = bring(scene, upload=uploads.sent(uploads.document(), "proof.pdf"), holder=scene.rosa)

    assert (proof.accepted, proof.checked_on, proof.valid_until) == (None, None, None)
    assert proof.holder == scene.rosa
    assert proof.file.kind == "application/pdf"
    entry = Entry.objects.within(ALL).get()
    assert (entry.act, entry.partner, entry.detail["sha256"]) == ("course.added", scene.partner, proof.file_id)
    assert "Rosa" not in str(entry.detail)


@pytest.mark.parametrize(
    ("taken_on", "until"),
    [(date(2024, 2, 29), date(2027, 2, 28)), (date(2025, 6, 1), date(2028, 6, 1))],
)
def test_a_course_that_runs_out_carries_its_last_day(taken_on, until):
    proof = bring(office("esc"), course="safety-program-development", taken_on=taken_on)

    assert proof.valid_until == until


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"course": "safety-basics"}, courses.NoSuchCourse),  # another partner's course
        ({"course": ""}, courses.NoSuchCourse),
        ({"holder_name": "  "}, courses.Nameless),
        ({"taken_on": TODAY + timedelta(days=1)}, courses.NotTaken),
        ({"taken_on": date(1986, 5, 31)}, courses.NotTaken),
        ({"upload": uploads.sent(b"<svg onload=alert(1)>", "proof.jpg")}, NotThisKind),
    ],
)
def test_a_refused_proof_leaves_nothing_behind(given, refusal):
    scene = office()
    with pytest.raises(refusal):
        bring(scene, **given)
    assert not CourseProof.objects.within(ALL).exists()
    assert not Entry.objects.within(ALL).exists()


def test_a_course_of_today_and_of_forty_years_ago_still_count_as_days():
    scene = office()

    assert bring(scene, taken_on=TODAY).taken_on == TODAY
    assert bring(scene, taken_on=date(1986, 6, 1))


def test_the_same_proof_twice_is_one_and_its_file_may_come_later():
    scene = office()

    first = bring(scene)
    again = bring(scene, holder_name="rosa  kowalchuk")
    filed = bring(scene, upload=uploads.sent(uploads.photo()))
    bring(scene, upload=uploads.sent(uploads.photo()))

    assert first.pk == again.pk == filed.pk
    assert CourseProof.objects.within(ALL).get().file is not None
    assert Entry.objects.within(ALL).count() == 2


def test_only_the_owner_brings_a_proof_and_takes_it_back():
    scene = office()
    proof = bring(scene)

    with pytest.raises(NotOwner):
        courses.add_proof(
            acts(scene.dev, TODAY), employer=scene.employer, course=COURSE, holder_name="Dev", taken_on=TODAY
        )
    with pytest.raises(NotOwner):
        courses.take_back(acts(scene.regan, TODAY), proof=proof)
    courses.take_back(acts(scene.rosa, TODAY), proof=proof)
    courses.take_back(acts(scene.rosa, TODAY), proof=proof)

    assert not CourseProof.objects.within(ALL).exists()
    assert Entry.objects.within(ALL).filter(act="course.taken_back").count() == 1


def test_the_partners_registrar_says_whether_a_proof_counts():
    scene = office()
    proof = bring(scene)

    for stranger in (scene.rosa, scene.pat, scene.dev, None):
        with pytest.raises(staff.NotYourDesk):
            courses.check_proof(acts(stranger, TODAY), proof=proof, accepted=True)
    checked = courses.check_proof(acts(scene.regan, TODAY), proof=proof, accepted=True)
    courses.check_proof(acts(scene.regan, TODAY), proof=proof, accepted=True)

    assert (checked.accepted, checked.checked_on, checked.checked_by) == (True, TODAY, scene.regan)
    assert Entry.objects.within(ALL).filter(act="course.checked").count() == 1
    with pytest.raises(courses.Judged):
        courses.check_proof(acts(scene.regan, TODAY), proof=proof, accepted=False, reason="Not legible")
    with pytest.raises(courses.Judged):
        courses.take_back(acts(scene.rosa, TODAY), proof=proof)


def test_a_reason_of_300_signs_fits_and_one_more_is_told():
    scene = office()
    proof = bring(scene)

    with pytest.raises(courses.TooLong, match="You wrote 301"):
        courses.check_proof(acts(scene.regan, TODAY), proof=proof, accepted=False, reason="x" * 301)
    kept = courses.check_proof(acts(scene.regan, TODAY), proof=proof, accepted=False, reason=f" {'x' * 300} ")

    assert kept.reason == "x" * 300


def test_a_proof_is_turned_down_with_a_reason_and_may_be_brought_again():
    scene = office()
    proof = bring(scene)

    with pytest.raises(courses.Unreasoned):
        courses.check_proof(acts(scene.regan, TODAY), proof=proof, accepted=False, reason=" ")
    refused = courses.check_proof(
        acts(scene.regan, TODAY), proof=proof, accepted=False, reason=" The name is cut off. "
    )
    again = bring(scene)

    assert (refused.accepted, refused.reason) == (False, "The name is cut off.")
    assert again.pk != proof.pk
    assert again.accepted is None


def test_without_a_partner_nobody_checks_a_proof():
    scene = office()
    proof = bring(scene)
    Membership.objects.within(ALL).update(left_on=TODAY)

    with pytest.raises(courses.NoPartner):
        courses.check_proof(acts(scene.regan, TODAY), proof=proof, accepted=True)


def test_the_holder_is_one_of_the_businesss_people_and_stands_there_by_name():
    scene = office()
    sol = a_person("Sol", "self_assessor", employer=scene.employer)
    proof = bring(scene, holder=sol, holder_name="Somebody")
    assert (proof.holder, proof.holder_name) == (sol, "Sol")

    with pytest.raises(courses.NotOneOfYours):
        bring(scene, holder=scene.dev, holder_name="Dev")
