"""Whose turn an audit is, as its row, its journal and its rules tell it."""

from datetime import UTC, date, datetime

import pytest

from assessments import BEGAN, fill, scene
from secor.core.turn import Side
from secor.queries.turns import turns_of
from secor.usecases import audits, reviews
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db
# 23:30 in Alberta is the next day in UTC.
LATE = datetime(2026, 6, 3, 5, 30, tzinfo=UTC)
ON = date(2026, 6, 10)


@pytest.fixture(autouse=True)
def _shelf(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"


def turn(audit, on=ON):
    audit.refresh_from_db()
    return turns_of([audit], on=on)[audit.pk]


def sent():
    there = scene()
    fill(there)
    audits.submit(there.dev_acts(LATE), audit=there.audit)
    return there


def test_a_sent_audit_is_the_partners_since_the_day_in_alberta_and_until_the_day_of_the_review():
    found = turn(sent().audit)

    assert (found.side, found.since_on, found.limit.by) == (Side.PARTNER, date(2026, 6, 2), date(2026, 6, 30))


def test_claimed_and_sent_back_each_count_from_their_own_day():
    there = sent()
    claimed = datetime(2026, 6, 4, 18, tzinfo=UTC)
    review = reviews.claim(Act(there.pat, claimed), audit=there.audit)
    assert turn(there.audit).since_on == date(2026, 6, 4)

    reviews.send_back(Act(there.pat, datetime(2026, 6, 5, 18, tzinfo=UTC)), review=review, reason="Count anew.")
    found = turn(there.audit)

    assert (found.side, found.since_on, found.limit.by) == (Side.AUDITOR, date(2026, 6, 5), date(2026, 6, 20))


def test_taken_back_and_withdrawn_are_moves_too():
    there = sent()
    audits.take_back(there.dev_acts(datetime(2026, 6, 6, 18, tzinfo=UTC)), audit=there.audit)
    assert (turn(there.audit).side, turn(there.audit).since_on) == (Side.AUDITOR, date(2026, 6, 6))

    audits.withdraw(there.dev_acts(datetime(2026, 6, 7, 18, tzinfo=UTC)), audit=there.audit, reason="Ill")
    found = turn(there.audit)

    assert (found.side, found.since_on, found.limit) == (Side.NOBODY, date(2026, 6, 7), None)


def test_without_a_journal_the_audit_itself_tells_its_day():
    assert turn(scene(stage="asked").audit).since_on == BEGAN


def test_a_self_assessment_is_the_employers_turn():
    assert turn(scene(performer="self_assessor").audit).side is Side.EMPLOYER


def test_audits_of_several_stages_cost_the_journal_one_question(django_assert_num_queries):
    audit = sent().audit
    audit.refresh_from_db()
    audit.partner.key  # noqa: B018 -- fetched before, as every query for audits does
    with django_assert_num_queries(1):
        turns_of([audit], on=ON)
