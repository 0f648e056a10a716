"""Takes: what auditors brought from their devices, laid together with what is there.

Each take is kept once, however often it comes, and what stands is worked out from all takes of its place
(``core/take.py``). What stands is then written where every page reads it: the answer, the note, the recommendation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from secor.core import take as core
from secor.core.method import Method
from secor.core.question import Question
from secor.core.take import NOT_APPLICABLE, NOTE, POINT, RECOMMENDATION, SAID, Place
from secor.queries.answers import KeptAnswer
from secor.queries.takes import Named, base_uid
from secor.store.models import Answer, Audit, Remark, Take
from secor.store.scope import house
from secor.usecases.act import Act, Refusal
from secor.usecases.changes import AlwaysApplies
from secor.usecases.desk import Desk, lay_over, text

HELD = house("the takes of an audit that the writer holds")
AT_ONCE = 500
AN_AUDIT = 50_000
OVER_MOST = 200
POINT_MAX = 2000
_OLD = "Open the app again with a signal, so that it is brought up to date."
_AHEAD = timedelta(days=1)
_LETTERS = frozenset(method.value for method in Method)
_WORDS = frozenset({core.POSITIVE, core.NEGATIVE, core.NO_COMMENT})


class Unreadable(Refusal):
    """What came is no take of this audit."""


class TooMany(Refusal):
    """More than an audit may hold, or more than may come at once."""


class Gone(Refusal):
    """What was chosen does not stand any more."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """What became of each take that came: kept (now or before), or refused with the reason, by its number."""

    kept: tuple[str, ...]
    refused: Mapping[str, str]


@transaction.atomic
def keep(act: Act, *, audit: Audit, sent: Sequence[Any]) -> Arrived:
    """Keep what a device brought, each take once; the good ones are kept though others are refused.

    Each of ``sent`` has ``uid``, ``question``, ``part``, ``value``, ``over`` and ``made_at`` as ``core.take`` has
    them. Refuses all of it for whoever may not work on the audit, while it is not being done and before they have
    declared (as ``desk.Desk`` does), and more than ``AT_ONCE`` (``TooMany``). Nothing new leaves no line.
    """
    if len(sent) > AT_ONCE:
        raise TooMany(f"At most {AT_ONCE} answers come at once. Send them in parts.")
    desk = Desk(act, audit)
    good: dict[str, core.Take] = {}
    refused: dict[str, str] = {}
    for item in sent:
        try:
            take = _read(desk, item)
        except Refusal as refusal:
            refused[_uid_of(item)] = str(refusal)
        else:
            good[take.uid] = take
    rows = Take.objects.within(HELD).filter(audit=desk.audit)
    there = {str(uid) for uid in rows.filter(uid__in=list(good)).values_list("uid", flat=True)}
    fresh = [take for uid, take in good.items() if uid not in there]
    if rows.count() + len(fresh) > AN_AUDIT:
        raise TooMany("This audit holds more answers from devices than any audit needs. Ask whoever runs this site.")
    for place, takes in sorted(core.by_place(fresh).items()):
        _settle(desk, place, takes)
    if fresh:
        _enter(desk, {take.place for take in fresh})
    return Arrived(tuple(good), refused)


@transaction.atomic
def choose(act: Act, *, audit: Audit, place: Place, uid: str, seen: Iterable[str]) -> None:
    """Let one of the answers that stand against each other stand alone; ``seen`` are those that the person looked at.

    Refuses as ``desk.Desk`` does, and an answer that does not stand any more (``Gone``). One that came after the
    person looked goes on standing beside the chosen one.
    """
    desk = Desk(act, audit)
    standing = {each.take.uid: each.take for each in desk.standing.get(place, ())}
    if uid not in standing:
        raise Gone("Somebody chose meanwhile, so that answer does not stand any more. Look at the list again.")
    over = frozenset(seen) & standing.keys() | {uid}
    chosen = core.Take(str(uuid4()), place, standing[uid].value, act.at, over, by=act.by.pk if act.by else None)
    _settle(desk, place, [chosen])
    _enter(desk, {place})


@transaction.atomic
def into_note(act: Act, *, audit: Audit, question: str) -> None:
    """Write the points that were noted on site into the note of their question, to be worded there.

    Refuses as ``desk.Desk`` does. Without points nothing happens.
    """
    desk = Desk(act, audit)
    asked = desk.question(question)
    places = [place for place in desk.standing if place.question == question and place.part.startswith(POINT)]
    if not desk.points.get(question):
        return
    desk.write_remark(asked, note=text(desk.sheet.note(question)))
    revision = desk.sheet.revision_of(Place(question, NOTE))
    note = Place(question, NOTE)
    for place in (*places, *((note,) if note in desk.standing else ())):
        value = desk.sheet.value_at(note) if place == note else None
        over = [each.take.uid for each in desk.standing[place]]
        lay_over(act, desk.audit, place, value, over=over, revision=revision)
    _enter(desk, {note})


def fold(act: Act, *, audit: Audit) -> None:
    """Leave of what people said in interviews the counts alone: who said what is forgotten when an audit is sent.

    The numbers of the takes stay, so that one that comes again is still known and is not counted twice. Call it inside
    the act that sends the audit.
    """
    if not audit.on_site:
        return
    said = Take.objects.within(HELD).filter(audit=audit, part__startswith=SAID)
    said.update(value=None, stands=False, by=None, made_at=act.at, arrived_at=act.at, over=[])
    Answer.objects.within(HELD).filter(audit=audit, by_hand__isnull=False).update(by_hand=None)


def _settle(desk: Desk, place: Place, fresh: Sequence[core.Take]) -> None:
    """Add takes to their place, work out which stand, and write what is scored."""
    rows = Take.objects.within(HELD).filter(audit=desk.audit, question=place.question, part=place.part)
    kept = {
        str(row.uid): core.Take(str(row.uid), place, row.value, row.made_at, frozenset(row.over), row.by_id)
        for row in rows
    }
    new = list(fresh) if kept else [*_base(desk, place), *fresh]
    everything = [*kept.values(), *new]
    standing = core.standing(everything)
    stands = {take.uid for take in standing}
    rows.exclude(uid__in=stands).update(stands=False)
    Take.objects.bulk_create(
        Take(
            audit=desk.audit,
            uid=take.uid,
            question=place.question,
            part=place.part,
            value=take.value,
            over=sorted(take.over),
            made_at=take.made_at,
            by_id=take.by,
            arrived_at=desk.act.at,
            stands=take.uid in stands,
        )
        for take in new
    )
    desk.standing[place] = [Named(take, "") for take in standing]
    _write(desk, place, standing[-1].value)


def _base(desk: Desk, place: Place) -> list[core.Take]:
    """What a page kept at a place before any device spoke of it, as a take: a device may have seen it, or not."""
    revision = desk.sheet.revision_of(place)
    if not revision:
        return []
    rows = Answer.objects.within(HELD).filter(audit=desk.audit, question=place.question, method=place.part)
    if place.part not in _LETTERS:
        rows = Remark.objects.within(HELD).filter(audit=desk.audit, question=place.question)  # type: ignore[assignment]
    at, by = rows.values_list("changed_at", "changed_by").get()
    return [core.Take(str(base_uid(desk.audit, place, revision)), place, desk.sheet.value_at(place), at, by=by)]


def _write(desk: Desk, place: Place, value: Any) -> None:
    """Write what is scored meanwhile where every page reads it."""
    question = desk.question(place.question)
    if place.part in _LETTERS:
        desk.write_answer(question, Method(place.part), value)
    elif place.part.startswith(SAID):
        kept = desk.given.get((question.id, Method.INTERVIEW), KeptAnswer())
        desk.write_answer(question, Method.INTERVIEW, kept.hand)
    elif place.part == NOT_APPLICABLE:
        desk.write_remark(question, not_applicable=bool(value))
    elif place.part in {NOTE, RECOMMENDATION}:
        desk.write_remark(question, **{place.part: value or ""})


def _enter(desk: Desk, places: Iterable[Place]) -> None:
    """One line in the journal: which questions, and never the words nor who was asked."""
    if not desk.audit.on_site:
        desk.audit.on_site = True
        desk.audit.save(update_fields=["on_site"])
    desk.act.enter(
        "answers.taken",
        employer=desk.audit.employer_id,
        partner=desk.audit.partner_id,
        subject=desk.audit.code,
        places=sorted({place.question for place in places}),
    )


def _read(desk: Desk, item: Any) -> core.Take:
    if not isinstance(item, Mapping):
        raise Unreadable(f"This is no answer. {_OLD}")
    uid, over = _number(item.get("uid")), item.get("over")
    if uid is None or not isinstance(over, list) or len(over) > OVER_MOST:
        raise Unreadable(f"This answer has no number. {_OLD}")
    place = Place(str(item.get("question")), str(item.get("part")))
    question = desk.question(place.question)
    if not place.known:
        raise Unreadable(f"This answer is for a part of question {place.question} that there is not.")
    under = frozenset(number for number in map(_number, over) if number is not None)
    by = desk.act.by.pk if desk.act.by else None
    return core.Take(uid, place, _value(desk, question, place.part, item.get("value")), _moment(desk, item), under, by)


def _value(desk: Desk, question: Question, part: str, value: Any) -> Any:
    """Give a take's value as it is kept; None where it was taken away. Refuses what cannot stand there."""
    if part in _LETTERS:
        return desk.fit(question, Method(part), value if isinstance(value, Mapping) else None) or None
    if value is None or value is False:
        return None
    if part in {NOTE, RECOMMENDATION}:
        return text(str(value)) or None
    if part == NOT_APPLICABLE:
        if not question.na_allowed:
            raise AlwaysApplies(f"Question {question.id} always applies, so it needs an answer.")
        return True
    if not isinstance(value, Mapping):
        raise Unreadable(f"What came for question {question.id} cannot be read.")
    return _point(desk, value) if part.startswith(POINT) else _said(desk, question, value)


