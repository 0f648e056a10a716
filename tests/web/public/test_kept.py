"""A page that was drawn before is shown again only while it is true."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import listed
from cast import signed_in
from certified import a_person, acts
from secor.core.role import RoleKind
from secor.queries import journal
from secor.usecases import certificates
from secor.web import clock
from secor.web.kept import Kept

pytestmark = pytest.mark.django_db


def today():
    return clock.day_of(clock.now())


@pytest.fixture
def issued():
    return listed.certificate(on=today() - timedelta(days=100))


def seen(client, row):
    return client.get(f"/v/{row.number}").content.decode()


def test_a_page_is_drawn_once_and_then_costs_two_questions(client, issued, django_assert_num_queries):
    first = seen(client, issued)
    with django_assert_num_queries(2):
        again = seen(client, issued)

    assert again == first


def test_an_act_between_two_readers_is_seen_by_the_second(client, issued):
    assert "Valid" in seen(client, issued)
    pat = a_person("Pat", RoleKind.REGISTRAR, partner=issued.partner)
    certificates.record(
        acts(pat, today()),
        employer=issued.employer,
        partner=issued.partner,
        scheme=issued.scheme,
        certificate=issued,
        event=certificates.EventKind.SUSPENDED,
        on=today(),
    )
    acts(pat, today()).enter("certificate.suspended", employer=issued.employer, subject=issued.number)

    assert f"<title>{issued.number}: Suspended" in seen(client, issued)


def test_a_missed_anniversary_is_seen_at_midnight_though_nobody_did_anything(client, issued, monkeypatch):
    assert "Valid" in seen(client, issued)
    later = clock.now() + timedelta(days=400)
    monkeypatch.setattr(clock, "now", lambda: later)

    assert f"<title>{issued.number}: Lapsed" in seen(client, issued)


def test_what_is_drawn_for_a_reader_who_signed_in_is_shown_to_nobody_else(client, issued):
    vic = signed_in(Client(), a_person("Vic"))
    theirs = vic.get(f"/v/{issued.number}").content.decode()
    strangers = seen(client, issued)

    assert "Sign out" in theirs
    assert "Sign out" not in strangers
    assert "Sign out" in vic.get(f"/v/{issued.number}").content.decode()


def test_in_the_demonstration_whose_day_moves_nothing_is_kept(client, issued, settings):
    settings.DEMONSTRATION = True
    seen(client, issued)
    with CaptureQueriesContext(connection) as asked:
        seen(client, issued)

    assert len(asked) > 1


def test_only_so_many_pieces_are_kept_and_the_oldest_goes_first():
    kept = Kept(most=2)
    heads = journal.heads_of(employer=1, partner=1)
    for key in ("a", "b", "c"):
        kept.put(key, key.upper(), employer=1, partner=1, heads=heads)

    assert [kept.get(key) for key in ("a", "b", "c")] == [None, "B", "C"]
