"""The certificate: one page, with the address where anybody can check what it is worth today."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import segno

from secor.papers.press import print_pdf

ATTACHED = "credential.json"
PROOF = "log.tlog-proof"


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """What stands on a certificate. Nobody's name but the employer's."""

    number: str
    scheme_title: str
    jurisdiction: str
    legal_name: str
    trade_name: str
    partner: str
    issued_on: date
    term_ends_on: date
    owed_each_year: bool
    check_url: str
    specimen: bool = False


def certificate(paper: CertificatePaper, *, at: datetime, credential: str = "", proof: str = "") -> bytes:
    """Print the certificate as a tagged PDF/A, with its ``credential`` attached where it has one.

    And with the ``proof`` that its newest entry is in the public log.

    The same paper at the same moment gives the same bytes.
    """
    files: dict[str, bytes | Path] = {"qr.svg": qr(paper.check_url)}
    if credential:
        files[ATTACHED] = credential.encode()
    if proof:
        files[PROOF] = proof.encode()
    attached = {"attached": ATTACHED if credential else "", "proof": PROOF if proof else ""}
    return print_pdf("certificate", {**told(paper), **attached}, at=at, files=files)


def told(paper: CertificatePaper) -> dict[str, str]:
    """The certificate as plain values for the press, which wants ``qr.svg`` beside them."""
    kept = (
        "With a maintenance audit sent by each anniversary in between."
        if paper.owed_each_year
        else "No maintenance audit is asked for in this term."
    )
    return {
        "lang": "en",
        "title": paper.scheme_title,
        "jurisdiction": paper.jurisdiction,
        "number": paper.number,
        "specimen": "Specimen: made in a demonstration" if paper.specimen else "",
        "awarded_to": "is awarded to",
        "legal_name": paper.legal_name,
        "trade_name": paper.trade_name,
        "operating_as": "operating as",
        "sentence": (
            "whose health and safety program was audited against the program's standard and reached its pass mark."
        ),
        "issued_label": "Issued on",
        "issued": _day(paper.issued_on),
        "ends_label": "Valid until, while it is maintained",
        "ends": _day(paper.term_ends_on),
        "partner_label": "Certifying partner",
        "partner": paper.partner,
        "kept_label": "How it stays valid",
        "kept": kept,
        "check": "This page shows the day of issue. Whether the certificate is good today is told at",
        "check_url": paper.check_url,
        "qr_alt": f"QR code that opens {paper.check_url}",
    }


def qr(address: str) -> bytes:
    """Draw a QR code. Capitals make it smaller, and a web address's host and our numbers do not mind them."""
    drawing = io.BytesIO()
    segno.make(address, error="q", micro=False).save(drawing, kind="svg", border=2, scale=4, dark="#12252d")
    return drawing.getvalue()


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
