"""The description of everything here, as OpenAPI 3.1: written from the declared answers and the map, by no other hand.

`docs/openapi.json` is this, kept; a test fails when they differ, so that no answer changes unseen.
"""

from __future__ import annotations

import re
import types
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern

from secor.api.offer import LONGEST, Asked, Offer
from secor.core.access import MEANINGS
from secor.core.problem_details import MEDIA_TYPE

VERSION = "1.0.0"
PLAIN = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
    UUID: {"type": "string", "format": "uuid"},
}
PROBLEM = {
    "type": "object",
    "description": "What is the matter (RFC 9457). `detail` is for a person to read.",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}
WRONG = {
    400: "Something in the address is not what it should be.",
    401: "No token, or one that opens nothing any more.",
    403: "The token's role or scopes do not open this.",
    404: "There is no such thing, or none that this token may read.",
    429: "Too many requests in one minute; `Retry-After` says how many seconds to wait.",
}
PART = re.compile(r"<(?:\w+:)?(\w+)>")


def description(patterns: list[URLPattern], *, under: str) -> dict[str, Any]:
    """Describe every offered answer of a map whose addresses begin with ``under``."""
    offered = [(str(each.pattern), each, offer) for each in patterns if (offer := offer_of(each)) is not None]
    told = sorted({offer.told for _, _, offer in offered}, key=lambda each: each.__name__)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "SECOR",
            "version": VERSION,
            "summary": "Small employers' certificates: the register for everyone, one's own things with a token.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {_address(under + at): {"get": _operation(at, each, offer)} for at, each, offer in offered},
        "components": {
            "schemas": {each.__name__: _schema(each) for each in told} | {"Problem": PROBLEM},
            "securitySchemes": {
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A token from the account page. Scopes: "
                    + "; ".join(f"`{scope.value}` {meaning}" for scope, meaning in MEANINGS.items())
                    + ".",
                }
            },
        },
    }


def offer_of(pattern: URLPattern) -> Offer | None:
    """What an address of the map offers, if it does."""
    return getattr(pattern.callback, "offer", None)


def page_of(patterns: list[URLPattern], *, under: str) -> Any:
    """The page that shows the description."""

    def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - it is the same for everybody
        return JsonResponse(description(patterns, under=under), json_dumps_params={"indent": 2, "ensure_ascii": False})

    return openapi


def _address(written: str) -> str:
    return PART.sub(r"{\1}", written)


def _operation(at: str, pattern: URLPattern, offer: Offer) -> dict[str, Any]:
    parts = PART.findall(at)
    told: dict[str, Any] = {
        "operationId": pattern.name,
        "summary": offer.summary,
        "parameters": [*map(_in_address, parts), *map(_in_question, offer.asked)],
        "responses": {"200": _good(offer), "304": {"description": "Nothing changed since the answer with that ETag."}}
        | {str(status): _bad(status) for status in _statuses(offer, parts)},
    }
    if offer.token:
        scopes = f"Asks for a token with `{offer.scope.value}`" if offer.scope else "Asks for any token"
        roles = f", of: {', '.join(sorted(offer.roles))}" if offer.roles else ""
        told |= {"description": f"{scopes}{roles}.", "security": [{"token": []}]}
    return told


def _statuses(offer: Offer, parts: list[str]) -> list[int]:
    asked = [400] if offer.asked else []
    token = [401, 429] if offer.token else []
    scoped = [403] if offer.scope else []
    return sorted([*asked, *token, *scoped, *([404] if parts else [])])


def _good(offer: Offer) -> dict[str, Any]:
    ref = {"$ref": f"#/components/schemas/{offer.told.__name__}"}
    headers = {"ETag": {"schema": {"type": "string"}}}
    if offer.many:
        headers["Link"] = {"schema": {"type": "string"}}
    schema = {"type": "array", "items": ref} if offer.many else ref
    return {"description": offer.summary, "headers": headers, "content": {"application/json": {"schema": schema}}}


def _bad(status: int) -> dict[str, Any]:
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": WRONG[status], "content": content}


def _in_address(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _in_question(asked: Asked) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "maxLength": LONGEST}
    if asked.least is not None:
        schema = {"type": "integer", "minimum": asked.least, "maximum": asked.most}
    return {"name": asked.name, "in": "query", "required": asked.needed, "description": asked.told, "schema": schema}


def _schema(told: type) -> dict[str, Any]:
    hints = get_type_hints(told)
    assert is_dataclass(told), "what programs are told is a dataclass"
    return {
        "type": "object",
        "description": " ".join((told.__doc__ or "").split()),
        "required": [each.name for each in fields(told)],
        "properties": {each.name: _of(hints[each.name]) for each in fields(told)},
        "additionalProperties": False,
    }


def _of(hint: Any) -> dict[str, Any]:
    if hint in PLAIN:
        return PLAIN[hint]
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _of(get_args(hint)[0])}
    if get_origin(hint) in {Union, types.UnionType}:
        (plain,) = (each for each in get_args(hint) if each is not type(None))
        told = _of(plain)
        return told | {"type": [told["type"], "null"]}
    raise TypeError(f"{hint} has no form in JSON here.")
