"""Records come in from phones and pages. Sent twice they are one record; sent wrong they are kept all the same."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from secor.core import told
from secor.core.form import Form
from secor.core.reading import Reading
from secor.core.record import Record as Sent
from secor.core.record import fingerprint, read_record, whole
from secor.core.role import EMPLOYER_SIDE, RoleKind
from secor.queries import records
from secor.queries.records import FormInUse, Receipt
from secor.store.models import (
    Arrival,
    Employer,
    FormText,
    Record,
    RecordPerson,
    RecordPhoto,
    Role,
    Sheet,
    Site,
    Tally,
    Worker,
)
from secor.store.scope import house
from secor.usecases import defects
from secor.usecases.act import Act, Refusal

_OURS = house("a record is kept for an employer whose own people sent it")


class NotOfThis(Refusal):
    """Somebody who does not belong to the employer sends a record."""


class NoForm(Refusal):
    """A record of a form that nobody knows."""


class Unrecognizable(Refusal):
    """Something that cannot be told to be a record: without its uid, its day or its moments."""


class Differs(Refusal):
    """Another record came with the uid of one that is kept. ``kept`` is the receipt of that one."""

    def __init__(self, kept: Receipt) -> None:
        super().__init__(
            "A record with this number is kept already, and says something else. Nothing was changed. "
            "Send yours as a correction, and both stay readable."
        )
        self.kept = kept


def hand_out(act: Act, *, employer: Employer) -> Mapping[str, FormInUse]:
    """Give the forms in use, and keep the text of each, so that a record can come back a year later."""
    permit(act, employer=employer)
    forms = records.forms_in_use(employer)
    digests = {each.digest for each in forms.values()}
    known = set(FormText.objects.filter(pk__in=digests).values_list("pk", flat=True))
    missing = [each for each in forms.values() if each.digest not in known]
    FormText.objects.bulk_create(
        [FormText(digest=each.digest, key=each.form.key, text=each.text, kept_at=act.at) for each in missing],
        ignore_conflicts=True,
    )
    return forms


def keep(act: Act, *, employer: Employer, sent: Mapping[str, Any]) -> Receipt:
    """Keep a record that one of the employer's people made, and give its receipt.

    The same record sent again gives the same receipt. Refuses people of elsewhere (``NotOfThis``), a form that nobody
    knows (``NoForm``), what cannot be told to be a record (``Unrecognizable``), and another record under the uid of
    one that is kept (``Differs``). A field that is filled in wrongly does not stop it: the problem is kept beside it.
    """
    permit(act, employer=employer)
    sent = whole(sent)
    use, stale = _form_for(act, employer, sent)
    reading = Reading()
    record = read_record(reading, sent, use.form)
    if record is None:
        problem = reading.problems[0]
        raise Unrecognizable(f"This is no record: {problem.place} {problem.problem}.")
    if stale:
        reading.at("form_digest").note("is a version of the form that is not known here; it was read by today's")
    if record.on > act.on:
        reading.at("on").note("is still to come; a record is made on its own day")
    problems = [{"place": each.place, "problem": each.problem} for each in reading.problems]
    return _keep(act, employer=employer, use=use, record=record, print_of=fingerprint(sent), problems=problems)


@transaction.atomic
def _keep(
    act: Act,
    *,
    employer: Employer,
    use: FormInUse,
    record: Sent,
    print_of: str,
    problems: list[dict[str, str]],
) -> Receipt:
    business = Employer.objects.within(_OURS).select_for_update().get(pk=employer.pk)
    before = Record.objects.within(_OURS).filter(uid=record.uid).select_related("definition").first()
    if before is not None:
        if before.employer_id != business.pk:
            raise Unrecognizable("This record carries the number of another one. Fill it in again.")
        if before.fingerprint != print_of:
            raise Differs(records.receipt_of(before))
        return records.receipt_of(before)
    workers = _workers(business, told.people(use.form, record.values))
    row = _row(act, business, use, record, workers)
    row.fingerprint, row.problems = print_of, problems
    row.corrected = Record.objects.within(_OURS).filter(employer=business, corrects=record.uid).exists()
    row.save(force_insert=True)
    _name_people(row, use.form, record, workers)
    _name_photos(row, use.form, record)
    if not row.corrected:
        tally(row, use.form, by=1)
    _correct(business, record.corrects)
    opened = defects.open_actions(act, record=row, form=use.form)
    act.enter(
        "record.kept",
        employer=business,
        subject=str(row.uid),
        form=use.form.key,
        definition=use.digest,
        on=row.on.isoformat(),
        fingerprint=print_of,
        corrects=str(record.corrects or ""),
        problems=len(problems),
        actions=list(opened),
    )
    return records.receipt_of(row)


def permit(act: Act, *, employer: Employer) -> None:
    """Refuse anyone who does not belong to ``employer`` today (``NotOfThis``)."""
    if not _roles(act, employer):
        raise NotOfThis("Only people of this business keep its records. Ask the owner to invite you.")


def _roles(act: Act, employer: Employer) -> frozenset[str]:
    if act.by is None:
        return frozenset()
    held = Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=act.on),
        person_id=act.by.pk,
        from_on__lte=act.on,
        employer_id=employer.pk,
        kind__in=EMPLOYER_SIDE,
    )
    return frozenset(held.values_list("kind", flat=True))


def _form_for(act: Act, employer: Employer, sent: Mapping[str, Any]) -> tuple[FormInUse, bool]:
    """Give the form a record was filled in by, and whether today's had to stand in for an unknown version of it."""
    digest, key = str(sent.get("form_digest", "")), str(sent.get("form", ""))
    forms = hand_out(act, employer=employer)
    use = forms.get(key)
    if use is not None and use.digest == digest:
        return use, False
    older = FormText.objects.filter(pk=digest, key=key).first()
    if older is not None:
        return FormInUse(records.form_of_text(older.text), older.text, older.digest), False
    if use is None:
        raise NoForm(
            f"No form has the key {key!r}. Open the app once with a signal, so that it learns the forms of today."
        )
    return use, True


