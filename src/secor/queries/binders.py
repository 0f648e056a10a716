"""What goes into a binder: each part and each record once, under the element that asks for it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import TypeVar

from secor.core.anniversary import add_months
from secor.core.element import Element
from secor.core.form import Form, ReadBy
from secor.core.question import Question
from secor.core.sampling import SamplingRule, least_records, spread
from secor.queries import records, schemes
from secor.queries.employers import rules_of
from secor.queries.manuals import Chapter, chapters_of
from secor.store.models import Employer, Record
from secor.store.scope import Scope

__all__ = ["Binder", "Sheaf", "Tab", "binder_of"]

Key = TypeVar("Key", bound=Hashable)
SCHEME = "ab-secor"
A_YEAR = 12
A_DAY = timedelta(days=1)
# As many as one binder holds on both sides of its paper. A firm with more shows fewer of its commonest forms.
MOST = 250


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The records of one form: how many the year has, and those that were chosen to be printed, the oldest first."""

    form: Form
    there: int
    chosen: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and the parts and records of the binder that answer it, wherever they are printed."""

    question: Question
    chapters: tuple[Chapter, ...]
    sheaves: tuple[Sheaf, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """An element: its questions, and the parts and records that are printed under it.

    What serves several elements is printed under the one that asks for it most, and the others point there.
    """

    element: Element
    asked: tuple[Asked, ...]
    chapters: tuple[Chapter, ...]
    sheaves: tuple[Sheaf, ...]


@dataclass(frozen=True, slots=True)
class Binder:
    """The tabs of an employer's binder; its records are of the days from ``first`` to ``last``, both included.

    ``beside`` are the parts of the program that no question asks for.
    """

    first: date
    last: date
    tabs: tuple[Tab, ...]
    beside: tuple[Chapter, ...]

    @property
    def printed(self) -> int:
        """How many records are printed."""
        return sum(len(sheaf.chosen) for tab in self.tabs for sheaf in tab.sheaves)

    @property
    def there(self) -> int:
        """How many records of these forms the year has."""
        return sum(sheaf.there for tab in self.tabs for sheaf in tab.sheaves)


def binder_of(employer: Employer, *, scope: Scope, on: date, most: int = MOST) -> Binder:
    """What an employer shows on paper on a day: its program, and a sample of the records of the year up to that day.

    Of each form it holds as many records as the scheme wants an audit to look at, spread over the year, and of all
    together at most ``most``. Only what everybody of the business may read goes in: no first-aid record, nothing kept
    for the owner, and no word that was said in an interview.
    """
    instrument = schemes.instrument(schemes.edition_on(SCHEME, on).instrument)
    first = add_months(on, -A_YEAR) + A_DAY
    wanted = {kind for question in instrument.in_cascade_order for kind in question.evidence_types}
    forms = {
        key: use.form
        for key, use in records.forms_in_use(employer).items()
        if use.form.read_by is ReadBy.EVERYBODY and wanted & set(use.form.evidence)
    }
    sheaves = _sheaves(employer, forms, scope, (first, on), rules_of(employer, on=on).sampling, most)
    chapters = chapters_of(employer)
    tabs = _tabs(instrument.elements, chapters, sheaves)
    placed = {chapter.part.pk for tab in tabs for chapter in tab.chapters}
    return Binder(first, on, tabs, tuple(each for each in chapters if each.part.pk not in placed))


def _sheaves(
    employer: Employer,
    forms: Mapping[str, Form],
    scope: Scope,
    days: tuple[date, date],
    rule: SamplingRule,
    most: int,
) -> tuple[Sheaf, ...]:
    """The records of each form that has any, in the order of the forms' titles. Two questions, however many."""
    rows = Record.objects.within(scope).filter(
        employer=employer, form__in=forms, corrected=False, read_by=ReadBy.EVERYBODY.value, on__range=days
    )
    dated: dict[str, list[tuple[date, int]]] = {}
    for form, on, key in rows.order_by("on", "pk").values_list("form", "on", "pk"):
        dated.setdefault(form, []).append((on, key))
    wanted = _shared_out({form: least_records(rule, len(found)) for form, found in dated.items()}, most)
    chosen = {
        form: [found[place][1] for place in spread([on for on, _ in found], wanted=wanted[form])]
        for form, found in dated.items()
    }
    keys = [key for found in chosen.values() for key in found]
    full = {row.pk: row for row in rows.filter(pk__in=keys).select_related("employer", "site", "definition")}
    ordered = sorted(dated, key=lambda form: (forms[form].title.casefold(), form))
    return tuple(
        Sheaf(forms[form], len(dated[form]), tuple(full[key] for key in chosen[form] if key in full))
        for form in ordered
    )


def _shared_out(wanted: Mapping[str, int], most: int) -> Mapping[str, int]:
    """Bring the numbers down to ``most`` in all, the greatest first: a form with few records loses none."""
    cap = max(wanted.values(), default=0)
    while cap > 1 and sum(min(number, cap) for number in wanted.values()) > most:
        cap -= 1
    return {form: min(number, cap) for form, number in wanted.items()}


def _tabs(elements: Sequence[Element], chapters: Sequence[Chapter], sheaves: Sequence[Sheaf]) -> tuple[Tab, ...]:
    asked = {
        element.number: tuple(_asked(question, chapters, sheaves) for question in element.questions)
        for element in elements
    }
    parts = _homes((n, one, each.part.pk) for n, here in asked.items() for one in here for each in one.chapters)
    forms = _homes((n, one, each.form.key) for n, here in asked.items() for one in here for each in one.sheaves)
    return tuple(
        Tab(
            element,
            asked[element.number],
            tuple(each for each in chapters if parts.get(each.part.pk) == element.number),
            tuple(each for each in sheaves if forms.get(each.form.key) == element.number),
        )
        for element in elements
    )


def _homes(named: Iterable[tuple[int, Asked, Key]]) -> dict[Key, int]:
    """The element of each thing: the one that asks for it most; of two such, the first.

    A question that asks for many kinds of proof asks less for each of them.
    """
    weights: dict[Key, dict[int, Fraction]] = {}
    for number, asked, key in named:
        there = weights.setdefault(key, {})
        there[number] = there.get(number, Fraction(0)) + Fraction(1, len(asked.question.evidence_types))
    return {key: max(there, key=lambda number: (there[number], -number)) for key, there in weights.items()}


def _asked(question: Question, chapters: Sequence[Chapter], sheaves: Sequence[Sheaf]) -> Asked:
    kinds = set(question.evidence_types)
    return Asked(
        question,
        tuple(each for each in chapters if kinds & set(each.part.evidence)),
        tuple(each for each in sheaves if kinds & set(each.form.evidence)),
    )
