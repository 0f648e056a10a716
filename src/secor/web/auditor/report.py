"""The draft of the report: each sentence with the places it comes from, and changed where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.core.instrument import Instrument
from secor.core.sentence import Place, Section, Sentence, Source
from secor.queries.audits import BY_EMPLOYER, Audit, instrument_of
from secor.queries.composition import drafted
from secor.queries.evidence import pieces_of
from secor.usecases import report as acts
from secor.usecases.act import Refusal
from secor.web.auditor.pages import ASSESSORS, head, reached
from secor.web.auditor.sent import name_of
from secor.web.door import door
from secor.web.http import SignedIn

UNREADABLE = 422
BY = {"D": "documents", "I": "interviews", "O": "observation"}


@dataclass(frozen=True, slots=True)
class Link:
    """A place that a sentence comes from, and its address."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One sentence as the page shows it. ``typed`` is what stands in the box while it is changed."""

    key: str
    anchor: str
    text: str
    composed: str
    edited: bool
    moved: bool
    private: bool
    links: tuple[Link, ...]
    change: str
    own: str = ""
    changing: bool = False
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One section as the page shows it."""

    anchor: str
    title: str
    sentences: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class _Map:
    """Where everything of one audit is changed."""

    audit: Audit
    titles: dict[str, str]
    questions: dict[str, str]  # each question's page, without its place on it

    def links(self, cites: Iterable[Place]) -> Iterator[Link]:
        """The places, each once: of a question that was counted only its counts, its note and its recommendation."""
        counted = {place.question for place in cites if place.source is Source.ANSWER}
        for place in cites:
            if not (place.source in {Source.QUESTION, Source.SCORE} and place.question in counted):
                yield self._link(place)

    def own(self, each: Sentence) -> str:
        """Where the assessor's own recommendations for this sentence are; only a recommendation has them."""
        if not each.key.endswith(".wish"):
            return ""
        return reverse("auditor:advice", args=[self.audit.code, each.cites[0].question])

    def _link(self, place: Place) -> Link:
        if place.source is Source.EVIDENCE:
            return Link(self.titles.get(place.key, "A file"), reverse("files:evidence", args=[place.key]))
        if place.question:
            return self._in_a_question(place)
        if place.source is Source.SCORE and place.key:
            number = int(place.key.partition("/")[2])
            return Link(f"Element {number}", reverse("auditor:element", args=[self.audit.code, number]))
        if place.source in {Source.SCORE, Source.MARK}:
            return Link("Score", f"{reverse('auditor:audit', args=[self.audit.code])}#score")
        if place.key in {"gathering_from", "gathered_on"}:
            return Link("Days of gathering", reverse("auditor:dates", args=[self.audit.code]))
        return Link("About this audit", f"{reverse('auditor:audit', args=[self.audit.code])}#about")

    def _in_a_question(self, place: Place) -> Link:
        page = self.questions[place.question]
        letter = place.key.partition("/")[2]
        what = {Source.ANSWER: BY.get(letter, ""), Source.NOTE: "note", Source.RECOMMENDATION: "recommendation"}
        part = {Source.NOTE: "note", Source.RECOMMENDATION: "recommendation"}.get(place.source, "")
        told = what.get(place.source, "")
        return Link(f"{place.question}{f' {told}' if told else ''}", f"{page}#{name_of(place.question, part)}")


@door(*ASSESSORS)
def report(request: SignedIn, code: str) -> HttpResponse:
    """Show the draft with its places, and keep the author's words for one sentence of it."""
    audit = reached(request, code)
    wrong, about = "", request.POST.get("sentence") or request.GET.get("change", "")
    if request.method == "POST":
        try:
            if request.POST.get("how") == "undo":
                acts.undo(request.act, audit=audit, sentence=about)
            else:
                acts.edit(request.act, audit=audit, sentence=about, text=request.POST.get("text", ""))
        except Refusal as refusal:
            wrong = str(refusal)
        else:
            return redirect(f"{reverse('auditor:report', args=[code])}#{_anchor(about)}")
    page = {
        "head": head(request, audit),
        "audit": audit,
        "wrong": wrong,
        "about": _anchor(about),
        **_draft(audit, about, request.POST.get("text")),
    }
    return render(request, "auditor/report.html", page, status=UNREADABLE if wrong else 200)


def _draft(audit: Audit, changing: str, typed: str | None) -> dict[str, object]:
    if not audit.instrument:
        return {"chapters": [], "moved": 0, "edited": 0, "orphans": []}
    drawn = drafted(audit)
    titles = {piece.code: piece.title for piece in pieces_of(audit)}
    where = _Map(audit, titles, dict(_pages(audit, instrument_of(audit))))
    chapters = [_chapter(section, where, changing if audit.writable else "", typed) for section in drawn.sections]
    every = [each for chapter in chapters for each in chapter.sentences]
    return {
        "chapters": chapters,
        "moved": [each for each in every if each.moved],
        "edited": sum(each.edited for each in every),
        "orphans": [edit.text for edit in drawn.orphans.values() if edit.text],
    }


def _pages(audit: Audit, instrument: Instrument) -> Iterator[tuple[str, str]]:
    for element in instrument.elements:
        page = reverse("auditor:element", args=[audit.code, element.number])
        yield from ((question.id, page) for question in element.questions)


def _chapter(section: Section, where: _Map, changing: str, typed: str | None) -> Chapter:
    anchor = f"part-{section.part.value}{f'-{section.element}' if section.element else ''}"
    return Chapter(anchor, section.title, tuple(_shown(each, where, changing, typed) for each in section.sentences))


def _shown(each: Sentence, where: _Map, changing: str, typed: str | None) -> Shown:
    mine = each.key == changing
    return Shown(
        key=each.key,
        anchor=_anchor(each.key),
        text=each.text,
        composed=each.composed,
        edited=each.edited,
        moved=each.moved,
        private=each.private and where.audit.performer not in BY_EMPLOYER,
        links=tuple(dict.fromkeys(where.links(each.cites))),
        change=f"?change={each.key}#{_anchor(each.key)}" if where.audit.writable else "",
        own=where.own(each),
        changing=mine,
        typed=typed if mine and typed is not None else each.text,
    )


def _anchor(key: str) -> str:
    return f"s-{key.replace('.', '-')}"
