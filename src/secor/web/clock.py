"""The one place where pages look at a clock."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings

from secor.queries.clock import days_ahead
from secor.usecases.act import ALBERTA


def now() -> datetime:
    """The present moment, in UTC; in the demonstration, as many days on as its visitors have moved it."""
    moment = datetime.now(UTC)
    return moment + timedelta(days=days_ahead()) if settings.DEMONSTRATION else moment


def day_of(moment: datetime) -> date:
    """The day of ``moment`` in Alberta."""
    return moment.astimezone(ALBERTA).date()
