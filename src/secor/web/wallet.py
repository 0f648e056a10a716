"""A worker's tickets on one page: for their own phone, for the owner, and for whoever was given the address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from secor.queries import tickets
from secor.queries.tickets import Held
from secor.queries.workers import Worker
from secor.web.square import square


@dataclass(frozen=True, slots=True)
class Wallet:
    """A wallet as a page shows it. ``address`` and ``code`` are empty where outsiders may not look."""

    worker: Worker
    business: str
    held: tuple[Held, ...]
    address: str
    code: SafeString | str


def wallet_page(worker: Worker, *, on: date) -> Wallet:
    """A worker's wallet on a day, without the tickets that a later one of their kind has taken the place of."""
    held = tuple(each for each in tickets.wallet_of(worker, on=on) if not each.renewed)
    address = settings.SITE_URL + reverse("public:wallet", args=[worker.wallet]) if worker.wallet else ""
    code = square(address, title="Square code that leads to these tickets") if address else ""
    business = worker.employer.trade_name or worker.employer.legal_name
    return Wallet(worker, business, held, address, code)
