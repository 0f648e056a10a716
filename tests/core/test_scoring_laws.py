"""What must hold for every set of answers, tried on the shipped instrument."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as some

from drafts import shipped
from secor.core.answer import NOT_APPLICABLE, Count, Percent, QuestionAnswer, Voices
from secor.core.instrument import Method
from secor.core.scoring import score
from secor.core.verdict import PassMark, decide

INSTRUMENT = shipped()
QUESTIONS = tuple(INSTRUMENT.questions.values())
PARTS = tuple((question, rule.method) for question in QUESTIONS for rule in question.methods)

counts = some.integers(0, 12).flatmap(lambda of: some.integers(0, of).map(lambda met: Count(met, of)))
voices = some.builds(Voices, some.integers(0, 9), some.integers(0, 9), some.integers(0, 3))
percents = some.integers(0, 1000).map(lambda mille: Percent(Fraction(mille, 1000)))


@some.composite
def sheets(draw):
    """An answer for some parts of some questions; the rest is left unanswered."""
    chosen = draw(some.lists(some.sampled_from(PARTS), max_size=25, unique=True))
    sheet = {}
    for question, method in chosen:
        answer = draw(voices if method is Method.INTERVIEW else some.one_of(counts, percents))
        before = sheet.get(question.id, QuestionAnswer())
        sheet[question.id] = replace(before, by_method={**before.by_method, method: answer})
    return sheet


def one_more(answer):
    if isinstance(answer, Count):
        return replace(answer, met=answer.met + 1, of=max(answer.of, answer.met + 1))
    if isinstance(answer, Voices):
        return replace(answer, positive=answer.positive + 1)
    return Percent(min(Fraction(1), answer.of_all + Fraction(1, 100)))


shares = some.sampled_from([None, Fraction(0), Fraction(1, 2), Fraction(1)])
profiles = some.sets(some.sampled_from(Method), min_size=1)


@settings(max_examples=60, deadline=None)
@given(sheets(), shares, some.data())
def test_one_more_positive_never_lowers_a_score(sheet, default, data):
    if not sheet:
        return
    name = data.draw(some.sampled_from(sorted(sheet)))
    method = data.draw(some.sampled_from(sorted(sheet[name].by_method, key=lambda each: each.value)))
    better = {**sheet[name].by_method, method: one_more(sheet[name].by_method[method])}

    before = score(INSTRUMENT, sheet, default=default)
    after = score(INSTRUMENT, {**sheet, name: QuestionAnswer(better)}, default=default)

    assert after.awarded >= before.awarded
    assert all(now.awarded >= then.awarded for now, then in zip(after.elements, before.elements, strict=True))


@settings(max_examples=40, deadline=None)
@given(sheets(), some.sampled_from(QUESTIONS), shares)
def test_not_applicable_changes_no_other_element(sheet, question, default):
    before = score(INSTRUMENT, sheet, default=default)
    after = score(INSTRUMENT, {**sheet, question.id: NOT_APPLICABLE}, default=default)
    own = int(question.id.split(".", maxsplit=1)[0])

    for then, now in zip(before.elements, after.elements, strict=True):
        assert now == then or now.number == own
    if question.na_allowed:
        assert after.possible <= before.possible
    else:
        assert [each.question for each in after.refused] == [question.id]


@settings(max_examples=60, deadline=None)
@given(sheets(), profiles, shares)
def test_sums_hold_and_nothing_earns_more_than_it_can(sheet, methods, default):
    result = score(INSTRUMENT, sheet, methods=methods, default=default)
    marks = {mark.question: mark for mark in result.questions}

    assert result.awarded == sum(each.awarded for each in result.elements)
    assert result.possible == sum(each.possible for each in result.elements)
    for element, scored in zip(INSTRUMENT.elements, result.elements, strict=True):
        assert scored.awarded == sum(marks[each.id].awarded for each in element.questions)
        assert scored.possible == sum(marks[each.id].possible for each in element.questions)
    assert all(0 <= mark.awarded <= mark.possible for mark in result.questions)
    assert all(isinstance(mark.awarded, int) for mark in result.questions)
    assert result.complete is not bool(result.unanswered)
    for mark in result.questions:  # so that each gap has a method whose wish can be told
        lost = any(each.numerator < each.possible * each.denominator for each in mark.methods)
        assert lost or mark.awarded == mark.possible


@settings(max_examples=30, deadline=None)
@given(sheets(), some.integers(2, 9))
def test_counting_everything_several_times_changes_nothing(sheet, times):
    def scaled(answer):
        if isinstance(answer, Count):
            return Count(answer.met * times, answer.of * times)
        if isinstance(answer, Voices):
            return Voices(answer.positive * times, answer.negative * times)
        return answer

    many = {
        name: QuestionAnswer({method: scaled(answer) for method, answer in each.by_method.items()})
        for name, each in sheet.items()
    }

    def marks(given_):
        return [(each.awarded, each.possible) for each in score(INSTRUMENT, given_).questions]

    assert marks(many) == marks(sheet)


@settings(max_examples=40, deadline=None)
@given(sheets(), some.fractions(0, 1, max_denominator=50))
def test_a_verdict_agrees_with_the_exact_shares(sheet, minimum):
    result = score(INSTRUMENT, sheet, default=Fraction(3, 4))
    verdict = decide(result, PassMark(minimum, minimum))

    assert verdict.passed is (
        result.share >= minimum and all(each.share is None or each.share >= minimum for each in result.elements)
    )


def test_every_share_of_every_part_gives_whole_points_within_bounds():
    for mille in range(0, 1001, 25):
        result = score(INSTRUMENT, {}, default=Fraction(mille, 1000))
        assert result.possible == 1000
        assert result.complete
    assert result.awarded == 1000
