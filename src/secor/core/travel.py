"""How long it takes to drive from one Alberta town to another, roughly and never too short.

Our own estimate, not a route planner's: the straight line between two town centres, three tenths longer for the road,
at 80 km/h, and ten minutes for finding the door; rounded up to five minutes. Whoever knows better plans a longer gap.
"""

from __future__ import annotations

from datetime import timedelta
from math import asin, ceil, cos, radians, sin, sqrt
from types import MappingProxyType

WITHIN_A_TOWN = 20
# Between places we do not know: far enough that nobody is promised what cannot be driven in most of the province.
UNKNOWN = 120
EARTH_KM = 6371
ROAD_LONGER_BY = 1.3
KM_PER_HOUR = 80
FINDING_THE_DOOR = 10
ROUNDED_TO = 5
# Degrees north and west of town centres, to a hundredth (about a kilometre).
TOWNS = MappingProxyType(
    {
        "airdrie": (51.29, 114.01),
        "banff": (51.18, 115.57),
        "beaumont": (53.35, 113.41),
        "bonnyville": (54.27, 110.73),
        "brooks": (50.56, 111.90),
        "calgary": (51.05, 114.07),
        "camrose": (53.02, 112.83),
        "canmore": (51.09, 115.36),
        "chestermere": (51.04, 113.82),
        "cochrane": (51.19, 114.47),
        "cold lake": (54.46, 110.18),
        "drayton valley": (53.22, 114.98),
        "drumheller": (51.46, 112.71),
        "edmonton": (53.55, 113.49),
        "edson": (53.58, 116.44),
        "fort mcmurray": (56.73, 111.38),
        "fort saskatchewan": (53.71, 113.21),
        "grande prairie": (55.17, 118.80),
        "high river": (50.58, 113.87),
        "hinton": (53.40, 117.58),
        "lacombe": (52.47, 113.74),
        "leduc": (53.26, 113.55),
        "lethbridge": (49.69, 112.84),
        "lloydminster": (53.28, 110.00),
        "medicine hat": (50.04, 110.68),
        "okotoks": (50.73, 113.98),
        "olds": (51.79, 114.11),
        "peace river": (56.23, 117.29),
        "red deer": (52.27, 113.81),
        "rocky mountain house": (52.37, 114.92),
        "sherwood park": (53.54, 113.30),
        "slave lake": (55.28, 114.77),
        "spruce grove": (53.54, 113.91),
        "st. albert": (53.63, 113.63),
        "stony plain": (53.53, 114.01),
        "strathmore": (51.05, 113.39),
        "sylvan lake": (52.31, 114.10),
        "taber": (49.79, 112.15),
        "wetaskiwin": (52.97, 113.37),
        "whitecourt": (54.14, 115.69),
    }
)


def minutes(one: str, other: str) -> int:
    """How many minutes to plan for the way from one town to another, however their names are written.

    20 within a town and 120 where either is not in our table.
    """
    one, other = _plain(one), _plain(other)
    if one == other and one:
        return WITHIN_A_TOWN
    if one not in TOWNS or other not in TOWNS:
        return UNKNOWN
    driven = _line_km(TOWNS[one], TOWNS[other]) * ROAD_LONGER_BY / KM_PER_HOUR * 60
    return max(WITHIN_A_TOWN, ceil((driven + FINDING_THE_DOOR) / ROUNDED_TO) * ROUNDED_TO)


def in_words(long: timedelta) -> str:
    """A stretch of time as a person says it: 2 hours and 35 minutes."""
    hours, rest = divmod(int(long.total_seconds()) // 60, 60)
    words = [f"{hours} hour{'' if hours == 1 else 's'}"] if hours else []
    if rest or not words:
        words.append(f"{rest} minutes")
    return " and ".join(words)


def known(town: str) -> bool:
    """Tell whether a town is in our table, however its name is written."""
    return _plain(town) in TOWNS


def kilometres(one: str, other: str) -> int | None:
    """How long the road between two towns is, about: the straight line and three tenths; None where one is unknown."""
    if not (known(one) and known(other)):
        return None
    return ceil(_line_km(TOWNS[_plain(one)], TOWNS[_plain(other)]) * ROAD_LONGER_BY)


def _plain(town: str) -> str:
    """The town's name as the table has it: small letters, one blank, no province, "st." with its point."""
    name = " ".join(town.lower().split(",")[0].split())
    return "st. " + name.removeprefix("st ").removeprefix("saint ") if name.startswith(("st ", "saint ")) else name


def _line_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The straight line over the globe (haversine)."""
    (north, west), (other_north, other_west) = one, other
    up, along = radians(other_north - north), radians(other_west - west)
    part = sin(up / 2) ** 2 + cos(radians(north)) * cos(radians(other_north)) * sin(along / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(part))
