"""What goes into an audit's open file: as it stands now, with nothing that only this place knows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from secor.core.audit_file import FORM, FORMAT
from secor.core.instrument import Instrument
from secor.core.reading import Reading
from secor.core.sheet import read_answer, write_answer
from secor.queries import schemes
from secor.queries.answers import sheet_of
from secor.queries.audits import Audit, instrument_of
from secor.queries.evidence import as_it_came, rows_of
from secor.queries.papers import edits_of
from secor.store.models import Explanation
from secor.store.scope import house

OF_THE_REACHED = house("what goes into the open file of an audit that was itself reached")


def content_of(audit: Audit) -> dict[str, Any]:
    """Everything answered and written in ``audit``, as plain JSON values in the form of ``core.audit_file``."""
    instrument = instrument_of(audit)
    return {
        "format": FORMAT,
        "form": FORM,
        "audit": {
            "scheme": audit.scheme,
            "edition": {"key": audit.edition, "digest": schemes.digest(audit.edition)},
            "instrument": {
                "key": audit.instrument,
                "version": instrument.version,
                "digest": schemes.digest(audit.instrument),
            },
            "partner": audit.partner.key,
            "business": audit.employer.legal_name,
            "kind": audit.kind,
            "performer": audit.performer,
            "methods": list(audit.methods),
            "headcount": audit.headcount,
            "records_months": audit.records_months,
            "gathering_from": audit.gathering_from.isoformat() if audit.gathering_from else None,
            "gathered_on": audit.gathered_on.isoformat() if audit.gathered_on else None,
        },
        "questions": _questions(audit, instrument),
        "explanations": _explanations(audit),
        "edits": {key: {"text": each.text, "over": each.over} for key, each in sorted(edits_of(audit).items())},
        "evidence": [
            {"question": each.question, "title": each.title, "sha256": each.file_id} for each in rows_of(audit)
        ],
    }


def files_of(audit: Audit) -> dict[str, Path]:
    """Where the bytes of its evidence stand, by their SHA-256."""
    return {each.file_id: as_it_came(each.file) for each in rows_of(audit)}


def _questions(audit: Audit, instrument: Instrument) -> dict[str, dict[str, Any]]:
    """Under each question what was answered, every answer spelled in the one way that an act would spell it."""
    sheet = sheet_of(audit)
    written: dict[str, dict[str, Any]] = {question: {} for question in instrument.questions}
    for (name, method), kept in sheet.given.items():
        asked = instrument.question(name)
        rule = asked.rule_of(method) if asked is not None else None
        if kept.given is not None and rule is not None:
            answer = read_answer(Reading(), kept.given, rule=rule, weighs_sites=instrument.weighs_sites)
            written[name][method.value] = write_answer(answer) if answer is not None else dict(kept.given)
    for question in sheet.remarks.keys() | sheet.points.keys():
        remark = sheet.remark(question)
        words = {"note": sheet.note(question), "recommendation": remark.recommendation, "NA": remark.not_applicable}
        written.get(question, {}).update({key: value for key, value in words.items() if value})
    return {question: each for question, each in written.items() if each}


def _explanations(audit: Audit) -> list[dict[str, str]]:
    rows = Explanation.objects.within(OF_THE_REACHED).filter(audit=audit).order_by("rule", "question")
    return [
        {"rule": rule, "question": question, "text": text}
        for rule, question, text in rows.values_list("rule", "question", "text")
    ]
