"""What a crew said it would write down by now."""

from datetime import date, timedelta

import pytest

from cards import act_of, card
from cast import cast
from secor.queries.due_records import due_records
from secor.store.models import Program
from secor.usecases import records

pytestmark = pytest.mark.django_db
ON = date(2026, 6, 10)


def begun(there, *, on=date(2026, 6, 1), **told):
    at = act_of(there.rosa).at
    Program.objects.create(employer=there.roofing, trade="roofing", begun_on=on, changed_at=at, **told)


def found(there, form, *, on=ON, **more):
    return next((each for each in due_records(there.roofing, on=on, **more) if each.form == form), None)


def test_before_there_is_a_program_nothing_is_due():
    assert due_records(cast().roofing, on=ON) == ()


def test_what_was_never_written_is_due_one_time_after_the_program_was_begun():
    there = cast()
    begun(there)

    talk = found(there, "toolbox-talk")
    assert (talk.last_on, talk.due_on, talk.left(ON)) == (None, date(2026, 6, 8), -2)
    assert found(there, "site-hazard-card") is None


@pytest.mark.parametrize(("on", "due"), [(date(2026, 6, 2), None), (date(2026, 6, 3), date(2026, 6, 10))])
def test_a_talk_moves_its_day_a_week_on_and_is_named_a_week_ahead(on, due):
    there = cast()
    begun(there)
    sent = card(form="toolbox-talk", on=date(2026, 6, 3))
    records.keep(act_of(there.rosa), employer=there.roofing, sent=sent)

    talk = found(there, "toolbox-talk", on=on)
    assert (talk.due_on if talk else None) == due


def test_the_business_s_own_schedule_sets_the_day():
    there = cast()
    begun(there, rhythms={"toolbox-talk": "monthly"})

    assert found(there, "toolbox-talk") is None
    assert found(there, "toolbox-talk", ahead=timedelta(days=60)).due_on == date(2026, 7, 31)


@pytest.mark.parametrize(("conditions", "asked"), [(["workers"], False), (["workers", "chemicals"], True), ([], True)])
def test_a_form_for_work_that_is_not_done_is_not_asked_for(conditions, asked):
    there = cast()
    begun(there, on=date(2025, 6, 1), conditions=conditions)

    assert (found(there, "chemical-inventory", ahead=timedelta(days=30)) is not None) is asked


def test_the_latest_stands_first():
    there = cast()
    begun(there, on=date(2026, 1, 5))
    days = [each.due_on for each in due_records(there.roofing, on=ON)]

    assert days == sorted(days)
    assert len(days) > 3


def test_where_something_happened_nobody_has_to_say_that_nothing_did():
    there = cast()
    begun(there, on=date(2026, 1, 5))
    assert found(there, "nil-return").due_on == date(2026, 4, 30)

    sent = card(form="near-miss", on=date(2026, 4, 2), happened="A bundle slid", now="Stacked lower")
    records.keep(act_of(there.rosa), employer=there.roofing, sent=sent)
    assert found(there, "nil-return", ahead=timedelta(days=60)).due_on == date(2026, 7, 31)
