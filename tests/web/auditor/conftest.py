"""A scene on a day, a shelf of its own, and a browser that somebody signed in with."""

import pytest
from django.urls import reverse

from assessments import AT, fill, scene


@pytest.fixture(autouse=True)
def a_day_and_a_shelf(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr("secor.web.clock.now", lambda: AT)


@pytest.fixture
def there(db):
    return scene()


@pytest.fixture
def filled(db):
    made = scene()
    fill(made)
    return made


@pytest.fixture
def desk(client):
    """Open or send a page of the desk: ``desk(there, "element", 1, who="dev", data=...)``."""

    def call(there, page, *args, who="dev", data=None, **more):
        if call.who != who:  # signing in costs queries of its own
            client.force_login(getattr(there, who))
            call.who = who
        address = reverse(f"auditor:{page}", args=[there.audit.code, *args])
        return client.get(address) if data is None else client.post(address, data, **more)

    call.who = ""
    return call
