"""Where an audit is, whose move it is and until when: the same line on three desks, told to whoever reads it."""

import re

import pytest
from django.urls import reverse

from assessments import AT, fill, scene
from secor.usecases import audits

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr("secor.web.clock.now", lambda: AT)
    made = scene()
    fill(made)
    return made


def line(client, there, who, address):
    client.force_login(getattr(there, who))
    page = client.get(address).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def lines(client, there):
    code = there.audit.code
    return {
        "dev": line(client, there, "dev", reverse("auditor:audit", args=[code])),
        "rosa": line(client, there, "rosa", reverse("employer:audit", args=[there.employer.code])),
        "pat": line(client, there, "pat", reverse("partner:audit", args=[code])),
    }


def test_while_it_is_done_it_is_the_auditors_move(there, client):
    told = lines(client, there)

    assert "Your move since January 5, 2026" in told["dev"]
    assert "The auditor's move since January 5, 2026" in told["rosa"].replace("&#x27;", "'")
    assert "The auditor's move since January 5, 2026" in told["pat"].replace("&#x27;", "'")


def test_once_sent_it_is_the_partners_move_until_the_day_of_the_review(there, client):
    audits.submit(there.dev_acts(), audit=there.audit)
    told = lines(client, there)

    assert "Your move since June 1, 2026 , until June 29, 2026" in told["pat"].replace("2026,", "2026 ,")
    for who in ("dev", "rosa"):
        words = told[who].replace("&#x27;", "'").replace("2026,", "2026 ,")
        assert "The certifying partner's move since June 1, 2026 , until June 29, 2026" in words


def test_what_was_withdrawn_is_nobodys_move(there, client):
    audits.withdraw(there.dev_acts(), audit=there.audit, reason="Ill")
    told = lines(client, there)

    assert "Withdrawn since June 1, 2026" in told["dev"]
    assert "move since" not in told["pat"]
