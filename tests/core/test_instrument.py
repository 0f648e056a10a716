"""An instrument file, or every reason why it is not one."""

from copy import deepcopy
from fractions import Fraction

import pytest
import yaml

from drafts import SHIPPED, draft, method, problems, question, read, shipped
from secor.core.audit import Kind
from secor.core.instrument import Method
from secor.core.pass_mark import PassMark
from secor.core.question import DocumentKind


def file():
    return draft(
        [question("1.1", D=method(10, "per_item")), question("1.2", D=method(5), I=method(5))],
        [question("2.1", O=method(10, "all_or_nothing"))],
    )


def changed(*path, to):
    """The good file with one thing changed (or, for ``...``, taken away)."""
    result = deepcopy(file())
    target = result
    for key in path[:-1]:
        target = target[key]
    if to is ...:
        del target[path[-1]]
    else:
        target[path[-1]] = to
    return result


FIRST = ("elements", 0, "questions", 0)
SECOND = ("elements", 0, "questions", 1)
LEANS = {"depends_on": "1.1", "when": "score_is_zero", "effect": "score_zero"}
Q1 = "elements.1.questions.1.1"
Q2 = "elements.1.questions.1.2"


def test_a_sound_file_has_no_problems():
    assert problems(file()) == []


@pytest.mark.parametrize(
    ("path", "to", "place", "word"),
    [
        (("elements", 0, "max_points"), 21, "elements.1.max_points", "add up to 20"),
        (("instrument", "total_points"), 31, "instrument.total_points", "add up to 30"),
        ((*FIRST, "max_points"), 11, f"{Q1}.max_points", "is 11"),
        ((*FIRST, "max_points"), 0, f"{Q1}.max_points", "is 0"),
        ((*FIRST, "id"), "1.2", "elements.1.questions.1.2.id", "twice"),
        ((*FIRST, "id"), 1.1, "elements.1.questions.1.id", "quotes"),
        (("elements", 1, "no"), 1, "elements.2.no", "twice"),
        (("elements", 1, "no"), "two", "elements.2.no", "whole number"),
        ((*FIRST, "colour"), "red", f"{Q1}.colour", "not a known key"),
        ((*FIRST, "methods", "X"), method(), f"{Q1}.methods.X", "not a known key"),
        ((*FIRST, "methods"), {}, f"{Q1}.methods", "at least one of D, I, O"),
        ((*FIRST, "methods"), ..., f"{Q1}.methods", "missing"),
        ((*FIRST, "methods", "D", "rule"), "per_itme", f"{Q1}.methods.D.rule", "range, all_or_nothing"),
        ((*FIRST, "methods", "D", "items"), ..., f"{Q1}.methods.D.items", "missing"),
        ((*FIRST, "methods", "D", "threshold_percent"), 70, f"{Q1}.methods.D.threshold_percent", "means nothing"),
        ((*FIRST, "methods", "D", "rounds"), "down", f"{Q1}.methods.D.rounds", "means nothing"),
        ((*FIRST, "methods", "D", "points"), 9.5, f"{Q1}.methods", "multiple of 1"),
        ((*FIRST, "methods", "D", "points"), -1, f"{Q1}.methods.D.points", "0 or more"),
        ((*FIRST, "combine"), "add", f"{Q1}.combine", "sum, any, average"),
        ((*FIRST, "na"), {"only_if": "never"}, f"{Q1}.na.allowed", "missing"),
        ((*FIRST, "na"), {"allowed": "no"}, f"{Q1}.na.allowed", "true or false"),
        ((*FIRST, "document_kind"), "paper", f"{Q1}.document_kind", "directive, operational"),
        ((*SECOND, "cascade"), {**LEANS, "depends_on": "9.9"}, f"{Q2}.cascade.depends_on", "'9.9', which does not"),
        ((*SECOND, "cascade"), {**LEANS, "depends_on": "1.2"}, f"{Q2}.cascade.depends_on", "leads back"),
        ((*SECOND, "cascade"), {**LEANS, "when": "it rains"}, f"{Q2}.cascade.when", "score_is_zero"),
        ((*SECOND, "cascade"), {"depends_on": "1.1"}, f"{Q2}.cascade.when", "missing"),
        (
            (*SECOND, "cascade"),
            {**LEANS, "effect": "responses_of_that_role_not_asked"},
            f"{Q2}.cascade",
            "item_missing",
        ),
        (
            (*SECOND, "cascade"),
            {**LEANS, "when": "item_missing", "depends_on": "2.1"},
            f"{Q2}.cascade.when",
            "lists no items",
        ),
        (("instrument", "colour"), "red", "instrument.colour", "not a known key"),
        (("instrument", "version"), 1.0, "instrument.version", "quotes"),
        (("instrument", "scoring"), {"rules": {"rnage": "…"}}, "instrument.scoring.rules.rnage", "known here"),
        (("instrument", "scoring"), {"rounding": {"step": 0}}, "instrument.scoring.rounding.step", "is 0"),
        (("instrument", "scoring"), {"sites": "loudest"}, "instrument.scoring.sites", "headcount, plain"),
        (("instrument", "pass_rules"), {"renewal": {}}, "instrument.pass_rules.renewal", "known here"),
        (("instrument", "profiles"), {"short": {"methods": ["X"]}}, "instrument.profiles.short.methods.1", "D, I, O"),
        (("elements",), ..., "elements", "missing"),
        (("elements",), {"one": 1}, "elements", "needs a list"),
    ],
)
def test_each_fault_is_told_with_its_place(path, to, place, word):
    found = problems(changed(*path, to=to))

    assert any(at == place and word in told for at, told in found), found


