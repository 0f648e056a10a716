"""Ten thousand members of one partner, nine of ten with a forecast it may see: what its overview costs. One JSON object.

The rows are written in bulk, as the acts and the sender would leave them; the queries and the page are the site's own.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secor.config.settings")

import django

django.setup()

import world  # noqa: E402
from django.db import connection  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from secor.queries import forecasts as asked  # noqa: E402
from secor.queries.people import Scope  # noqa: E402
from secor.store import indexes  # noqa: E402
from secor.store.models import Certificate, Chain, Employer, ForecastConsent, KeptForecast, Membership  # noqa: E402
from secor.store.scope import house  # noqa: E402
from secor.usecases import forecasts  # noqa: E402
from secor.usecases.act import Act  # noqa: E402
from secor.usecases.province import scale  # noqa: E402
from secor.usecases.province.cast import the_offices  # noqa: E402

MEMBERS = 10_000
RUNS = 25
ALL = house("a measurement writes a province")
NOW = datetime.now(UTC)
TODAY = Act(None, NOW).on


def main() -> None:
    """Lay the members, and measure each page, the look for what is stale, and one forecast worked out anew."""
    scale.lay(MEMBERS, at=NOW)
    office = the_offices()[0]
    Membership.objects.within(ALL).update(partner=office.partner)
    Certificate.objects.within(ALL).update(partner=office.partner)
    _consents(office.partner.pk)
    indexes.count()
    scope = Scope(partners=frozenset({office.partner.pk}))
    with CaptureQueriesContext(connection) as queries:
        asked.overview(scope, on=TODAY, wish=asked.Wish())
    one = Employer.objects.within(ALL).order_by("-pk")[0]
    print(
        json.dumps(
            {
                "queries": len(queries),
                "first_ms": _took(lambda: asked.overview(scope, on=TODAY, wish=asked.Wish())),
                "deep_ms": _took(lambda: asked.overview(scope, on=TODAY, wish=asked.Wish(number=200))),
                "filtered_ms": _took(
                    lambda: asked.overview(scope, on=TODAY, wish=asked.Wish(due_soon=True, would_fail=True))
                ),
                "stale_ms": _took(lambda: asked.stale(on=TODAY, most=50)),
                "refresh_ms": _took(lambda: forecasts.refresh(one, on=TODAY)),
                "registrar": world.session(office.registrar),
            }
        )
    )


def _consents(partner: int) -> None:
    chance = random.Random(1)
    keys = list(Employer.objects.within(ALL).order_by("pk").values_list("pk", flat=True))
    sharing = [key for key in keys if key % 10]
    consents = ForecastConsent.objects.bulk_create(
        [ForecastConsent(employer_id=key, partner_id=partner, given_on=TODAY) for key in sharing], batch_size=2_000
    )
    Chain.objects.bulk_create([Chain(name=f"employer:{key}", length=1) for key in sharing], batch_size=2_000)
    KeptForecast.objects.bulk_create((_kept(each, chance) for each in consents), batch_size=2_000)


def _kept(consent: ForecastConsent, chance: random.Random) -> KeptForecast:
    points = chance.randint(0, 1000)
    weak = [{"element": nth, "awarded": f"{2 * points // 25 + 1}/2", "possible": "100"} for nth in (2, 5, 9)]
    return KeptForecast(
        consent=consent,
        employer_id=consent.employer_id,
        as_of_on=TODAY,
        chain_id=f"employer:{consent.employer_id}",
        place=1,
        audit_on=TODAY,
        instrument="secor-open",
        awarded=points,
        possible=1000,
        millionths=points * 1000,
        passes=points >= 800,
        can_pass=points >= 300,
        weakest=weak,
        guessed=31,
        questions=63,
    )


def _took(call: Callable[[], object]) -> list[float]:
    call()
    took = []
    for _ in range(RUNS):
        began = time.perf_counter()
        call()
        took.append(1000 * (time.perf_counter() - began))
    return [min(took), statistics.median(took), max(took)]


if __name__ == "__main__":
    main()
