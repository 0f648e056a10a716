"""The language a page speaks: a worker's own on the crew's pages, English everywhere else.

The sentences of a page are written in English where they stand. A translation file (``library/words``) tells how they
are said in another language; one that it does not have yet stays English.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation.trans_real import parse_accept_lang_header

from secor.core.wording import Wording, hearing
from secor.queries import library
from secor.usecases.act import ALBERTA
from secor.web import words

PAGES = "crew"


@dataclass(frozen=True, slots=True)
class Speech:
    """A language, and how the sentences of a page are said in it; without ``wording`` it is English.

    ``hear`` says a sentence whose blanks are filled in already.
    """

    language: str
    wording: Wording | None = None
    hear: Callable[[str], str] = str

    @property
    def tag(self) -> str:
        """The language as it is spoken here."""
        return f"{self.language}-CA"

    @property
    def english(self) -> bool:
        """Whether nothing has to be translated."""
        return self.wording is None

    def say(self, english: Any, **blanks: object) -> str:
        """Say a sentence, its blanks filled in. What was safe to stand on a page as it is stays so."""
        if self.wording is None:
            return english.format(**blanks) if blanks else _plain(english)
        if blanks:
            return self.wording.say(str(english)).format(**blanks)
        said = self.hear(str(english))
        return _plain(english) if said == english else said

    def day(self, value: date | datetime | None) -> str:
        """A day as a person writes it; a moment is told as its day in Alberta."""
        if value is None:
            return ""
        if isinstance(value, datetime):
            value = value.astimezone(ALBERTA)
        if self.wording is None:
            return words.day(value)
        order = "{month} 1, {year}" if value.day == 1 else "{month} {day}, {year}"
        return self.say(order, month=self.say(f"{value:%B}"), day=value.day, year=value.year)


ENGLISH = Speech("en")


@lru_cache(maxsize=16)
def of(language: str) -> Speech:
    """The speech of a language; English for one in which these pages are not written yet."""
    wording = library.wording(language, PAGES) if language != ENGLISH.language else None
    return Speech(language, wording, hearing(wording)) if wording is not None else ENGLISH


def others(speech: Speech) -> tuple[tuple[str, str], ...]:
    """The other languages that these pages are written in, each by what it calls itself."""
    spoken = {key: of(key).say("English") for key in library.languages() if of(key).language == key}
    return tuple((key, name) for key, name in spoken.items() if key != speech.language)


def speech_of(request: Any) -> Speech:
    """What a page is said in: the worker's language, before they have come in the phone's own, elsewhere English.

    Whoever stands at the crew's door may choose another one (``?in=fr``).
    """
    worker = getattr(request, "worker", None)
    if worker is not None:
        return of(worker.language)
    match = request.resolver_match
    if match is None or match.namespace != "crew":
        return ENGLISH
    asked = request.GET.get("in", "")
    return of(asked) if asked in library.languages() else of(_of_the_phone(request))


def _of_the_phone(request: Any) -> str:
    """The first language of the phone that the library has."""
    wanted = (tag.split("-")[0] for tag, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")))
    return next((each for each in wanted if each in library.languages()), ENGLISH.language)


def _plain(english: Any) -> str:
    return english if isinstance(english, SafeString) else str(english)
