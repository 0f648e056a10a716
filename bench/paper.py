"""Composes and prints a full report with 60 photos, and a certificate; tells the time and memory of each as JSON."""

from __future__ import annotations

import json
import resource
import tempfile
import time
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from PIL import Image

from secor.core.answer import Count, QuestionAnswer, Voices
from secor.core.composition import Material, compose
from secor.core.method import Method
from secor.core.pass_mark import PassMark
from secor.core.scoring import score
from secor.core.sentence import Place
from secor.papers.certificate import CertificatePaper, certificate
from secor.papers.report import (
    ElementPart,
    Fact,
    Finding,
    Line,
    Mark,
    Photo,
    QuestionPart,
    ReportPaper,
    SectionPart,
    report,
)
from secor.queries import schemes

AT = datetime(2026, 11, 23, tzinfo=UTC)


def children_mb() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


INSTRUMENT = schemes.instrument("secor-open")
PHOTOS = 60
NOTE = "The policy is posted in the shop and in both trucks; two of eight people could not say where. " * 2


def answers() -> dict[str, QuestionAnswer]:
    """Three of four of everything, so that each question has something to put right."""
    found = {Method.DOCUMENT: Count(3, 4), Method.INTERVIEW: Voices(3, 1), Method.OBSERVATION: Count(3, 4)}
    return {
        name: QuestionAnswer({rule.method: found[rule.method] for rule in asked.methods}, NOTE)
        for name, asked in INSTRUMENT.questions.items()
    }


def _mark(place: Place) -> Mark:
    return Mark(place.question, f"q-{place.question}")


def composed() -> tuple[SectionPart, ...]:
    """The report in sentences, each with the marks that lead to its places."""
    given = answers()
    evidence = {name: (f"{nth}",) for nth, name in enumerate(INSTRUMENT.questions)}
    mark = PassMark(Fraction(4, 5), Fraction(1, 2), None)
    facts = {"business": "Measured Ltd.", "kind": "certification audit", "partner": "A partner"}
    material = Material(INSTRUMENT, given, score(INSTRUMENT, given), mark, facts=facts, evidence=evidence)
    return tuple(
        SectionPart(
            section.part.value,
            section.title,
            tuple(
                Line(
                    each.text,
                    tuple({place.question: _mark(place) for place in each.cites if place.question}.values()),
                    "question" if each.key.count(".") == 2 else "",
                )
                for each in section.sentences
            ),
        )
        for section in compose(material)
    )


def paper(photos: dict[str, Path], sections: tuple[SectionPart, ...]) -> ReportPaper:
    names, elements = list(photos), []
    for element in INSTRUMENT.elements:
        questions = tuple(
            QuestionPart(
                code=asked.id,
                text=asked.text,
                possible=20,
                awarded=16,
                findings=(
                    Finding("Documents", "4 of 5 items met", "15", "12"),
                    Finding("Interviews", "5 of 8 answers positive", "5", "3.1"),
                ),
                note=NOTE,
                recommendation="Put it on the crew's phones, and ask again at the next talk.",
                evidence=("policy.pdf", "photo of the board"),
                photos=(Photo(names.pop(), "Photo of the board in the shop"),) if names else (),
            )
            for asked in element.questions
        )
        low = element.number == len(elements)
        elements.append(ElementPart(element.number, element.name, 100, 83, "83.0 %", 0.83, low, True, questions))
    facts = (Fact("Legal name", "Measured Ltd."),)
    return ReportPaper(
        title="Certification audit report",
        business="Measured Ltd.",
        code="bench",
        outcome="Reached the pass mark",
        percent="87.4 %",
        possible=1000,
        awarded=874,
        pass_mark="80 %",
        element_mark="50 %",
        element_mark_share=0.5,
        sections=sections,
        employer=facts,
        performer=facts,
        dates=facts,
        scope=facts,
        elements=tuple(elements),
        declarations=("Signed.",),
        evidence=tuple(Fact(f"photo {n}", "ab" * 32) for n in range(PHOTOS)),
        conclusion=facts,
        printed_on=date(2026, 11, 23),
        photos=photos,
    )


with tempfile.TemporaryDirectory() as folder:
    photos = {}
    for n in range(PHOTOS):
        place = Path(folder) / f"p{n}.jpg"
        Image.effect_noise((900, 675), 80).convert("RGB").save(place, quality=80)
        photos[place.name] = place
    began = time.perf_counter()
    single = certificate(
        CertificatePaper(
            "SECOR-2026-000123-75",
            "Small Employer Certificate of Recognition",
            "Alberta",
            "Measured Ltd.",
            "",
            "A partner",
            date(2026, 1, 1),
            date(2029, 1, 1),
            True,
            "HTTP://LOCALHOST/V/X",
        ),
        at=AT,
    )
    told = {"certificate": time.perf_counter() - began, "certificate_mb": children_mb()}
    began = time.perf_counter()
    sections = composed()
    told |= {"composed": time.perf_counter() - began}
    began = time.perf_counter()
    printed = report(paper(photos, sections), at=AT)
    told |= {"report": time.perf_counter() - began, "report_mb": children_mb()}
    print(json.dumps(told))
