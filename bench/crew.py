"""Five years of one crew's records, kept one by one, and how long its forecast takes. Prints one JSON object."""

from __future__ import annotations

import json
import os
import resource
import statistics
import time
from datetime import UTC, date, datetime, timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "secor.config.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from secor.papers.binder import BinderPaper, binder  # noqa: E402
from secor.queries.actions import listed  # noqa: E402
from secor.queries.binders import binder_of  # noqa: E402
from secor.queries.readiness import readiness_of  # noqa: E402
from secor.store import indexes  # noqa: E402
from secor.store.scope import house  # noqa: E402
from secor.usecases.act import Act  # noqa: E402
from secor.usecases.province.cast import the_offices  # noqa: E402
from secor.usecases.province.crew import ROOFERS, Crew  # noqa: E402
from secor.usecases.province.story import Story  # noqa: E402
from secor.usecases.province.year import Year  # noqa: E402

YEARS = 5
RUNS = 25
TODAY = Act(None, datetime.now(UTC)).on


def main() -> None:
    """Tell the years, ask for the forecast, and sign the owner in for the phone that comes next."""
    story = Story(ROOFERS, the_offices()[0], number=40)
    began = TODAY - timedelta(days=365 * YEARS)
    story.joins(began - timedelta(days=30))
    crew = Crew(story).hires(began - timedelta(days=2)).writes_program(began)
    at = time.perf_counter()
    kept = Year(crew, begun_on=began).told(began, TODAY - timedelta(days=1))
    seconds = time.perf_counter() - at
    indexes.count()
    print(
        json.dumps(
            {
                "records": kept,
                "keep_ms": seconds * 1000 / kept,
                "forecast_ms": _forecasts(story, TODAY),
                "binder": _binder(story, TODAY),
                "session": _session(story),
            }
        )
    )


def _binder(story: Story, on: date) -> dict[str, float]:
    """Print the binder, and tell how many records are in it, its seconds, and the press's memory at its highest."""
    at = time.perf_counter()
    held = binder_of(story.employer, scope=house("a measurement reads everything"), on=on)
    paper = BinderPaper("Measured Ltd.", "", on, held, listed(story.employer, on=on), (), ())
    binder(paper, at=datetime.now(UTC))
    seconds = time.perf_counter() - at
    press = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {"printed": held.printed, "seconds": seconds, "mb": press}


def _forecasts(story: Story, on: date) -> list[float]:
    readiness_of(story.employer, on=on)
    took = []
    for _ in range(RUNS):
        at = time.perf_counter()
        readiness_of(story.employer, on=on)
        took.append((time.perf_counter() - at) * 1000)
    return [min(took), statistics.median(took), max(took)]


def _session(story: Story) -> str:
    kept = SessionStore()
    kept[SESSION_KEY] = str(story.owner.pk)
    kept[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    kept[HASH_SESSION_KEY] = story.owner.get_session_auth_hash()
    kept.save()
    return str(kept.session_key)


main()
