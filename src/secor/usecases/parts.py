"""The parts of a program: edited, signed, looked at again, added, taken out and put back."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from secor.core.markdown import printable
from secor.core.program import in_force
from secor.core.reading import Reading
from secor.core.record import read_strokes
from secor.queries.programs import parts_of, program_of, written
from secor.queries.proposals import Proposal, Proposes, proposal_for
from secor.store.models import Employer, PartVersion, ProgramPart
from secor.store.scope import house
from secor.usecases import owner
from secor.usecases.act import Act, Refusal
from secor.usecases.programs import add_version, write_over

TEXT_MOST, TITLE_MOST, REASON_MOST, SIGNER_MOST = 100_000, 160, 300, 120
_HELD = house("an act holds a part of its employer's program")


class Wordless(Refusal):
    """A part without a title or a text."""


class TooLong(Refusal):
    """A text, title or reason longer than is kept."""


class Stale(Refusal):
    """Somebody wrote another text meanwhile. ``newest`` is that text."""

    def __init__(self, newest: PartVersion) -> None:
        super().__init__("Somebody changed this part while you were writing. Both texts are below: put yours in order.")
        self.newest = newest


class Unsigned(Refusal):
    """A signature without a name, or a drawing that is none."""


class NotNewest(Refusal):
    """A text that is no longer the newest of its part."""


class TakenOut(Refusal):
    """The part is not in the program now."""


class NothingInForce(Refusal):
    """The part has no signed text, or a newer one that waits for its signature."""


class NothingOffered(Refusal):
    """The builder offers nothing else for the part."""


@transaction.atomic
def edit(act: Act, *, part: ProgramPart, text: str, reason: str = "", over: int) -> PartVersion:
    """Give a part another text. It waits for its signature; what was in force stays so until then.

    ``over`` is the number of the text that was changed. The same text again is no act. Refuses ``NotOwner``,
    ``TakenOut``, ``Wordless``, ``TooLong``, and ``Stale`` where another text was written since.
    """
    row = _hold(act, part)
    text, reason = _text(text), _line(reason, REASON_MOST, "the reason")
    newest = _newest(row)
    if newest.text == text:
        return newest
    if newest.number != over:
        raise Stale(newest)
    version = add_version(act, row, text, number=newest.number + 1, reason=reason)
    act.enter("part.edited", employer=row.employer_id, subject=row.code, version=version.number)
    return version


@transaction.atomic
def sign(act: Act, *, version: PartVersion, signer: str, strokes: Any = ()) -> PartVersion:
    """Put a part's newest text in force from today. Signing twice is one act.

    ``strokes`` is a drawing as in a record's signatures; a typed name alone is enough. Refuses ``NotOwner``,
    ``TakenOut``, ``Unsigned``, and ``NotNewest``.
    """
    row = _hold(act, version.part)
    name, drawn = _line(signer, SIGNER_MOST, "the name"), drawing(strokes)
    if not name:
        raise Unsigned("Type your name to sign.")
    newest = _newest(row)
    if newest.pk != version.pk:
        raise NotNewest("A newer text was written meanwhile. Read it, and sign that one.")
    if newest.signed_on is None:
        _sign(act, newest, name, drawn)
        act.enter("part.signed", employer=row.employer_id, subject=row.code, version=newest.number)
    return newest


@transaction.atomic
def sign_all(act: Act, *, employer: Employer, signer: str, strokes: Any = ()) -> int:
    """Sign every part whose newest text waits, with one name and one entry. Gives how many there were.

    Refuses ``NotOwner`` and ``Unsigned``.
    """
    held = owner.hold(act, employer=employer)
    name, drawn = _line(signer, SIGNER_MOST, "the name"), drawing(strokes)
    if not name:
        raise Unsigned("Type your name to sign.")
    waiting = [part.newest for part in parts_of(held, on=act.on) if part.waits]
    for version in waiting:
        _sign(act, version, name, drawn)
    if waiting:
        codes = [version.part.code for version in waiting]
        act.enter("program.signed", employer=held, subject=held.code, parts=codes)
    return len(waiting)


@transaction.atomic
def review(act: Act, *, part: ProgramPart) -> PartVersion:
    """Say that a part was looked at again today and stays as it is. Twice on one day is one act.

    Refuses ``NotOwner``, ``TakenOut``, and ``NothingInForce`` where there is no signed text or a newer one waits.
    """
    row = _hold(act, part)
    newest = _newest(row)
    if newest.signed_on is None:
        raise NothingInForce("Sign the newest text instead. That counts as looking at it.")
    if newest.signed_on < act.on and newest.reviewed_on != act.on:
        newest.reviewed_on = act.on
        newest.save(update_fields=["reviewed_on"])
        act.enter("part.reviewed", employer=row.employer_id, subject=row.code, version=newest.number)
    return newest


@transaction.atomic
def add_part(act: Act, *, employer: Employer, title: str, text: str) -> ProgramPart:
    """Add a part of the employer's own, at the end. Refuses ``NotOwner``, ``Wordless`` and ``TooLong``."""
    held = owner.hold(act, employer=employer)
    title, text = _line(title, TITLE_MOST, "the title"), _text(text)
    if not title:
        raise Wordless("Give the part a title.")
    rows = ProgramPart.objects.within(_HELD).filter(employer=held)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    row = ProgramPart(employer=held, number=number, title=title)
    row.key = f"own-{row.code}"
    row.save(force_insert=True)
    add_version(act, row, text, number=1)
    act.enter("part.added", employer=held, subject=row.code)
    return row


