"""Long lists a page at a time, without counting what nobody asked to count."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

A_PAGE = 25
LAST_PAGE = 200
Row = TypeVar("Row", bound=Model)
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list, and whether there is another."""

    rows: tuple[Item, ...]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Tell whether there is a page before."""
        return self.number > 1

    @property
    def previous_page_number(self) -> int:
        """The number of the page before."""
        return self.number - 1

    @property
    def next_page_number(self) -> int:
        """The number of the page after."""
        return self.number + 1


def page_of(rows: QuerySet[Row], *, number: int, size: int = A_PAGE) -> Page[Row]:
    """Read one page, and one row more, which tells whether there is another."""
    at = min(max(number, 1), LAST_PAGE)
    first = (at - 1) * size
    found = list(rows[first : first + size + 1])
    return Page(tuple(found[:size]), at, has_next=len(found) > size and at < LAST_PAGE)
