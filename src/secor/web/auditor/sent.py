"""What a filled form says that a method found, or which input to mend."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict as Form

from secor.core.method import Method, MethodRule, Rule
from secor.core.question import Question
from secor.usecases.answers import Found

MOST = 9999
THERE, MISSING, NOBODY = "there", "missing", "nobody"
VOICES = ("pos", "neg", "no_comment")

__all__ = ["MISSING", "NOBODY", "THERE", "VOICES", "Form", "Misread", "found_in", "name_of", "revision_in", "shape_of"]


class Misread(Exception):  # noqa: N818 - named for what is the matter
    """A form that cannot be an answer. ``field`` is the input to mend; the text says how."""

    def __init__(self, field: str, told: str) -> None:
        super().__init__(told)
        self.field = field


def name_of(question: str, part: str = "") -> str:
    """The name of an input, fit for an address and a style sheet: ``q-1-1-D-met``."""
    return "-".join(["q", *question.split("."), *([part] if part else [])])


def shape_of(question: Question, rule: MethodRule) -> str:
    """Which inputs the rule wants."""
    if rule.rule is Rule.POINTS_LIST:
        return "points"
    if rule.method is Method.INTERVIEW:
        return "roles" if question.hears_roles_apart(rule) else "voices"
    if rule.rule is Rule.PER_ITEM:
        return "existing" if rule.skips_absent_roles else "items"
    return "count"


def found_in(question: Question, rule: MethodRule, form: Form) -> Found | None:
    """Tell what the form says that this method found; None when the form does not speak of it.

    Raises ``Misread`` for what cannot be an answer.
    """
    name = name_of(question.id, rule.method.value)
    if f"{name}-seen" not in form:
        return None
    read = {
        "points": _points,
        "voices": _voices,
        "roles": _roles,
        "existing": _existing,
        "items": _items,
        "count": _count,
    }
    given = read[shape_of(question, rule)](form, name, rule)
    return Found(question.id, rule.method, given, revision_in(form, f"{name}-seen"))


def revision_in(form: Form, name: str) -> int:
    """The revision that the page was drawn from."""
    written = (form.get(name) or "0").strip()
    return int(written) if written.isascii() and written.isdigit() and len(written) < len(str(10**9)) else 0


def _points(form: Form, name: str, rule: MethodRule) -> dict[str, Any] | None:
    chosen = (form.get(f"{name}-points") or "").strip()
    if not chosen:
        return None
    if chosen not in {str(points) for points in rule.allowed}:
        raise Misread(f"{name}-points", "Choose one of the points of the list.")
    return {"points": chosen}


def _voices(form: Form, name: str, rule: MethodRule) -> dict[str, Any] | None:  # noqa: ARG001 - one form of reader
    return _people(form, name)


def _roles(form: Form, name: str, rule: MethodRule) -> dict[str, Any] | None:
    heard = {role: _people(form, f"{name}-{role}") for role in rule.audience}
    kept = {role: voices for role, voices in heard.items() if voices is not None}
    return {"roles": kept} if kept else None


def _people(form: Form, name: str) -> dict[str, Any] | None:
    """Nothing at all is no answer; one number makes the empty ones 0."""
    numbers = {key: _whole(form, f"{name}-{key}") for key in VOICES}
    if all(number is None for number in numbers.values()):
        return None
    given = {key: number or 0 for key, number in numbers.items()}
    return {key: number for key, number in given.items() if number or key != "no_comment"}


def _existing(form: Form, name: str, rule: MethodRule) -> dict[str, Any] | None:
    states = [form.get(f"{name}-item{nth}") or "" for nth in range(1, len(rule.items) + 1)]
    if not any(states):
        return None
    for nth, state in enumerate(states, start=1):
        if state not in {THERE, MISSING, NOBODY}:
            raise Misread(f"{name}-item{nth}", f"Say for “{rule.items[nth - 1].text}” too whether it is there.")
    return {
        "met": states.count(THERE),
        "of": len(states) - states.count(NOBODY),
        "missing": [nth for nth, state in enumerate(states, start=1) if state == MISSING],
        "absent": [nth for nth, state in enumerate(states, start=1) if state == NOBODY],
    }


def _items(form: Form, name: str, rule: MethodRule) -> dict[str, Any] | None:
    ticked = {value for value in form.getlist(f"{name}-item") if value}
    none = bool(form.get(f"{name}-none"))
    numbers = {str(nth) for nth in range(1, len(rule.items) + 1)}
    if ticked - numbers:
        raise Misread(f"{name}-item", "Tick items of the list only. Open the page again.")
    if none and ticked:
        raise Misread(f"{name}-none", "You ticked items and also “none of these”. Keep one of the two.")
    if not (none or ticked):
        return None
    missing = [nth for nth in range(1, len(rule.items) + 1) if str(nth) not in ticked]
    return {"met": len(ticked), "of": len(rule.items), "missing": missing}


def _count(form: Form, name: str, rule: MethodRule) -> dict[str, Any] | None:  # noqa: ARG001 - one form of reader
    met, of = _whole(form, f"{name}-met"), _whole(form, f"{name}-of")
    percent = (form.get(f"{name}-percent") or "").strip().removesuffix("%").strip().replace(",", ".")
    if percent:
        if met is not None or of is not None:
            raise Misread(f"{name}-percent", "Give either the two numbers or the percentage, not both.")
        return {"percent": _percentage(percent, f"{name}-percent")}
    if met is None and of is None:
        return None
    if met is None or of is None:
        missing = "met" if met is None else "of"
        raise Misread(f"{name}-{missing}", "Give both numbers: how many were in order, and how many you looked at.")
    if met > of:
        raise Misread(f"{name}-met", f"{met} were in order, but you looked at only {of}. Mend one of the two.")
    return {"met": met, "of": of}


def _percentage(written: str, field: str) -> str:
    whole, _, tenths = written.partition(".")
    fits = (whole + tenths).isdecimal() and (whole + tenths).isascii() and whole and len(written) <= len("100.00")
    if not fits or float(written) > 100:  # noqa: PLR2004 - a percentage ends at 100
        raise Misread(field, "Give a percentage from 0 to 100, such as 75 or 33.5.")
    return written


def _whole(form: Form, field: str) -> int | None:
    written = (form.get(field) or "").strip()
    if not written:
        return None
    if not (written.isascii() and written.isdigit()) or len(written) > len(str(MOST)):
        raise Misread(field, f"Give a whole number from 0 to {MOST}, such as 4.")
    return int(written)
