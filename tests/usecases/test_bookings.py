"""Booking a first talk: one time for one person, moved and called off."""

from datetime import UTC, date, datetime, timedelta

import pytest

from certified import a_partner, a_person, acts
from secor.core.hours import LENGTHS, PAUSE, Language, Visit
from secor.core.role import RoleKind
from secor.core.travel import minutes
from secor.queries import bookings as asked
from secor.store.models import Booking, Diary, Entry
from secor.store.scope import house
from secor.usecases import bookings, consultations
from secor.usecases.act import ALBERTA, Act
from together import at_once

PHONE_TALK = LENGTHS[Visit.PHONE]
ALL = house("this test")
DAY = date(2026, 6, 9)  # a Tuesday; acts happen at noon in Alberta
PHONE = {"visit": Visit.PHONE, "language": Language.ENGLISH}


def a_diary(name="Dev", partner=None, **more):
    person = a_person(name, RoleKind.AUDITOR, partner=partner or a_partner())
    return Diary.objects.create(person=person, home="Red Deer", **more)


def an_enquiry(name="Nia", day=DAY):
    question = consultations.Question(name, f"{name.lower()}@example.ca", phone="403 555 0100")
    return consultations.ask(acts(None, day), question=question)


def free(**more):
    return tuple(asked.free(**{**PHONE, "town": "", "at": acts(None, DAY).at, "zone": ALBERTA, **more}))


def book(enquiry, starts_at, **more):
    return bookings.book(acts(None, DAY), enquiry=enquiry, starts_at=starts_at, **{**PHONE, **more})


