"""Opening a diary, and keeping one's own: hours, days away, the feed."""

from datetime import date, time, timedelta

import pytest

from certified import a_partner, a_person, acts
from secor.cli import appoint
from secor.core.hours import Language, Opening, Visit
from secor.core.role import RoleKind
from secor.queries import agendas
from secor.queries import bookings as asked
from secor.store.models import Diary, Entry
from secor.store.scope import house
from secor.usecases import diaries
from secor.usecases.act import ALBERTA
from secor.usecases.diaries import Habits

DAY = date(2026, 6, 9)  # a Tuesday
ALL = house("this test")
pytestmark = pytest.mark.django_db


@pytest.fixture
def dev():
    return a_person("Dev", RoleKind.AUDITOR, partner=a_partner())


def offered():
    wish = {"visit": Visit.PHONE, "language": Language.ENGLISH, "town": ""}
    return [each.astimezone(ALBERTA) for each in asked.free(**wish, at=acts(None, DAY).at, zone=ALBERTA)]


def entered() -> list[str]:
    return list(Entry.objects.within(ALL).order_by("pk").values_list("act", flat=True))


def test_an_auditor_who_opens_a_diary_offers_talks_and_opening_it_again_changes_the_town(dev):
    diaries.open_diary(acts(None, DAY), person=dev, home="Red Deer")
    diary = diaries.open_diary(acts(None, DAY), person=dev, home=" Olds ")
    assert asked.diaries(visit=Visit.PHONE, language=Language.ENGLISH, on=DAY) == [diary]
    assert diary.home == "Olds"


def test_who_is_no_auditor_opens_none():
    pat = a_person("Pat", RoleKind.REVIEWER, partner=a_partner())
    with pytest.raises(diaries.NotAnAuditor):
        diaries.open_diary(acts(None, DAY), person=pat, home="Red Deer")
    for refused in (
        lambda: diaries.keep_hours(acts(pat, DAY), week={}, habits=Habits()),
        lambda: diaries.add_away(acts(pat, DAY), first_on=DAY, last_on=DAY),
        lambda: diaries.renew_feed(acts(pat, DAY)),
        lambda: diaries.stop_feed(acts(None, DAY)),
    ):
        with pytest.raises(diaries.NotAnAuditor):
            refused()
    assert not Diary.objects.exists()
    assert entered() == []


def test_the_command_that_appoints_an_auditor_opens_their_diary_when_it_names_a_town():
    a_partner()
    words = ["--email", "eli@example.ca", "--name", "Eli", "--role", "auditor", "--partner", "asc"]
    assert appoint.run(words) == 0
    assert not Diary.objects.exists()
    assert appoint.run([*words, "--talks-from", "Red Deer"]) == 0
    assert Diary.objects.get().home == "Red Deer"


def test_talks_are_offered_in_the_hours_that_were_kept_and_no_other(dev):
    week = {2: (Opening(time(18), time(19, 30)),)}
    diaries.keep_hours(acts(dev, DAY), week=week, habits=Habits(home="  Red   Deer ", is_open=True))

    assert {(each.weekday(), each.hour) for each in offered()} == {(2, 18), (2, 19)}
    assert Diary.objects.get().home == "Red Deer"

    diaries.keep_hours(acts(dev, DAY), week=week, habits=Habits())
    assert offered() == []


def test_a_pause_of_more_than_two_hours_is_refused(dev):
    for wrong in (Habits(pause_minutes=121), Habits(pause_minutes=-1), Habits(slower_minutes=241)):
        with pytest.raises(diaries.TooLong):
            diaries.keep_hours(acts(dev, DAY), week={}, habits=wrong)
    assert not Diary.objects.exists()


def test_nothing_is_offered_on_days_away_until_they_are_taken_out(dev):
    diaries.open_diary(acts(None, DAY), person=dev, home="Red Deer")
    before = offered()
    gone = diaries.add_away(acts(dev, DAY), first_on=DAY, last_on=DAY + timedelta(days=2))
    assert diaries.add_away(acts(dev, DAY), first_on=DAY, last_on=DAY + timedelta(days=2)) == gone

    assert min(each.date() for each in offered()) == DAY + timedelta(days=3)
    diaries.remove_away(acts(dev, DAY), away=gone)
    diaries.remove_away(acts(dev, DAY), away=gone)
    assert offered() == before
    assert entered() == ["diary.opened", "diary.away", "diary.back"]


@pytest.mark.parametrize(("first", "last"), [(1, 0), (-3, -1), (0, 1200)])
def test_days_away_that_cannot_be_are_refused(dev, first, last):
    with pytest.raises(diaries.WrongDays):
        diaries.add_away(acts(dev, DAY), first_on=DAY + timedelta(days=first), last_on=DAY + timedelta(days=last))


def test_nobody_takes_days_out_of_another_diary(dev):
    eli = a_person("Eli", RoleKind.AUDITOR, partner=dev.roles.get().partner)
    gone = diaries.add_away(acts(dev, DAY), first_on=DAY, last_on=DAY)
    diaries.remove_away(acts(eli, DAY), away=gone)
    assert dev.diary.away.count() == 1


def test_the_feeds_secret_opens_it_until_a_new_one_is_made_or_it_is_stopped(dev):
    first = diaries.renew_feed(acts(dev, DAY))
    assert agendas.followed_by(first, on=DAY)[0] == dev
    assert first not in str(Diary.objects.values())

    second = diaries.renew_feed(acts(dev, DAY))
    assert agendas.followed_by(first, on=DAY) is None
    assert agendas.followed_by(second, on=DAY)[0] == dev

    diaries.stop_feed(acts(dev, DAY))
    diaries.stop_feed(acts(dev, DAY))
    assert agendas.followed_by(second, on=DAY) is None
    assert entered() == ["diary.feed_made", "diary.feed_made", "diary.feed_stopped"]


def test_the_feed_of_who_audits_for_nobody_any_more_opens_nothing(dev):
    secret = diaries.renew_feed(acts(dev, DAY))
    dev.roles.update(until_on=DAY)
    assert agendas.followed_by(secret, on=DAY) is not None
    assert agendas.followed_by(secret, on=DAY + timedelta(days=1)) is None
