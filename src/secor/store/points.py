"""Points as they are: kept as a whole number or a fraction in text, so that halves and thirds are never cut."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db import models

from secor.core.method import Points, plain

if TYPE_CHECKING:
    _Kept = models.Field[Points | None, Points | None]
else:
    _Kept = models.Field


class PointsField(_Kept):
    """Exact points, 0 or more: ``874`` is kept as ``874``, 874 and a half as ``1749/2``. Not for sorting."""

    def __init__(self, *args: Any, **more: Any) -> None:
        """Take at most 32 signs, which hold every sum of points of any instrument."""
        more["max_length"] = 32
        super().__init__(*args, **more)

    def deconstruct(self) -> Any:
        """Leave the length out of migrations: it is always the same."""
        name, path, args, more = super().deconstruct()
        more.pop("max_length", None)
        return name, path, args, more

    def get_internal_type(self) -> str:
        """Keep it in a column of text."""
        return "CharField"

    def from_db_value(self, value: str | None, *_: Any) -> Points | None:
        """Give what the column holds: a whole number, or a fraction."""
        return None if value is None else plain(Fraction(value))

    def to_python(self, value: Any) -> Points | None:
        """Give the points that a value means."""
        return None if value is None else plain(Fraction(value))

    def get_prep_value(self, value: Any) -> str | None:
        """Give what the column holds."""
        return None if value is None else str(plain(Fraction(value)))
