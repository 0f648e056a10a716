"""What a session remembers of a worker who came in with a PIN. It lasts a working day, and ends with the link or PIN.

A session is either somebody's who signed in, or a worker's: coming in with a PIN begins a new one.
"""

from __future__ import annotations

from typing import Any

from django.middleware.csrf import rotate_token
from django.utils.crypto import constant_time_compare, salted_hmac

from secor.queries import crew
from secor.queries.crew import Crew, Worker

LINK, WORKER, PIN = "crew_link", "crew_worker", "crew_pin"
A_WORKING_DAY = 12 * 60 * 60
BEFORE_ONES_OWN_PIN = frozenset({"crew:own_pin", "crew:leave"})


def open_by(request: Any, link: crew.CrewLink) -> None:
    """Remember that the crew's link was opened here. Whoever came in through another is out."""
    if request.session.get(LINK) != link.pk:
        request.session.pop(WORKER, None)
        request.session.pop(PIN, None)
        request.session[LINK] = link.pk


def crew_of(request: Any) -> Crew | None:
    """The crew whose link was opened here, while it is in use."""
    return crew.crew_of(request.session.get(LINK), on=request.on)


def worker_of(request: Any) -> Worker | None:
    """The worker who came in here, while they work there and their PIN is the same."""
    opened: Crew = request.crew
    worker = opened.worker(str(request.session.get(WORKER, "")))
    if worker is None or not constant_time_compare(str(request.session.get(PIN, "")), _mark(worker)):
        return None
    return worker


def let_in(request: Any, worker: Worker) -> None:
    """Begin a session of the worker's own, in place of whoever was signed in on this phone."""
    link = request.session[LINK]
    request.session.flush()
    request.session[LINK], request.session[WORKER], request.session[PIN] = link, worker.code, _mark(worker)
    request.session.set_expiry(A_WORKING_DAY)
    rotate_token(request)


def let_out(request: Any) -> None:
    """End the worker's session; the link stays open here, for the next name."""
    link = request.session.get(LINK)
    request.session.flush()
    if link is not None:
        request.session[LINK] = link


def _mark(worker: Worker) -> str:
    """Tells one PIN of a worker from the next without telling anything of it."""
    return salted_hmac("secor.web.crew.inside", f"{worker.code}:{worker.pin}").hexdigest()