@transaction.atomic
def remove_part(act: Act, *, part: ProgramPart) -> ProgramPart:
    """Take a part out of the program from today. Its texts, signatures and readings are kept. Twice is one act."""
    row = _hold(act, part, taken_out=True)
    if row.removed_on is None:
        row.removed_on = act.on
        row.save(update_fields=["removed_on"])
        act.enter("part.removed", employer=row.employer_id, subject=row.code)
    return row


@transaction.atomic
def put_back(act: Act, *, part: ProgramPart) -> ProgramPart:
    """Put a part that was taken out back, as it was. Twice is one act."""
    row = _hold(act, part, taken_out=True)
    if row.removed_on is not None:
        row.removed_on = None
        row.save(update_fields=["removed_on"])
        act.enter("part.put_back", employer=row.employer_id, subject=row.code)
    return row


@transaction.atomic
def take_offer(act: Act, *, part: ProgramPart) -> PartVersion:
    """Give a part the text that the builder offers now. It waits for its signature.

    Refuses ``NotOwner``, ``TakenOut``, and ``NothingOffered``.
    """
    row, proposal = _offered(act, part)
    version = write_over(act, proposal)
    act.enter("part.offer_taken", employer=row.employer_id, subject=row.code, version=version.number)
    return version


@transaction.atomic
def leave_offer(act: Act, *, part: ProgramPart) -> ProgramPart:
    """Keep a part as it is; this text is not offered again. Refuses as ``take_offer`` does."""
    row, proposal = _offered(act, part)
    row.left_digest = proposal.digest
    row.save(update_fields=["left_digest"])
    act.enter("part.offer_left", employer=row.employer_id, subject=row.code)
    return row


def drawing(strokes: Any) -> list[list[int]]:
    """A drawn signature as it is kept; empty where nothing was drawn. Refuses ``Unsigned`` what is no drawing."""
    if not strokes:
        return []
    drawn = read_strokes(Reading(), strokes)
    if drawn is None:
        raise Unsigned("The drawing did not come through. Draw it again, or type your name only.")
    return drawn


def holding(part: ProgramPart) -> PartVersion | None:
    """The text of a part that is in force."""
    versions = list(PartVersion.objects.within(_HELD).filter(part=part))
    found = in_force([written(version) for version in versions])
    return next((version for version in versions if found and version.number == found.number), None)


def _hold(act: Act, part: ProgramPart, *, taken_out: bool = False) -> ProgramPart:
    """The part's own row, with its employer held for one of its owners."""
    owner.hold(act, employer=part.employer)
    row = ProgramPart.objects.within(_HELD).select_for_update().get(pk=part.pk)
    if row.removed_on is not None and not taken_out:
        raise TakenOut("This part was taken out of the program. Put it back first.")
    return row


def _newest(row: ProgramPart) -> PartVersion:
    return PartVersion.objects.within(_HELD).filter(part=row).latest("number")


def _sign(act: Act, version: PartVersion, name: str, strokes: list[list[int]]) -> None:
    version.signed_on, version.signed_at, version.signed_by = act.on, act.at, act.by
    version.signer, version.strokes = name, strokes
    version.save(update_fields=["signed_on", "signed_at", "signed_by", "signer", "strokes"])


def _offered(act: Act, part: ProgramPart) -> tuple[ProgramPart, Proposal]:
    row = _hold(act, part)
    program = program_of(row.employer)
    proposal = proposal_for(program, row) if program else None
    if proposal is None or proposal.proposes not in {Proposes.OFFER, Proposes.REPLACE}:
        raise NothingOffered("There is no other text for this part now.")
    return row, proposal


def _text(text: str) -> str:
    kept = printable(text).strip()
    if not kept:
        raise Wordless("Write what the part says. To drop it, take it out of the program.")
    if len(kept) > TEXT_MOST:
        raise TooLong(f"A part holds {TEXT_MOST:,} letters at most. Make two parts of it.")
    return kept + "\n"


def _line(words: str, most: int, what: str) -> str:
    kept = " ".join(printable(words).split())
    if len(kept) > most:
        raise TooLong(f"Make {what} shorter: {most} letters at most.")
    return kept
