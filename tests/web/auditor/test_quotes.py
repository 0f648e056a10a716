"""From my rates to a quote that a business accepts by a click."""

import logging
import re

import pytest
from django.core import mail
from django.urls import reverse

from assessments import AT, scene
from secor.post import sender
from secor.queries import quotes as asked
from secor.store.models import Enquiry, Quote
from secor.usecases import bookings, diaries
from secor.usecases.act import ALBERTA, Act
from secor.web.unlogged import SecretsLeftOut

RATES = {
    "trades_as": "Dev's Audits",
    "tax_number": "81234 5678 RT0001",
    "hourly": "95",
    "base_hours": "8",
    "person_hours": "1.25",
    "site_hours": "2",
    "a_km": "0.68",
    "tax_percent": "5",
    "good_days": "30",
}
pytestmark = pytest.mark.django_db


@pytest.fixture
def there(client):
    found = scene()
    client.force_login(found.dev)
    diaries.open_diary(Act(None, AT), person=found.dev, home="Red Deer")
    return found


def job(there, **more):
    given = {"business": "Nia's Paving & Sons #1", "email": "nia@example.ca", "partner": str(there.partner.pk)}
    return {**given, "kind": "certification", "people": "6", "sites": "1", "km": "226", **more}


def made(client, there, **more) -> Quote:
    client.post(reverse("auditor:rates"), RATES)
    answer = client.post(reverse("auditor:quote_new"), job(there, **more))
    assert answer.status_code == 302, answer.content.decode()
    return Quote.objects.latest("pk")


def sent(client, there) -> tuple[Quote, str]:
    quote = made(client, there)
    client.post(reverse("auditor:quote", args=[quote.code]), {"do": "send"})
    sender.once(at=AT)
    letter = next(each for each in mail.outbox if each.to == ["nia@example.ca"])
    return quote, re.search(r"https?://[^/]+(/quotes/\S+)", letter.body)[1]


def test_without_rates_the_way_leads_to_them(client, there):
    assert "Your rates first" in client.get(reverse("auditor:quote_new")).content.decode()
    assert client.post(reverse("auditor:rates"), RATES | {"hourly": "much"}).status_code == 422
    assert client.post(reverse("auditor:rates"), RATES).status_code == 302
    assert 'value="1.25"' in client.get(reverse("auditor:rates")).content.decode()


def test_a_quote_is_looked_at_sent_and_accepted_by_a_click_once(client, there):
    quote, address = sent(client, there)
    client.logout()
    page = client.get(address)
    assert "$1,906.99" in page.content.decode()
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert client.post(address, {"name": ""}).status_code == 422
    assert client.post(address, {"name": "Nia Paver"}).headers["Location"] == address
    assert client.post(address, {"name": "Somebody Else"}).status_code == 302
    page = client.get(address).content.decode()
    assert "Accepted by Nia Paver" in page
    assert "Accept this quote" not in page

    sender.once(at=AT)
    told = [each for each in mail.outbox if each.to == [there.dev.email]]
    assert [each.subject for each in told] == ["Your quote was accepted"]
    client.force_login(there.dev)
    assert "Accepted by Nia Paver" in client.get(reverse("auditor:quote", args=[quote.code])).content.decode()


def test_the_letter_says_who_asks_what_for_whom_and_the_link_stays_out_of_the_log(client, there):
    quote, address = sent(client, there)
    letter = next(each for each in mail.outbox if each.to == ["nia@example.ca"])
    assert "Dev's Audits has made a quote for the SECOR audit of Nia's Paving" in letter.body
    for each in (address, f"{address.rstrip('/')}.pdf"):
        line = logging.makeLogRecord({"msg": "%s: %s", "args": ("Unprocessable", each)})
        SecretsLeftOut().filter(line)
        assert asked.link_of(quote)[12:] not in line.getMessage()


def test_a_quote_to_ones_own_address_is_two_letters_all_the_same(client, there):
    quote = made(client, there, email=there.dev.email)
    client.post(reverse("auditor:quote", args=[quote.code]), {"do": "send"})
    client.logout()
    client.post(reverse("public:quote", args=[asked.link_of(quote)]), {"name": "Nia"})
    sender.once(at=AT)
    assert sorted(each.subject for each in mail.outbox if each.to == [there.dev.email]) == [
        "A quote for your SECOR audit",
        "You accepted the quote for your audit",
        "Your quote was accepted",
    ]


def test_both_sides_get_the_same_paper(client, there):
    quote, address = sent(client, there)
    mine = client.get(reverse("auditor:quote_paper", args=[quote.code]))
    client.logout()
    theirs = client.get(address.rstrip("/") + ".pdf")
    assert mine.content == theirs.content
    assert mine.content.startswith(b"%PDF")
    assert "2026-06-01-nias-paving-sons-1-quote.pdf" in theirs.headers["Content-Disposition"]
    assert "noindex" in theirs.headers["X-Robots-Tag"]


def test_the_road_is_counted_where_it_is_not_written_and_asked_for_where_it_is_not_known(client, there):
    assert made(client, there, km="", town="Olds").km == 2 * 75
    answer = client.post(reverse("auditor:quote_new"), job(there, km="", town="Nowhere"))
    assert answer.status_code == 422
    assert "We do not know the way" in answer.content.decode()


def test_a_quote_that_was_taken_back_is_gone_for_its_reader(client, there):
    quote, address = sent(client, there)
    client.post(reverse("auditor:quote", args=[quote.code]), {"do": "take_back"})
    assert client.get(address).status_code == 410
    assert client.get(address.rstrip("/") + ".pdf").status_code == 404
    assert "Taken back" in client.get(reverse("auditor:quotes")).content.decode()


def test_a_talk_leads_to_a_quote_that_knows_what_was_told(client, there):
    enquiry = Enquiry.objects.create(
        name="Nia", business="Nia's Paving", email="nia@example.ca", people=6, city="Olds", asked_at=AT
    )
    wish = {"visit": bookings.Visit.PHONE, "language": bookings.Language.ENGLISH, "town": ""}
    starts_at = next(iter(bookings.asked.free(**wish, at=AT, zone=ALBERTA)))
    bookings.book(Act(None, AT), enquiry=enquiry, starts_at=starts_at, **wish)
    client.post(reverse("auditor:rates"), RATES)
    href = re.search(r'href="([^"]+\?talk=[^"]+)"', client.get(reverse("auditor:calendar")).content.decode())[1]
    page = client.get(href).content.decode()
    for said in ('value="Nia&#x27;s Paving"', 'value="nia@example.ca"', 'value="6"', 'value="Olds"'):
        assert said in page


def test_nobody_sees_anothers_quote(client, there):
    quote = made(client, there)
    client.force_login(there.pat)
    assert client.get(reverse("auditor:quote", args=[quote.code])).status_code == 403
    assert client.get(reverse("public:quote", args=[quote.code])).status_code == 410
