"""XLSForms that owners bring along: looked through, checked by pyxform, and made into a form of their own."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from typing import Any

from secor.core.xlsform import Brought, Row, Workbook, form_of
from secor.queries import library, records
from secor.queries.records import FormInUse
from secor.store.models import Employer
from secor.usecases import own_forms, owner
from secor.usecases.act import Act, Refusal
from secor.usecases.files import Upload

# A workbook of words is small; one that unpacks to more than this is none.
BYTES_MOST, UNPACKED_MOST, ENTRIES_MOST = 2_000_000, 20_000_000, 200
ROWS_MOST, COLUMNS_MOST, CELL_MOST = 1500, 60, 3000


class NoReader(Refusal):
    """A site on which nobody installed what reads XLSForms."""


class NoWorkbook(Refusal):
    """A file that is no workbook with a survey in it."""


class Unsound(Refusal):
    """An XLSForm in which pyxform found a mistake."""


def bring(act: Act, *, employer: Employer, upload: Upload, stands_for: str = "") -> tuple[FormInUse, tuple[str, ...]]:
    """Make a form of an XLSForm and put it in use; give it, and what of the workbook was left out, in words.

    ``stands_for`` is the key of the form whose kind of record it is: its evidence, rhythm, readers and retention are
    taken over, and it takes that form's place; without one, a form of its own key begins. Refuses who is no owner, a
    site without the extra ``xlsform`` (``NoReader``), what is no workbook (``NoWorkbook``), what pyxform refuses
    (``Unsound``), and what cannot be filled in (``own_forms.Unfit``).
    """
    owner.permit(act, employer=employer)
    content = _content(upload)
    brought = form_of(_read(content), retentions=library.retentions())
    if not brought.form.fields:
        raise own_forms.Unfit("None of its questions can be asked here. " + "; ".join(brought.left_out[:5]))
    _check(content)
    placed = _placed(brought, employer, stands_for)
    return own_forms.keep(act, employer=employer, form=placed.form), placed.left_out


def _placed(brought: Brought, employer: Employer, stands_for: str) -> Brought:
    """Give the form the place it takes among the employer's others."""
    forms = records.forms_in_use(employer)
    form = brought.form
    use = forms.get(stands_for)
    if use is not None:
        like = use.form
        form = replace(
            form,
            key=like.key,
            version=like.version + 1,
            evidence=like.evidence,
            rhythm=like.rhythm,
            retention=like.retention,
            read_by=like.read_by,
            each_person=like.each_person,
            quick=like.quick,
            when=like.when,
            in_place_of=like.in_place_of,
        )
    elif (before := forms.get(form.key)) is not None:
        form = replace(form, version=before.form.version + 1)
    return replace(brought, form=form)


def _content(upload: Upload) -> bytes:
    """The bytes, when they are a small ZIP of parts that stay small when they are unpacked."""
    content = b""
    for piece in upload.chunks():
        content += piece
        if len(content) > BYTES_MOST:
            raise NoWorkbook("This file is larger than 2 MB, and no form is. Take the pictures out of it.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = file.infolist()
    except zipfile.BadZipFile as bad:
        raise _no_workbook() from bad
    if len(parts) > ENTRIES_MOST or sum(part.file_size for part in parts) > UNPACKED_MOST:
        raise NoWorkbook("This workbook unpacks to far more than a form. Copy its three sheets to a new one.")
    return content


def _no_workbook() -> NoWorkbook:
    return NoWorkbook("This is no workbook (.xlsx) with a sheet called survey. Save the form as .xlsx, and bring that.")


def _read(content: bytes) -> Workbook:
    try:
        import openpyxl  # noqa: PLC0415 - the extra `xlsform` brings it with pyxform
    except ImportError as missing:
        raise _no_reader() from missing
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheets = {sheet.title.strip().lower(): _rows(sheet) for sheet in book.worksheets}
    except Refusal:
        raise
    except Exception as trouble:  # a hostile workbook breaks its reader in ways that nobody has listed
        raise _no_workbook() from trouble
    if "survey" not in sheets:
        raise _no_workbook()
    settings = sheets.get("settings", [])
    return Workbook(tuple(sheets["survey"]), tuple(sheets.get("choices", ())), settings[0] if settings else {})


def _rows(sheet: Any) -> list[Row]:
    rows = sheet.iter_rows(max_row=ROWS_MOST + 2, max_col=COLUMNS_MOST, values_only=True)
    heads = [str(cell).strip() if cell is not None else "" for cell in next(rows, ())]
    found: list[Row] = []
    for row in rows:
        said = {head: _words(cell) for head, cell in zip(heads, row, strict=False) if head and cell is not None}
        if said:
            found.append(said)
    if len(found) > ROWS_MOST:
        raise NoWorkbook(f"This form has more than {ROWS_MOST} rows. Make several forms of it.")
    return found


def _words(cell: Any) -> str:
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return re.sub(r"[\x00-\x08\x0b-\x1f]", " ", str(cell))[:CELL_MOST]


def _check(content: bytes) -> None:
    """Let pyxform look at the workbook as ODK would, and tell what it finds in words."""
    try:
        from pyxform.errors import PyXFormError  # noqa: PLC0415 - the extra `xlsform` brings it
        from pyxform.xls2xform import convert  # noqa: PLC0415
    except ImportError as missing:
        raise _no_reader() from missing
    try:
        convert(xlsform=content, file_type=".xlsx", validate=False)
    except PyXFormError as wrong:
        raise Unsound(
            f"ODK's own checker found a mistake in this form. It says: {' '.join(str(wrong).split())[:400]}"
        ) from wrong
    except Exception as trouble:
        raise Unsound(
            "ODK's own checker could not read this form. Open it in ODK first, and mend what it names."
        ) from trouble


def _no_reader() -> NoReader:
    return NoReader("This site cannot read XLSForms yet. Ask whoever runs it to install the extra called xlsform.")
