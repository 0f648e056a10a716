"""The employer's desk on 3 September 2024, with Rosa signed in."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from cast import cast, signed_in

TODAY = date(2024, 9, 3)


@pytest.fixture
def stage(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: datetime(2024, 9, 3, 18, tzinfo=UTC))
    return cast()


@pytest.fixture
def rosa(client, stage):
    return signed_in(client, stage.rosa)


@pytest.fixture
def at(stage):
    return lambda page="home": reverse(f"employer:{page}", args=[stage.roofing.code])
