"""What papers an audit asks for, and a day planned from the instrument itself."""

from itertools import pairwise

from secor.core.method import Method
from secor.core.preparation import MADE_ON_SITE, PACE, UNTIL_MIDDAY, Pace, With, agenda, papers
from secor.queries import schemes

INSTRUMENT = schemes.instrument("secor-open")
DOCUMENTS = sum(
    question.rule_of(Method.DOCUMENT) is not None for each in INSTRUMENT.elements for question in each.questions
)


def test_every_kind_that_a_question_looks_for_in_documents_is_asked_for_once_and_in_its_order():
    asked = papers(INSTRUMENT)
    expected = [
        kind
        for element in INSTRUMENT.elements
        for question in element.questions
        if question.rule_of(Method.DOCUMENT)
        for kind in question.evidence_types
        if kind not in MADE_ON_SITE
    ]

    assert [each.kind for each in asked] == list(dict.fromkeys(expected))
    assert sum(len(each.questions) for each in asked) == len(expected)
    assert not MADE_ON_SITE & {each.kind for each in asked}


def test_what_the_business_decided_is_told_apart_from_what_it_fills_in():
    by_kind = {each.kind: each.directive for each in papers(INSTRUMENT)}

    assert by_kind["policy_statement"]
    assert not by_kind["inspection_report"]


def test_the_day_goes_from_the_owner_to_the_owner_without_a_gap():
    day = agenda(INSTRUMENT, interviews=4, sites=2)

    assert [slot.what for slot in day] == ["opening", "sites", "interviews", "midday", "papers", "closing"]
    assert day[0].begins == 0
    assert all(before.ends == after.begins for before, after in pairwise(day))
    assert (day[1].minutes, day[2].minutes) == (2 * PACE.site, 4 * PACE.interview)
    assert day[4].count == DOCUMENTS
    assert (day[0].present, day[-1].present) == (With.OWNER, With.OWNER)


def test_nobody_to_talk_with_is_no_line_and_a_short_day_has_no_break():
    quick = Pace(question=1)
    day = agenda(INSTRUMENT, interviews=0, sites=1, pace=quick)

    assert [slot.what for slot in day] == ["opening", "sites", "papers", "closing"]
    assert day[-1].ends == 20 + 40 + DOCUMENTS + 20 <= UNTIL_MIDDAY


def test_the_break_comes_once_and_before_what_would_go_past_it():
    for interviews in range(12):
        day = agenda(INSTRUMENT, interviews=interviews, sites=1)
        breaks = [slot for slot in day if slot.what == "midday"]
        assert len(breaks) == 1
        assert breaks[0].begins > 0
