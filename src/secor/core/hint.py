"""What an auditor would wonder at in a year's records: told to the owner, kindly, while there is time to be honest.

Nothing is blocked by a hint and nobody else is told. None of them says that something is wrong: cards are filled in
on Friday because that is when people sit down, and a record is late because a phone was lost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from secor.core.rhythm import Rhythm

# Our own limits; no partner publishes any. Each is set so that an ordinary crew is left in peace.
FEW_MINUTES = timedelta(minutes=10)
SITTING_DAYS = 3
SAME_TIME_LEAST, SAME_TIME_WEEKS = 6, 4
COPIED_LEAST = 5
LATE = timedelta(days=14)
SHOWN = 3
# What a crew fills in when the work begins, whenever that is; a talk each Monday at seven is no wonder.
_WITH_THE_WORK = frozenset({Rhythm.EACH_JOB, Rhythm.DAILY})


class HintKind(Enum):
    """What somebody would wonder at."""

    ONE_SITTING = "one_sitting"  # cards of several days, finished within the same few minutes
    SAME_TIME = "same_time"  # cards for the work, all of them finished at one time of one weekday
    COPIED = "copied"  # the same words in many cards
    AFTER_LEAVING = "after_leaving"  # signed by somebody on a day after their last
    LATE = "late"  # dated on one day, and finished weeks later


@dataclass(frozen=True, slots=True)
class Seen:
    """What a hint looks at in a record: no word of it, and nothing of who is who.

    ``finished_at`` is in the employer's own time. ``words`` is a digest of what was written, empty where hardly
    anything was. ``left_before`` tells that somebody signed it whose last day was before the record's.
    """

    uid: str
    form: str
    on: date
    finished_at: datetime
    words: str = ""
    left_before: bool = False


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to wonder at: how many records of how many, the newest of them, and when it was where that matters.

    ``form`` is empty where records of several forms are meant. ``at`` is the middle one of the moments.
    """

    kind: HintKind
    form: str
    many: int
    of: int
    newest: tuple[str, ...]
    at: datetime


def hints(seen: Iterable[Seen], *, rhythms: Mapping[str, Rhythm]) -> tuple[Hint, ...]:
    """Look through records, in any order; give what an auditor would wonder at, the plainest first.

    ``rhythms`` tells how often each form is filled in: a form that is not in it is taken to go with no rhythm.
    """
    records = sorted(seen, key=lambda each: (each.finished_at, each.uid))
    by_form: dict[str, list[Seen]] = {}
    for each in records:
        by_form.setdefault(each.form, []).append(each)
    found = [_told(HintKind.AFTER_LEAVING, "", [each for each in records if each.left_before], records)]
    late = [each for each in records if each.finished_at.date() - each.on >= LATE]
    found.append(_told(HintKind.LATE, "", late, records))
    found.append(_told(HintKind.ONE_SITTING, "", _sittings(records), records))
    for form, rows in sorted(by_form.items()):
        if rhythms.get(form) in _WITH_THE_WORK:
            found.append(_told(HintKind.SAME_TIME, form, _same_time(rows), rows))
        found.append(_told(HintKind.COPIED, form, _copied(rows), rows))
    return tuple(hint for hint in found if hint is not None)


def _told(kind: HintKind, form: str, meant: Sequence[Seen], among: Sequence[Seen]) -> Hint | None:
    if not meant:
        return None
    newest = sorted(meant, key=lambda each: (each.on, each.uid), reverse=True)[:SHOWN]
    uids = tuple(each.uid for each in newest)
    return Hint(kind, form, len(meant), len(among), uids, meant[len(meant) // 2].finished_at)


def _sittings(records: Sequence[Seen]) -> list[Seen]:
    """Records of three days or more, finished within the same ten minutes. Late ones are told of as late."""
    rows = [row for row in records if row.finished_at.date() - row.on < LATE]
    found: list[Seen] = []
    days: Counter[date] = Counter()
    first = taken = 0
    for last, row in enumerate(rows):
        days[row.on] += 1
        while row.finished_at - rows[first].finished_at > FEW_MINUTES:
            days -= Counter({rows[first].on: 1})
            first += 1
        if len(days) >= SITTING_DAYS:
            found += rows[max(first, taken) : last + 1]
            taken = last + 1
    return found


def _same_time(rows: Sequence[Seen]) -> list[Seen]:
    """Cards of one form that nearly all were finished within ten minutes of one weekday, week after week."""
    best: list[Seen] = []
    for weekday in range(7):
        day = sorted((row for row in rows if row.finished_at.weekday() == weekday), key=_clock)
        first = 0
        for last, row in enumerate(day):
            while _clock(row) - _clock(day[first]) > FEW_MINUTES:
                first += 1
            if last + 1 - first > len(best):
                best = day[first : last + 1]
    weeks = {row.finished_at.date().isocalendar()[:2] for row in best}
    nearly_all = len(best) * 5 >= len(rows) * 4
    return best if len(best) >= SAME_TIME_LEAST and len(weeks) >= SAME_TIME_WEEKS and nearly_all else []


def _clock(row: Seen) -> timedelta:
    at = row.finished_at
    return timedelta(hours=at.hour, minutes=at.minute, seconds=at.second)


def _copied(rows: Sequence[Seen]) -> list[Seen]:
    """Cards of one form, on different days, with the very same words; only where they are half of the form's or more.

    Half, because two jobs that are alike are told alike.
    """
    counted = Counter(row.words for row in rows if row.words)
    if not counted:
        return []
    words, many = max(counted.items(), key=lambda pair: (pair[1], pair[0]))
    same = [row for row in rows if row.words == words]
    days = {row.on for row in same}
    return same if len(days) >= COPIED_LEAST and many * 2 >= len(rows) else []
