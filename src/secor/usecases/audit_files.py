"""Bringing an audit's open file in again: into an audit that has begun and in which nothing was answered."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, Any

from django.conf import settings
from django.db import transaction

from secor.core.audit_file import AuditFile, Written, read_audit_file, read_head
from secor.core.problem import Problem
from secor.core.reading import Reading
from secor.queries import schemes
from secor.queries.answers import sheet_of
from secor.queries.audits import declared, instrument_of
from secor.store.models import Audit, Explanation, ReportEdit
from secor.usecases import answers, assessor, evidence, submission
from secor.usecases.act import Act, Refusal
from secor.usecases.changes import Change, Found, Remarked

CONTENT, EVIDENCE = "audit.json", "evidence/"
CONTENT_MOST = 8 * 1024 * 1024
_PIECE = 1024 * 1024


class Unreadable(Refusal):
    """A file that is no audit's; ``problems`` tell what is the matter, each with its place."""

    def __init__(self, problems: list[Problem]) -> None:
        first = f"{problems[0].place}: {problems[0].problem}" if problems[0].place else problems[0].problem
        more = f", and {len(problems) - 1} more" if len(problems) > 1 else ""
        super().__init__(f"This file cannot be brought in ({first}{more}). Take the file out again where it was made.")
        self.problems = problems


class Begun(Refusal):
    """The audit has answers of its own, which a file would write over."""


class OtherInstrument(Refusal):
    """The file was answered on another instrument, another version of it, or by other methods."""


def bring(act: Act, *, audit: Audit, source: IO[bytes]) -> None:
    """Bring everything of an audit's open file into ``audit``: answers, words, days, explanations, edits, evidence.

    Refuses who may not work on it (``assessor.NotYours``), an audit that is not being done (``assessor.Closed``) or
    not declared (``answers.Undeclared``), one with answers (``Begun``), what is no such file (``Unreadable``, with
    every problem), one of another instrument or other methods (``OtherInstrument``), and the files that
    ``evidence.add`` refuses.

    The evidence comes first, piece by piece, so that nobody's save waits for pictures; all the rest is one
    transaction. A file that broke off is brought again: the pieces that are there already are not doubled.
    """
    assessor.permit(act, audit=audit)
    said = declared(audit)
    if said is None or not said.clear:
        raise answers.Undeclared("Before the first answer, declare that nothing ties you to this business.")
    _nothing_yet(audit)
    try:
        with zipfile.ZipFile(source) as box:
            brought, fingerprint = _read(audit, box)
            for each in brought.evidence:
                with box.open(f"{EVIDENCE}{each.sha256}") as content:
                    upload = _Upload(content, box.getinfo(f"{EVIDENCE}{each.sha256}").file_size, each.sha256)
                    evidence.add(
                        act,
                        employer=audit.employer,
                        audit=audit,
                        question=each.question,
                        upload=upload,
                        title=each.title,
                    )
    except (zipfile.BadZipFile, zlib.error, RuntimeError, EOFError) as reason:
        raise Unreadable([Problem("", "it is no ZIP file, or a broken one")]) from reason
    _keep(act, audit, brought, fingerprint)


@transaction.atomic
def _keep(act: Act, audit: Audit, brought: AuditFile, fingerprint: str) -> None:
    held = assessor.hold_writable(act, audit=audit)
    _nothing_yet(held)
    answers.keep(act, audit=held, changes=list(_changes(brought)))
    if brought.gathering_from is not None:
        submission.gather(act, audit=held, from_on=brought.gathering_from, until_on=brought.gathered_on)
    about = {"written_at": act.at, "written_by": act.by}
    Explanation.objects.bulk_create(
        Explanation(audit=held, rule=each.rule, question=each.question, text=each.text, **about)
        for each in brought.explanations
    )
    ReportEdit.objects.bulk_create(
        ReportEdit(audit=held, sentence=key, text=each.text, over=each.over, edited_at=act.at, edited_by=act.by)
        for key, each in brought.edits.items()
    )
    act.enter(
        "audit.brought",
        employer=held.employer_id,
        partner=held.partner_id,
        subject=held.code,
        file=fingerprint,
        questions=len(brought.questions),
        evidence=len(brought.evidence),
    )


