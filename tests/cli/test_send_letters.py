"""``secor send_letters``: one round of writing, reminding and sending, for a timer."""

import pytest
from django.core import mail

from assessments import AT, scene
from secor.cli import send_letters
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_letter(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: AT)
    there = scene()
    Act(there.rosa, AT).enter(
        "audit.start_approved", employer=there.employer, partner=there.partner, subject=there.audit.code
    )


def test_what_happened_is_written_and_sent_and_a_second_run_sends_nothing(capsys):
    assert send_letters.run([]) == 0
    assert send_letters.run([]) == 0

    assert [message.to for message in mail.outbox] == [["dev@example.ca"]]
    assert capsys.readouterr().out.splitlines() == [
        "Letters sent: 1. Letters that could not be sent: 0.",
        "Letters sent: 0. Letters that could not be sent: 0.",
    ]


def test_a_post_that_is_down_is_told_in_the_exit_status(settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert send_letters.run([]) == 1
    assert capsys.readouterr().out == "Letters sent: 0. Letters that could not be sent: 1.\n"
