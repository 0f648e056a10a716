"""Opening a diary."""

from datetime import date

import pytest

from certified import a_partner, a_person, acts
from secor.cli import appoint
from secor.core.hours import Language, Visit
from secor.core.role import RoleKind
from secor.queries import bookings as asked
from secor.store.models import Diary
from secor.usecases import diaries

DAY = date(2026, 6, 9)
pytestmark = pytest.mark.django_db


def test_an_auditor_who_opens_a_diary_offers_talks_and_opening_it_again_changes_the_town():
    dev = a_person("Dev", RoleKind.AUDITOR, partner=a_partner())
    diaries.open_diary(acts(None, DAY), person=dev, home="Red Deer")
    diary = diaries.open_diary(acts(None, DAY), person=dev, home=" Olds ")
    assert asked.diaries(visit=Visit.PHONE, language=Language.ENGLISH, on=DAY) == [diary]
    assert diary.home == "Olds"


def test_who_is_no_auditor_opens_none():
    pat = a_person("Pat", RoleKind.REVIEWER, partner=a_partner())
    with pytest.raises(diaries.NotAnAuditor):
        diaries.open_diary(acts(None, DAY), person=pat, home="Red Deer")
    assert not Diary.objects.exists()


def test_the_command_that_appoints_an_auditor_opens_their_diary_when_it_names_a_town():
    a_partner()
    words = ["--email", "eli@example.ca", "--name", "Eli", "--role", "auditor", "--partner", "asc"]
    assert appoint.run(words) == 0
    assert not Diary.objects.exists()
    assert appoint.run([*words, "--talks-from", "Red Deer"]) == 0
    assert Diary.objects.get().home == "Red Deer"
