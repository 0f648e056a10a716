"""The demonstration's crew keeps its records by the act that phones use, so what it keeps has to be right."""

from collections import Counter
from datetime import date, timedelta

import pytest

from secor.store.models import CorrectiveAction, PartReading, Record
from secor.store.scope import house
from secor.usecases.province import fixes, sayings
from secor.usecases.province.cast import the_offices
from secor.usecases.province.crew import HANDS, ROOFERS, Crew
from secor.usecases.province.story import Story
from secor.usecases.province.year import Year

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
BEGAN = date(2026, 3, 2)


def a_year(*, days: int) -> Story:
    story = Story(ROOFERS, the_offices()[0], number=40)
    story.joins(BEGAN - timedelta(days=30))
    crew = Crew(story).hires(BEGAN - timedelta(days=3)).writes_program(BEGAN)
    Year(crew, begun_on=BEGAN).told(BEGAN, BEGAN + timedelta(days=days))
    return story


def test_ten_weeks_of_a_crew_are_filled_in_rightly_and_signed():
    story = a_year(days=70)
    rows = list(Record.objects.within(ALL).filter(employer=story.employer))
    kept = Counter(row.form for row in rows)

    assert [(row.form, row.problems) for row in rows if row.problems] == []
    assert kept["toolbox-talk"] == 11
    assert kept["site-hazard-card"] == 51
    assert kept["vehicle-check"] == 102
    assert kept["site-inspection"] == 5
    assert kept["formal-hazard-assessment"] == 5
    assert kept["orientation"] == kept["ppe-issue"] == 4  # the helper's first day is yet to come
    assert kept["training-record"] == 1
    assert all(row.began_at < row.finished_at < row.received_at for row in rows)
    assert any(row.led for row in rows if row.form == "toolbox-talk")


def test_what_its_checklists_find_wrong_is_given_out_and_most_of_it_is_put_right():
    story = a_year(days=70)
    found = list(CorrectiveAction.objects.within(ALL).filter(employer=story.employer))

    assert len(found) > 3
    assert all(row.worker and row.due_on for row in found)
    done = [row for row in found if row.done_on]
    assert len(done) * 2 > len(found)
    assert {row.done_how for row in done} <= set(fixes.HOW.values())
    assert set(sayings.NOTES) == set(fixes.HOW), "each thing that can be wrong has words for how it was put right"


def test_nobody_reads_the_program_before_their_first_day():
    story = a_year(days=0)
    readers = Counter(row.worker.name for row in PartReading._base_manager.select_related("worker"))

    assert story.employer.legal_name == "Cottonwood Roofing Ltd."
    assert set(readers) == {hand.name for hand in HANDS[:-1]}


def test_a_july_without_site_inspections_stays_one():
    story = Story(ROOFERS, the_offices()[0], number=40)
    story.joins(date(2026, 6, 1))
    crew = Crew(story).hires(date(2026, 6, 1))
    Year(crew, begun_on=date(2026, 6, 29)).told(date(2026, 6, 30), date(2026, 8, 6))
    inspected = Record.objects.within(ALL).filter(form="site-inspection").values_list("on", flat=True)

    assert [on.month for on in inspected] == [8]
