"""Words in another language, laid over a form. What is kept stays the same; only what is read changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from secor.core.form import Choice, Field, Form
from secor.core.reading import Reading

_BLANK = re.compile(r"\{([a-z]+)\}")


@dataclass(frozen=True, slots=True)
class Wording:
    """A form's words in another language: each English sentence, and how it is said there."""

    language: str
    form: str
    words: Mapping[str, str]

    def say(self, english: str) -> str:
        """Say a sentence in this language, or in English where the translation does not have it yet."""
        return self.words.get(english, english)


def hearing(wording: Wording) -> Callable[[str], str]:
    """Give what says a sentence whose blanks are filled in already: ``3 tries left`` as ``{left} tries left``.

    The first sentence of the translation that fits is taken; one that none fits stays English. A sentence of blanks
    alone would fit anything, and is never heard.
    """
    patterns = tuple(
        (re.compile(_BLANK.sub(r"(?P<\1>.+)", re.escape(english).replace(r"\{", "{").replace(r"\}", "}"))), said)
        for english, said in wording.words.items()
        if _BLANK.search(english) and any(sign.isalpha() for sign in _BLANK.sub("", english))
    )

    def hear(english: str) -> str:
        if english in wording.words:
            return wording.words[english]
        found = ((said, pattern.fullmatch(english)) for pattern, said in patterns)
        return next((said.format(**match.groupdict()) for said, match in found if match), english)

    return hear


def read_wording(reading: Reading, value: Any) -> Wording | None:
    """Read a translation file; None when anything is to be mended, and then every problem has been noted."""
    before = len(reading.problems)
    given = reading.mapping(value, required=("language", "form", "words"))
    if given is None:
        return None
    words = reading.at("words").mapping(given.get("words", {}), optional=None) or {}
    wording = Wording(
        language=reading.text_at(given, "language"),
        form=reading.text_at(given, "form"),
        words={english: reading.at("words").at(english).text(said) or "" for english, said in words.items()},
    )
    return wording if len(reading.problems) == before else None


def in_words(form: Form, wording: Wording) -> Form:
    """Give the same form in another language. Its keys, and so its records, do not change."""
    return replace(
        form,
        title=wording.say(form.title),
        why=wording.say(form.why),
        fields=tuple(_field(field, wording) for field in form.fields),
    )


def _field(field: Field, wording: Wording) -> Field:
    return replace(
        field,
        label=wording.say(field.label),
        hint=wording.say(field.hint),
        signs=wording.say(field.signs),
        choices=tuple(Choice(choice.key, wording.say(choice.label)) for choice in field.choices),
        fields=tuple(_field(inner, wording) for inner in field.fields),
    )


def sentences(form: Form) -> tuple[str, ...]:
    """Every sentence of a form that a translation says, each once, in its order."""
    found = [form.title, form.why]
    for field in form.every_field():
        found += [field.label, field.hint, field.signs, *(choice.label for choice in field.choices)]
    return tuple(dict.fromkeys(sentence for sentence in found if sentence))
