"""How far the demonstration's day runs ahead of the calendar."""

from secor.store.models import DemonstrationDay


def days_ahead() -> int:
    """The days ahead; 0 where nobody has moved the demonstration's day."""
    return DemonstrationDay.objects.values_list("days_ahead", flat=True).first() or 0