def _row(act: Act, business: Employer, use: FormInUse, record: Sent, workers: Mapping[str, Worker]) -> Record:
    place = told.site(use.form, record.values)
    site = place["code"] if place and place["code"].isdecimal() else ""
    signers = told.signers(use.form, record.values)
    return Record(
        employer=business,
        uid=record.uid,
        form=use.form.key,
        definition_id=use.digest,
        title=told.title(use.form, record.values),
        on=record.on,
        site=Site.objects.within(_OURS).filter(employer=business, pk=int(site[:18])).first() if site else None,
        began_at=record.began_at,
        finished_at=record.finished_at,
        received_at=act.at,
        language=record.language,
        made_by=act.by,
        values=dict(record.values),
        words_digest=told.words_digest(use.form, record.values),
        corrects=record.corrects,
        read_by=use.form.read_by.value,
        on_paper=record.paper is not None,
        sheet=_sheet(business, record),
        led=RoleKind.OWNER in _roles(act, business) or any(workers[code].leads for code in signers & workers.keys()),
    )


def _sheet(business: Employer, record: Sent) -> Sheet | None:
    """The printed sheet it names, where it is one of this employer's."""
    if record.paper is None or not record.paper.sheet:
        return None
    return Sheet.objects.within(_OURS).filter(employer=business, code=record.paper.sheet).first()


def _workers(business: Employer, codes: frozenset[str]) -> dict[str, Worker]:
    rows = Worker.objects.within(_OURS).filter(employer=business, code__in=codes)
    return {worker.code: worker for worker in rows}


def _name_people(row: Record, form: Form, record: Sent, workers: Mapping[str, Worker]) -> None:
    signers = told.signers(form, record.values)
    RecordPerson._base_manager.bulk_create(  # noqa: SLF001 - rows of a record made in this act
        [RecordPerson(record=row, worker=worker, signed=code in signers) for code, worker in workers.items()]
    )


def _name_photos(row: Record, form: Form, record: Sent) -> None:
    pages = record.paper.pages if record.paper else ()
    named = (*pages, *told.photos(form, record.values))
    captions = (*(f"Page {nth} of the paper" for nth in range(1, len(pages) + 1)), *told.captions(form, record.values))
    there = Arrival.objects.within(_OURS).filter(employer=row.employer_id, sha256__in=named, file__isnull=False)
    files = dict(there.values_list("sha256", "file"))
    RecordPhoto._base_manager.bulk_create(  # noqa: SLF001 - rows of a record made in this act
        [
            RecordPhoto(
                record=row,
                place=nth,
                sha256=sha256,
                caption=caption,
                file_id=files.get(sha256),
            )
            for nth, (sha256, caption) in enumerate(zip(named, captions, strict=True), start=1)
        ]
    )


def _correct(business: Employer, uid: UUID | None) -> None:
    """Take the corrected record out of the lists and the counts, where it has come already; it stays readable."""
    if uid is None:
        return
    row = Record.objects.within(_OURS).filter(employer=business, uid=uid, corrected=False).first()
    if row is None:
        return
    row.corrected = True
    row.save(update_fields=["corrected"])
    tally(row, records.form_of(row), by=-1)


def tally(row: Record, form: Form, *, by: int) -> None:
    """Count a record into its month (``by`` 1), or out of it (-1). Call while the employer's row is held."""
    month = date(row.on.year, row.on.month, 1)
    for evidence in dict.fromkeys(form.evidence):
        counted, _ = Tally.objects.within(_OURS).get_or_create(
            employer=row.employer, evidence=evidence, month=month, defaults={"records": 0, "led": 0}
        )
        Tally.objects.within(_OURS).filter(pk=counted.pk).update(
            records=F("records") + by, led=F("led") + (by if row.led else 0)
        )
