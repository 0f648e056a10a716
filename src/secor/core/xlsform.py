"""XLSForm, the workbook that ODK Collect's forms are written in: a form as its rows, and rows as a form.

Only rows are known here: mappings of a column's name to its text, sheet by sheet (xlsform.org, "The survey worksheet").
Columns that begin with ``secor_`` carry what XLSForm has no word for; other programs pass over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from secor.core.adaptation import LISTS, key_of
from secor.core.form import CHOOSES, NOT_IN_ROWS, Choice, Field, FieldKind, Form, ReadBy, ShownWhen
from secor.core.record import Found
from secor.core.rhythm import Rhythm
from secor.core.trade import RISK_MOST, Condition

Row = Mapping[str, str]
SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
COLUMNS: Mapping[str, tuple[str, ...]] = {
    SURVEY: (
        "type",
        "name",
        "label",
        "hint",
        "required",
        "relevant",
        "appearance",
        "secor_kind",
        "secor_required",
        "secor_signs",
    ),
    CHOICES: ("list_name", "name", "label"),
    SETTINGS: (
        "form_title",
        "form_id",
        "version",
        "secor_why",
        "secor_evidence",
        "secor_rhythm",
        "secor_retention",
        "secor_read_by",
        "secor_each_person",
        "secor_quick",
        "secor_when",
        "secor_in_place_of",
    ),
}
RETENTION = "field_records"
_FOUND_WORDS = {Found.OK: "In order", Found.NOT_OK: "Not in order", Found.NOT_APPLICABLE: "Does not apply"}
_TYPES = {
    FieldKind.TEXT: "text",
    FieldKind.LONG_TEXT: "text",
    FieldKind.NUMBER: "decimal",
    FieldKind.DAY: "date",
    FieldKind.TIME: "time",
    FieldKind.YES_NO: "select_one yes_no",
    FieldKind.PERSON: "text",
    FieldKind.PEOPLE: "text",
    FieldKind.SITE: "text",
    FieldKind.PHOTOS: "image",
    FieldKind.SIGNATURES: "image",
}
_APPEARANCES = {
    FieldKind.LONG_TEXT: "multiline",
    FieldKind.PEOPLE: "multiline",
    FieldKind.SIGNATURES: "signature",
}
# The types of others, and what they are here.
_KINDS = {
    "text": FieldKind.TEXT,
    "string": FieldKind.TEXT,
    "barcode": FieldKind.TEXT,
    "integer": FieldKind.NUMBER,
    "int": FieldKind.NUMBER,
    "decimal": FieldKind.NUMBER,
    "range": FieldKind.NUMBER,
    "date": FieldKind.DAY,
    "time": FieldKind.TIME,
    "image": FieldKind.PHOTOS,
    "photo": FieldKind.PHOTOS,
    "acknowledge": FieldKind.YES_NO,
    "trigger": FieldKind.YES_NO,
}
# What ODK fills in by itself, and nobody would miss.
_SILENT = frozenset(
    {"start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit"}
)
_WORDLESS = {
    "constraint": "a check of the answer",
    "calculation": "a calculation",
    "default": "an answer that stands there already",
    "choice_filter": "a choice that hangs on another",
    "repeat_count": "a fixed number of rows",
}
_ONE = re.compile(r"\$\{([^}]+)\}\s*=\s*['\"]([^'\"]*)['\"]|selected\(\s*\$\{([^}]+)\}\s*,\s*['\"]([^'\"]*)['\"]\s*\)")
# A row of the type ``end`` alone is a moment that ODK notes, and closes nothing.
_DEPTHS = {"begin_group": 1, "begin_repeat": 1, "end_group": -1, "end_repeat": -1}
_YES = frozenset({"yes", "true", "true()", "1"})


@dataclass(frozen=True, slots=True)
class Workbook:
    """The three sheets of an XLSForm."""

    survey: tuple[Row, ...]
    choices: tuple[Row, ...]
    settings: Row


@dataclass(frozen=True, slots=True)
class Brought:
    """A form made of a workbook, and what of it has no place here, in words."""

    form: Form
    left_out: tuple[str, ...]


def workbook_of(form: Form) -> Workbook:
    """Write a form as an XLSForm. ``form_of`` gives the same form back."""
    lists: dict[str, dict[str, str]] = {}
    survey = [row for each in form.fields for row in _rows_of(each, "", lists)]
    choices = [
        {"list_name": name, "name": key, "label": label}
        for name, known in lists.items()
        for key, label in known.items()
    ]
    settings = {
        "form_title": form.title,
        "form_id": form.key,
        "version": str(form.version),
        "secor_why": form.why,
        "secor_evidence": " ".join(form.evidence),
        "secor_rhythm": form.rhythm.value,
        "secor_retention": form.retention,
        "secor_read_by": form.read_by.value,
        "secor_each_person": _said(form.each_person),
        "secor_quick": _said(form.quick),
        "secor_when": " ".join(sorted(each.value for each in form.when)),
        "secor_in_place_of": " ".join(form.in_place_of),
    }
    return Workbook(tuple(survey), tuple(choices), settings)


def form_of(workbook: Workbook, *, retentions: Iterable[str] = (RETENTION,)) -> Brought:
    """Make a form of an XLSForm. What has no place here is left out and told; nothing is turned into something else.

    A form without a question that can be asked has no fields; whoever keeps it refuses it. ``retentions`` are the
    periods that are known.
    """
    reader = _Reader(_lists(workbook.choices))
    fields = reader.fields(list(workbook.survey), "")
    told = workbook.settings
    title = told.get("form_title", "").strip() or told.get("form_id", "").strip() or "Form without a name"
    retention, version = told.get("secor_retention", ""), told.get("version", "")
    form = Form(
        key=key_of(told.get("form_id", "") or title, ()).replace("_", "-"),
        version=int(version[:9]) if version.isdecimal() and int(version[:9]) > 0 else 1,
        title=title[:120],
        why=told.get("secor_why", "").strip() or "Brought along as an XLSForm.",
        evidence=tuple(told.get("secor_evidence", "").split()),
        rhythm=next((each for each in Rhythm if each.value == told.get("secor_rhythm")), Rhythm.AS_IT_HAPPENS),
        retention=retention if retention in set(retentions) else RETENTION,
        fields=fields,
        read_by=next((each for each in ReadBy if each.value == told.get("secor_read_by")), ReadBy.EVERYBODY),
        each_person=_true(told.get("secor_each_person", "")),
        quick=_true(told.get("secor_quick", "")),
        when=frozenset(each for each in Condition if each.value in told.get("secor_when", "").split()),
        in_place_of=tuple(told.get("secor_in_place_of", "").split()),
    )
    return Brought(form, tuple(dict.fromkeys(reader.left_out)))


def _rows_of(each: Field, before: str, lists: dict[str, dict[str, str]]) -> Iterator[Row]:
    name = f"{before}{each.key}"
    row = {
        "type": _type(each, name, lists),
        "name": name,
        "label": each.label,
        "hint": each.hint,
        "required": _said(each.required),
        "relevant": _relevant(each.shown_when, before),
        "appearance": _APPEARANCES.get(each.kind, ""),
        "secor_kind": each.kind.value,
        "secor_required": _said(each.required),
        "secor_signs": each.signs,
    }
    inner = _inner(each, name, lists)
    if inner is None:
        yield row
        return
    word = "repeat" if each.kind is FieldKind.ROWS else "group"
    yield row | {"type": f"begin_{word}", "required": ""}
    yield from inner
    yield {"type": f"end_{word}"}


def _type(each: Field, name: str, lists: dict[str, dict[str, str]]) -> str:
    if each.kind in CHOOSES:
        lists[name] = {choice.key: choice.label for choice in each.choices}
        return f"select_{'one' if each.kind is FieldKind.CHOICE else 'multiple'} {name}"
    if each.kind is FieldKind.YES_NO:
        lists["yes_no"] = {"yes": "Yes", "no": "No"}
    return _TYPES.get(each.kind, "")


def _inner(each: Field, name: str, lists: dict[str, dict[str, str]]) -> list[Row] | None:
    if each.kind is FieldKind.ROWS:
        return [row for column in each.fields for row in _rows_of(column, f"{name}__", lists)]
    if each.kind is FieldKind.CHECKLIST:
        lists["found"] = {found.value: words for found, words in _FOUND_WORDS.items()}
        return [row for line in each.choices for row in _line_rows(line, f"{name}__{line.key}", required=each.required)]
    if each.kind is FieldKind.RISK:
        lists["level"] = {str(level): str(level) for level in range(1, RISK_MOST + 1)}
        asked = {"likelihood": "How likely?", "severity": "How bad?"}
        return [
            {"type": "select_one level", "name": f"{name}__{key}", "label": label, "required": _said(each.required)}
            for key, label in asked.items()
        ]
    return None


def _line_rows(line: Choice, name: str, *, required: bool) -> list[Row]:
    return [
        {"type": "select_one found", "name": name, "label": line.label, "required": _said(required)},
        {
            "type": "text",
            "name": f"{name}__note",
            "label": "What is wrong?",
            "relevant": f"${{{name}}} = '{Found.NOT_OK.value}'",
            "secor_kind": "note",
        },
    ]


def _relevant(condition: ShownWhen | None, before: str) -> str:
    if condition is None:
        return ""
    name = f"{before}{condition.field}"
    # ``selected`` is right for one answer and for several.
    return " or ".join(f"selected(${{{name}}}, '{answer}')" for answer in condition.one_of)


def _said(flag: bool) -> str:  # noqa: FBT001 - it is what is said
    return "yes" if flag else ""


def _true(words: str) -> bool:
    return words.strip().lower() in _YES


@dataclass(frozen=True, slots=True)
class _List:
    """A list of choices: the keys here of the names there, in the order of the rows."""

    keys: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()

    def and_one(self, row: Row) -> _List:
        """Give the list with the choice of one more row; a name that is empty, or there already, adds nothing."""
        name = row.get("name", row.get("value", "")).strip()
        if not name or name in self.keys:
            return self
        taken = set(self.keys.values())
        key = name if _is_key(name) and name not in taken else key_of(name, taken)
        return _List({**self.keys, name: key}, (*self.choices, Choice(key, _label(row, "label") or name)))


def _lists(rows: Sequence[Row]) -> dict[str, _List]:
    found: dict[str, _List] = {}
    for row in rows:
        name = row.get("list_name", row.get("list name", "")).strip()
        found[name] = found.get(name, _List()).and_one(row)
    return found


def _is_key(name: str) -> bool:
    return re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) is not None


def _label(row: Row, column: str) -> str:
    """A text in the first language in which it stands."""
    plain = row.get(column, "").strip()
    return plain or next((said.strip() for name, said in row.items() if name.startswith(f"{column}::") and said), "")


class _Reader:
    """Goes through the rows of a survey once, and keeps what could not be taken along."""

    def __init__(self, lists: Mapping[str, _List]) -> None:
        self.lists = lists
        self.left_out: list[str] = []
        self.names: dict[str, tuple[Field, Mapping[str, str]]] = {}

    def fields(
        self, rows: Sequence[Row], before: str, *, in_rows: bool = False, taken: Iterable[str] = ()
    ) -> tuple[Field, ...]:
        """Read rows on one level; groups are opened, since a form here has no pages. ``taken`` are keys of before."""
        used = set(taken)
        found: dict[str, Field] = {}
        for row, inner in _blocks(rows):
            if inner is not None and not self._whole(row):
                opened = self._opened(row, inner, before, in_rows=in_rows, taken=used | set(found))
                found |= {each.key: each for each in opened}
                continue
            made = self._field(row, inner or [], before, used | set(found), in_rows=in_rows)
            if made is not None:
                found[made.key] = made
        return tuple(found.values())

    def _whole(self, row: Row) -> bool:
        """Whether a group or repeat is one question here."""
        return _word(row) == "begin_repeat" or row.get("secor_kind") in {"checklist", "risk"}

    def _opened(
        self, row: Row, inner: Sequence[Row], before: str, *, in_rows: bool, taken: set[str]
    ) -> tuple[Field, ...]:
        if row.get("relevant", "").strip():
            self.left_out.append(f"When the group “{_called(row)}” is asked: its questions are always asked")
        return self.fields(inner, before, in_rows=in_rows, taken=taken)

    def _field(self, row: Row, inner: Sequence[Row], before: str, taken: set[str], *, in_rows: bool) -> Field | None:
        kind = self._kind(row)
        if kind is None or (in_rows and kind in NOT_IN_ROWS):
            self._tell(row, kind)
            return None
        name = row.get("name", "").strip()
        known = self.lists.get(_list_of(row), _List())
        made = Field(
            key=_key(name.removeprefix(before), taken),
            kind=kind,
            label=_label(row, "label") or name,
            hint=_label(row, "hint"),
            required=_true(row.get("required", "")) or _true(row.get("secor_required", "")),
            choices=_choices(kind, inner, name, known),
            fields=self.fields(inner, f"{name}__", in_rows=True) if kind is FieldKind.ROWS else (),
            signs=(row.get("secor_signs", "").strip() or _label(row, "label")) if kind is FieldKind.SIGNATURES else "",
        )
        if (kind in LISTS and not made.choices) or (kind is FieldKind.ROWS and not made.fields):
            self.left_out.append(f"“{made.label}”: nothing of it can be asked here")
            return None
        made = replace(made, shown_when=self._condition(row))
        self.names[name] = made, known.keys
        self._tell_parts(row, made)
        return made

    def _kind(self, row: Row) -> FieldKind | None:  # noqa: PLR0911 - one line for each way of writing a kind
        own = next((each for each in FieldKind if each.value == row.get("secor_kind", "")), None)
        if own is not None:
            return own
        word = _word(row)
        if word == "begin_repeat":
            return FieldKind.ROWS
        if word == "select_one":
            names = set(self.lists.get(_list_of(row), _List()).keys)
            return FieldKind.YES_NO if names == {"yes", "no"} else FieldKind.CHOICE
        if word == "select_multiple":
            return FieldKind.CHOICES
        if word in {"image", "photo"} and "signature" in row.get("appearance", ""):
            return FieldKind.SIGNATURES
        if word in {"text", "string"} and "multiline" in row.get("appearance", ""):
            return FieldKind.LONG_TEXT
        return _KINDS.get(word)

    def _condition(self, row: Row) -> ShownWhen | None:
        said = row.get("relevant", "").strip()
        if not said:
            return None
        matches = [_ONE.fullmatch(part.strip()) for part in re.split(r"\s+or\s+", said)]
        pairs = [(match[1] or match[3], match[2] or match[4]) for match in matches if match]
        sources = {name for name, _ in pairs}
        if len(pairs) == len(matches) and len(sources) == 1:
            found = self._meant(sources.pop(), [answer for _, answer in pairs])
            if found is not None:
                return found
        self.left_out.append(f"When “{_called(row)}” is asked: it is always asked")
        return None

    def _meant(self, name: str, answers: Sequence[str]) -> ShownWhen | None:
        """The condition, where such a question stands above and takes these answers."""
        source, keys = self.names.get(name, (None, {}))
        if source is None or source.kind not in {*CHOOSES, FieldKind.YES_NO}:
            return None
        possible = {choice.key for choice in source.choices} or {"yes", "no"}
        wanted = tuple(dict.fromkeys(keys.get(answer, answer) for answer in answers))
        return ShownWhen(source.key, wanted) if set(wanted) <= possible else None

    def _tell(self, row: Row, kind: FieldKind | None) -> None:
        if _word(row) in _SILENT:
            return
        unknown = f"the type {row.get('type', '').strip()!r} is unknown here"
        self.left_out.append(f"“{_called(row)}”: {unknown if kind is None else 'cannot stand in a table'}")

    def _tell_parts(self, row: Row, made: Field) -> None:
        for column, words in _WORDLESS.items():
            if row.get(column, "").strip():
                self.left_out.append(f"“{made.label}”: {words}")
        if "or_other" in row.get("type", "").split():
            self.left_out.append(f"“{made.label}”: an answer that is not in its list")


def _key(name: str, taken: set[str]) -> str:
    return name if _is_key(name) and name not in taken else key_of(name, taken)


def _choices(kind: FieldKind, inner: Sequence[Row], name: str, known: _List) -> tuple[Choice, ...]:
    if kind in CHOOSES:
        return known.choices
    if kind is not FieldKind.CHECKLIST:
        return ()
    lines: dict[str, Choice] = {}
    for row in inner:
        if _word(row) == "select_one":
            bare = row.get("name", "").strip().removeprefix(f"{name}__")
            key = _key(bare, set(lines))
            lines[key] = Choice(key, _label(row, "label") or bare)
    return tuple(lines.values())


def _called(row: Row) -> str:
    return _label(row, "label") or row.get("name", "").strip()


def _word(row: Row) -> str:
    """The first word of a type, in the one way of writing it."""
    said = row.get("type", "").strip().lower()
    said = re.sub(r"^(begin|end|select)[ _](group|repeat|one|multiple)\b", r"\1_\2", said)
    return said.split()[0] if said.split() else ""


def _list_of(row: Row) -> str:
    """The name of the list that a question chooses from, behind ``select_one`` or ``select one``."""
    words = [word for word in row.get("type", "").split() if word != "or_other"]
    return words[-1] if words else ""


def _blocks(rows: Sequence[Row]) -> Iterator[tuple[Row, list[Row] | None]]:
    """Give each row; a group or repeat with the rows in it."""
    at = 0
    while at < len(rows):
        row = rows[at]
        at += 1
        word = _word(row)
        if not word or _DEPTHS.get(word) == -1:
            continue
        if word not in _DEPTHS:
            yield row, None
            continue
        depth, first = 1, at
        while at < len(rows) and depth:
            depth += _DEPTHS.get(_word(rows[at]), 0)
            at += 1
        yield row, list(rows[first : at - 1 if not depth else at])
