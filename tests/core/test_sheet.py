"""Answers as people and programs write them."""

from fractions import Fraction

import pytest

from drafts import draft, method, question, read
from secor.core.answer import Count, Given, Percent, QuestionAnswer, Site, Sites, Voices, items_missing
from secor.core.instrument import Method
from secor.core.reading import Reading
from secor.core.scoring import check
from secor.core.sheet import read_answer, read_answers, write_answer

INSTRUMENT = read(
    draft(
        [
            question(
                "1.1",
                D=method(rule="per_item", items=["owner's duties", "supervisor", "worker"]),
                na={"allowed": True},
            ),
            question("1.2", I=method(audience=["supervisor", "worker"]), O=method()),
            question("1.3", D=method(3, "points_list", allowed_points=[0, 1, 3])),
        ],
        [question("2.1", D=method(rule="per_item", items=["a", "worker"], skip_items_for_absent_roles=True))],
    )
)
D, I, O = Method.DOCUMENT, Method.INTERVIEW, Method.OBSERVATION  # noqa: E741 -- the letters of the instruments


def sheet(**answers):
    reading = Reading("answers")
    read_ = read_answers(reading, {key.replace("_", "."): item for key, item in answers.items()}, instrument=INSTRUMENT)
    return read_, [(problem.place, problem.problem) for problem in reading.problems]


SHAPES = [
    ({"percent": "73.5"}, Percent(Fraction(147, 200))),
    ({"met": 1, "of": 3}, Count(1, 3)),
    ({"met": 1, "of": 3, "partial": 1}, Count(1, 3, partial=1)),
    ({"met": 2, "of": 3, "partial": 1}, Count(2, 3, partial=1)),  # all there, though one only in part
    ({"met": 3, "of": 3}, Count(3, 3)),
    ({"met": 2, "of": 3, "missing": ["supervisor"]}, Count(2, 3, missing=frozenset({"supervisor"}))),
    ({"met": 1, "of": 2, "absent": ["worker"]}, Count(1, 2, absent=frozenset({"worker"}))),
    ({"pos": 5, "neg": 3}, Voices(5, 3)),
    ({"pos": 0, "neg": 0, "no_comment": 1, "not_asked": 2}, Voices(0, 0, 1, 2)),
    (
        {"roles": {"worker": {"pos": 2, "neg": 1}, "supervisor": {"pos": 1, "neg": 0, "no_comment": 1}}},
        Voices.of_roles({"worker": Voices(2, 1), "supervisor": Voices(1, 0, 1)}),
    ),
    (
        {"sites": [{"employees": 6, "percent": "60"}, {"employees": 1, "met": 1, "of": 2}]},
        Sites((Site(6, Percent(Fraction(3, 5))), Site(1, Count(1, 2)))),
    ),
]


@pytest.mark.parametrize(("written", "answer"), SHAPES)
def test_every_shape_is_read_and_written_back_the_same(written, answer):
    reading = Reading()
    rule = INSTRUMENT.question("1.1").methods[0]

    assert read_answer(reading, written, rule=rule) == answer
    assert reading.problems == []
    assert write_answer(answer) == written


def test_points_are_taken_from_the_list():
    rule = INSTRUMENT.question("1.3").methods[0]

    assert read_answer(Reading(), {"points": "1"}, rule=rule) == Given(1, 3)
    assert write_answer(Given(1, 3)) == {"points": "1"}


@pytest.mark.parametrize(
    ("word", "share"), [("yes", (1, 1)), ("partial", (1, 2)), ("no", (0, 1)), (True, (1, 1)), (False, (0, 1))]
)
def test_a_document_can_be_answered_with_one_word(word, share):
    rule = INSTRUMENT.question("1.1").methods[0]

    assert read_answer(Reading(), {"answer": word}, rule=rule).share() == share


def test_not_applicable_is_a_word_or_a_flag_with_its_note():
    assert sheet(**{"1_1": "NA"})[0]["1.1"].not_applicable
    read_, problems = sheet(**{"1_1": {"NA": True, "note": "Nobody works here."}})
    assert read_["1.1"] == QuestionAnswer(note="Nobody works here.", not_applicable=True)
    assert problems == []


