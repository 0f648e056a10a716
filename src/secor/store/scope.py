"""Whose rows a read may see. A read that does not say so is an error, not a leak.

Each table that holds somebody's data tells, in ``reach``, which of its rows a scope reaches. Its manager refuses to
give rows until ``within(scope)`` has been said. Rows reached from a row that was itself reached (``audit.answers``)
need no second word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import Q


class Unscoped(Exception):  # noqa: N818 - a refusal is named for what is the matter
    """A read of an employer's data did not say for whom it reads."""


@dataclass(frozen=True, slots=True)
class Scope:
    """The rows one reader may see: these employers', these partners', and what was given to this assessor.

    ``owned`` are the employers whose owner or self-assessor the reader is, ``first_aid`` those whose first-aid
    records the reader was named for. ``everything`` is for work that belongs to nobody in particular; it carries the
    reason.
    """

    employers: frozenset[int] = frozenset()
    partners: frozenset[int] = frozenset()
    owned: frozenset[int] = frozenset()
    first_aid: frozenset[int] = frozenset()
    assessor: int | None = None
    everything: str = ""


def house(reason: str) -> Scope:
    """Reach every row, for work that belongs to nobody in particular. ``reason`` says which work."""
    return Scope(everything=reason)


class Reached(models.Model):
    """A row that belongs to somebody."""

    class Meta:
        abstract = True

    @classmethod
    def reach(cls, scope: Scope) -> Q:
        """Tell which rows ``scope`` reaches."""
        raise NotImplementedError


Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class ScopedRows(models.QuerySet[Row_co]):
    """Rows that are given out only once somebody has said for whom."""

    _reached = False

    def within(self, scope: Scope) -> Self:
        """Keep the rows that ``scope`` reaches."""
        rows = self._chain()  # type: ignore[attr-defined]  # Django's own way to copy a query
        rows._reached = True  # noqa: SLF001 - its own kind
        if scope.everything:
            return rows  # type: ignore[no-any-return]
        return rows.filter(self.model.reach(scope))  # type: ignore[attr-defined,no-any-return]

    def _clone(self) -> Self:
        rows = super()._clone()  # type: ignore[misc]
        rows._reached = self._reached  # noqa: SLF001 - its own kind
        return rows  # type: ignore[no-any-return]

    def _ask_for_whom(self) -> None:
        if not self._reached and "instance" not in self._hints:  # type: ignore[attr-defined]
            name = self.model.__name__
            raise Unscoped(f"{name} rows were read without saying for whom. Say {name}.objects.within(scope).")

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._ask_for_whom()
        super()._fetch_all()

    def iterator(self, *args: Any, **kwargs: Any) -> Iterator[Row_co]:
        """Refuse, or go on as Django does."""
        self._ask_for_whom()
        return super().iterator(*args, **kwargs)

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Refuse, or go on as Django does."""
        self._ask_for_whom()
        return super().aggregate(*args, **kwargs)

    def count(self) -> int:
        """Refuse, or go on as Django does."""
        self._ask_for_whom()
        return super().count()

    def exists(self) -> bool:
        """Refuse, or go on as Django does."""
        self._ask_for_whom()
        return super().exists()

    def update(self, **kwargs: Any) -> int:
        """Refuse, or go on as Django does."""
        self._ask_for_whom()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse, or go on as Django does."""
        self._ask_for_whom()
        return super().delete()

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse to stand inside another query, or go on as Django does."""
        self._ask_for_whom()
        return super().resolve_expression(*args, **kwargs)


class ScopedManager(models.Manager[Row_co]):
    """The only door to the rows of a table that belongs to somebody."""

    def get_queryset(self) -> ScopedRows[Row_co]:
        """Hand out rows that still have to be asked for whom."""
        return ScopedRows(self.model, using=self._db, hints=self._hints)  # type: ignore[attr-defined]

    def within(self, scope: Scope) -> ScopedRows[Row_co]:
        """Keep the rows that ``scope`` reaches."""
        return self.get_queryset().within(scope)
