"""The pages, and the check that every one of them says who may call it."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class WebConfig(AppConfig):
    """Registers the start-up check."""

    name = "secor.web"
    label = "web"

    def ready(self) -> None:
        """Make an undeclared route stop the start."""
        from secor.web.door import every_route_has_a_door  # noqa: PLC0415 - tables are not there before ready()

        register(every_route_has_a_door, Tags.urls)
