"""The one Django app with tables."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Its label is short because it begins the name of every table."""

    name = "secor.store"
    label = "secor"
    verbose_name = "SECOR"
