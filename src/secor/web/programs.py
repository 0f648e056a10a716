"""The door for programs: a token in the header, and no cookie. A session opens nothing here, and a token no page.

A program that asks too often waits for the next minute: each token has so many requests in one, counted for each
process of the site.
"""

from __future__ import annotations

import json
from typing import Any

from django.core.cache import cache
from django.http import HttpResponse

from secor.core.access import AccessScope
from secor.core.problem_details import MEDIA_TYPE, problem_details
from secor.core.role import RoleKind
from secor.queries import access, people
from secor.usecases.access import used
from secor.usecases.act import Act

A_MINUTE = 60
MOST_IN_A_MINUTE = 600
HOW_TO_ASK = "Show a token: `Authorization: Bearer secor_...`. People make them on the page of their account."
OVER = "This token opens nothing: it was withdrawn, it ran out, or its person does not hold the role any more."


def come_in(request: Any, *, scope: AccessScope | None, roles: frozenset[RoleKind]) -> HttpResponse | None:
    """Answer in the page's place when the token does not open it; None lets the page answer.

    ``scope`` None asks for any token. Without ``roles``, any role will do.
    """
    request.roles, request.scope, request.keys = (), people.Scope(), ()
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not secret.strip():
        return _refuse(401, HOW_TO_ASK, **{"WWW-Authenticate": "Bearer"})
    token = access.holder(secret.strip(), on=request.on)
    if token is None:
        return _refuse(401, OVER, **{"WWW-Authenticate": 'Bearer error="invalid_token"'})
    if _too_often(token.pk, int(request.act.at.timestamp())):
        wait = A_MINUTE - int(request.act.at.timestamp()) % A_MINUTE
        return _refuse(429, f"That was too fast. Go on in {wait} seconds.", **{"Retry-After": str(wait)})
    if scope is not None and scope.value not in token.scopes:
        wants = f'Bearer error="insufficient_scope", scope="{scope.value}"'
        return _refuse(403, f"This token lacks the scope {scope.value}.", **{"WWW-Authenticate": wants})
    if roles and token.role.kind not in roles:
        return _refuse(403, "The role of this token does not open this.")
    _tell(request, token)
    return None


def _tell(request: Any, token: access.AccessToken) -> None:
    """Tell the request who asks through the token, and what that reaches."""
    request.user, request.token = token.person, token
    request.act = Act(token.person, request.act.at)
    request.roles = request.keys = (token.role,)
    request.scope = access.scope_through(token)
    used(token, on=request.on)


def _too_often(token: int, second: int) -> bool:
    key = f"programs:{token}:{second // A_MINUTE}"
    cache.add(key, 0, timeout=2 * A_MINUTE)
    return cache.incr(key) > MOST_IN_A_MINUTE


def _refuse(status: int, detail: str, **headers: str) -> HttpResponse:
    told = json.dumps(problem_details(status, detail))
    return HttpResponse(told, status=status, content_type=MEDIA_TYPE, headers=headers)