def _said(desk: Desk, question: Question, value: Mapping[str, Any]) -> dict[str, str]:
    audience = desk.rule(question, Method.INTERVIEW).audience
    role, word = str(value.get("role") or ""), value.get("word")
    if word not in _WORDS or role not in (audience or ("",)):
        asked = ", ".join(audience) or "anybody"
        raise Unreadable(f"Question {question.id} is asked of {asked}; this was somebody else.")
    return {"role": role, "word": str(word)}


def _point(desk: Desk, value: Mapping[str, Any]) -> dict[str, str] | None:
    words = " ".join(text(str(value.get("text") or "")).split())
    if len(words) > POINT_MAX:
        raise Unreadable(f"This point has {len(words)} signs; at most {POINT_MAX} are kept. Make two of it.")
    method = str(value.get("method") or "")
    return {"method": method if method in desk.audit.methods else "", "text": words} if words else None


def _moment(desk: Desk, item: Mapping[str, Any]) -> datetime:
    """When the device says; a clock that is no clock, or runs days ahead, says nothing."""
    try:
        said = datetime.fromisoformat(str(item.get("made_at")))
    except ValueError:
        return desk.act.at
    known = said.tzinfo is not None and said <= desk.act.at + _AHEAD
    return said if known else desk.act.at


def _number(written: Any) -> str | None:
    try:
        return str(UUID(str(written)))
    except ValueError:
        return None


def _uid_of(item: Any) -> str:
    return str(item.get("uid")) if isinstance(item, Mapping) else ""
