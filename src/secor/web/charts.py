"""Drawings a reader would rather look at than read: scores by element, a certificate's years, people by month.

Only values are made here, in hundredths of the width; ``parts/_score_bars.html`` and the like draw them
as SVG. Each drawing has the same facts beside it as a table or a list, so the drawing itself may stay unheard.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from secor.core.hiring import Month, Outlook
from secor.core.method import Points
from secor.queries.figures import Happened


@dataclass(frozen=True, slots=True)
class Bar:
    """One element's bar. ``share`` is None when nothing of the element counted; ``low`` is below its minimum."""

    label: str
    share: Fraction | None
    low: bool
    awarded: Points | None = None
    possible: Points | None = None

    @property
    def width(self) -> str:
        """How far the bar reaches, for an SVG attribute."""
        return _hundredths(self.share or Fraction(0))


@dataclass(frozen=True, slots=True)
class ScoreBars:
    """The bars of a score against the marks it is measured by; a mark that does not apply is None.

    ``of`` says what one bar stands for.
    """

    title: str
    bars: tuple[Bar, ...]
    whole: Bar | None
    overall: Fraction | None
    element: Fraction | None
    of: str = "Element"

    @property
    def overall_at(self) -> str:
        """Where the overall mark stands."""
        return _hundredths(self.overall or Fraction(0))

    @property
    def element_at(self) -> str:
        """Where the mark for each element stands."""
        return _hundredths(self.element or Fraction(0))


def score_bars(
    bars: Iterable[Bar],
    *,
    whole: Bar | None = None,
    overall: Fraction | None = Fraction(4, 5),
    element: Fraction | None = Fraction(1, 2),
    title: str = "Score by element",
    of: str = "Element",
) -> ScoreBars:
    """Prepare the drawing of a score by element. ``overall`` and ``element`` are the pass mark's shares."""
    return ScoreBars(title, tuple(bars), whole, overall, element, of)


@dataclass(frozen=True, slots=True)
class Milestone:
    """One day on a certificate's line. ``state``: done, missed, owed or ahead."""

    on: date
    label: str
    state: str
    at: str = ""


@dataclass(frozen=True, slots=True)
class Years:
    """A certificate's term as a line with its milestones, and where today stands on it."""

    title: str
    milestones: tuple[Milestone, ...]
    today: date
    today_at: str
    stopped: bool

    @property
    def telling(self) -> str:
        """The line in words, for who does not see it."""
        words = "; ".join(f"{stone.label} {stone.on:%B} {stone.on.day}, {stone.on.year}" for stone in self.milestones)
        return f"{words}. Today is {self.today:%B} {self.today.day}, {self.today.year}."


def years(
    milestones: Sequence[Milestone], *, today: date, stopped: bool = False, title: str = "The certificate's years"
) -> Years:
    """Prepare the line of a certificate's years. It runs from the first milestone to the last.

    ``stopped`` draws the part behind today as ended. Refuses (ValueError) fewer than two milestones or no time
    between them, because such a line has no length.
    """
    ordered = sorted(milestones, key=lambda stone: stone.on)
    if len(ordered) < 2 or ordered[0].on == ordered[-1].on:  # noqa: PLR2004 - a line has two ends
        raise ValueError("A line of years wants two different days at least.")
    first, last = ordered[0].on, ordered[-1].on
    return Years(
        title,
        tuple(Milestone(stone.on, stone.label, stone.state, _at(stone.on, first, last)) for stone in ordered),
        today,
        _at(today, first, last),
        stopped,
    )