def test_all_faults_are_told_at_once():
    faulty = changed(*FIRST, "max_points", to=11)
    faulty["elements"][1]["max_points"] = 12
    faulty["elements"][1]["questions"][0]["methods"]["O"]["rule"] = "guess"
    faulty["instrument"]["colour"] = "red"

    places = {place for place, _ in problems(faulty)}

    assert {
        f"{Q1}.max_points",
        "elements.2.questions.2.1.methods.O.rule",
        "instrument.colour",
        "elements.1.max_points",
    } <= places


def test_a_circle_of_cascades_is_refused():
    circle = changed(*FIRST, "cascade", to={**LEANS, "depends_on": "1.2"})
    circle["elements"][0]["questions"][1]["cascade"] = LEANS

    assert [place for place, _ in problems(circle)] == [f"{Q1}.cascade.depends_on", f"{Q2}.cascade.depends_on"]


def test_a_points_list_begins_with_nothing_and_ends_with_everything():
    def listed(values):
        return problems(draft([question("1.1", D=method(3, "points_list", allowed_points=values))]))

    assert listed([0, 1, 3]) == []
    assert listed([1, 3])[0][0] == listed([0, 2])[0][0] == f"{Q1}.methods.D.allowed_points"
    assert "needs it" in listed([])[0][1]


def test_methods_that_are_averaged_are_each_worth_the_question():
    uneven = draft([question("1.1", combine="average", D=method(10), I=method(5))])

    assert [place for place, _ in problems(uneven)] == [f"{Q1}.methods"]


def test_an_evidence_type_must_be_on_the_list_where_there_is_one():
    listed = {**changed(*FIRST, "evidence_types", to=["photo", "song"]), "evidence_types": ["photo"]}

    assert [(place, "'song'" in told) for place, told in problems(listed)] == [(f"{Q1}.evidence_types", True)]


def test_elements_that_are_not_counted_are_not_in_the_total():
    assert problems(draft([question("1.1", D=method())], [question("2.1", D=method(50))], informational=(2,))) == []


@pytest.mark.parametrize("nonsense", [None, [], "text", 7, {}, {"instrument": [], "elements": [[], None, 3]}])
def test_nonsense_is_a_list_of_problems_and_never_a_crash(nonsense):
    assert problems(nonsense)


def test_every_single_thing_taken_away_or_replaced_is_read_without_a_crash():
    whole = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))

    def walk(node, path=()):
        if isinstance(node, dict | list):
            for key in list(node) if isinstance(node, dict) else range(len(node)):
                yield (*path, key)
                yield from walk(node[key], (*path, key))

    whole["elements"] = whole["elements"][:1]
    whole["elements"][0]["questions"] = whole["elements"][0]["questions"][:2]
    for path in list(walk(whole)):
        for nonsense in (None, {}, -1, [[]]):
            node = deepcopy(whole)
            target = node
            for key in path[:-1]:
                target = target[key]
            target[path[-1]] = nonsense
            problems(node)


def test_the_shipped_instrument_is_whole():
    instrument = shipped()

    assert (instrument.key, instrument.points, len(instrument.questions)) == ("secor-open", 1000, 63)
    assert sum(len(each.methods) for each in instrument.questions.values()) == 88
    assert sum(1 for each in instrument.questions.values() if each.cascade) == 7
    assert sum(1 for each in instrument.questions.values() if each.na_allowed) == 10
    assert instrument.pass_marks[Kind.CERTIFICATION] == PassMark(Fraction(4, 5), Fraction(1, 2))
    assert instrument.pass_marks[Kind.MAINTENANCE] == PassMark(Fraction(3, 5), None)
    assert instrument.profiles["documents_only"].methods == {Method.DOCUMENT}
    assert not instrument.profiles["documents_only"].tests_elements
    assert instrument.profiles["full"].tests_elements


def test_a_question_can_be_asked_for_by_its_id():
    instrument = shipped()

    policy = instrument.question("1.1")
    assert policy is not None
    assert policy.document_kind is DocumentKind.DIRECTIVE
    assert policy.rule_of(Method.INTERVIEW) is None
    assert instrument.question("99.9") is None
    assert instrument.element(10).name == "System administration and improvement"
    assert instrument.element(11) is None


def test_an_item_speaks_of_the_role_it_begins_with_or_names():
    rule = shipped().question("1.3").rule_of(Method.DOCUMENT)
    named = read(draft([question("1.1", D=method(rule="per_item", items=[{"text": "Crew duties", "role": "worker"}]))]))

    assert [item.role for item in rule.items] == ["owner", "supervisor", "worker", "contractor"]
    assert named.question("1.1").methods[0].items[0].role == "worker"
