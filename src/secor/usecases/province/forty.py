"""The small world of the demonstration: forty businesses at every point of the cycle, and one that has just arrived.

Each life is told through the acts that the pages use, at moments in the past, so that nothing here is anything that
could not have happened on the site. All days count back from the day the world is made.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction

from secor.core.anniversary import anniversary
from secor.core.audit import Kind
from secor.queries import forecasts as asked
from secor.store.models import Entry, Person
from secor.store.scope import house
from secor.usecases import decisions, diaries, forecasts
from secor.usecases.act import ALBERTA, Act
from secor.usecases.headcounts import report
from secor.usecases.province import consulting, fixes
from secor.usecases.province.businesses import FORTY, NEWCOMER
from secor.usecases.province.cast import Office, a_person, the_offices
from secor.usecases.province.crew import ROOFERS, Crew
from secor.usecases.province.story import Story
from secor.usecases.province.year import Year

Life = Callable[[Story, date], object]


def wanted() -> bool:
    """Tell whether the world is still to be made: nobody lives there yet."""
    return not Person.objects.exists()


@transaction.atomic
def lay(*, at: datetime) -> int:
    """Make the world as of the moment ``at``; all of it or nothing. Give how many businesses live in it."""
    today = at.astimezone(ALBERTA).date()
    # In this order the sign-in page names them: first the stories that a visitor would live through.
    a_person(NEWCOMER.owner, address=NEWCOMER.address)
    a_person(ROOFERS.owner, address=ROOFERS.address)
    offices = the_offices()
    # Whoever looks around can book a first talk, in the towns between the two cities and on the phone.
    diaries.open_diary(Act(None, at), person=offices[0].auditors[0], home="Red Deer")
    for number, (business, life) in enumerate(zip(FORTY, _lives(), strict=True)):
        life(Story(business, _office(offices, number), number=number), today)
    _a_year_of_records(Story(ROOFERS, offices[0], number=len(FORTY)), today)
    consulting.fill(offices[0].auditors[0], offices[0].partner, at=at)
    consulting.register(offices, at=at)
    for employer in asked.stale(on=today, most=len(FORTY)):
        forecasts.refresh(employer, on=today)
    # What was lived before the world was made is no news to anybody.
    Entry.objects.within(house("the demonstration begins without letters")).update(letters_written=True)
    return len(FORTY) + 1


def _office(offices: tuple[Office, ...], number: int) -> Office:
    """Half belong to the first partner, so that its queue is worth looking at."""
    return offices[0] if number % 2 == 0 else offices[1 + number // 2 % 2]


def _lives() -> list[Life]:
    """Forty lives, in the order of the businesses."""
    return [
        lambda s, t: s.joins(t - _days(3)),
        lambda s, t: s.joins(t - _days(6)).asks_partner(t - _days(2)),
        lambda s, t: s.joins(t - _days(70)).asks_partner(t - _days(66)).is_taken(t - _days(63)),
        lambda s, t: _member(s, t - _days(90)).takes_course(t - _days(9), checked_on=None),
        lambda s, t: _trained(s, t - _days(60)),
        lambda s, t: _trained(s, t - _days(80)).asks_audit(t - _days(1)),
        lambda s, t: _started(s, t - _days(12)).answers(t - _days(4), share=0.45),
        lambda s, t: _started(s, t - _days(20)).answers(t - _days(6), share=0.95),
        lambda s, t: _sent(s, t - _days(1)),
        lambda s, t: _sent(s, t - _days(26), level=0.88),
        lambda s, t: _sent(s, t - _days(11), level=0.97),
        lambda s, t: _sent(s, t - _days(5), weak=(6,)),
        lambda s, t: _sent(s, t - _days(14)).is_claimed(t - _days(2)),
        lambda s, t: _sent(s, t - _days(18)).is_claimed(t - _days(9)).is_sent_back(t - _days(4)),
        _twice,
        lambda s, t: _sent(s, t - _days(15)).is_claimed(t - _days(8)).is_accepted(t - _days(1)),
        lambda s, t: _sent(s, t - _days(16), level=0.62).is_claimed(t - _days(9)).is_accepted(t - _days(3)),
        lambda s, t: s.certified(t - _days(4)),
        lambda s, t: s.certified(t - _days(45)),
        lambda s, t: s.certified(t - _days(120), level=0.88),
        lambda s, t: s.certified(t - _days(210)).shows_forecast(t - _days(190)),
        lambda s, t: s.certified(t - _days(347)),
        lambda s, t: s.certified(t - _days(363)).shows_forecast(t - _days(300)),
        _pending,
        lambda s, t: _second_year(s, anniversary(t, -1) - _days(100)).shows_forecast(t - _days(60)),
        lambda s, t: _second_year(s, anniversary(t, -1) - _days(300)),
        lambda s, t: _second_year(s, anniversary(t, -2) + _days(30)),
        lambda s, t: _third_year(s, anniversary(t, -2) - _days(150)),
        lambda s, t: _third_year(s, anniversary(t, -3) + _days(40)),
        lambda s, t: _third_year(s, anniversary(t, -3) + _days(12)),
        lambda s, t: _renewed(s, anniversary(t, -3) - _days(60)),
        lambda s, t: _renewed(s, anniversary(t, -4) + _days(80)),
        lambda s, t: s.certified(t - _days(400)),
        lambda s, t: s.certified(anniversary(t, -1) - _days(90), records_months=6),
        lambda s, t: s.certified(t - _days(150), records_months=7),
        lambda s, t: _grown(s, t - _days(200), grew_on=t - _days(15)),
        lambda s, t: _grown(s, t - _days(420), grew_on=t - _days(120)),
        lambda s, t: _decided(s, t - _days(160), t - _days(20), decisions.suspend, "Two stop-work orders in a year."),
        lambda s, t: _decided(s, t - _days(260), t - _days(40), decisions.cancel, "The program was given up on site."),
        _extended,
    ]


def _days(number: int) -> timedelta:
    return timedelta(days=number)


def _member(story: Story, on: date) -> Story:
    return story.joins(on).asks_partner(on + _days(3)).is_taken(on + _days(6))


def _trained(story: Story, on: date) -> Story:
    return _member(story, on - _days(30)).takes_course(on - _days(12), checked_on=on - _days(5))


def _started(story: Story, on: date) -> Story:
    return _trained(story, on - _days(60)).asks_audit(on - _days(3)).may_start(on)


def _sent(story: Story, on: date, *, level: float = 0.93, weak: tuple[int, ...] = ()) -> Story:
    return _started(story, on - _days(35)).answers(on - _days(9), level=level, weak=weak).sends(on)


def _twice(story: Story, today: date) -> Story:
    _sent(story, today - _days(24)).is_claimed(today - _days(17)).is_sent_back(today - _days(13))
    return story.replies_and_sends(today - _days(2))


def _pending(story: Story, today: date) -> Story:
    """Sent in time, the day has passed, and the decision is still to come."""
    story.certified(anniversary(today, -1) - _days(6))
    on = today - _days(9)
    return story.asks_audit(on - _days(30), Kind.MAINTENANCE).may_start(on - _days(28)).answers(on - _days(5)).sends(on)


def _second_year(story: Story, on: date) -> Story:
    return story.certified(on).maintained(anniversary(on, 1) - _days(25))


def _third_year(story: Story, on: date) -> Story:
    return _second_year(story, on).maintained(anniversary(on, 2) - _days(20), level=0.88)


def _renewed(story: Story, on: date) -> Story:
    again = anniversary(on, 3)
    return _third_year(story, on).maintained(again - _days(30), kind=Kind.RECERTIFICATION, level=0.95).is_issued(again)


def _grown(story: Story, on: date, *, grew_on: date) -> Story:
    """The eleventh person arrives."""
    story.certified(on)
    people = {"owners": 1, "full_time": 8, "part_time": 2}
    report(story.act(story.owner, grew_on), employer=story.employer, on=grew_on, counts=people)
    return story


def _decided(story: Story, on: date, decided_on: date, decide: Callable[..., object], reason: str) -> Story:
    story.certified(on)
    by = story.act(story.office.decision_maker, decided_on)
    decide(by, certificate=story.certificate, reason=reason)
    return story


def _extended(story: Story, today: date) -> Story:
    """A flood in the office; the partner moved the day."""
    story.certified(anniversary(today, -1) - _days(3))
    by = story.act(story.office.decision_maker, today - _days(12))
    decisions.extend(by, certificate=story.certificate, until=today + _days(45), reason="The office was flooded.")
    return story


def _a_year_of_records(story: Story, today: date) -> None:
    """A crew that keeps its records, three weeks before its first maintenance audit is due."""
    certified_on = today - _days(347)
    begun_on = certified_on + _days(3)
    story.certified(certified_on)
    crew = Crew(story).hires(certified_on).writes_program(begun_on).brings_tickets(begun_on, today=today)
    year = Year(crew, begun_on=begun_on)
    year.told(begun_on, today - _days(29))
    story.asks_audit(today - _days(29), Kind.MAINTENANCE).may_start(today - _days(29))
    year.told(today - _days(28), today - _days(1))
    story.shows_forecast(today - _days(25))
    fixes.own_ideas(crew, today)
