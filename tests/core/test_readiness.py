"""The forecast knows days: what has passed stays empty, what is still to come can be made."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secor.core.pass_mark import PassMark
from secor.core.readiness import Forecast, Lack, OnFile, Paper, Window, forecast, weakest
from secor.core.rhythm import Rhythm
from secor.core.score import ElementScore, Score
from secor.queries import schemes

SECOR = schemes.instrument("secor-open")
WINDOW = Window(date(2026, 1, 15), date(2027, 1, 14), date(2026, 6, 10))
TYPES = sorted({kind for question in SECOR.in_cascade_order for kind in question.evidence_types})
DIRECTIVE = {"policy_statement", "duty_list", "org_chart", "erp", "vh_plan", "swp_sjp"}
RHYTHMS = {kind: Rhythm.MONTHLY for kind in TYPES if kind not in DIRECTIVE}
ALL_MONTHS = frozenset(date(2026, month, 1) for month in range(1, 13)) | {date(2027, 1, 1)}


def told(have, *, window=WINDOW, **more):
    return forecast(SECOR, have, window=window, **more)


def lack(found, kind):
    return next((each for each in found.lacks if each.evidence == kind), None)


def test_an_employer_with_everything_has_every_point():
    found = told(OnFile(RHYTHMS, dict.fromkeys(RHYTHMS, ALL_MONTHS), dict.fromkeys(DIRECTIVE, Paper.HELD)))

    assert found.nothing_more.share == found.kept_up.share == 1
    assert found.lacks == ()
    assert found.best_next is None


def test_an_employer_with_nothing_has_none_but_may_still_have_most():
    found = told(OnFile(RHYTHMS, {}, dict.fromkeys(DIRECTIVE, Paper.MISSING)))

    assert found.nothing_more.share == 0
    assert Fraction(1, 2) < found.kept_up.share < 1
    assert found.best_next is not None


def test_a_month_that_has_passed_can_no_longer_be_made_and_the_month_of_today_can():
    inspected = frozenset(date(2026, month, 1) for month in (1, 2, 4))
    found = lack(told(OnFile(RHYTHMS, {"inspection_report": inspected})), "inspection_report")

    assert [each.first for each in found.missed] == [date(2026, 3, 1), date(2026, 5, 1)]
    assert found.still_open[0].first == date(2026, 6, 1)
    assert len(found.still_open) == 8
    assert (found.now, found.best) == (Fraction(3, 13), Fraction(11, 13))


@pytest.mark.parametrize(("on", "missed"), [(date(2026, 3, 31), 0), (date(2026, 4, 1), 1)])
def test_the_last_day_of_a_month_still_makes_it(on, missed):
    inspected = frozenset({date(2026, 1, 1), date(2026, 2, 1)})
    window = Window(WINDOW.first, WINDOW.last, on)

    assert (
        len(lack(told(OnFile(RHYTHMS, {"inspection_report": inspected}), window=window), "inspection_report").missed)
        == missed
    )


@pytest.mark.parametrize(
    ("rhythm", "months", "now", "best"),
    [
        (Rhythm.YEARLY, {date(2026, 2, 1)}, 1, 1),
        (Rhythm.YEARLY, set(), 0, 1),
        (Rhythm.YEARLY, {date(2025, 12, 1)}, 0, 1),
        (Rhythm.AS_IT_HAPPENS, {date(2026, 2, 1)}, 1, 1),
        (Rhythm.ON_HIRE, {date(2025, 12, 1)}, 0, 1),
        (Rhythm.QUARTERLY, {date(2026, 2, 1), date(2026, 9, 1)}, Fraction(2, 5), 1),
        (Rhythm.QUARTERLY, set(), 0, Fraction(4, 5)),
    ],
)
def test_each_rhythm_wants_its_own(rhythm, months, now, best):
    found = lack(told(OnFile({"drill_report": rhythm}, {"drill_report": months})), "drill_report")

    assert (found.now, found.best) == (now, best) if found else now == 1


def test_a_paper_that_waits_for_its_signature_is_worth_half():
    found = told(OnFile({}, {}, {"policy_statement": Paper.WRITTEN}))

    assert lack(found, "policy_statement").now == Fraction(1, 2)
    mark = next(each for each in found.nothing_more.questions if each.question == "1.1")
    assert mark.awarded == 10


def test_what_is_named_first_gains_most_and_gains_what_it_says():
    have = OnFile(RHYTHMS, {}, dict.fromkeys(DIRECTIVE, Paper.MISSING))
    first, *rest = told(have).lacks
    assert all(first.gain >= other.gain for other in rest)

    papers = {kind: Paper.HELD if kind == "erp" else Paper.MISSING for kind in DIRECTIVE}
    exact = [
        sum(Fraction(q.numerator, q.denominator) for q in told(OnFile(RHYTHMS, {}, each)).nothing_more.questions)
        for each in (have.papers, papers)
    ]
    assert lack(told(have), "erp").gain == exact[1] - exact[0]


def test_what_people_will_say_is_guessed_and_said_to_be():
    found = told(OnFile(RHYTHMS, {}, {}))

    assert "1.2" in found.guessed
    assert "1.1" in found.guessed, "nobody gives a policy here"
    assert "1.1" not in told(OnFile({}, {}, {"policy_statement": Paper.HELD})).guessed


months = st.frozensets(st.dates(date(2025, 6, 1), date(2027, 6, 1)).map(lambda day: day.replace(day=1)), max_size=14)


@given(
    st.dictionaries(st.sampled_from(TYPES), months, max_size=20),
    st.dates(WINDOW.first, WINDOW.last),
    st.sampled_from(TYPES),
    st.dates(WINDOW.first, WINDOW.last),
)
def test_one_record_more_never_costs_a_point(kept, on, kind, more):
    window = Window(WINDOW.first, WINDOW.last, on)
    rhythms = {each: list(Rhythm)[nth % len(Rhythm)] for nth, each in enumerate(TYPES)}
    before = told(OnFile(rhythms, kept), window=window, steps=False)
    richer = kept | {kind: kept.get(kind, frozenset()) | {more.replace(day=1)}}
    after = told(OnFile(rhythms, richer), window=window, steps=False)

    assert after.nothing_more.share >= before.nothing_more.share
    assert before.kept_up.share >= before.nothing_more.share


def test_waiting_never_makes_it_better():
    have = OnFile(RHYTHMS, {"toolbox_minutes": frozenset({date(2026, 2, 1)})})
    best = [
        told(
            have, window=Window(WINDOW.first, WINDOW.last, WINDOW.first + timedelta(days=days)), steps=False
        ).kept_up.share
        for days in range(0, 365, 7)
    ]

    assert best == sorted(best, reverse=True)


@pytest.mark.parametrize(
    ("months", "only_if"), [((), True), ((date(2025, 12, 1),), True), ((date(2026, 1, 1),), False)]
)
def test_what_never_happened_is_no_lack_and_is_told_apart(months, only_if):
    have = OnFile({"visitor_log": Rhythm.AS_IT_HAPPENS}, {"visitor_log": frozenset(months)})
    found = told(have)

    assert found.only_if == (("visitor_log",) if only_if else ())
    assert found.lacks == ()


def test_what_is_made_on_hire_stays_a_lack_where_there_is_none():
    found = told(OnFile({"orientation_record": Rhythm.ON_HIRE}))

    assert found.only_if == ()
    assert lack(found, "orientation_record").now == 0


def test_what_the_work_does_not_bring_is_neither_a_lack_nor_a_share():
    without = told(OnFile({"checkin_log": Rhythm.MONTHLY}, beside=frozenset({"checkin_log"})))

    assert (without.lacks, without.only_if) == ((), ())
    assert without.nothing_more == told(OnFile({})).nothing_more


def of_elements(*awarded, possible=60, counted=True):
    elements = tuple(ElementScore(nth, possible, got, counted=counted) for nth, got in enumerate(awarded, start=1))
    return Score(elements, (), possible * len(awarded), sum(awarded))


HALF = PassMark(Fraction(4, 5), Fraction(1, 2))


@pytest.mark.parametrize(
    ("awarded", "weak"),
    [
        ((60, 60, 60, 60), []),
        ((60, 59, 60, 60), [2]),
        ((50, 40, 60, 45, 55), [2, 4, 1]),
        ((50, 40, 50, 50, 50), [2, 1, 3]),
        ((29, 10, 20, 28, 30), [2, 3, 4, 1]),
        ((30, 30, 30, 30, 30), [1, 2, 3]),
    ],
)
def test_the_weakest_are_all_below_their_mark_or_else_the_three_lowest(awarded, weak):
    assert [each.number for each in weakest(of_elements(*awarded), HALF)] == weak


def test_where_elements_have_no_mark_three_are_weak_enough():
    assert [each.number for each in weakest(of_elements(0, 1, 2, 3), PassMark(Fraction(4, 5), None))] == [1, 2, 3]


def test_what_is_not_counted_or_has_nothing_left_to_earn_is_never_weak():
    assert weakest(of_elements(0, 0, counted=False), HALF) == ()
    assert weakest(of_elements(0, 0, possible=0), HALF) == ()


def test_weak_shares_are_compared_exactly():
    third = ElementScore(1, 3, 1, counted=True)
    less = ElementScore(2, 10**9, 333_333_333, counted=True)

    assert weakest(Score((third, less), (), 10**9 + 3, 333_333_334), HALF) == (less, third)


@pytest.mark.parametrize("gain", [Fraction(0), Fraction(1, 2), Fraction(1), Fraction(12)])
def test_the_next_thing_to_do_gains_something_however_little(gain):
    nothing = Score((), (), 0, 0)
    only = Lack("erp", (), (), Fraction(0), Fraction(1), gain)
    found = Forecast(WINDOW, nothing, nothing, (only,), frozenset())

    assert found.best_next == (only if gain else None)


def test_a_gain_is_what_is_won_and_not_what_is_there_already():
    papers = dict.fromkeys(DIRECTIVE, Paper.HELD) | {"erp": Paper.WRITTEN}
    found = told(OnFile({}, {}, papers))
    (only,) = found.lacks

    assert found.nothing_more.share > 0
    assert 0 < only.gain == points(found.kept_up) - points(found.nothing_more)


def points(result):
    return sum((Fraction(each.numerator, each.denominator) for each in result.questions), Fraction(0))


def test_what_can_no_longer_be_made_good_gains_nothing():
    after = Window(WINDOW.first, WINDOW.last, WINDOW.last + timedelta(days=40))
    found = told(OnFile(RHYTHMS, {}), window=after)

    assert {each.gain for each in found.lacks} == {Fraction(0)}
    assert found.best_next is None


def test_the_next_thing_to_do_is_the_first_however_little_the_last_one_gains():
    nothing = Score((), (), 0, 0)
    first, last = (Lack(kind, (), (), Fraction(0), Fraction(1), gain) for kind, gain in (("erp", 2), ("log", 0)))

    assert Forecast(WINDOW, nothing, nothing, (first, last), frozenset()).best_next is first


def test_what_half_the_crew_has_the_other_half_can_have_still():
    found = lack(told(OnFile({}, covered={"orientation_record": Fraction(1, 2)})), "orientation_record")

    assert (found.now, found.best) == (Fraction(1, 2), 1)


def test_the_day_on_which_a_stretch_ends_still_belongs_to_it():
    window = Window(WINDOW.first, WINDOW.last, date(2026, 6, 30))
    found = lack(told(OnFile(RHYTHMS, {}), window=window), "inspection_report")

    assert found.still_open[0].last == date(2026, 6, 30)
    assert found.missed[-1].last == date(2026, 5, 31)


@pytest.mark.parametrize("rhythm", [Rhythm.MONTHLY, Rhythm.AS_IT_HAPPENS])
def test_a_window_that_ends_on_the_first_of_a_month_counts_that_month(rhythm):
    window = Window(date(2026, 1, 2), date(2027, 1, 1), date(2027, 1, 1))
    months = ALL_MONTHS if rhythm is Rhythm.MONTHLY else {date(2027, 1, 1)}

    found = told(OnFile({"inspection_report": rhythm}, {"inspection_report": months}), window=window)

    assert (lack(found, "inspection_report"), found.only_if) == (None, ())


def test_what_people_say_is_as_good_as_the_papers_of_its_element_and_a_paper_as_good_as_itself():
    have = OnFile({}, covered={"concern_log": Fraction(1), "participation_process": Fraction(0)})
    found = told(have)
    marks = {each.question: [method.awarded for method in each.methods] for each in found.nothing_more.questions}

    assert marks["4.5"] == [5, Fraction(5, 2)]  # the log is there; of the two papers of its element, one is
    assert marks["4.4"][0] == Fraction(15, 2)
    assert [each.number for each in found.nothing_more.elements if each.awarded] == [4]
    assert "4.5" in found.guessed
    assert "4.1" not in found.guessed
