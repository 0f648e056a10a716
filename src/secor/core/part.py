"""A part of a health and safety program: what it says, what it proves, when it is looked at again.

``read_part`` turns a file into one. ``write_part`` turns one into the text of one employer's own part, which the
employer then edits as it likes. The text is Markdown of a small kind: ``##`` headings, paragraphs, lists, tables, bold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from secor.core.reading import Reading
from secor.core.trade import Condition, Control, Hazard, Procedure, Trade

# What may stand in braces in a part's text; the builder asks for each that the employer's details do not hold yet.
BLANKS = (
    "employer",
    "owner",
    "trade",
    "supervisor",
    "first_aider",
    "representative",
    "phone",
    "city",
    "hospital",
    "meeting_place",
)
_BLANK = re.compile(r"\{([a-z_]*)\}")


class Table(Enum):
    """What of the trade a section lays out."""

    JOBS = "jobs"
    TASKS = "tasks"
    HAZARDS = "hazards"
    PROCEDURES = "procedures"
    EQUIPMENT = "equipment"
    PROTECTION = "protection"
    TRAINING = "training"
    EMERGENCIES = "emergencies"
    TALKS = "talks"


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of a part: a text with blanks, or a table of the trade. It stands only under its conditions."""

    text: str = ""
    table: Table | None = None
    when: frozenset[Condition] = frozenset()
    unless: frozenset[Condition] = frozenset()

    def stands(self, conditions: frozenset[Condition]) -> bool:
        """Tell whether the section belongs into the program of an employer under ``conditions``."""
        return self.when <= conditions and not self.unless & conditions


@dataclass(frozen=True, slots=True)
class Part:
    """One chapter of a health and safety program, before it is written for one employer."""

    key: str
    number: int
    title: str
    evidence: tuple[str, ...]
    review_months: int
    sections: tuple[Section, ...]
    when: frozenset[Condition] = frozenset()


_NEEDS = ("part", "number", "title", "evidence", "sections")


def read_part(reading: Reading, value: Any) -> Part | None:
    """Read a part's file; None when anything is to be mended, and then every problem has been noted."""
    before = len(reading.problems)
    given = reading.mapping(value, required=_NEEDS, optional=("review_months", "when"))
    if given is None:
        return None
    sections = [_section(place, item) for place, item in reading.at("sections").items(given.get("sections", ()))]
    part = Part(
        key=reading.text_at(given, "part"),
        number=reading.at("number").whole(given.get("number", 0), at_least=1) or 0,
        title=reading.text_at(given, "title"),
        evidence=reading.texts_at(given, "evidence"),
        review_months=reading.at("review_months").whole(given.get("review_months", 12), at_least=1) or 12,
        sections=tuple(section for section in sections if section is not None),
        when=reading.choices_at(given, "when", Condition),
    )
    if not part.sections:
        reading.at("sections").note("needs at least one section")
    return part if len(reading.problems) == before else None


def _section(reading: Reading, value: Any) -> Section | None:
    given = reading.mapping(value, optional=("text", "table", "when", "unless"))
    if given is None:
        return None
    if ("text" in given) == ("table" in given):
        reading.note("needs a text or a table, and not both")
    text = reading.text_at(given, "text")
    for blank in _BLANK.findall(text):
        if blank not in BLANKS:
            reading.at("text").note(f"has the blank {{{blank}}}; known blanks: {', '.join(BLANKS)}")
    return Section(
        text=text,
        table=reading.at("table").choice(given["table"], Table) if "table" in given else None,
        when=reading.choices_at(given, "when", Condition),
        unless=reading.choices_at(given, "unless", Condition),
    )


def write_part(part: Part, *, trade: Trade, conditions: frozenset[Condition], blanks: Mapping[str, str]) -> str:
    """Write a part for one employer, from its trade (already fitted to its jobs), conditions and names.

    A blank that nobody filled stays visible as a line to write on, so that nothing false is put in its place.
    """
    written = []
    for section in part.sections:
        if section.stands(conditions):
            body = _TABLES[section.table](trade) if section.table else _filled(section.text, blanks)
            if body.strip():
                written.append(body.strip())
    return "\n\n".join(written) + "\n"


def blanks_of(part: Part, conditions: frozenset[Condition]) -> tuple[str, ...]:
    """Name the blanks that the part's text has under these conditions, in the order of ``BLANKS``."""
    found = {blank for section in part.sections if section.stands(conditions) for blank in _BLANK.findall(section.text)}
    return tuple(blank for blank in BLANKS if blank in found)


