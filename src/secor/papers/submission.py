"""What goes to the certifying partner, in one ZIP: the report, the action plan, and each proof with its index."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path
from typing import IO

from django.utils.text import slugify

from secor.papers.manual import day
from secor.queries.evidence import Evidence, as_it_came

_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
}


def submission(business: str, *, report: bytes, plan: bytes, pieces: Sequence[Evidence], on: date) -> IO[bytes]:
    """Write the package to a file that vanishes when it is closed, and give it from its beginning.

    The proofs stand in the order of their questions; ``index.html`` names each with its question and its SHA-256, by
    which anybody can tell that it is the file that was sent.
    """
    ordered = sorted(pieces, key=lambda each: (_order(each.question), each.pk))
    names = [_name(nth, each) for nth, each in enumerate(ordered, start=1)]
    place = tempfile.TemporaryFile(prefix="secor-submission-")  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("index.html", _index(business, ordered, names, on))
        out.writestr("1-report.pdf", report)
        out.writestr("2-action-plan.xlsx", plan)
        for each, name in zip(ordered, names, strict=True):
            source: Path = as_it_came(each.file)
            if source.exists():
                out.write(source, name, zipfile.ZIP_STORED)
    place.seek(0)
    return place


def _order(question: str) -> tuple[int, ...]:
    return tuple(int(part) for part in question.split(".") if part.isdecimal())


def _name(nth: int, each: Evidence) -> str:
    title, ending = slugify(each.title)[:60] or "proof", _ENDINGS.get(each.file.kind, "bin")
    return f"3-evidence/{each.question or 'general'}-{nth:03}-{title}.{ending}"


def _index(business: str, pieces: Sequence[Evidence], names: Sequence[str], on: date) -> str:
    rows = "".join(
        f'<tr><td>{escape(each.question)}</td><td><a href="{escape(name)}">{escape(each.title)}</a></td>'
        f"<td>{each.added_at:%Y-%m-%d}</td><td><code>{each.file.sha256}</code></td></tr>"
        for each, name in zip(pieces, names, strict=True)
    )
    head = escape(business)
    return (
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Submission of {head}</title>'
        f"<h1>Submission of {head}</h1><p>Put together on {day(on)}.</p>"
        '<ol><li><a href="1-report.pdf">The report</a></li><li><a href="2-action-plan.xlsx">The action plan</a></li>'
        f"<li>{len(pieces)} proofs</li></ol>"
        "<table><thead><tr><th>Question</th><th>Proof</th><th>Added</th><th>SHA-256</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></html>"
    )