@dataclass(frozen=True, slots=True)
class Column:
    """One month of a head-count: where its column stands, how high it is, and what stands under it."""

    month: Month
    at: str
    middle: str
    width: str
    top: int
    height: int
    under: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A head-count month by month, with the limit as a line. ``today_at`` is where the months ahead begin."""

    columns: tuple[Column, ...]
    limit: int | None
    limit_top: int
    today_at: str
    ground: int


HIGH, HEAD, EVERY = 150, 20, 3


def columns(outlook: Outlook, *, on: date) -> Columns:
    """Prepare the drawing of a year behind and a year ahead."""
    months = outlook.months
    most = max([month.count or 0 for month in months] + [outlook.limit or 0, 1])
    share = Fraction(1, len(months))
    drawn = []
    for nth, month in enumerate(months):
        height = round(Fraction(month.count or 0, most) * HIGH)
        drawn.append(
            Column(
                month,
                at=_hundredths(nth * share + share / 8),
                middle=_hundredths(nth * share + share / 2),
                width=_hundredths(share * 3 / 4),
                top=HEAD + HIGH - height,
                height=height,
                under=f"{month.first_on:%b}" if nth % EVERY == 0 else "",
            )
        )
    ahead = next((nth for nth, month in enumerate(months) if month.first_on > on), len(months))
    limit_top = HEAD + HIGH - round(Fraction(outlook.limit or 0, most) * HIGH)
    return Columns(tuple(drawn), outlook.limit, limit_top, _hundredths(ahead * share), HEAD + HIGH)


@dataclass(frozen=True, slots=True)
class Pair:
    """One month's incidents and near misses: two columns side by side, and what stands under them."""

    month: date
    incidents: int
    near_misses: int
    left: str
    right: str
    middle: str
    left_middle: str
    right_middle: str
    width: str
    top: int
    height: int
    near_top: int
    near_height: int
    under: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """Incidents and near misses month by month."""

    months: tuple[Pair, ...]
    ground: int

    @property
    def telling(self) -> str:
        """The drawing in words, for who does not see it."""
        told = [f"{each.month:%B}: {each.incidents} and {each.near_misses}" for each in self.months]
        return f"Incidents and near misses. {'; '.join(told)}."


LOW = 90


@dataclass(frozen=True, slots=True)
class Stick:
    """One month's number as a column, and what stands under it."""

    month: date
    count: int
    at: str
    middle: str
    width: str
    top: int
    height: int
    under: str


@dataclass(frozen=True, slots=True)
class Sticks:
    """A number month by month."""

    months: tuple[Stick, ...]
    ground: int

    @property
    def telling(self) -> str:
        """The drawing in words, for who does not see it."""
        return "; ".join(f"{each.month:%B %Y}: {each.count}" for each in self.months)


def sticks(months: Sequence[tuple[date, int]]) -> Sticks:
    """Prepare the drawing of a number month by month; the highest column is as high as the drawing."""
    most = max([count for _, count in months] + [1])
    share = Fraction(1, max(len(months), 1))
    drawn = []
    for nth, (month, count) in enumerate(months):
        height = round(Fraction(count, most) * LOW)
        drawn.append(
            Stick(
                month,
                count,
                at=_hundredths(nth * share + share / 8),
                middle=_hundredths(nth * share + share / 2),
                width=_hundredths(share * 3 / 4),
                top=HEAD + LOW - height,
                height=height,
                under=f"{month:%b}" if nth % EVERY == 0 else "",
            )
        )
    return Sticks(tuple(drawn), HEAD + LOW)


def happened(months: Sequence[Happened]) -> Pairs:
    """Prepare the drawing of incidents and near misses; the highest column is as high as the drawing."""
    most = max([each.incidents for each in months] + [each.near_misses for each in months] + [1])
    share = Fraction(1, max(len(months), 1))
    drawn = []
    for nth, each in enumerate(months):
        height, near = round(Fraction(each.incidents, most) * LOW), round(Fraction(each.near_misses, most) * LOW)
        drawn.append(
            Pair(
                each.month,
                each.incidents,
                each.near_misses,
                left=_hundredths(nth * share + share / 8),
                right=_hundredths(nth * share + share / 2),
                middle=_hundredths(nth * share + share / 2),
                left_middle=_hundredths(nth * share + share * 5 / 16),
                right_middle=_hundredths(nth * share + share * 11 / 16),
                width=_hundredths(share * 3 / 8),
                top=HEAD + LOW - height,
                height=height,
                near_top=HEAD + LOW - near,
                near_height=near,
                under=f"{each.month:%b}" if nth % EVERY == 0 else "",
            )
        )
    return Pairs(tuple(drawn), HEAD + LOW)


def _at(day: date, first: date, last: date) -> str:
    """Where a day stands between two others, kept on the line and off its very ends."""
    share = Fraction((day - first).days, (last - first).days)
    return _hundredths(Fraction(2, 100) + min(max(share, Fraction(0)), Fraction(1)) * Fraction(96, 100))


def _hundredths(share: Fraction) -> str:
    return f"{float(min(max(share, Fraction(0)), Fraction(1)) * 100):.2f}%"
