"""Answering those who asked for a first talk."""

from datetime import date

import pytest

from certified import a_partner, a_person, acts, office
from secor.core.role import RoleKind
from secor.queries.consultations import enquiries, waiting
from secor.store.models import Entry
from secor.store.scope import house
from secor.usecases import consultations
from secor.usecases.consultations import Question, answer, ask, close

ALL = house("this test")
DAY = date(2024, 9, 3)
pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return office()


@pytest.fixture
def enquiry():
    return ask(acts(None, DAY), question=Question("Nia", "nia@example.ca", message="How long does it take?"))


def test_an_enquiry_waits_is_answered_and_closed(scene, enquiry):
    assert waiting() == 1
    told = answer(acts(scene.regan, DAY), enquiry=enquiry, notes=" Called. ")
    assert (told.answered_by, told.notes, waiting()) == (scene.regan, "Called.", 0)
    assert [each.pk for each in enquiries(closed=False, number=1).rows] == [enquiry.pk]

    close(acts(scene.regan, DAY), enquiry=enquiry)
    close(acts(scene.regan, DAY), enquiry=enquiry)
    assert not enquiries(closed=False, number=1).rows
    assert [each.pk for each in enquiries(closed=True, number=1).rows] == [enquiry.pk]
    entries = Entry.objects.within(ALL).order_by("pk")
    assert [entry.act for entry in entries] == ["enquiry.asked", "enquiry.answered", "enquiry.closed"]
    assert "Called" not in str([entry.detail for entry in entries])


def test_the_first_to_answer_did_and_the_second_is_told(scene, enquiry):
    ezra = a_person("Ezra", RoleKind.REGISTRAR, partner=a_partner("esc"))
    first = answer(acts(scene.regan, DAY), enquiry=enquiry)
    assert answer(acts(scene.regan, DAY), enquiry=enquiry) == first
    with pytest.raises(consultations.Answered):
        answer(acts(ezra, DAY), enquiry=enquiry)


def test_what_was_closed_is_not_answered(scene, enquiry):
    close(acts(scene.regan, DAY), enquiry=enquiry)
    assert waiting() == 0
    with pytest.raises(consultations.Answered):
        answer(acts(scene.regan, DAY), enquiry=enquiry)


@pytest.mark.parametrize("act", [answer, close])
def test_only_registrars_answer(scene, enquiry, act):
    for person in (scene.pat, scene.ines, scene.rosa, scene.dev, None):
        with pytest.raises(consultations.NotYours):
            act(acts(person, DAY), enquiry=enquiry)
