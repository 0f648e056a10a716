"""What the papers about an audit say, and who may have them: the audit as it was sent, or as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.db.models import Q

from secor.core.answer import QuestionAnswer
from secor.core.audit import Kind
from secor.core.independence import TieKind
from secor.core.instrument import Instrument, read_instrument
from secor.core.method import Method
from secor.core.pass_mark import PassMark
from secor.core.reading import Reading
from secor.core.role import PARTNER_STAFF, RoleKind
from secor.core.score import Score
from secor.core.scoring import score
from secor.core.sentence import Edit
from secor.core.sheet import read_answers
from secor.queries import audits, schemes
from secor.queries.answers import answers_of, score_of, sheet_of
from secor.queries.employers import accounts_of, sites_of
from secor.queries.files import read_text
from secor.queries.people import Person, Role, Scope
from secor.queries.reviews import READABLE, Outcome, Review, reviews_of
from secor.queries.versions import Version, versions_of
from secor.store import shelf
from secor.store.models import Account, Audit, CourseProof, Declaration, Evidence, File, ReportEdit, Site, Tie
from secor.store.scope import house

__all__ = ["Audit", "Background", "Exhibit", "Outcome", "Readable", "Review", "Told", "background", "reached", "told"]

OF_THE_REACHED = house("what a paper says about an audit that was itself reached")
# A partner's people go on reading what was sent to them while the assessor puts it right.
_SENT = READABLE | {audits.Stage.RETURNED}


@dataclass(frozen=True, slots=True)
class Readable:
    """An audit whose papers a person may have; ``live`` for who works on it, while it is being worked on.

    ``counted_only`` for the audited business: what people said to an auditor from outside is told in numbers alone.
    """

    audit: Audit
    live: bool
    counted_only: bool = False


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A piece of evidence: known by its fingerprint; ``picture`` is where the bytes to look at stand."""

    question: str
    title: str
    sha256: str
    picture: Path | None
    code: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What an audit says. ``version`` is the sending it was read from, None where it is read as it stands."""

    instrument: Instrument
    answers: Mapping[str, QuestionAnswer]
    score: Score
    pass_mark: PassMark
    recommendations: Mapping[str, str]
    evidence: tuple[Exhibit, ...]
    version: Version | None
    edits: Mapping[str, Edit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Background:
    """What is known around an audit: the business, who did it, their word, and the reviews that ended."""

    accounts: tuple[Account, ...]
    sites: tuple[Site, ...]
    certification: str
    proofs: tuple[CourseProof, ...]
    builders: tuple[str, ...]
    declaration: Declaration | None
    sent: tuple[tuple[datetime, str], ...]
    review: Review | None


def reached(code: str, *, person: Person, keys: Sequence[Role]) -> Readable | None:
    """The audit of that code, when ``person`` may have its papers by the roles in ``keys``.

    Who does the audit always may. The employer's owners and self-assessors may have an auditor's once the partner has
    accepted it, without its notes on interviews; the partner's staff what was sent to it. An audit that has not begun
    has no papers.
    """
    mine = audits.reached(code, person=person, keys=keys)
    if mine is not None:
        printable = mine.instrument and mine.kind != Kind.ACTION_PLAN.value
        return Readable(mine, live=mine.writable) if printable else None
    own = frozenset(r.employer_id for r in keys if r.kind in {RoleKind.OWNER, RoleKind.SELF_ASSESSOR} and r.employer_id)
    partners = frozenset(r.partner_id for r in keys if r.kind in PARTNER_STAFF and r.partner_id)
    accepted = Q(employer__in=own, stage=audits.Stage.ACCEPTED)
    sent = Q(partner__in=partners, stage__in=_SENT, round__gte=1)
    rows = Audit.objects.within(Scope(employers=own, partners=partners)).filter(accepted | sent, code=code)
    found = (
        rows.exclude(instrument="")
        .exclude(kind=Kind.ACTION_PLAN.value)
        .select_related("employer", "partner", "assessor")
        .first()
    )
    return Readable(found, live=False, counted_only=found.partner_id not in partners) if found else None


def told(audit: Audit, *, live: bool) -> Told:
    """Read what ``audit`` says: as it stands where ``live`` or where it was never sent, else as it was last sent."""
    versions = () if live else versions_of(audit)
    return _as_sent(versions[-1]) if versions else _as_it_stands(audit)


def background(audit: Audit, *, before: Version | None) -> Background:
    """Read what is known around ``audit``; reviews of rounds after the version ``before`` are left out."""
    proofs = CourseProof.objects.within(OF_THE_REACHED).filter(employer=audit.employer_id, accepted=True)
    built = Tie.objects.within(OF_THE_REACHED).filter(employer=audit.employer_id, kind=TieKind.BUILT_PROGRAM.value)
    ended = [each for each in reviews_of(audit) if each.concluded_at and (not before or each.round <= before.round)]
    versions = [each for each in versions_of(audit) if not before or each.round <= before.round]
    return Background(
        accounts=tuple(row for row in accounts_of(audit.employer) if row.closed_on is None),
        sites=sites_of(audit.employer),
        certification=_certification(audit),
        proofs=tuple(proofs.order_by("taken_on", "pk")),
        builders=tuple(dict.fromkeys(str(tie.person) for tie in built.select_related("person").order_by("pk"))),
        declaration=audits.declared(audit),
        sent=tuple((each.sent_at, str(each.sent_by) if each.sent_by else "") for each in versions),
        review=ended[0] if ended else None,
    )


def _as_it_stands(audit: Audit) -> Told:
    instrument, sheet = audits.instrument_of(audit), sheet_of(audit)
    rows = Evidence.objects.within(OF_THE_REACHED).filter(audit=audit, removed_at__isnull=True).order_by("pk")
    return Told(
        instrument=instrument,
        answers=answers_of(sheet, instrument=instrument),
        score=score_of(sheet, audit=audit, instrument=instrument),
        pass_mark=audits.pass_mark_of(audit),
        recommendations={key: each.recommendation for key, each in sheet.remarks.items() if each.recommendation},
        evidence=_exhibits(rows.values_list("question", "title", "file_id", "code")),
        version=None,
        edits=edits_of(audit),
    )


def _as_sent(version: Version) -> Told:
    frozen: Mapping[str, Any] = version.frozen
    instrument = _instrument_of(frozen)
    answers = read_answers(Reading(), frozen["answers"], instrument=instrument)
    methods = frozenset(Method(letter) for letter in frozen["methods"])
    mark = frozen["pass_mark"]
    return Told(
        instrument=instrument,
        answers=answers,
        score=score(instrument, answers, methods=methods, na_needs_note=True),
        pass_mark=PassMark(_share(mark["overall"]), _share(mark["element"]), mark["points"]),
        recommendations=frozen["recommendations"],
        evidence=_exhibits(
            (each["question"], each["title"], each["sha256"], each["code"]) for each in frozen["evidence"]
        ),
        version=version,
        edits={key: Edit(each["text"], each["over"]) for key, each in frozen.get("edits", {}).items()},
    )


def _instrument_of(frozen: Mapping[str, Any]) -> Instrument:
    """The instrument as it was on the day of sending: the file of today where it has not changed, else the kept text.

    Its text was put on the shelf when the audit was frozen, so that a later file does not change an old report.
    """
    key, digest = frozen["instrument"]["key"], frozen["instrument"]["digest"]
    kept = shelf.place(digest)
    if schemes.digest(key) != digest and kept.exists():
        read = read_instrument(Reading(), read_text(kept.read_text(encoding="utf-8"), name=key))
        if read is not None:
            return read
    return schemes.instrument(key)


def edits_of(audit: Audit) -> dict[str, Edit]:
    """The author's own words in the report of an audit that was itself reached, by the sentence they stand in for."""
    rows = ReportEdit.objects.within(OF_THE_REACHED).filter(audit=audit)
    return {key: Edit(text, over) for key, text, over in rows.values_list("sentence", "text", "over")}


def _exhibits(rows: Iterable[tuple[str, str, str, str]]) -> tuple[Exhibit, ...]:
    kept = list(rows)
    views = dict(File.objects.filter(pk__in={sha for _, _, sha, _ in kept}).values_list("pk", "view_sha256"))
    return tuple(
        Exhibit(question, title, sha, _picture(views.get(sha, "")), code) for question, title, sha, code in kept
    )


def _picture(view: str) -> Path | None:
    """Only the picture that was drawn anew is ever shown: it carries neither place nor maker."""
    if not view:
        return None
    place = shelf.place(view)
    return place if place.exists() else None


def _certification(audit: Audit) -> str:
    """The number of the assessor's certification as an auditor with the partner."""
    held = Role.objects.filter(person=audit.assessor_id, kind=RoleKind.AUDITOR, partner=audit.partner_id)
    role = held.exclude(number="").order_by("-from_on").first()
    return role.number if role else ""


def _share(exact: str | None) -> Fraction | None:
    return None if exact is None else Fraction(exact)