def _filled(text: str, blanks: Mapping[str, str]) -> str:
    return _BLANK.sub(lambda blank: plain(blanks.get(blank[1], "")) or "__________", text)


def plain(words: str) -> str:
    """Take the signs out of somebody's words that would read as a heading, a table or a list in Markdown."""
    inline = " ".join(re.sub(r"[\\`*_#|<>~\[\]{}]", "", words).split())
    return re.sub(r"^(\d+)[.)](?=\s)", r"\1", re.sub(r"^[-+=\s]+", "", inline))


def _table(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Lay rows under their head; nothing at all where there are none."""
    if not rows:
        return ""
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ("---",) * len(head), *rows))


def _jobs(trade: Trade) -> str:
    return "\n".join(f"- {title}" for title in trade.jobs.values())


def _tasks(trade: Trade) -> str:
    """Each job with the hazards of its own, and those of every job once below."""
    rows = [(title, _named(h for h in trade.hazards if key in h.fit.jobs)) for key, title in trade.jobs.items()]
    rows.append(("Every job", _named(h for h in trade.hazards if not h.fit.jobs)))
    return _table(("Job", "What can hurt us, the worst first"), [row for row in rows if row[1]])


def _named(hazards: Iterable[Hazard]) -> str:
    return "; ".join(f"{hazard.title} ({risk_word(hazard.risk).lower()})" for hazard in hazards)


_WAYS = {
    Control.ELIMINATION: "Take away",
    Control.ENGINEERING: "Build in",
    Control.ADMINISTRATIVE: "Work this way",
    Control.PPE: "Wear",
}


def _hazards(trade: Trade) -> str:
    titles = {procedure.key: procedure.title for procedure in trade.procedures}
    rows = []
    for hazard in trade.hazards:
        ways = [f"**{_WAYS[way]}:** {'; '.join(hazard.controls[way])}." for way in Control if hazard.controls.get(way)]
        if how := [titles[key] for key in hazard.procedures if key in titles]:
            ways.append(f"**How:** {'; '.join(how)}.")
        rows.append((f"**{hazard.title}**: {hazard.harm}", risk_word(hazard.risk), " ".join(ways)))
    return _table(("Hazard", "Risk", "What we do about it, the best way first"), rows)


def risk_word(risk: int) -> str:
    """Say a risk of 1 to 9 in a word."""
    if risk >= _HIGH:
        return "High"
    return "Medium" if risk >= _MEDIUM else "Low"


_HIGH, _MEDIUM = 6, 3


def _procedures(trade: Trade) -> str:
    return "\n\n".join(_procedure(each) for each in trade.procedures)


def _procedure(procedure: Procedure) -> str:
    lines = [f"### {procedure.title}"]
    if procedure.needs:
        lines += ["", f"**You need:** {', '.join(procedure.needs)}."]
    lines += ["", *(f"{nth}. {step}" for nth, step in enumerate(procedure.steps, start=1))]
    if procedure.stop_when:
        lines += ["", "**Stop work when:**", "", *(f"- {each}" for each in procedure.stop_when)]
    return "\n".join(lines)


def _equipment(trade: Trade) -> str:
    rows = [(each.title, each.rhythm.value.replace("_", " "), "; ".join(each.checks)) for each in trade.equipment]
    return _table(("Equipment", "How often", "What we look at"), rows)


def _protection(trade: Trade) -> str:
    return _table(("Equipment", "When we wear it"), [(each.title, each.when_worn) for each in trade.protection])


def _training(trade: Trade) -> str:
    rows = [(each.title, each.who, _months(each.months)) for each in trade.training]
    return _table(("Training", "Who needs it", "Good for"), rows)


def _months(months: int | None) -> str:
    if months is None:
        return "no set end"
    years, rest = divmod(months, 12)
    if rest:
        return f"{months} months"
    return f"{years} year{'' if years == 1 else 's'}"


def _emergencies(trade: Trade) -> str:
    blocks = []
    for each in trade.emergencies:
        steps = "\n".join(f"{nth}. {step}" for nth, step in enumerate(each.steps, start=1))
        blocks.append(f"### {each.title}\n\n{steps}")
    return "\n\n".join(blocks)


def _talks(trade: Trade) -> str:
    return "\n".join(f"- {talk}" for talk in trade.talks)


_TABLES = {
    Table.JOBS: _jobs,
    Table.TASKS: _tasks,
    Table.HAZARDS: _hazards,
    Table.PROCEDURES: _procedures,
    Table.EQUIPMENT: _equipment,
    Table.PROTECTION: _protection,
    Table.TRAINING: _training,
    Table.EMERGENCIES: _emergencies,
    Table.TALKS: _talks,
}
