"""The report of an audit, composed: its material gathered, its sections in the partner's order, its author's edits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from secor.core.composition import Material, compose
from secor.core.finding import BY
from secor.core.method import Method
from secor.core.sampling import OutsideTable, sample
from secor.core.sentence import Edit, Section, Sentence, laid_over, orphans, public
from secor.queries import audits, draws
from secor.queries.draws import Draw
from secor.queries.papers import Audit, Background, Told, background, told

KINDS = {
    "limited_scope": "limited-scope audit",
    "administrative": "administrative audit",
    "action_plan": "action plan",
}
PERFORMERS = {
    "self_assessor": "somebody of the business itself",
    "internal_auditor": "an auditor of the business",
    "external_auditor": "an auditor from outside",
    "partner": "the certifying partner",
}

DRAWN = {"people": ("person", "people"), "sites": ("place of work", "places of work"), "records": ("record", "records")}


@dataclass(frozen=True, slots=True)
class Composition:
    """A composed report: its sections, and the edits whose sentences are not composed any more."""

    sections: tuple[Section, ...]
    orphans: dict[str, Edit]

    def sentence(self, key: str) -> Sentence | None:
        """The sentence of that key, or None."""
        return next((each for section in self.sections for each in section.sentences if each.key == key), None)


def drafted(audit: Audit) -> Composition:
    """The report of an audit as it stands, or as it was last sent where it cannot be written any more."""
    said = told(audit, live=audit.writable)
    return composed(audit, said, background(audit, before=said.version))


def composed(audit: Audit, said: Told, known: Background, *, counted_only: bool = False) -> Composition:
    """Compose the report of what ``said`` tells; ``counted_only`` leaves out what people said (for the business)."""
    material = material_of(audit, said, known)
    plain = compose(material, order=audits.rules_of(audit).report_sections)
    sections = laid_over(plain, said.edits)
    return Composition(public(sections) if counted_only else sections, orphans(plain, said.edits))


def material_of(audit: Audit, said: Told, known: Background) -> Material:
    """What the report of ``audit`` is composed of; every fact in words, and empty where it is not known."""
    shown: dict[str, tuple[str, ...]] = {}
    for each in said.evidence:
        shown[each.question] = (*shown.get(each.question, ()), each.code)
    return Material(
        instrument=said.instrument,
        answers=said.answers,
        score=said.score,
        pass_mark=said.pass_mark,
        recommendations=said.recommendations,
        facts=dict(_facts(audit, said, known)),
        evidence=shown,
    )


def _facts(audit: Audit, said: Told, known: Background) -> Iterator[tuple[str, str]]:
    business = audit.employer
    yield "business", business.legal_name
    yield "trade_name", business.trade_name if business.trade_name != business.legal_name else ""
    yield "trade", business.trade
    yield "address", ", ".join(part for part in (business.address, business.city) if part)
    yield "headcount", _counted(audit.headcount or 0, "person", "people")
    yield "accounts", ", ".join(map(attrgetter("number"), known.accounts))
    yield "builders", ", ".join(known.builders)
    yield "kind", KINDS.get(audit.kind, f"{audit.kind.replace('_', ' ')} audit")
    yield "partner", audit.partner.name
    yield "edition", audit.edition
    yield "instrument", f"{said.instrument.key}, version {said.instrument.version}"
    yield "gathering_from", _day(audit.gathering_from)
    yield "gathered_on", _day(audit.gathered_on)
    yield "sites", "; ".join(f"{site.name} ({_counted(site.people, 'person', 'people')})" for site in known.sites)
    yield "records_months", str(audit.records_months or "")
    yield "wanted", _wanted(audit, known)
    yield "drawn", _drawn(draws.standing(audit))
    yield "methods", _listed([BY[Method(letter)].lower() for letter in audit.methods])
    yield "assessor", str(audit.assessor or "")
    yield "performer", PERFORMERS.get(audit.performer, audit.performer)
    yield "certification", known.certification
    yield "evidence", _counted(len(said.evidence), "photo or document", "photos and documents")


def _wanted(audit: Audit, known: Background) -> str:
    if not audit.headcount:
        return ""
    try:
        least = sample(audits.rules_of(audit).sampling, headcount=audit.headcount, sites=len(known.sites) or None)
    except OutsideTable:
        return ""
    return "; ".join(least.why)


def _drawn(stands: Mapping[str, Draw]) -> str:
    """What chance chose, counted: whoever was drawn is nobody's business but the auditor's."""
    told = [_one_drawn(stands[of]) for of in Draw.Of.values if of in stands]
    return f"Drawn by chance, so that anybody can draw the same again: {_listed(told)}." if told else ""


def _one_drawn(row: Draw) -> str:
    one, many = DRAWN[row.of]
    there = len(row.pool)
    return f"{len(row.chosen)} of {there} {one if there == 1 else many}"


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}" if number else ""


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _day(on: date | None) -> str:
    return f"{on:%B} {on.day}, {on.year}" if on else ""
