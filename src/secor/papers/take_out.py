"""Everything an employer has, as open files in one ZIP: data as JSON and CSV, records to read, and every photo."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from html import escape
from typing import IO, Any

from secor.core.transcript import lines_of, signed_of
from secor.papers.manual import day, manual, paper_of
from secor.queries import records as asked
from secor.queries import take_out as tables
from secor.queries.employers import Employer
from secor.queries.evidence import File, as_it_came
from secor.queries.manuals import chapters_of
from secor.queries.people import Scope

_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "text/plain": "txt",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_README = """Everything that {business} had here on {day}.

data/     one file for each kind of thing, as JSON and as CSV (UTF-8); days are year-month-day
records/  records.html: every record to read, in one page
forms/    the definition that each record was filled in by (YAML), under its fingerprint
program/  the program as a PDF
files/    photos, proofs and papers as they came, each under its own SHA-256, which the data name

What is not here:
{left_out}
- Of an audit by somebody from outside: the notes and files they gathered. The report is yours from your audit page.
- Records that may be read only by people you named for it, where you are not one of them.
"""


def take_out(employer: Employer, *, scope: Scope, at: datetime) -> IO[bytes]:
    """Write the ZIP to a file that vanishes when it is closed, and give it from its beginning.

    Only what ``scope`` may read is in it. Nothing is held in memory but one row, one file, or the program's PDF.
    """
    place = tempfile.TemporaryFile(prefix="secor-take-out-")  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("README.txt", _readme(employer, at))
        named: set[str] = set()
        for table in tables.tables():
            rows = list(tables.rows_of(table, employer, scope=scope))
            if rows:
                _data(out, table.__name__, rows)
                named.update(tables.files_of(iter(rows), table))
        _records(out, employer, scope)
        chapters = chapters_of(employer)
        if chapters:
            book = paper_of(chapters, business=employer.legal_name, about=employer.city, on=at.date())
            out.writestr("program/program.pdf", manual(book, at=at))
        for file in File.objects.filter(pk__in=named).order_by("pk").iterator():
            source = as_it_came(file)
            if source.exists():
                out.write(source, f"files/{file.sha256}.{_ENDINGS.get(file.kind, 'bin')}", zipfile.ZIP_STORED)
    place.seek(0)
    return place


def _readme(employer: Employer, at: datetime) -> str:
    left_out = "\n".join(f"- {table.__name__}: {why}" for table, why in tables.LEFT_OUT.items())
    return _README.format(business=employer.legal_name, day=day(at.date()), left_out=left_out)


def _data(out: zipfile.ZipFile, name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    with out.open(f"data/{name}.json", "w") as raw, io.TextIOWrapper(raw, "utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=1, default=str)
    with out.open(f"data/{name}.csv", "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = (
        json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else "" if value is None else str(value)
    )
    return f"'{text}" if text.startswith(_FORMULA) else text


def _records(out: zipfile.ZipFile, employer: Employer, scope: Scope) -> None:
    forms: dict[str, str] = {}
    with out.open("records/records.html", "w") as raw, io.TextIOWrapper(raw, "utf-8") as page:
        page.write(
            f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Records of {escape(employer.legal_name)}'
        )
        page.write("</title>")
        for row in asked.all_of(scope, employer):
            forms[row.definition_id] = row.definition.text
            page.writelines(_told(row))
        page.write("</html>")
    for digest, text in forms.items():
        out.writestr(f"forms/{digest}.yaml", text)


def _told(row: asked.Record) -> Iterator[str]:
    form = asked.form_of(row)
    later = ", corrected later" if row.corrected else ""
    yield f"<h2>{escape(form.title)}, {row.on.isoformat()}</h2><p>{row.uid}{later}</p>"
    for line in lines_of(form, row.values):
        words = [*line.words, *(" | ".join(cells) for cells in line.table)]
        yield f"<h3>{escape(line.label)}</h3><p>{'<br>'.join(escape(each) for each in words)}</p>"
    for each in signed_of(form, row.values):
        yield f"<p>Signed: {escape(each.name)}, {escape(each.at)}</p>"
