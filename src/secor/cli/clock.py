"""The one place where commands look at a clock. Pages have their own: neither side may lean on the other."""

from datetime import UTC, datetime, timedelta

from django.conf import settings

from secor.queries.clock import days_ahead


def now() -> datetime:
    """The present moment, in UTC; in the demonstration, as many days on as its visitors have moved it."""
    moment = datetime.now(UTC)
    return moment + timedelta(days=days_ahead()) if settings.DEMONSTRATION else moment
