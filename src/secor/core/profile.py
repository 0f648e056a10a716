"""A profile: a way of using an instrument that leaves methods out, or tests no element mark."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from secor.core.method import Method
from secor.core.reading import Reading


@dataclass(frozen=True, slots=True)
class Profile:
    """Which methods an audit uses, and whether its elements have a mark of their own."""

    key: str
    methods: frozenset[Method]
    tests_elements: bool = True
    remarks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def read_profile(reading: Reading, key: str, value: Any) -> Profile | None:
    """Read one profile, and note what is to be mended."""
    given = reading.mapping(value, optional=None)
    if given is None:
        return None
    letters = reading.at("methods").items(given.get("methods", [method.value for method in Method]))
    methods = (each.choice(letter, Method) for each, letter in letters)
    rules = reading.at("pass_rules").mapping(given.get("pass_rules", {}), optional=("element_min_percent",)) or {}
    if rules.get("element_min_percent") is not None:
        reading.at("pass_rules.element_min_percent").note(
            "can only be null here: a profile may drop the mark, not set it"
        )
    remarks = {str(name): item for name, item in given.items() if isinstance(item, str)}
    return Profile(
        key=key,
        methods=frozenset(method for method in methods if method is not None),
        tests_elements="element_min_percent" not in rules,
        remarks=MappingProxyType(remarks),
    )
