"""Sending an audit to the certifying partner: scored, decided by the rules, and frozen as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.db.models import Q

from secor.core.audit import Kind, Performer
from secor.core.pass_mark import PassMark
from secor.core.role import RoleKind
from secor.core.verdict import Verdict
from secor.queries import schemes, starting
from secor.queries.audits import BY_EMPLOYER, rules_of
from secor.queries.objections import Raised, open_in, raised_in, rule_files
from secor.queries.outstanding import Open
from secor.queries.papers import edits_of
from secor.queries.progress import Progress, progress_of
from secor.store.models import Audit, Evidence, Review, Role, Version
from secor.store.scope import house
from secor.usecases import assessor, files, milestones, takes
from secor.usecases.act import Act, Refusal, fingerprint

# Of the frozen mapping. A new form gets a new number, and old ones stay readable: 1 had no partners, 2 nothing of the
# quality rules.
FORM = 3


class Incomplete(Refusal):
    """Something is still open; ``open`` tells what, each with its place."""

    def __init__(self, still_open: tuple[Open, ...]) -> None:
        count = len(still_open)
        super().__init__(
            f"{count} thing{' is' if count == 1 else 's are'} still open. Do what the list says, and send it then."
        )
        self.open = still_open


class Unsigned(Refusal):
    """A self-assessment that its owner has not signed off."""


class Conflicted(Refusal):
    """A tie became known that forbids this audit."""


class NotTakenBack(Refusal):
    """The audit is not with the partner, or a reviewer has begun."""


class Backwards(Refusal):
    """Days of gathering that cannot be."""


@transaction.atomic
def gather(act: Act, *, audit: Audit, from_on: date, until_on: date | None = None) -> Audit:
    """Keep on which days everything was gathered: the first (documents came, or first visit) and the last.

    Both count, and neither may lie in the future; ``until_on`` is None while it goes on. Refuses as
    ``assessor.hold_writable`` does, and days that cannot be (``Backwards``).
    """
    held = assessor.hold_writable(act, audit=audit)
    if from_on > act.on or (until_on is not None and until_on > act.on):
        raise Backwards("A day that has not come yet cannot be told. Give today or an earlier day.")
    if until_on is not None and until_on < from_on:
        raise Backwards("The last day lies before the first. Mend one of them.")
    if (held.gathering_from, held.gathered_on) == (from_on, until_on):
        return held
    held.gathering_from, held.gathered_on = from_on, until_on
    held.save(update_fields=["gathering_from", "gathered_on"])
    told = until_on.isoformat() if until_on else None
    _enter(act, "audit.gathered", held, from_on=from_on.isoformat(), until_on=told)
    return held


@transaction.atomic
def submit(act: Act, *, audit: Audit) -> Verdict:
    """Send the audit: score it, decide it by its pass mark, freeze it, and close it to writing.

    Refuses a person who may not work on it (``assessor.NotYours``) or, for a self-assessment, who is no owner
    (``Unsigned``: the owner signs it off by sending it); an audit that is not being done (``assessor.Closed``); one
    with anything open (``Incomplete``); and one whose assessor turned out to be tied (``Conflicted``). The verdict is
    the rules' answer to the answers; whether the audit is accepted is the review's.
    """
    held = assessor.hold_writable(act, audit=audit)
    _signed_off(act, held)
    _still_independent(act, held)
    progress = progress_of(held)
    found = raised_in(progress)
    if still_open := open_in(progress, found):
        raise Incomplete(still_open)
    held.round += 1
    version = _freeze(act, progress, found)
    held.stage = Audit.Stage.SUBMITTED
    held.submitted_at, held.submitted_on = act.at, act.on
    held.awarded, held.possible = progress.score.awarded, progress.score.possible
    held.passed = progress.verdict.passed
    held.save(update_fields=["round", "stage", "submitted_at", "submitted_on", "awarded", "possible", "passed"])
    takes.fold(act, audit=held)
    milestones.tell(act, audit=held)
    _enter(act, "audit.submitted", held, round=held.round, version=version.digest)
    return progress.verdict


@transaction.atomic
def take_back(act: Act, *, audit: Audit) -> Audit:
    """Take a sent audit back to go on with it, while no reviewer has begun. What was sent stays on file.

    The certificate waits for no decision any more, unless the audit was sent back before: correcting takes nothing
    away. Refuses as ``assessor.hold`` does, an audit that is not waiting for review (``NotTakenBack``), and one that
    alone keeps a certificate whose due day has passed (``milestones.EndsCertificate``).
    """
    held = assessor.hold(act, audit=audit)
    if held.stage != Audit.Stage.SUBMITTED:
        raise NotTakenBack("A reviewer has begun, or this audit is not with the partner. It cannot be taken back now.")
    held.stage = Audit.Stage.RETURNED if _sent_back_before(held) else Audit.Stage.OPEN
    if held.stage == Audit.Stage.OPEN:
        milestones.take_back(act, audit=held)
    held.awarded = held.possible = held.passed = None
    held.save(update_fields=["stage", "awarded", "possible", "passed"])
    _enter(act, "audit.taken_back", held, round=held.round)
    return held


def frozen(progress: Progress, found: tuple[Raised, ...]) -> dict[str, Any]:
    """Give the audit as it stands, in plain JSON values: what is needed to score and explain it in ten years.

    ``found`` is what the quality rules found, with what was said to it. ``answers`` have the form that ``secor score``
    reads; shares of the pass mark are fractions as text.
    """
    audit, score, mark = progress.audit, progress.score, progress.pass_mark
    return {
        "form": FORM,
        "audit": {
            "code": audit.code,
            "kind": audit.kind,
            "performer": audit.performer,
            "scheme": audit.scheme,
            "partner": audit.partner.key,
            "cycle_year": audit.cycle_year,
            "headcount": audit.headcount,
            "records_months": audit.records_months,
            "gathering_from": _day(audit.gathering_from),
            "gathered_on": _day(audit.gathered_on),
        },
        "edition": {"key": audit.edition, "digest": schemes.digest(audit.edition)},
        "instrument": {
            "key": audit.instrument,
            "version": progress.instrument.version,
            "digest": schemes.digest(audit.instrument),
        },
        "partners": {"key": _partners(audit), "digest": schemes.digest(_partners(audit))},
        "quality_rules": [{"key": key, "digest": schemes.digest(key)} for key in rule_files(audit)],
        "objections": [_objection(each) for each in found],
        "methods": list(audit.methods),
        "pass_mark": _mark(mark),
        "answers": _answers(progress),
        "recommendations": {
            question: remark.recommendation
            for question, remark in progress.sheet.remarks.items()
            if remark.recommendation
        },
        "edits": {key: {"text": each.text, "over": each.over} for key, each in sorted(edits_of(audit).items())},
        "evidence": _evidence(progress),
        "score": {
            "awarded": str(score.awarded),
            "possible": str(score.possible),
            "passed": progress.verdict.passed,
            "elements": [[each.number, str(each.awarded), str(each.possible)] for each in score.elements],
        },
    }


def _signed_off(act: Act, audit: Audit) -> None:
    if audit.performer not in BY_EMPLOYER:
        return
    owns = Role.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=act.on),
        person=act.by,
        employer=audit.employer_id,
        kind=RoleKind.OWNER,
        from_on__lte=act.on,
    )
    if not owns.exists():
        raise Unsigned("A self-assessment is signed off by the owner. Ask the owner to sign in, read it and send it.")


def _still_independent(act: Act, audit: Audit) -> None:
    assert audit.assessor is not None, "an audit that is being done has an assessor"
    why = starting.conflicts_of(
        audit.assessor,
        employer=audit.employer,
        rules=rules_of(audit),
        kind=Kind(audit.kind),
        performer=Performer(audit.performer),
        on=act.on,
    )
    if why:
        raise Conflicted(
            f"This audit cannot be sent, because its auditor {why[0]}. Withdraw it, and let another auditor begin anew."
        )


def _freeze(act: Act, progress: Progress, found: tuple[Raised, ...]) -> Version:
    """Keep the version, and the texts of the rules and the instrument on the shelf by their fingerprints."""
    audit = progress.audit
    for key in (audit.edition, _partners(audit), audit.instrument, *rule_files(audit)):
        files.keep_text(act, text=schemes.text(key))
    what = frozen(progress, found)
    version = Version(
        audit=audit, round=audit.round, frozen=what, digest=fingerprint(what), sent_at=act.at, sent_by=act.by
    )
    version.save(force_insert=True)
    return version


def _sent_back_before(audit: Audit) -> bool:
    rounds = Review.objects.within(house("the rounds of an audit that its sender holds")).filter(audit=audit)
    return rounds.filter(outcome=Review.Outcome.RETURNED).exists()


def _answers(progress: Progress) -> dict[str, Any]:
    answers: dict[str, dict[str, Any]] = {}
    for (question, method), kept in progress.sheet.given.items():
        if kept.given is not None and not progress.sheet.remark(question).not_applicable:
            answers.setdefault(question, {})[method.value] = dict(kept.given)
    for question in progress.sheet.remarks.keys() | progress.sheet.points.keys():
        if progress.sheet.remark(question).not_applicable:
            answers.setdefault(question, {})["NA"] = True
        if note := progress.sheet.note(question):
            answers.setdefault(question, {})["note"] = note
    return answers


def _evidence(progress: Progress) -> list[dict[str, str]]:
    rows = Evidence.objects.within(house("the evidence of an audit that its sender holds"))
    rows = rows.filter(audit=progress.audit, removed_at__isnull=True).order_by("pk")
    return [
        {"question": question, "code": code, "title": title, "sha256": sha256}
        for question, code, title, sha256 in rows.values_list("question", "code", "title", "file_id")
    ]


def _objection(raised: Raised) -> dict[str, str]:
    each = raised.objection
    return {
        "rule": each.rule,
        "question": each.question,
        "severity": each.severity.value,
        "says": each.says,
        "because": each.because,
        "explanation": raised.explanation,
    }


def _partners(audit: Audit) -> str:
    """The key of the file that tells what each partner of the scheme does differently."""
    return f"{audit.scheme}/partners"


def _mark(mark: PassMark) -> Mapping[str, Any]:
    def share(exact: Fraction | None) -> str | None:
        return None if exact is None else str(exact)

    return {"overall": share(mark.overall), "element": share(mark.element), "points": mark.points}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _enter(act: Act, what: str, audit: Audit, **facts: Any) -> None:
    act.enter(what, employer=audit.employer_id, partner=audit.partner_id, subject=audit.code, **facts)
