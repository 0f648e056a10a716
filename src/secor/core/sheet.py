"""A sheet of answers: read as people and programs write it, written back, and checked before it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from secor.core.answer import Answer, Count, Given, Percent, QuestionAnswer, Site, Sites, Voices, across
from secor.core.instrument import Instrument
from secor.core.method import Method, MethodRule, Rule, plain
from secor.core.problem import Problem
from secor.core.question import Question
from secor.core.reading import Reading

_WORDS = {"yes": Count(1, 1), "partial": Count(0, 1, partial=1), "no": Count(0, 1)}
_SHAPES = "percent; met and of; pos and neg; roles; answer; points; or sites"
_VOICES = ("pos", "neg", "no_comment", "not_asked")


def read_answers(reading: Reading, value: Any, *, instrument: Instrument) -> dict[str, QuestionAnswer]:
    """Read answers by question id; a question or method that the instrument does not have is a problem."""
    given = reading.mapping(value, optional=None) or {}
    answers: dict[str, QuestionAnswer] = {}
    known = instrument.questions
    for key, item in given.items():
        question = known.get(key)
        if question is not None:
            answers[key] = _question_answer(reading.at(key), item, question, weighs_sites=instrument.weighs_sites)
        elif isinstance(key, str):
            reading.at(key).note(f"the instrument {instrument.key} has no such question; take it away")
    return answers


def read_answer(reading: Reading, value: Any, *, rule: MethodRule, weighs_sites: bool = True) -> Answer | None:
    """Read what one method found; None where its numbers cannot be told. What is to be mended is noted."""
    if isinstance(value, Mapping) and "sites" in value:
        return _sites(reading, value, rule, weighted=weighs_sites)
    return _one(reading, value, rule)


def write_answer(answer: Answer) -> dict[str, Any]:
    """Write an answer as ``read_answer`` reads it, in whole numbers and texts only."""
    if isinstance(answer, Percent):
        return {"percent": _decimal(answer.of_all * 100)}
    if isinstance(answer, Given):
        return {"points": _decimal(Fraction(answer.points))}
    if isinstance(answer, Sites):
        sites = [{"employees": site.employees, **write_answer(site.answer)} for site in answer.sites]
        return {"sites": sites}
    if isinstance(answer, Count):
        count: dict[str, Any] = {"met": answer.met, "of": answer.of}
        if answer.partial:
            count["partial"] = answer.partial
        named = (("missing", answer.missing), ("absent", answer.absent))
        return {**count, **{key: sorted(names) for key, names in named if names}}
    if answer.by_role:
        return {"roles": {role: write_answer(voices) for role, voices in answer.by_role.items()}}
    counted = (answer.positive, answer.negative, answer.no_comment, answer.not_asked)
    return {key: number for key, number in zip(_VOICES, counted, strict=True) if number or key in _VOICES[:2]}


def _decimal(exact: Fraction) -> str:
    """Write a number exactly: as a decimal where it ends, else as the fraction it is."""
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == exact else str(exact)


def check(question: Question, method: Method, answer: Answer) -> list[Problem]:
    """Tell what is to be mended in ``answer`` before it is kept as the answer to ``question`` by ``method``.

    Stricter than scoring, which takes any numbers that make sense: here the items of the instrument must all
    be counted, people are counted only where people were asked, and points come from the question's list.
    """
    reading = Reading(f"{question.id}.{method.value}")
    rule = question.rule_of(method)
    if rule is None:
        letters = ", ".join(each.method.value for each in question.methods)
        reading.note(f"question {question.id} is not answered by this method; its methods: {letters}")
        return reading.problems
    for each in across(answer):
        if isinstance(each, Count):
            _check_count(reading, rule, each)
        elif isinstance(each, Voices) and method is not Method.INTERVIEW:
            reading.at("pos").note("counts people, but nobody is asked here; give met and of, or percent")
        elif isinstance(each, Voices):
            for role in each.by_role:
                if rule.audience and role not in rule.audience:
                    asked = ", ".join(rule.audience)
                    reading.at("roles").at(role).note(f"is not asked this question; asked are: {asked}")
        elif isinstance(each, Given) and each.points not in rule.allowed:
            reading.at("points").note(_not_listed(rule))
    return reading.problems


def _check_count(reading: Reading, rule: MethodRule, count: Count) -> None:
    if rule.rule is not Rule.PER_ITEM:
        return
    items = len(rule.items)
    if count.of > items or (count.of < items and not rule.skips_absent_roles):
        reading.at("of").note(f"is {count.of}, but this question lists {items} items; all of them count")
    unmet = count.of - count.met
    if len(count.missing) > unmet:
        reading.at("missing").note(f"names {len(count.missing)} items, but only {unmet} are not fully met")
    if count.absent and len(count.absent) != items - count.of:
        reading.at("absent").note(f"names {len(count.absent)} items, but {items - count.of} are left out of the count")
    if twice := count.absent & count.missing:
        reading.at("absent").note(
            f"names {', '.join(sorted(twice))}, which is named as missing too; keep one of the two"
        )


def _not_listed(rule: MethodRule) -> str:
    if not rule.allowed:
        return "are given, but this method has no list of points; give met and of, or percent"
    return f"must be one of {', '.join(str(points) for points in rule.allowed)}"


def _question_answer(reading: Reading, value: Any, question: Question, *, weighs_sites: bool) -> QuestionAnswer:
    if value == "NA":
        return QuestionAnswer(not_applicable=True)
    letters = {rule.method.value: rule for rule in question.methods}
    if not isinstance(value, Mapping):
        reading.note(f'needs "NA", or an answer by {", ".join(letters)}')
        return QuestionAnswer()
    given = reading.mapping(value, optional=(*letters, "note", "NA")) or {}
    note = reading.text_at(given, "note") if given.get("note") else ""
    if given.get("NA") is not None and reading.at("NA").flag(given["NA"]):
        for letter in letters:
            if given.get(letter) is not None:
                reading.at(letter).note("is answered, and yet the question does not apply; keep one of the two")
        return QuestionAnswer(note=note, not_applicable=True)
    by_method: dict[Method, Answer] = {}
    notes: dict[Method, str] = {}
    for letter, rule in letters.items():
        item = given.get(letter)
        if item is None:
            continue
        if isinstance(item, Mapping) and "note" in item:
            notes[rule.method] = reading.at(letter).text_at(item, "note")
            item = {key: part for key, part in item.items() if key != "note"}
        answer = read_answer(reading.at(letter), item, rule=rule, weighs_sites=weighs_sites)
        if answer is not None:
            by_method[rule.method] = answer
    return QuestionAnswer(MappingProxyType(by_method), note, notes=MappingProxyType(notes))


def _one(reading: Reading, value: Any, rule: MethodRule) -> Percent | Count | Voices | Given | None:
    if not isinstance(value, Mapping):
        reading.note(f"needs one of: {_SHAPES}")
        return None
    if "percent" in value:
        reading.mapping(value, required=("percent",))
        share = reading.at("percent").share(value["percent"])
        return None if share is None else Percent(share)
    if "met" in value or "of" in value:
        return _count(reading, value, rule)
    if "pos" in value or "neg" in value:
        return _voices(reading, value)
    return _rarer(reading, value, rule)


def _rarer(reading: Reading, value: Mapping[str, Any], rule: MethodRule) -> Count | Voices | Given | None:
    if "roles" in value:
        reading.mapping(value, required=("roles",))
        given = reading.at("roles").mapping(value["roles"], optional=None) or {}
        read = {str(role): _voices(reading.at("roles").at(role), item) for role, item in given.items()}
        return Voices.of_roles({role: voices for role, voices in read.items() if voices is not None})
    if "answer" in value:
        reading.mapping(value, required=("answer",))
        word = value["answer"]
        if isinstance(word, bool):  # YAML reads an unquoted yes as true
            word = "yes" if word else "no"
        if not isinstance(word, str) or word not in _WORDS:
            reading.at("answer").note("needs yes, partial or no")
            return None
        return _WORDS[word]
    if "points" in value:
        reading.mapping(value, required=("points",))
        points = reading.at("points").number(value["points"])
        if points is None or plain(points) not in rule.allowed:
            reading.at("points").note(_not_listed(rule))
            return None
        return Given(plain(points), rule.points)
    reading.note(f"needs one of: {_SHAPES}")
    return None


def _count(reading: Reading, value: Mapping[str, Any], rule: MethodRule) -> Count | None:
    given = reading.mapping(value, required=("met", "of"), optional=("partial", "missing", "absent")) or {}
    met, of, partial = (
        reading.at(key).whole(given[key]) if key in given else fallback
        for key, fallback in (("met", None), ("of", None), ("partial", 0))
    )
    if met is None or of is None or partial is None:
        return None
    if met + partial > of:
        reading.at("met").note(f"is {met + partial} with its partial ones, which is more than the {of} there are")
        return None
    missing, absent = (_names(reading.at(key), given.get(key, ()), rule) for key in ("missing", "absent"))
    return Count(met, of, partial, missing, absent)


def _names(reading: Reading, value: Any, rule: MethodRule) -> frozenset[str]:
    names = (_named(*each, rule) for each in reading.items(value))
    return frozenset(name for name in names if name is not None)


def _named(reading: Reading, value: Any, rule: MethodRule) -> str | None:
    """An item is named by its number in the instrument, its role or its text."""
    for nth, item in enumerate(rule.items, start=1):
        if (isinstance(value, str) and value in (item.text, item.role)) or (type(value) is int and value == nth):
            return item.role or item.text
    reading.note("is no item of this question; name one by its number, its role or its text")
    return None


def _voices(reading: Reading, value: Any) -> Voices | None:
    given = reading.mapping(value, required=_VOICES[:2], optional=_VOICES)
    if given is None:
        return None
    numbers = [reading.at(key).whole(given[key]) if key in given else 0 for key in _VOICES]
    positive, negative, no_comment, not_asked = numbers
    if positive is None or negative is None or no_comment is None or not_asked is None:
        return None
    return Voices(positive, negative, no_comment, not_asked)


def _sites(reading: Reading, value: Mapping[str, Any], rule: MethodRule, *, weighted: bool) -> Sites | None:
    reading.mapping(value, required=("sites",))
    read = [_site(each, item, rule) for each, item in reading.at("sites").items(value["sites"])]
    sites = tuple(site for site in read if site is not None)
    if not read:
        reading.at("sites").note("names no site; give at least one")
    return Sites(sites, weighted=weighted) if sites and len(sites) == len(read) else None


def _site(reading: Reading, value: Any, rule: MethodRule) -> Site | None:
    given = reading.mapping(value, required=("employees",), optional=None)
    if given is None or "employees" not in given:
        return None
    employees = reading.at("employees").whole(given["employees"], at_least=1)
    answer = _one(reading, {key: item for key, item in given.items() if key != "employees"}, rule)
    if isinstance(answer, Given):
        reading.at("points").note("cannot be averaged over sites; give met and of, or percent")
        return None
    return None if employees is None or answer is None else Site(employees, answer)
