"""Evidence: photos and documents that an answer leans on."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from io import BytesIO

from django.db import transaction
from django.db.models import Q

from secor.core.form import ReadBy
from secor.store.models import Arrival, Audit, Employer, Evidence, Record
from secor.store.scope import house
from secor.usecases import assessor, files, viewings
from secor.usecases.act import Act, Refusal

PIECES_MAX = 500
TITLE_MAX = 200
_UNNAMED = "Evidence"


class Full(Refusal):
    """The audit holds as many pieces of evidence as it may."""


class Restricted(Refusal):
    """A record that not everybody of the business may read is given as evidence."""


class NotThere(Refusal):
    """A photo is named that has not arrived."""


class Elsewhere(Refusal):
    """The evidence was named for an audit of another employer."""


def add(
    act: Act, *, employer: Employer, audit: Audit | None, question: str, upload: files.Upload, title: str = ""
) -> Evidence:
    """Keep a photo or document beside a question of ``audit``, or for ``employer`` alone where there is no audit.

    The same bytes beside the same question are one piece of evidence, however often they are sent. Refuses what
    ``files.shelve`` refuses, a person who may not work on the audit (``assessor.NotYours``), an audit that is not
    being done (``assessor.Closed``), and the 501st piece (``Full``).

    The file is looked through before the transaction begins, so that nobody's save waits for a picture.
    """
    if audit is None:
        assessor.permit_for(act, employer=employer)
    else:
        assessor.permit(act, audit=audit, team=True)
    shelved = files.shelve(upload)
    named = clean_title(title) or clean_title(upload.name or "") or _UNNAMED
    return _add(act, employer=employer, audit=audit, question=question, shelved=shelved, title=named)


def add_record(act: Act, *, audit: Audit, question: str, record: Record, paper: bytes, title: str) -> Evidence:
    """Give a record of the business as evidence for a question of an audit of it; ``paper`` is its sheet as a PDF.

    The same record beside the same question is one piece. Refuses what ``add`` refuses, a record of another business
    (``Elsewhere``), and one that not everybody of the business may read (``Restricted``): what is kept from the crew
    goes to nobody outside. Refuses an auditor from outside whom the owner does not let look (``viewings.NotOpen``).
    """
    assessor.permit(act, audit=audit, team=True)
    viewings.permit(act, audit=audit)
    if record.employer_id != audit.employer_id:
        raise Elsewhere("This record belongs to another business.")
    if record.read_by != ReadBy.EVERYBODY.value:
        raise Restricted("Most people here may not read this record, so it is no evidence for others.")
    shelved = files.shelve(_Printed(paper))
    return _add(
        act,
        employer=audit.employer,
        audit=audit,
        question=question,
        shelved=shelved,
        title=clean_title(title) or _UNNAMED,
        record=record,
    )


def add_arrived(act: Act, *, audit: Audit, question: str, sha256: str, title: str = "") -> Evidence:
    """Put a photo that came in pieces (``arrivals.take``) beside a question of ``audit``. Twice is one piece.

    Refuses as ``add`` does, and a photo that has not come whole (``NotThere``).
    """
    assessor.permit(act, audit=audit, team=True)
    rows = Arrival.objects.within(house("a photo that somebody sent for this audit"))
    arrival = rows.filter(employer=audit.employer_id, sha256=sha256, file__isnull=False).select_related("file").first()
    if arrival is None or arrival.file is None:
        raise NotThere("This photo has not come whole yet. It is sent again by itself.")
    file = arrival.file
    shelved = files.Shelved(file.sha256, file.kind, file.size, file.view_sha256)
    named = clean_title(title) or "Photo"
    return _add(act, employer=audit.employer, audit=audit, question=question, shelved=shelved, title=named)


class _Printed(BytesIO):
    """A paper of our own, in the shape of an upload."""

    name = None

    def __init__(self, content: bytes) -> None:
        super().__init__(content)
        self.size = len(content)

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002 - the upload's own shape
        """Give the bytes in one piece."""
        yield self.getvalue()


@transaction.atomic
def _add(
    act: Act,
    *,
    employer: Employer,
    audit: Audit | None,
    question: str,
    shelved: files.Shelved,
    title: str,
    record: Record | None = None,
) -> Evidence:
    if audit is not None:
        audit = assessor.hold_writable(act, audit=audit, team=True)
        if audit.employer_id != employer.pk:
            raise Elsewhere("This audit belongs to another business. Open the audit again, and add the file there.")
    there = Evidence.objects.within(house("a piece is added to an audit the adder may work on")).filter(
        employer=employer, audit=audit, removed_at__isnull=True
    )
    same_one = Q(file_id=shelved.sha256) if record is None else Q(file_id=shelved.sha256) | Q(record=record)
    if same := there.filter(same_one, question=question).first():
        return same
    if there.count() >= PIECES_MAX:
        raise Full(f"There are {PIECES_MAX} files already. Remove one that no answer leans on, and add this one again.")
    piece = Evidence(
        employer=employer,
        audit=audit,
        question=question,
        file=files.record(act, shelved=shelved),
        title=title,
        record=record,
        added_at=act.at,
        added_by=act.by,
    )
    piece.save(force_insert=True)
    act.enter(
        "evidence.added",
        employer=employer,
        partner=audit.partner_id if audit else None,
        subject=audit.code if audit else employer.code,
        question=question,
        evidence=piece.code,
        sha256=shelved.sha256,
        **({"record": str(record.uid)} if record is not None else {}),
    )
    return piece


@transaction.atomic
def remove(act: Act, *, evidence: Evidence) -> Evidence:
    """Take a piece of evidence away from its question. Versions that were sent keep it.

    Refuses as ``add`` does. Removing it twice is one act.
    """
    audit = evidence.audit
    if audit is None:
        assessor.permit_for(act, employer=evidence.employer)
    else:
        audit = assessor.hold_writable(act, audit=audit, team=True)
    evidence.refresh_from_db(fields=["removed_at"])
    if evidence.removed_at is not None:
        return evidence
    evidence.removed_at = act.at
    evidence.save(update_fields=["removed_at"])
    act.enter(
        "evidence.removed",
        employer=evidence.employer_id,
        partner=audit.partner_id if audit else None,
        subject=audit.code if audit else evidence.employer.code,
        question=evidence.question,
        evidence=evidence.code,
    )
    return evidence


def clean_title(written: str) -> str:
    r"""Give a name that can stand on a page: no folders, no control signs, nothing that turns the reading direction.

    ``photo\u202egpj.exe`` reads as ``photoexe.jpg``; with the turning sign gone it shows what it is.
    """
    last = written.replace("\\", "/").rpartition("/")[2]
    plain = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in last)
    return " ".join(plain.split())[:TITLE_MAX].strip()