def _changes(brought: AuditFile) -> Iterator[Change]:
    for question, each in brought.questions.items():
        yield from (Found(question, method, given, 0) for method, given in each.given.items())
        if each.note or each.recommendation or each.not_applicable:
            yield _remarked(question, each)


def _remarked(question: str, each: Written) -> Remarked:
    return Remarked(question, each.note, each.not_applicable, each.recommendation, 0)


def _nothing_yet(audit: Audit) -> None:
    sheet = sheet_of(audit)
    if any(kept.given for kept in sheet.given.values()) or sheet.remarks:
        raise Begun("This audit has answers already. A file is brought only into an audit where nothing is written.")


def _read(audit: Audit, box: zipfile.ZipFile) -> tuple[AuditFile, str]:
    names = {entry.filename: entry for entry in box.infolist()}
    if CONTENT not in names or names[CONTENT].file_size > CONTENT_MOST:
        raise Unreadable([Problem(CONTENT, "is not there, or is larger than any audit")])
    with box.open(CONTENT) as opened:
        text = opened.read(CONTENT_MOST + 1)
    if len(text) > CONTENT_MOST:  # a ZIP may lie about sizes
        raise Unreadable([Problem(CONTENT, "is larger than any audit")])
    value = _json(text)
    _same_instrument(audit, value)
    reading = Reading()
    brought = read_audit_file(reading, value, instrument=instrument_of(audit))
    if brought is not None:
        _enclosed(reading, brought, names)
        if brought.methods != tuple(audit.methods):
            raise OtherInstrument(
                f"The file was answered by the methods {', '.join(brought.methods)}, and this audit by "
                f"{', '.join(audit.methods)}. Begin an audit of the same methods."
            )
    if brought is None or reading.problems:
        raise Unreadable(reading.problems)
    return brought, hashlib.sha256(text).hexdigest()


def _json(text: bytes) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as reason:
        raise Unreadable([Problem(CONTENT, "is not written as JSON")]) from reason


def _same_instrument(audit: Audit, value: Any) -> None:
    reading = Reading()
    key, version, digest = read_head(reading, value)
    if reading.problems:
        raise Unreadable(reading.problems)
    if (key, digest) != (audit.instrument, schemes.digest(audit.instrument)):
        here = instrument_of(audit)
        raise OtherInstrument(
            f"The file was answered on {key}, version {version}, and this audit is on {here.key}, version "
            f"{here.version}. The questions are not the same, so the answers cannot be taken over."
        )


def _enclosed(reading: Reading, brought: AuditFile, names: dict[str, zipfile.ZipInfo]) -> None:
    """Every file that is named must be there and no larger than a file may be."""
    for nth, each in enumerate(brought.evidence, start=1):
        entry = names.get(f"{EVIDENCE}{each.sha256}")
        place = reading.at("evidence").at(nth)
        if entry is None:
            place.note(f"{each.title} is not in the file")
        elif entry.file_size > settings.EVIDENCE_MAX_BYTES:
            place.note(f"{each.title} is larger than a file may be")
    if len(brought.evidence) > evidence.PIECES_MAX:
        reading.at("evidence").note(f"holds more than {evidence.PIECES_MAX} pieces")


class _Upload:
    """A file inside the ZIP, in the shape of an upload. Bytes that are not what their name says are refused."""

    name = None

    def __init__(self, content: IO[bytes], size: int, sha256: str) -> None:
        self.content, self.size, self.sha256 = content, size, sha256

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002 - the upload's own shape
        """Give the bytes piece by piece, and refuse them at their end where they were changed on the way."""
        counted = hashlib.sha256()
        while piece := self.content.read(_PIECE):
            counted.update(piece)
            yield piece
        if counted.hexdigest() != self.sha256:
            raise Unreadable([Problem(f"{EVIDENCE}{self.sha256}", "is not the file that was taken out")])
