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
from secor.usecases.act import ALBERTA

_ENDINGS = {
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "image/heic": "heic",
    "application/pdf": "pdf",
    "text/plain": "txt",
}
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
# It is read without us, from a disk or on a phone, so it brings its few lines of style along.
_HEAD = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<title>{title}</title><style>body{{font:16px/1.5 sans-serif;margin:1rem auto;max-width:44rem;padding:0 1rem}}"
    "h2{{border-top:2px solid;margin-top:2.5rem;padding-top:1rem}}h3{{font-size:1rem;margin:1rem 0 0}}p{{margin:0}}"
    "table{{border-collapse:collapse}}td,th{{border-bottom:1px solid #bbb;padding:.2rem .8rem .2rem 0;text-align:left;"
    "vertical-align:top}}.no{{color:#555;font-size:.8rem}}</style><h1>{title}</h1>"
)
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
        out.writestr(_entry("README.txt", at), _readme(employer, at))
        named: set[str] = set()
        for table in tables.tables():
            rows = list(tables.rows_of(table, employer, scope=scope))
            if rows:
                _data(out, table.__name__, rows, at)
                named.update(tables.files_of(iter(rows), table))
        _records(out, employer, scope, at)
        chapters = chapters_of(employer)
        if chapters:
            book = paper_of(chapters, business=employer.legal_name, about=employer.city, on=at.date())
            out.writestr(_entry("program/program.pdf", at), manual(book, at=at))
        for file in File.objects.filter(pk__in=named).order_by("pk").iterator():
            source = as_it_came(file)
            if source.exists():
                out.write(source, _place(file), zipfile.ZIP_STORED)
    place.seek(0)
    return place


def _readme(employer: Employer, at: datetime) -> str:
    left_out = "\n".join(f"- {table.__name__}: {why}" for table, why in tables.LEFT_OUT.items())
    return _README.format(business=employer.legal_name, day=day(at.date()), left_out=left_out)


def _data(out: zipfile.ZipFile, name: str, rows: Sequence[Mapping[str, Any]], at: datetime) -> None:
    with out.open(_entry(f"data/{name}.json", at), "w") as raw, io.TextIOWrapper(raw, "utf-8") as file:
        json.dump(rows, file, ensure_ascii=False, indent=1, default=str)
    with out.open(_entry(f"data/{name}.csv", at), "w") as raw, io.TextIOWrapper(raw, "utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0])
        writer.writerows([_cell(value) for value in row.values()] for row in rows)


def _cell(value: Any) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = (
        json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else "" if value is None else str(value)
    )
    return f"'{text}" if text.startswith(_FORMULA) else text


def _records(out: zipfile.ZipFile, employer: Employer, scope: Scope, at: datetime) -> None:
    forms: dict[str, str] = {}
    photos = asked.photos_by_record(employer)
    title = f"Records of {escape(employer.legal_name)}"
    with out.open(_entry("records/records.html", at), "w") as raw, io.TextIOWrapper(raw, "utf-8") as page:
        page.write(_HEAD.format(title=title))
        for row in asked.all_of(scope, employer):
            forms[row.definition_id] = row.definition.text
            page.writelines(_told(row, photos.get(row.pk, ())))
        page.write("</html>")
    for digest, text in forms.items():
        out.writestr(_entry(f"forms/{digest}.yaml", at), text)


def _told(row: asked.Record, photos: Sequence[asked.RecordPhoto]) -> Iterator[str]:
    form = asked.form_of(row)
    later = ", corrected later" if row.corrected else ""
    yield f'<h2 id="{row.uid}">{escape(form.title)}, {row.on.isoformat()}</h2><p class="no">{row.uid}{later}</p>'
    for line in lines_of(form, row.values):
        yield f"<h3>{escape(line.label)}</h3>"
        if line.words:
            yield f"<p>{'<br>'.join(escape(each) for each in line.words)}</p>"
        if line.table:
            head, *rows = ("".join(f"<td>{escape(cell)}</td>" for cell in cells) for cells in line.table)
            head = head.replace("td>", "th>")
            yield f"<table><tr>{head}</tr>{''.join(f'<tr>{each}</tr>' for each in rows)}</table>"
    for each in signed_of(form, row.values):
        yield f"<p>Signed: {escape(each.name)}, {escape(each.at)}</p>"
    for photo in photos:
        words = escape(photo.caption or "Photo")
        yield f'<p><a href="../{_place(photo.file)}">{words}</a></p>' if photo.file else f"<p>{words}: has not come</p>"


def _place(file: File) -> str:
    return f"files/{file.sha256}.{_ENDINGS.get(file.kind, 'bin')}"


def _entry(name: str, at: datetime) -> zipfile.ZipInfo:
    """An entry that carries the day it was written, and that everybody may read once it is unpacked."""
    there = at.astimezone(ALBERTA)
    entry = zipfile.ZipInfo(name, there.timetuple()[:6])
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry
