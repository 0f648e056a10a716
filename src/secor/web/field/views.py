"""The field app: a shell that opens without a signal, and the few things it asks of the server."""

from __future__ import annotations

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import Http404, HttpResponse, JsonResponse, RawPostDataException
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static

from secor.core.form import Field, Form
from secor.core.rhythm import Rhythm
from secor.core.role import EMPLOYER_SIDE
from secor.core.trade import Condition
from secor.core.wording import in_words
from secor.queries import employers, library, programs
from secor.queries import records as asked
from secor.queries.employers import Employer
from secor.queries.records import FormInUse, Receipt
from secor.usecases import arrivals, pictures, records
from secor.usecases.act import Refusal
from secor.web.door import READING, door, public
from secor.web.http import SignedIn, Visit

SCRIPTS = ("app", "store", "form", "pad", "photos", "send", "words")
FILES = ("secor.css", "field/field.css", "mark.svg", *(f"field/{name}.js" for name in SCRIPTS))
POSTING = frozenset({"POST"})
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DIGITS = re.compile(r"[0-9]{1,12}")


@public
def shell(request: Visit) -> HttpResponse:
    """The app's one page. The same for everybody, so that a phone may keep it; it holds nothing about anybody."""
    return render(request, "field/shell.html", {"files": _addresses()})