def test_notes_are_kept_for_the_question_and_for_each_method():
    read_, problems = sheet(**{"1_2": {"I": {"pos": 1, "neg": 0, "note": "A."}, "O": None, "note": "B."}})

    assert problems == []
    assert (read_["1.2"].note, dict(read_["1.2"].notes)) == ("B.", {I: "A."})
    assert dict(read_["1.2"].by_method) == {I: Voices(1, 0)}  # null means not listed


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        ({"9_9": "NA"}, "answers.9.9"),
        ({"1_1": "N/A"}, "answers.1.1"),
        ({"1_1": {"I": {"pos": 1, "neg": 0}}}, "answers.1.1.I"),
        ({"1_1": {"D": {"met": -1, "of": 3}}}, "answers.1.1.D.met"),
        ({"1_1": {"D": {"met": 4, "of": 3}}}, "answers.1.1.D.met"),
        ({"1_1": {"D": {"met": 3, "of": 3, "partial": 1}}}, "answers.1.1.D.met"),
        ({"1_1": {"D": {"met": "some", "of": 3}}}, "answers.1.1.D.met"),
        ({"1_1": {"D": {"met": True, "of": 3}}}, "answers.1.1.D.met"),
        ({"1_1": {"D": {"met": 1}}}, "answers.1.1.D.of"),
        ({"1_1": {"D": {"met": 1, "of": 3, "missing": ["boss"]}}}, "answers.1.1.D.missing.1"),
        ({"1_1": {"D": {"met": 1, "of": 3, "missing": [None]}}}, "answers.1.1.D.missing.1"),
        ({"1_1": {"D": {"percent": 100.1}}}, "answers.1.1.D.percent"),
        ({"1_1": {"D": {"percent": -1}}}, "answers.1.1.D.percent"),
        ({"1_1": {"D": {"percent": 50, "met": 1}}}, "answers.1.1.D.met"),
        ({"1_1": {"D": {}}}, "answers.1.1.D"),
        ({"1_1": {"D": 7}}, "answers.1.1.D"),
        ({"1_1": {"D": {"answer": "maybe"}}}, "answers.1.1.D.answer"),
        ({"1_1": {"D": {"answer": ["yes"]}}}, "answers.1.1.D.answer"),
        ({"1_1": {"NA": True, "D": {"percent": 1}}}, "answers.1.1.D"),
        ({"1_2": {"I": {"pos": 1}}}, "answers.1.2.I.neg"),
        ({"1_2": {"I": {"pos": 1, "neg": 1.5}}}, "answers.1.2.I.neg"),
        ({"1_2": {"I": {"roles": {"worker": 3}}}}, "answers.1.2.I.roles.worker"),
        ({"1_2": {"O": {"sites": []}}}, "answers.1.2.O.sites"),
        ({"1_2": {"O": {"sites": [{"employees": 0, "percent": 5}]}}}, "answers.1.2.O.sites.1.employees"),
        ({"1_2": {"O": {"sites": [{"percent": 5}]}}}, "answers.1.2.O.sites.1.employees"),
        ({"1_3": {"D": {"points": 2}}}, "answers.1.3.D.points"),
        ({"1_3": {"D": {"sites": [{"employees": 1, "points": 1}]}}}, "answers.1.3.D.sites.1.points"),
        ({"1_1": {"D": {"percent": "1e999999999"}}}, "answers.1.1.D.percent"),
    ],
)
def test_an_answer_that_cannot_be_read_says_where(answers, place):
    assert place in [at for at, _ in sheet(**answers)[1]]


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (
            {"1_1": {"D": {"met": 3, "of": 3, "partial": 1}}},
            "is 4 with its partial ones, which is more than the 3 there are",
        ),
        ({"1_3": {"D": {"points": 2}}}, "must be one of 0, 1, 3"),
        (
            {"1_1": {"D": {"points": 1}}},
            "are given, but this method has no list of points; give met and of, or percent",
        ),
    ],
)
def test_what_is_wrong_with_an_answer_is_told_in_its_own_numbers(answers, words):
    assert [problem for _, problem in sheet(**answers)[1]] == [words]


def test_items_left_out_and_items_named_as_absent_are_told_in_their_numbers():
    (problem,) = check(INSTRUMENT.question("2.1"), D, Count(1, 2, absent=frozenset({"worker", "a"})))

    assert problem.problem == "names 2 items, but 0 are left out of the count"


def test_an_unquoted_question_id_is_told():
    reading = Reading("answers")

    read_answers(reading, {1.1: "NA"}, instrument=INSTRUMENT)

    assert "quotes" in reading.problems[0].problem


