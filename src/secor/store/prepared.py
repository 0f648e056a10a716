"""Queries that are asked thousands of times an hour: their SQL is worked out once, and then only asked.

Django works out the SQL of a query each time anew, which takes twenty times as long as SQLite takes to answer it
(measured: 0.3 to 2 ms against 0.02 ms). A prepared query is written in Django's own words, with examples in place of
what changes; the first call works out its SQL and where the examples stand in it, and later calls put values there.
The shape is fixed: no value may be None, and no list may stand in it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, get_related_populators

Row = TypeVar("Row")
Value = int | str | date


@dataclass(frozen=True, slots=True)
class _Plan:
    """What is known of a query once its SQL was worked out."""

    sql: str
    params: tuple[Any, ...]
    places: tuple[tuple[int, str], ...]
    converters: tuple[tuple[int, list[Callable[..., Any]], Any], ...]
    made: Callable[[Sequence[Any]], Any]


class Prepared(Generic[Row]):
    """A query to be asked many times: ``Prepared(lambda code: Audit.objects...filter(code=code), code="x1")``.

    The keyword arguments are examples, each with a value of its own that stands nowhere else in the query. Rows come
    back as the query set would give them: instances with what ``select_related`` fetched, or tuples of values.
    """

    def __init__(self, build: Callable[..., QuerySet[Any, Row]], **examples: Value) -> None:
        self._build, self._examples = build, examples
        self._plans: dict[str, _Plan] = {}

    def __call__(self, **given: Value) -> list[Row]:
        """Ask, and give all rows."""
        plan = self._plans.get(connection.vendor)
        if plan is None:
            plan = self._plans[connection.vendor] = self._worked_out()
        params = list(plan.params)
        for place, name in plan.places:
            params[place] = _fit(given[name])
        with connection.cursor() as cursor:
            cursor.execute(plan.sql, params)
            rows = cursor.fetchall()
        return [plan.made(_converted(row, plan)) for row in rows]

    def one(self, **given: Value) -> Row | None:
        """Ask, and give the first row, or None."""
        rows = self(**given)
        return rows[0] if rows else None

    def _worked_out(self) -> _Plan:
        rows = self._build(**self._examples)
        compiler: Any = rows.query.get_compiler(using=rows.db)
        sql, params = compiler.as_sql()
        names = {_fit(value): name for name, value in self._examples.items()}
        assert len(names) == len(self._examples), "every example has a value of its own"
        places = tuple(
            (place, names[value])
            for place, value in enumerate(params)
            if isinstance(value, int | str | date) and not isinstance(value, bool) and value in names
        )
        assert {name for _, name in places} == set(self._examples), "every example stands in the query"
        found = compiler.get_converters([column for column, _, _ in compiler.select])
        converters = tuple((place, convert, column) for place, (convert, column) in found.items())
        return _Plan(sql, tuple(params), places, converters, _maker(rows, compiler))


def _fit(value: Value) -> Any:
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _converted(row: Sequence[Any], plan: _Plan) -> Sequence[Any]:
    if not plan.converters:
        return row
    values = list(row)
    for place, convert, column in plan.converters:
        value = values[place]
        for each in convert:
            value = each(value, column, connection)
        values[place] = value
    return values


def _maker(rows: QuerySet[Any, Any], compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """How one row becomes what the query set would give: as Django's own ``ModelIterable`` does it."""
    if rows._iterable_class is not ModelIterable:  # noqa: SLF001 - asked of Django itself
        return tuple
    info, select, db = compiler.klass_info, compiler.select, rows.db
    model: type[Model] = info["model"]
    fields = info["select_fields"]
    first, last = fields[0], fields[-1] + 1
    names = [column.target.attname for column, _, _ in select[first:last]]
    related = get_related_populators(info, select, db)  # type: ignore[call-arg]  # the types are a version ahead

    def made(row: Sequence[Any]) -> Model:
        instance = model.from_db(db, names, row[first:last])
        for populator in related:
            populator.populate(row, instance)
        return instance

    return made


class Insertion:
    """One kind of row to be added many times: nothing of ``save`` but the INSERT."""

    def __init__(self, model: type[Model]) -> None:
        self._meta = _meta_of(model)
        self._fields = [field for field in self._meta.concrete_fields if not field.primary_key]
        self._sql = ""

    def __call__(self, instance: Model) -> None:
        """Add the row, and give the instance its key."""
        self._sql = self._sql or self._worked_out()
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [_saved(field, instance) for field in self._fields])
            instance.pk = cursor.fetchone()[0]

    def _worked_out(self) -> str:
        quote, meta = connection.ops.quote_name, self._meta
        names = ", ".join(quote(field.column) for field in self._fields)
        signs = ", ".join("%s" for _ in self._fields)
        # Names of our own tables and columns alone; every value stands behind a sign.
        return f"INSERT INTO {quote(meta.db_table)} ({names}) VALUES ({signs}) RETURNING {quote(meta.pk.column)}"  # noqa: S608


class Change:
    """The same columns of one row at a time, to be changed many times: nothing of ``save`` but the UPDATE."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        self._meta = _meta_of(model)
        self._fields = [self._meta.get_field(name) for name in columns]
        self._sql = ""

    def __call__(self, instance: Model) -> None:
        """Change the row of that instance."""
        self._sql = self._sql or self._worked_out()
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [*(_saved(field, instance) for field in self._fields), instance.pk])

    def _worked_out(self) -> str:
        quote, meta = connection.ops.quote_name, self._meta
        named = ", ".join(f"{quote(field.column)} = %s" for field in self._fields)
        return f"UPDATE {quote(meta.db_table)} SET {named} WHERE {quote(meta.pk.column)} = %s"  # noqa: S608 - the same


def _meta_of(model: type[Model]) -> Any:
    return model._meta  # noqa: SLF001 - Django's documented name for what is known of a table


def _saved(field: Any, instance: Model) -> Any:
    return field.get_db_prep_save(getattr(instance, field.attname), connection)