@public
def worker(request: Visit) -> HttpResponse:
    """The service worker: it keeps the app's own files on the phone. Its text changes when one of them does."""
    page = {"version": _version(), "files": json.dumps([request.build_absolute_uri("/field/"), *_addresses().values()])}
    response = render(request, "field/worker.js", page, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@public
def manifest(_request: Visit) -> HttpResponse:
    """What a phone needs to know to put the app on its first screen."""
    told = {
        "name": "SECOR field",
        "short_name": "SECOR",
        "start_url": "/field/",
        "scope": "/field/",
        "display": "standalone",
        "background_color": "#f4f7f5",
        "theme_color": "#0c3547",
        "icons": [{"src": static("mark.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@door(*sorted(EMPLOYER_SIDE), methods=READING)
def kits(request: SignedIn) -> HttpResponse:
    """Everything that a phone needs to fill in forms for a week: for each of one's businesses."""
    mine = [_kit(request, employer) for employer in employers.mine(request.keys)]
    return JsonResponse({"token": get_token(request), "me": _me(request), "kits": mine})


@door(*sorted(EMPLOYER_SIDE), methods=POSTING)
def record(request: SignedIn, code: str) -> HttpResponse:
    """Keep one record. The same record again gives the same receipt."""
    employer = _mine(request, code)
    try:
        sent = json.loads(request.body)
    except (ValueError, RawPostDataException):
        return _refused("This is no record: it is not JSON.", 400)
    if not isinstance(sent, dict):
        return _refused("This is no record: it has no fields.", 400)
    try:
        receipt = records.keep(request.act, employer=employer, sent=sent)
    except records.Differs as refusal:
        return _refused(str(refusal), 409, kept=_told(refusal.kept))
    except Refusal as refusal:
        return _refused(str(refusal), 422)
    return JsonResponse(_told(receipt))


@door(*sorted(EMPLOYER_SIDE), methods=READING)
def kept(request: SignedIn, code: str, uid: UUID) -> HttpResponse:
    """What a kept record says, for a correction of it. One that was corrected, or stands on paper, is not there."""
    employer = _mine(request, code)
    row = asked.reached(request.scope, uid)
    if row is None or row.employer_id != employer.pk or row.corrected or row.on_paper:
        raise Http404
    return JsonResponse({"form": row.form, "on": row.on.isoformat(), "values": row.values})


@door(*sorted(EMPLOYER_SIDE), methods=POSTING)
def photo(request: SignedIn, code: str, sha256: str) -> HttpResponse:
    """Keep a piece of a photo, and tell how many bytes are there. An empty piece only asks."""
    employer = _mine(request, code)
    at, of = request.GET.get("at", ""), request.GET.get("of", "")
    if not (_SHA256.fullmatch(sha256) and _DIGITS.fullmatch(at) and _DIGITS.fullmatch(of)):
        raise Http404
    try:
        have = arrivals.take(request.act, employer=employer, sha256=sha256, of=int(of), at=int(at), piece=request.body)
    except RawPostDataException:
        return _refused("A piece of a photo is sent as it is, not as a form.", 400)
    except Refusal as refusal:
        return _refused(str(refusal), 422)
    return JsonResponse({"have": have})


def _me(request: SignedIn) -> str:
    """Tells one person from another on a phone that several sign in on, and says nothing about them."""
    return hashlib.sha256(f"field {request.user.pk}".encode()).hexdigest()[:16]


def _mine(request: SignedIn, code: str) -> Employer:
    """The business of that code, if the person belongs to it; else it is not there."""
    found = next((each for each in employers.mine(request.keys) if each.code == code), None)
    if found is None:
        raise Http404
    return found


def _refused(why: str, status: int, **more: Any) -> HttpResponse:
    return JsonResponse({"refused": why, **more}, status=status)


def _told(receipt: Receipt) -> dict[str, Any]:
    return {
        "uid": str(receipt.uid),
        "fingerprint": receipt.fingerprint,
        "photos": {"kept": receipt.photos_kept, "awaited": receipt.photos_awaited},
        "signatures": receipt.signatures,
        "problems": list(receipt.problems),
    }


def _kit(request: SignedIn, employer: Employer) -> dict[str, Any]:
    forms = records.hand_out(request.act, employer=employer)
    program = programs.program_of(employer)
    conditions = {Condition(each) for each in program.conditions} if program else set()
    wanted = [use for use in forms.values() if not conditions or use.form.when <= conditions]
    return {
        "code": employer.code,
        "name": employer.trade_name or employer.legal_name,
        "heic": pictures.reads_heic(),
        "forms": [_form(use) for use in sorted(wanted, key=_busiest_first)],
        "workers": [
            {"code": each.code, "name": each.name, "language": each.language}
            for each in programs.workers_of(employer, on=request.on)
        ],
        "sites": [{"code": str(each.pk), "name": each.name} for each in employers.sites_of(employer)],
    }


def _busiest_first(use: FormInUse) -> tuple[int, str]:
    """What is filled in before each job stands before what is filled in once a year."""
    return list(Rhythm).index(use.form.rhythm), use.form.title


def _form(use: FormInUse) -> dict[str, Any]:
    """A form with its words in every language there is."""
    said = {"en": _said(use.form)}
    for language in library.languages()[1:]:
        wording = library.wording(language, use.form.key)
        if wording is not None:
            said[language] = _said(in_words(use.form, wording))
    return {"key": use.form.key, "digest": use.digest, "quick": use.form.quick, "said": said}


def _said(form: Form) -> dict[str, Any]:
    return {"title": form.title, "why": form.why, "fields": [_field(field) for field in form.fields]}


def _field(field: Field) -> dict[str, Any]:
    condition = field.shown_when
    return {
        "key": field.key,
        "kind": field.kind.value,
        "label": field.label,
        "hint": field.hint,
        "required": field.required,
        "signs": field.signs,
        "choices": [[choice.key, choice.label] for choice in field.choices],
        "fields": [_field(inner) for inner in field.fields],
        "shown_when": {"field": condition.field, "one_of": list(condition.one_of)} if condition else None,
    }


def _addresses() -> dict[str, str]:
    """The app's files by their plain names: its modules call each other so, and the worker keeps them together."""
    return {name.replace("/", "_").replace(".", "_"): _plain(name) for name in FILES}


def _plain(name: str) -> str:
    return f"{settings.STATIC_URL}{name}"


@cache
def _version() -> str:
    """A word that changes when any of the app's files does."""
    digest = hashlib.sha256()
    for name in FILES:
        found = finders.find(name)
        if isinstance(found, str):
            digest.update(Path(found).read_bytes())
    return digest.hexdigest()[:16]
