"""The reviewer's notes, answered in their place, and what changed between two sendings."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from secor.queries.audits import Note, Stage, instrument_of, notes_on
from secor.queries.versions import Difference, differences, versions_of
from secor.usecases import audits
from secor.usecases.act import Refusal
from secor.web.auditor.inputs import WORDS, given_words
from secor.web.auditor.pages import ASSESSORS, head, reached
from secor.web.door import READING, door
from secor.web.http import SignedIn

UNREADABLE = 422
PARTS = {method.value: words for method, words in WORDS.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """One note of the reviewer as this desk sees it; who wrote it is never told."""

    code: str
    round: int
    question: str
    text: str
    must_fix: bool
    reply: str
    replied: bool
    href: str
    wrong: str = ""
    typed: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """One difference in words."""

    question: str
    part: str
    before: str
    after: str


@door(*ASSESSORS)
def notes(request: SignedIn, code: str) -> HttpResponse:
    """Show the reviewer's notes, and keep the answer to one of them."""
    audit = reached(request, code)
    kept = notes_on(audit)
    wrong, about = "", request.POST.get("note", "")
    if request.method == "POST":
        answered = next((note for note in kept if note.code == about), None)
        try:
            if answered is not None:
                audits.reply(request.act, note=answered, text=request.POST.get("text", ""))
                return redirect(f"{reverse('auditor:notes', args=[code])}#note-{about}")
            wrong = "This note is no longer there. Read the page again."
        except Refusal as refusal:
            wrong = str(refusal)
    elements = {
        question.id: element.number for element in instrument_of(audit).elements for question in element.questions
    }
    shown = [
        _shown(note, code, elements, wrong=wrong if note.code == about else "", typed=request.POST.get("text", ""))
        for note in kept
    ]
    page = {
        "head": head(request, audit),
        "notes": shown,
        "answerable": audit.stage == Stage.RETURNED,
        "open": sum(1 for note in shown if note.must_fix and not note.replied),
        "wrong": wrong,
        "about": about,
        "rounds": audit.round,
    }
    return render(request, "auditor/notes.html", page, status=UNREADABLE if wrong else 200)


@door(*ASSESSORS, methods=READING)
def versions(request: SignedIn, code: str) -> HttpResponse:
    """Show every sending, and what changed from one to the next."""
    audit = reached(request, code)
    sent = versions_of(audit)
    pairs = [
        {
            "older": older,
            "newer": newer,
            "changes": [_changed(each) for each in differences(older.frozen, newer.frozen)],
        }
        for older, newer in pairwise(sent)
    ]
    page = {"head": head(request, audit), "sent": sent, "pairs": pairs[::-1]}
    return render(request, "auditor/versions.html", page)


def _shown(note: Note, code: str, elements: dict[str, int], *, wrong: str, typed: str) -> Shown:
    number = elements.get(note.question)
    page = reverse("auditor:element", args=[code, number]) if number else ""
    return Shown(
        code=note.code,
        round=note.review.round,
        question=note.question,
        text=note.text,
        must_fix=note.kind == Note.Kind.MUST_FIX,
        reply=note.reply,
        replied=note.replied_at is not None,
        href=f"{page}#q-{note.question.replace('.', '-')}" if page else "",
        wrong=wrong,
        typed=typed if wrong else note.reply,
    )


def _changed(each: Difference) -> Changed:
    part = {
        "note": "Note",
        "NA": "Does not apply",
        "recommendation": "Recommendation",
        "evidence": "Evidence",
        "report": "Report",
    }
    return Changed(
        each.question, part.get(each.part) or PARTS.get(each.part, each.part), _words(each.before), _words(each.after)
    )


def _words(value: Any) -> str:
    if value is None or value in ("", []):
        return "nothing"
    if isinstance(value, dict):
        return given_words(value)
    if isinstance(value, list):
        return ", ".join(value)
    return "yes" if value is True else str(value)
