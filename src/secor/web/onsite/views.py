"""The on-site app: a shell that opens without a signal, and the few things it asks of the server."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse, RawPostDataException
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static

from secor.core.audit import Kind
from secor.queries import audits
from secor.usecases import arrivals, evidence
from secor.usecases import takes as act
from secor.usecases.act import Refusal
from secor.web.auditor.pages import ASSESSORS, reached
from secor.web.door import READING, door, public
from secor.web.http import SignedIn, Visit
from secor.web.onsite.kit import kit_of

FILES = (
    "secor.css",
    "field/field.css",
    "onsite/onsite.css",
    "mark.svg",
    "field/photos.js",
    "field/store.js",
    "field/words.js",
    *(f"onsite/{name}.js" for name in ("app", "base", "inputs", "lay", "send")),
)
POSTING = frozenset({"POST"})
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DIGITS = re.compile(r"[0-9]{1,12}")


@public
def shell(request: Visit) -> HttpResponse:
    """The app's one page. The same for everybody, so that a device may keep it; it holds nothing about anybody."""
    return render(request, "onsite/shell.html", {"files": _addresses()})


@public
def worker(request: Visit) -> HttpResponse:
    """The service worker: it keeps the app's own files on the device. Its text changes when one of them does."""
    files = [request.build_absolute_uri("/onsite/"), *_addresses().values()]
    page = {"version": _version(), "files": json.dumps(files)}
    response = render(request, "onsite/worker.js", page, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@public
def manifest(_request: Visit) -> HttpResponse:
    """What a device needs to know to put the app on its first screen."""
    told = {
        "name": "SECOR on site",
        "short_name": "On site",
        "start_url": "/onsite/",
        "scope": "/onsite/",
        "display": "standalone",
        "background_color": "#f4f7f5",
        "theme_color": "#0c3547",
        "icons": [{"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@door(*ASSESSORS, methods=READING)
def kits(request: SignedIn) -> HttpResponse:
    """The audits that the person is doing, each with all that a day without a signal needs."""
    mine = [
        audit
        for audit in audits.assigned_to(request.user, keys=request.keys)
        if audit.writable and audit.kind != Kind.ACTION_PLAN.value
    ]
    me = hashlib.sha256(f"onsite {request.user.pk}".encode()).hexdigest()[:16]
    told = {"token": get_token(request), "me": me, "audits": [kit_of(each, person=request.user) for each in mine]}
    return JsonResponse(told)


@door(*ASSESSORS, methods=POSTING)
def takes(request: SignedIn, code: str) -> HttpResponse:
    """Keep what a device brought. What is kept already is kept; what cannot be is told one by one."""
    audit = reached(request, code)
    sent = _json(request)
    if not isinstance(sent, list):
        return _refused("These are no answers: what came is not a list.", 400)
    try:
        told = act.keep(request.act, audit=audit, sent=sent)
    except Refusal as refusal:
        return _refused(str(refusal), 422)
    return JsonResponse({"kept": list(told.kept), "refused": dict(told.refused)})


@door(*ASSESSORS, methods=POSTING)
def photo(request: SignedIn, code: str, sha256: str) -> HttpResponse:
    """Keep a piece of a photo, and tell how many bytes are there. An empty piece only asks."""
    audit = reached(request, code)
    at, of = request.GET.get("at", ""), request.GET.get("of", "")
    if not (_SHA256.fullmatch(sha256) and _DIGITS.fullmatch(at) and _DIGITS.fullmatch(of)):
        raise Http404
    try:
        have = arrivals.take(
            request.act,
            employer=audit.employer,
            audit=audit,
            sha256=sha256,
            of=int(of),
            at=int(at),
            piece=request.body,
        )
    except RawPostDataException:
        return _refused("A piece of a photo is sent as it is, not as a form.", 400)
    except Refusal as refusal:
        return _refused(str(refusal), 422)
    return JsonResponse({"have": have})


@door(*ASSESSORS, methods=POSTING)
def proof(request: SignedIn, code: str) -> HttpResponse:
    """Put a photo that came beside its question."""
    audit = reached(request, code)
    sent = _json(request)
    if not isinstance(sent, dict):
        return _refused("This is no photo: it has no question.", 400)
    question, sha256 = str(sent.get("question", "")), str(sent.get("sha256", ""))
    if audits.instrument_of(audit).question(question) is None:
        return _refused(f"There is no question {question[:20]} in this audit.", 422)
    try:
        piece = evidence.add_arrived(
            request.act, audit=audit, question=question, sha256=sha256, title=str(sent.get("title", ""))
        )
    except Refusal as refusal:
        return _refused(str(refusal), 422)
    return JsonResponse({"code": piece.code})


def _json(request: SignedIn) -> Any:
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError, RawPostDataException):
        return None


def _refused(why: str, status: int) -> HttpResponse:
    return JsonResponse({"refused": why}, status=status)


def _addresses() -> dict[str, str]:
    """The app's files by their plain names: its modules call each other so, and the worker keeps them together."""
    return {re.sub(r"[/.]", "_", name): f"{settings.STATIC_URL}{name}" for name in FILES}


@cache
def _version() -> str:
    """A word that changes when any of the app's files does."""
    digest = hashlib.sha256()
    for name in FILES:
        found = finders.find(name)
        if isinstance(found, str):
            digest.update(Path(found).read_bytes())
    return digest.hexdigest()[:16]
