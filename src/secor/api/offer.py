"""What programs may ask: each answer says what it tells, to whom, and under which scope of a token.

The doors are put on in `config/urls.py` from what is declared here, and `api/openapi.py` writes it all down, so that an
answer cannot be documented in one way and open in another.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from secor.core.access import AccessScope
from secor.core.problem_details import MEDIA_TYPE, problem_details
from secor.core.role import RoleKind
from secor.queries.access import AccessToken
from secor.queries.paging import LAST_PAGE, Page
from secor.queries.people import Person, Role, Scope
from secor.usecases.act import Act

READING = ("GET", "HEAD")
LONGEST = 100
Item = TypeVar("Item")


class FromProgram(HttpRequest):
    """A request from a program, with what its token reaches on the day. Without a token, only ``on`` is told."""

    on: date
    user: Person
    scope: Scope
    keys: tuple[Role, ...]
    token: AccessToken
    act: Act


class NotHere(Exception):  # noqa: N818 - a refusal is named for what is the matter
    """There is no such thing, or none that this token reaches. Its text is for the person."""


class NotUnderstood(Exception):  # noqa: N818 - the same
    """Something in the address is not what it should be. Its text says what it should be."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that can be asked for behind the question mark of an address."""

    name: str
    told: str
    least: int | None = None
    most: int | None = None
    needed: bool = False


PAGE = Asked("page", "Which page of the list, beginning with 1.", 1, LAST_PAGE)
SEARCH = Asked("q", "Part of a name, or a whole number of a certificate.")


@dataclass(frozen=True, slots=True)
class Offer:
    """One answer: the type it tells (many of them where it is a list), and the scope and roles that open it."""

    told: type
    summary: str
    many: bool = False
    scope: AccessScope | None = None
    roles: frozenset[RoleKind] = frozenset()
    asked: tuple[Asked, ...] = ()
    token: bool = False


Told = Callable[..., Any]


def offer(
    told: type,
    summary: str,
    *,
    scope: AccessScope | None = None,
    roles: Iterable[RoleKind] = (),
    many: bool = False,
    asked: tuple[Asked, ...] = (),
    token: bool = False,
) -> Callable[[Told], Callable[..., HttpResponseBase]]:
    """Offer what a function tells: with a scope, to tokens of these roles that have it; with ``token``, to any."""
    declared = Offer(told, summary, many, scope, frozenset(roles), asked, token or scope is not None)

    def put(tell: Told) -> Callable[..., HttpResponseBase]:
        @wraps(tell)
        def answer(request: FromProgram, **parts: Any) -> HttpResponseBase:
            if request.method not in READING:
                return problem(405, "This can only be read: ask with GET.", Allow=", ".join(READING))
            try:
                return _answered(request, declared, tell(request, **parts))
            except NotHere as refusal:
                return problem(404, str(refusal))
            except NotUnderstood as refusal:
                return problem(400, str(refusal))

        answer.offer = declared  # type: ignore[attr-defined]
        answer.csrf_exempt = True  # type: ignore[attr-defined]  # nothing is written, and no cookie opens anything
        return answer

    return put


def problem(status: int, detail: str, **headers: str) -> HttpResponse:
    """Answer with what is the matter."""
    told = json.dumps(problem_details(status, detail), ensure_ascii=False)
    return HttpResponse(told, status=status, content_type=MEDIA_TYPE, headers=headers)


def page_in(request: HttpRequest) -> int:
    """The page that is asked for. Refuses what is not a whole number from 1 to the last page."""
    written = request.GET.get("page", "1")
    if not (written.isascii() and written.isdigit() and len(written) <= len(str(LAST_PAGE))):
        raise NotUnderstood(f"`page` is a whole number from 1 to {LAST_PAGE}.")
    if not 1 <= int(written) <= LAST_PAGE:
        raise NotUnderstood(f"`page` is a whole number from 1 to {LAST_PAGE}.")
    return int(written)


def words_in(request: HttpRequest, name: str) -> str:
    """The words that are asked for, with a space for each sign that no name has. Refuses what is too long."""
    written = request.GET.get(name, "")
    if len(written) > LONGEST:
        raise NotUnderstood(f"`{name}` is at most {LONGEST} signs long.")
    return "".join(sign if sign.isprintable() else " " for sign in written)


def mapped(page: Page[Any], tell: Callable[[Any], Item]) -> Page[Item]:
    """The same page with each of its rows told."""
    return Page(tuple(tell(row) for row in page.rows), page.number, has_next=page.has_next)


def _answered(request: HttpRequest, declared: Offer, told: Any) -> HttpResponseBase:
    rows = [asdict(row) for row in told.rows] if declared.many else asdict(told)
    body = json.dumps(rows, default=_written, ensure_ascii=False).encode()
    answer = HttpResponse(body, content_type="application/json")
    if declared.many and (links := _links(request, told)):
        answer.headers["Link"] = links
    if not declared.token:  # public, and the same for everyone
        answer.headers["Access-Control-Allow-Origin"] = "*"
        answer.headers["Cache-Control"] = "public, max-age=60"
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    answer.headers["ETag"] = tag
    return get_conditional_response(request, etag=tag, response=answer) or answer


def _links(request: HttpRequest, page: Page[Any]) -> str:
    """The pages before and after (RFC 8288)."""
    ways = [("prev", page.previous_page_number)] * page.has_previous + [("next", page.next_page_number)] * page.has_next
    return ", ".join(f'<{_address(request, number)}>; rel="{word}"' for word, number in ways)


def _address(request: HttpRequest, number: int) -> str:
    asked = request.GET.dict() | {"page": str(number)}
    return f"{settings.SITE_URL}{request.path}?{urlencode(asked)}"


def _written(value: object) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON here.")
