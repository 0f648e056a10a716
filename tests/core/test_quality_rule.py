"""Quality rules as data: read strictly, laid one over the other, and held against the instruments they name."""

import copy

import pytest

from drafts import instrument, method, question
from secor.core.quality_rule import Looks, QualityRule, Severity, laid_over, misnamed, read_quality_rules
from secor.core.reading import Reading

THIN = {"looks_for": "thin_note", "fewest_words": 6, "severity": "look", "says": "Say more", "source": "Ours"}
AGAINST = {
    "looks_for": "contradiction",
    "instrument": "draft",
    "first": {"question": "1.1", "at_most": "0 %"},
    "second": {"question": "1.2", "method": "D", "at_least": "100 %"},
    "severity": "must",
    "says": "Both cannot be",
    "source": "Ours",
}
FILE = {"quality_rules": {"thin": THIN, "against": AGAINST}}


def read(file):
    reading = Reading()
    rules = read_quality_rules(reading, file)
    return rules, [(each.place, each.problem) for each in reading.problems]


def test_a_file_in_order_is_read_whole():
    rules, problems = read(FILE)

    assert problems == []
    assert (rules.rules["thin"].looks, rules.rules["thin"].fewest) == (Looks.THIN_NOTE, 6)
    assert rules.rules["against"].second.at_least == 1
    assert rules.rules["against"].first.at_most == 0
    assert rules.rules["against"].severity is Severity.MUST


@pytest.mark.parametrize(
    ("rule", "key", "value", "place", "word"),
    [
        ("thin", "looks_for", "thickness", "quality_rules.thin.looks_for", "thin_note"),
        ("thin", "severity", "maybe", "quality_rules.thin.severity", "must"),
        ("thin", "looks_for", None, "quality_rules.thin.looks_for", "missing"),
        ("thin", "fewest_words", -1, "quality_rules.thin.fewest_words", "whole number"),
        ("thin", "source", None, "quality_rules.thin.source", "missing"),
        ("thin", "says", "", "quality_rules.thin.says", "text"),
        ("thin", "fewest_words", None, "quality_rules.thin.fewest_words", "missing"),
        ("thin", "fewest_words", 0, "quality_rules.thin.fewest_words", "thin_note needs it"),
        ("thin", "fewest_words", "six", "quality_rules.thin.fewest_words", "whole number"),
        ("thin", "phrases", ["I think"], "quality_rules.thin.phrases", "means nothing"),
        ("thin", "colour", "red", "quality_rules.thin.colour", "not a known key"),
        ("thin", "performers", ["nobody"], "quality_rules.thin.performers.1", "self_assessor"),
        ("against", "first", None, "quality_rules.against.first", "missing"),
        ("against", "instrument", None, "quality_rules.against.instrument", "one instrument"),
        ("against", "first", {"question": "1.1"}, "quality_rules.against.first", "at_least or at_most"),
        (
            "against",
            "first",
            {"question": "1.1", "at_least": "60 %", "at_most": "50 %"},
            "quality_rules.against.first.at_most",
            "below at_least",
        ),
        ("against", "second", {"question": "1.2", "method": "X", "at_most": 0}, "quality_rules.against.second.method", "D"),
    ],
)  # fmt: skip
def test_what_is_out_of_order_is_told_with_its_place(rule, key, value, place, word):
    file = copy.deepcopy(FILE)
    if value is None:
        del file["quality_rules"][rule][key]
    else:
        file["quality_rules"][rule][key] = value
    rules, problems = read(file)

    assert rules is None
    assert any(where == place and word in told for where, told in problems), problems


def test_every_problem_is_told_at_once():
    file = copy.deepcopy(FILE)
    del file["quality_rules"]["thin"]["source"]
    file["partners"] = {"esc": {"thin": {**THIN, "severity": "hard"}}}

    assert [place for place, _ in read(file)[1]] == ["quality_rules.thin.source", "partners.esc.thin.severity"]


@pytest.mark.parametrize(
    "value", [None, [], "rules", {"rules": {}}, {"quality_rules": []}, {"quality_rules": {"a": 1}}]
)
def test_what_is_no_file_of_rules_is_refused_and_nothing_breaks(value):
    rules, problems = read(value)

    assert rules is None
    assert problems


def test_a_partners_rule_takes_the_place_of_its_schemes_and_that_of_the_general_one():
    general, _ = read(FILE)
    own, _ = read(
        {
            "quality_rules": {"thin": {**THIN, "fewest_words": 9}},
            "partners": {
                "esc": {"thin": {**THIN, "fewest_words": 12}},
                "asc": {"against": {**AGAINST, "severity": "off"}},
            },
        }
    )

    assert [(rule.key, rule.fewest) for rule in laid_over(general, own, partner="nobody")] == [
        ("thin", 9),
        ("against", 0),
    ]
    assert [rule.fewest for rule in laid_over(general, own, partner="esc")] == [12, 0]
    assert [rule.key for rule in laid_over(general, own, partner="asc")] == ["thin"]
    assert [rule.fewest for rule in laid_over(general, partner="esc")] == [6, 0]


def test_a_rule_about_a_question_or_a_method_that_is_not_there_is_told():
    draft = instrument([question("1.1", D=method()), question("1.2", I=method())])
    rules, _ = read(FILE)

    assert list(misnamed(rules, {"draft": draft})) == [
        ("quality_rules.against.second.method", "question 1.2 is not answered by the method D")
    ]
    assert list(misnamed(rules, {"draft": instrument([question("1.2", D=method())])})) == [
        ("quality_rules.against.first.question", "names question '1.1', which draft does not have")
    ]
    assert list(misnamed(rules, {})) == [("quality_rules.against.instrument", "no instrument has the key 'draft'")]


def test_one_word_is_the_least_that_can_be_wanted_and_a_rule_that_counts_none_wants_none():
    rules, _ = read({"quality_rules": {"thin": {**THIN, "fewest_words": 1}}})

    assert rules.rules["thin"].fewest == 1
    assert QualityRule("key", Looks.NO_NOTE, Severity.MUST, "Write", "Ours").fewest == 0
