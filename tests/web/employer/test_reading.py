"""Reading and signing on the phone that goes round: whoever holds it reads the page in their own language."""

import pytest
from django.test import Client

from cards import act_of, worker_of
from cast import cast, signed_in
from programs import built, little_library, signed
from secor.store.models import PartReading
from secor.store.scope import house

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: act_of(None).at)
    little_library(monkeypatch)
    return cast()


@pytest.fixture
def parts(there):
    rows = built(there.rosa, there.roofing)
    for key in ("policy", "hazards"):
        signed(there.rosa, rows[key])
    return rows


def reader(there, name, language, **more):
    row = worker_of(there.roofing, name, **more)
    row.language = language
    row.save(update_fields=["language"])
    return row


def page_of(there, part, who="rosa", worker=None):
    address = f"/employer/{there.roofing.code}/program/parts/{part.code}/read/"
    return signed_in(Client(), getattr(there, who)).get(address, {"worker": worker.code} if worker else {})


@pytest.mark.parametrize(("language", "lang", "said"), [("fr", "fr-CA", "Tia, signez"), ("en", "en-CA", "Tia, sign")])
def test_a_phone_that_was_handed_on_speaks_the_language_of_who_has_it(there, parts, language, lang, said):
    tia = reader(there, "Tia", language)
    page = page_of(there, parts["policy"], worker=tia).content.decode()

    assert f'<html lang="{lang}">' in page
    assert f">{said}<" in page
    assert ('<nav class="desk-nav" lang="en-CA"' in page) is (language == "fr")


def test_before_a_name_is_chosen_it_is_the_owners_and_so_in_english(there, parts):
    reader(there, "Tia", "fr")

    assert '<html lang="en-CA">' in page_of(there, parts["policy"]).content.decode()


def test_a_worker_with_an_account_reads_in_their_own_language(there, parts):
    wes = reader(there, "Wes", "fr", person=there.wes)
    page = page_of(there, parts["policy"], who="wes").content.decode()

    assert '<html lang="fr-CA">' in page
    assert f"{wes.name}, signez" in page


def test_the_next_part_is_announced_in_the_language_it_is_read_in(there, parts):
    tia = reader(there, "Tia", "fr")
    client = signed_in(Client(), there.rosa)
    address = f"/employer/{there.roofing.code}/program/parts/{parts['policy'].code}/read/?worker={tia.code}"
    answer = client.post(address, {"worker": tia.code, "name": "Tia", "agreed": "on"}, follow=True)

    assert "Signé, Tia. Voici la prochaine partie; encore 1." in answer.content.decode()
    assert PartReading.objects.within(ALL).get().language == "fr"
