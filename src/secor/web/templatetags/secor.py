"""Words that every template knows."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from secor.core.method import Points
from secor.core.rounding import exact
from secor.queries import demonstration as asked
from secor.usecases.act import ALBERTA
from secor.web import shapes, words
from secor.web.account import demonstration
from secor.web.speech import ENGLISH, Speech

register = template.Library()


@register.simple_tag
def once() -> SafeString:
    """The key that makes a form sent twice one act. Belongs in every form that writes."""
    return format_html('<input type="hidden" name="once" value="{}">', secrets.token_hex(16))


@register.simple_tag
def icon(name: str) -> SafeString:
    """One small drawing beside a word that says the same, so it is hidden from a reader's ear."""
    return shapes.drawn(name)


@register.simple_tag(takes_context=True)
def say(context: Any, english: Any, **blanks: object) -> str:
    """A sentence in the language of the page: written here in English, its blanks in braces."""
    return _speech(context).say(english, **blanks) if english or english == 0 else ""


@register.simple_tag(takes_context=True)
def say_day(context: Any, value: date | datetime | None) -> str:
    """A day as a person writes it in the language of the page."""
    return _speech(context).day(value)


def _speech(context: Any) -> Speech:
    """The language of the page; English on a page that was drawn without a request."""
    found = context.get("speech")
    return found if isinstance(found, Speech) else ENGLISH


@register.simple_tag
@lru_cache(maxsize=512)
def status(key: str, word: str = "") -> SafeString:
    """A status as a shape and a word; the colour only helps. ``word`` replaces the usual one.

    Kept once drawn: a list says the same few of them on every line.
    """
    found = shapes.of(str(key))
    return format_html('<span class="status {}">{}{}</span>', found.tone, shapes.drawn(found.shape), word or found.word)


@register.filter
def of(words: Mapping[str, str], key: str) -> str:
    """The word for a key; the key in plain letters where there is none."""
    return words.get(key, str(key).replace("_", " "))


@register.filter
def tone(key: str) -> str:
    """The tone of a status, for a class: good, soon, stop, wait or still."""
    return shapes.of(str(key)).tone


@register.filter
def word(key: str) -> str:
    """The usual word of a status."""
    return shapes.of(str(key)).word


@register.filter
def shape(key: str) -> SafeString:
    """The usual drawing of a status."""
    return shapes.drawn(shapes.of(str(key)).shape)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as a person writes it: May 17, 2026. A moment is told as its day in Alberta."""
    return ENGLISH.day(value)


@register.filter
def days_in_words(text: str) -> str:
    """A reason of the rules, its days written as people write them."""
    return words.days_written(text)


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in Alberta's time: May 17, 2026, 4:05 pm."""
    if value is None:
        return ""
    there = value.astimezone(ALBERTA)
    return f"{day(value)}, {there.hour % 12 or 12}:{there:%M} {'am' if there.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


@register.filter
def money(value: Decimal | int | None) -> str:
    """Dollars and cents: $1,170.00. Halves of a cent go up."""
    if value is None:
        return ""
    return f"${Decimal(value).quantize(Decimal('0.01'), ROUND_HALF_UP):,}"


@register.filter
def percent(value: Fraction | None) -> str:
    """A share as a page shows it: one decimal, halves up. Never used to decide anything."""
    if value is None:
        return "not counted"
    tenths = (Fraction(value) * 1000 + Fraction(1, 2)) // 1
    return f"{tenths // 10}.{tenths % 10}\u00a0%"


@register.filter
def points(value: Points | None) -> str:
    """Points as they are, halves too; nothing where there are none."""
    return "" if value is None else exact(value)


@register.filter
def anchor(field: BoundField) -> str:
    """Where a field's error leads: its first input, which for a group of choices is the first choice."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def group(field: BoundField) -> bool:
    """Tell whether a field is a group of choices or inputs, which wants a legend and not a label."""
    return bool(field.field.widget.use_fieldset)


@register.filter
def bare(field: BoundField) -> SafeString:
    """A field's input without a placeholder: its label says the same, stays while one types, and is no pale text."""
    field.field.widget.attrs.pop("placeholder", None)
    return field.as_widget()


@register.filter
def kind(field: BoundField) -> str:
    """What a field's input is: radio, checkbox, file, password or text."""
    widget = field.field.widget
    return str(getattr(widget, "input_type", "") or type(widget).__name__.lower())


@register.simple_tag
def demonstration_people() -> list[asked.Acquaintance]:
    """The people a visitor of the demonstration may be."""
    return asked.people()


@register.simple_tag(takes_context=True)
def demonstration_code(context: Any) -> str:
    """The code a person of the demonstration would see on their phone; empty for anybody else."""
    return demonstration.code_of(context["request"])
