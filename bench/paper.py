"""Prints a full report with 20 photos and a certificate, and tells the time and the memory of each as JSON."""

from __future__ import annotations

import json
import resource
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

from PIL import Image

from secor.papers.certificate import CertificatePaper, certificate
from secor.papers.report import ElementPart, Fact, Finding, Photo, QuestionPart, ReportPaper, report

AT = datetime(2026, 11, 23, tzinfo=UTC)


def children_mb() -> float:
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def paper(photos: dict[str, Path]) -> ReportPaper:
    names, elements = list(photos), []
    for e in range(1, 11):
        questions = tuple(
            QuestionPart(
                code=f"{e}.{q}",
                text="Do the people who work here know what the policy promises and where to find it?",
                possible=20,
                awarded=16,
                findings=(
                    Finding("Documents", "4 of 5 items met", "15", "12"),
                    Finding("Interviews", "5 of 8 answers positive", "5", "3.1"),
                ),
                note="The policy is posted in the shop and in both trucks; two of eight people could not say where. "
                * 2,
                recommendation="Put it on the crew's phones, and ask again at the next talk.",
                evidence=("policy.pdf", "photo of the board"),
                photos=(Photo(names.pop(), "Photo of the board in the shop"),) if names else (),
            )
            for q in range(1, 8 if e <= 3 else 7)
        )
        elements.append(ElementPart(e, "Hazard assessment", 100, 83, "83.0 %", 0.83, e == 6, True, questions))
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
        summary=("An audit.",),
        employer=facts,
        performer=facts,
        dates=facts,
        scope=facts,
        strengths=("One.",),
        improvements=("Two.",),
        elements=tuple(elements),
        declarations=("Signed.",),
        evidence=tuple(Fact(f"photo {n}", "ab" * 32) for n in range(20)),
        conclusion=facts,
        printed_on=date(2026, 11, 23),
        photos=photos,
    )


with tempfile.TemporaryDirectory() as folder:
    photos = {}
    for n in range(20):
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
    printed = report(paper(photos), at=AT)
    told |= {"report": time.perf_counter() - began, "report_mb": children_mb()}
    print(json.dumps(told))
