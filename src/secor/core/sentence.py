"""Sentences of a report: each with the places its facts come from, and the author's own words over it.

A composed sentence is made of facts alone. An author may put other words in its place or take it out; the links to its
facts stay, and when the facts move under an edit, the sentence says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum


class Source(Enum):
    """What kind of thing a fact stands in."""

    FACT = "fact"  # around the audit: the business, the days, who did it
    QUESTION = "question"  # the instrument's own words
    ANSWER = "answer"  # what one method counted, ``2.1/D``
    NOTE = "note"
    RECOMMENDATION = "recommendation"
    SCORE = "score"  # of a question, of an element (``element/2``), or of the whole audit (empty)
    MARK = "mark"  # what must be reached
    EVIDENCE = "evidence"  # by its code


@dataclass(frozen=True, slots=True)
class Place:
    """Where a fact stands: the kind of thing, and which of them."""

    source: Source
    key: str = ""

    @property
    def question(self) -> str:
        """The question that the place belongs to; empty where it belongs to none."""
        if self.source in {Source.FACT, Source.MARK, Source.EVIDENCE} or self.key.startswith("element/"):
            return ""
        return self.key.partition("/")[0]


class Part(Enum):
    """The sections that a report can have."""

    SUMMARY = "summary"
    PROFILE = "profile"
    SCOPE = "scope"
    SAMPLING = "sampling"
    METHOD = "method"
    STRENGTHS = "strengths"
    RECOMMENDATIONS = "recommendations"
    SCORING = "scoring"
    PLAN = "action_plan"


ORDER = tuple(Part)
"""The order of a report where the partner has no other."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence. ``composed`` is what the facts say today, ``text`` what is printed (empty: nothing).

    ``moved``: the facts have changed since the author edited it. ``private``: it leans on a note about what people
    said, which the audited business does not read.
    """

    key: str
    text: str
    cites: tuple[Place, ...]
    private: bool = False
    composed: str = ""
    edited: bool = False
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a report. ``element`` where it speaks of one element."""

    part: Part
    title: str
    sentences: tuple[Sentence, ...]
    element: int | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """The author's own words in place of one sentence, and the sentence as it was composed when they wrote them."""

    text: str
    over: str


def laid_over(sections: Iterable[Section], edits: Mapping[str, Edit]) -> tuple[Section, ...]:
    """Put the author's words in place of the composed ones. The places a sentence cites stay as they are."""
    return tuple(
        replace(section, sentences=tuple(_edited(each, edits.get(each.key)) for each in section.sentences))
        for section in sections
    )


def orphans(sections: Iterable[Section], edits: Mapping[str, Edit]) -> dict[str, Edit]:
    """The edits whose sentences are not composed any more: their facts are gone, and so they are printed nowhere."""
    standing = {each.key for section in sections for each in section.sentences}
    return {key: edit for key, edit in edits.items() if key not in standing}


def public(sections: Iterable[Section]) -> tuple[Section, ...]:
    """What the audited business reads: without the sentences that lean on what people said."""
    return tuple(
        replace(section, sentences=tuple(each for each in section.sentences if not each.private))
        for section in sections
    )


def _edited(sentence: Sentence, edit: Edit | None) -> Sentence:
    if edit is None:
        return replace(sentence, composed=sentence.text)
    return replace(sentence, text=edit.text, composed=sentence.text, edited=True, moved=edit.over != sentence.text)
