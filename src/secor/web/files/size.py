"""A form too large to be taken is answered before a byte of it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

TOO_LARGE = 413
# Beside the file, a form holds its other fields and the seams between them.
THE_REST = 1024 * 1024
# What is read and thrown away so that the browser, which sends before it listens, still hears the answer.
HEARD_OUT = 512 * 1024 * 1024
PIECE = 256 * 1024
# Where a whole audit with its photos comes in as one file.
_WHOLE_AUDIT = re.compile(r"/auditor/[^/]+/bring/")


class SizeMiddleware:
    """Answers 413, with what to do, to a form whose length says that it holds more than the largest file."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the length alone. Django reads no more of a form than its length says, so this cannot be lied to."""
        length = _length(request)
        largest = settings.AUDIT_FILE_MAX_BYTES if _WHOLE_AUDIT.fullmatch(request.path) else settings.EVIDENCE_MAX_BYTES
        if length <= largest + THE_REST:
            return self.get_response(request)
        _hear_out(request, length)
        part = bool(request.headers.get("HX-Request"))
        template = "auditor/parts/_too_big.html" if part else "refusals/too_big.html"
        most = largest // THE_REST
        return render(request, template, {"most": most, "back": request.path}, status=TOO_LARGE)


def _length(request: HttpRequest) -> int:
    written = request.META.get("CONTENT_LENGTH") or "0"
    return int(written) if written.isascii() and written.isdigit() else 0


def _hear_out(request: HttpRequest, length: int) -> None:
    """Read the form to its end in small pieces and keep none of them."""
    left = min(length, HEARD_OUT)
    while left > 0:
        piece = request.read(min(PIECE, left))
        if not piece:
            return
        left -= len(piece)
