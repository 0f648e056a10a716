"""What every test may lean on: a quick password hash, a served site, and a real browser."""

from __future__ import annotations

import atexit
import os
import shutil
import string
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import settings as chance

# Each run tries the same examples, so that what is red was made so by a change; the long form tries others each time.
chance.register_profile("each run", derandomize=True)
chance.register_profile("by chance", derandomize=False)
chance.load_profile("each run")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def pytest_configure() -> None:
    """Make a run depend on nothing around it: tables in a folder of their own, pages that need no collected files."""
    from django.conf import settings
    from django.db import connection
    from django.middleware import csrf

    # The secrets in a page's forms are of small letters here: one of capitals may spell a name that is not on the page.
    csrf.CSRF_ALLOWED_CHARS = string.ascii_lowercase + string.digits
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    if connection.vendor == "sqlite":
        folder = Path(tempfile.mkdtemp(prefix="secor-tests-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
        connection.settings_dict["TEST"]["NAME"] = str(folder / "test.sqlite3")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that opens a page is a browser test, whoever forgot to say so."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="LEFT OUT: there is no Chromium on this machine"))


@pytest.fixture(autouse=True)
def _quick_to_hash(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _files_of_its_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.KEYS = tmp_path / "keys"
    settings.LOG = tmp_path / "log"


@pytest.fixture(autouse=True)
def _nothing_drawn_before():
    """Another test's rows may bear the same keys."""
    from secor.web import kept

    kept.forget_all()


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """One Chromium for all tests of this process."""
    from playwright.sync_api import sync_playwright

    # Playwright's loop runs in this thread, which Django would take for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield started
        started.close()


@dataclass
class Browser:
    """A visitor: a page of a size, at the address of the served site, with whoever signed in."""

    page: object
    url: str

    def open(self, path: str) -> None:
        answer = self.page.goto(self.url + path)
        assert answer is not None and answer.status < 500, f"{path} answered {answer and answer.status}"

    def sign_in(self, person, *, second_factor: bool = False) -> None:
        """Carry a session made on the server into the browser; the sign-in pages have tests of their own."""
        session = signed_in_session(person, second_factor=second_factor)
        self.page.context.clear_cookies()
        self.page.context.add_cookies([{"name": "sessionid", "value": session, "url": self.url}])

    def said(self) -> str:
        """What stands on the page."""
        return self.page.inner_text("body")

    def shot(self, name: str) -> None:
        """Keep a picture of the page where SECOR_SHOTS says, for somebody to look at."""
        if folder := os.environ.get("SECOR_SHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@pytest.fixture
def browser(chromium, live_server, request) -> Iterator[Browser]:
    """A visitor with a phone; ``@pytest.mark.parametrize("browser", [DESK], indirect=True)`` gives one at a desk."""
    size = getattr(request, "param", PHONE)
    # Without smooth scrolling: a page that still glides moves its buttons away from under a quick click.
    context = chromium.new_context(viewport=size, locale="en-CA", reduced_motion="reduce")
    context.set_default_timeout(30_000)
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda trouble: broken.append(str(trouble)))
    page.on(
        "console",
        lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield Browser(page, live_server.url)
    context.close()
    assert broken == [], f"the page's script or its policy complained: {broken}"


def signed_in_session(person, *, second_factor: bool = False) -> str:
    """Make a session as signing in would, and give its key."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from cast import ways_in

    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["account_authentication_methods"] = ways_in(person, second_factor=second_factor)
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return session.session_key