@pytest.mark.parametrize(
    "written",
    [
        {"pos": 1, "neg": "x"},
        {"pos": "x", "neg": 1},
        {"pos": 1, "neg": 1, "no_comment": -1},
        {"met": 1, "of": None},
        {"met": 1, "of": 3, "partial": "x"},
        {"sites": [{"employees": 3, "percent": 60}, {"employees": 3, "percent": 101}]},
        {"sites": [{"employees": 3, "percent": 60}, {"employees": 0, "percent": 60}]},
        {"sites": []},
    ],
)
def test_an_answer_with_one_number_that_cannot_be_told_is_none(written):
    reading = Reading()

    assert read_answer(reading, written, rule=INSTRUMENT.question("1.1").methods[0]) is None
    assert reading.problems


@pytest.mark.parametrize(
    ("given", "missing", "told"),
    [(1, {"owner's duties"}, 0), (2, {"supervisor"}, 0), (3, {"worker"}, 0), (0, set(), 1), (4, set(), 1)],
)
def test_the_items_of_a_question_are_numbered_from_one(given, missing, told):
    reading = Reading()
    answer = read_answer(reading, {"met": 0, "of": 3, "missing": [given]}, rule=INSTRUMENT.question("1.1").methods[0])

    assert (answer.missing, len(reading.problems)) == (missing, told)


def test_items_can_be_named_by_number_role_or_text():
    rule = INSTRUMENT.question("1.1").methods[0]
    given = {"met": 0, "of": 3, "missing": [1, "supervisor", "worker"]}

    answer = read_answer(Reading(), given, rule=rule)

    assert answer.missing == {"owner's duties", "supervisor", "worker"}
    assert items_missing(QuestionAnswer({D: answer}))
    assert not items_missing(QuestionAnswer({D: Count(3, 3)}))


def test_sites_are_weighed_as_the_instrument_says():
    plain = read(draft([question("1.1", D=method())], scoring={"sites": "plain"}))
    given = {"1.1": {"D": {"sites": [{"employees": 3, "percent": 1}]}}}

    assert not read_answers(Reading(), given, instrument=plain)["1.1"].by_method[D].weighted


def mended(name, by, answer):
    return [problem.place for problem in check(INSTRUMENT.question(name), by, answer)]


@pytest.mark.parametrize(
    ("name", "by", "answer", "places"),
    [
        ("1.1", D, Count(3, 3), []),
        ("1.1", D, Count(1, 2), ["1.1.D.of"]),  # an item was left out, and no role is absent here
        ("1.1", D, Count(3, 4), ["1.1.D.of"]),
        ("2.1", D, Count(1, 1), []),  # the worker's item may be absent
        ("2.1", D, Count(1, 3), ["2.1.D.of"]),
        ("2.1", D, Count(1, 1, absent=frozenset({"worker"})), []),
        ("2.1", D, Count(1, 2, absent=frozenset({"worker"})), ["2.1.D.absent"]),
        ("2.1", D, Count(0, 1, missing=frozenset({"worker"}), absent=frozenset({"worker"})), ["2.1.D.absent"]),
        ("1.1", D, Count(2, 3, missing=frozenset({"worker"})), []),
        ("1.1", D, Count(3, 3, missing=frozenset({"worker"})), ["1.1.D.missing"]),
        ("1.1", D, Voices(1, 1), ["1.1.D.pos"]),
        ("1.1", D, Percent(Fraction(1, 2)), []),
        ("1.1", I, Voices(1, 1), ["1.1.I"]),
        ("1.2", I, Voices(1, 1), []),
        ("1.2", I, Voices.of_roles({"worker": Voices(1, 1)}), []),
        ("1.2", I, Voices.of_roles({"owner": Voices(1, 1)}), ["1.2.I.roles.owner"]),
        ("1.2", O, Sites((Site(1, Voices(1, 1)),)), ["1.2.O.pos"]),
        ("1.3", D, Given(1, 3), []),
        ("1.3", D, Given(2, 3), ["1.3.D.points"]),
        ("1.1", D, Given(1, 10), ["1.1.D.points"]),
        ("1.2", O, Count(7, 9), []),
    ],
)
def test_an_answer_is_checked_before_it_is_kept(name, by, answer, places):
    assert mended(name, by, answer) == places