def entered() -> list[str]:
    rows = Entry.objects.within(ALL).filter(act__startswith="booking.").order_by("pk")
    return [row.act for row in rows]


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_the_first_free_times_are_two_hours_away_and_the_last_within_two_weeks(self):
        a_diary()
        times = free()
        assert times[0] == datetime(2026, 6, 9, 20, 0, tzinfo=UTC)  # two in the afternoon
        assert times[-1].astimezone(ALBERTA).date() == DAY + timedelta(days=14)
        assert times == tuple(sorted(set(times)))

    def test_a_booked_time_is_no_longer_offered_and_a_cancelled_one_is_again(self):
        a_diary()
        before = free()
        booking = book(an_enquiry(), before[3])
        assert before[3] not in free()

        bookings.cancel(acts(None, DAY), booking=booking)
        bookings.cancel(acts(None, DAY), booking=booking)
        assert free() == before
        assert entered() == ["booking.made", "booking.cancelled"]

    def test_a_time_that_was_never_free_is_refused_with_times_that_are(self):
        a_diary()
        for wrong in (free()[0] + timedelta(minutes=1), acts(None, DAY).at, free()[-1] + timedelta(days=30)):
            with pytest.raises(bookings.Gone) as refused:
                book(an_enquiry(f"N{wrong:%d%H%M}"), wrong)
            assert refused.value.soonest == free()[:5]
        assert not Booking.objects.exists()

    def test_a_moved_talk_keeps_its_uid_raises_its_sequence_and_frees_the_time_it_had(self):
        a_diary()
        first, second = free()[:2]
        booking = book(an_enquiry(), first)
        moved = bookings.move(acts(None, DAY), booking=booking, starts_at=second)
        assert (moved.uid, moved.sequence, moved.ends_at) == (booking.uid, 1, second + timedelta(minutes=15))
        assert first in free()
        assert bookings.move(acts(None, DAY), booking=booking, starts_at=second).sequence == 1
        assert bookings.cancel(acts(None, DAY), booking=booking).sequence == 2

    def test_a_talk_is_not_moved_onto_another_one(self):
        a_diary()
        first, second = free()[:2]
        book(an_enquiry("Una"), second)
        booking = book(an_enquiry(), first)
        with pytest.raises(bookings.Gone):
            bookings.move(acts(None, DAY), booking=booking, starts_at=second)
        assert Booking.objects.get(pk=booking.pk).starts_at == first

    def test_an_enquirer_has_one_talk_to_come(self):
        a_diary()
        enquiry = an_enquiry()
        book(enquiry, free()[0])
        with pytest.raises(bookings.Booked):
            book(enquiry, free()[0])

    def test_what_has_begun_or_was_called_off_is_not_changed(self):
        a_diary()
        enquiry, starts_at = an_enquiry(), free()[0]
        booking = book(enquiry, starts_at)
        begun = Act(None, starts_at)
        with pytest.raises(bookings.Over):
            bookings.cancel(begun, booking=booking)
        with pytest.raises(bookings.Over):
            bookings.move(begun, booking=booking, starts_at=free()[5])
        bookings.cancel(Act(None, starts_at - timedelta(seconds=1)), booking=booking)
        with pytest.raises(bookings.Over):
            bookings.move(acts(None, DAY), booking=booking, starts_at=free()[5])

    def test_a_talk_is_moved_ten_times_and_no_more(self):
        a_diary()
        booking = book(an_enquiry(), free()[0])
        for _ in range(bookings.CHANGES):
            booking = bookings.move(acts(None, DAY), booking=booking, starts_at=free()[1])
        with pytest.raises(bookings.Over):
            bookings.move(acts(None, DAY), booking=booking, starts_at=free()[1])

    def test_the_consultant_with_the_fewest_talks_gets_the_next_one(self):
        partner = a_partner()
        dev, eli = a_diary("Dev", partner), a_diary("Eli", partner)
        given = [book(an_enquiry(f"N{nth}"), free()[0]).diary for nth in range(4)]
        assert given == [dev, eli, dev, eli]

    def test_only_who_speaks_the_language_offers_such_talks_and_still_audits_is_asked(self):
        partner = a_partner()
        a_diary("Dev", partner)
        french = a_diary("Eli", partner, english=False, french=True, on_site=True)
        a_diary("Fay", partner, is_open=False, french=True)
        ended = a_diary("Gus", partner, french=True)
        ended.person.roles.update(until_on=DAY - timedelta(days=1))

        def who(visit, language):
            return asked.diaries(visit=visit, language=language, on=DAY)

        assert who(Visit.PHONE, Language.FRENCH) == [french]
        assert who(Visit.ON_SITE, Language.ENGLISH) == []
        ended.person.roles.update(until_on=DAY)
        assert who(Visit.PHONE, Language.FRENCH) == [french, ended]

    def test_a_visit_keeps_its_town_and_takes_an_hour(self):
        a_diary(on_site=True)
        times = free(visit=Visit.ON_SITE, town="Lacombe")
        booking = book(an_enquiry(), times[0], visit=Visit.ON_SITE, town="  Lacombe ")
        assert (booking.town, booking.ends_at - booking.starts_at) == ("Lacombe", timedelta(hours=1))
        way = timedelta(minutes=minutes("Red Deer", "Lacombe"))  # a talk on the phone is held at home
        near = [each for each in free() if abs(each - booking.starts_at) < timedelta(hours=4)]
        assert near
        assert all(
            each + PHONE_TALK + PAUSE + way <= booking.starts_at or booking.ends_at + PAUSE + way <= each
            for each in near
        )

    def test_a_link_opens_its_own_enquiry_until_it_ends(self):
        a_diary()
        enquiry = an_enquiry()
        link, asked_at = asked.link_of(enquiry), enquiry.asked_at
        assert asked.by_link(link, at=asked_at + timedelta(days=29)) == enquiry
        assert asked.by_link(link, at=asked_at + timedelta(days=30)) is None
        assert asked.by_link(enquiry.code, at=asked_at) is None
        assert asked.by_link(link[:-1] + ("0" if link[-1] != "0" else "1"), at=asked_at) is None
        assert asked.by_link(asked.link_of(an_enquiry("Una"))[:12] + link[12:], at=asked_at) is None


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_who_want_one_time_one_gets_it_and_the_others_are_told_what_is_free():
    a_diary()
    first, *others = free()
    wishes = [an_enquiry(f"N{nth}") for nth in range(100)]

    outcomes = at_once(*(lambda who=who: book(who, first) for who in wishes))

    assert [type(each).__name__ for each in outcomes if not isinstance(each, bookings.Gone)] == ["Booking"]
    assert Booking.objects.get().starts_at == first
    told = {each.soonest for each in outcomes if isinstance(each, bookings.Gone)}
    assert told == {tuple(others[:5])}
    assert entered() == ["booking.made"]


@pytest.mark.django_db(transaction=True)
def test_one_who_sends_twice_at_once_has_one_talk():
    a_diary()
    enquiry, times = an_enquiry(), free()

    outcomes = at_once(*(lambda nth=nth: book(enquiry, times[nth]) for nth in range(4)))

    assert sorted(type(each).__name__ for each in outcomes) == ["Booked", "Booked", "Booked", "Booking"]
