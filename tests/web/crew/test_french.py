"""The crew's pages in a worker's own language: no sentence is left in English but what the employer wrote."""

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from django.test import Client

from cards import act_of
from cast import cast
from programs import built, little_library, signed
from secor.queries import library
from secor.queries.actions import given_to_worker
from secor.store.models import PartReading, Ticket, Worker
from secor.store.scope import house
from secor.usecases import actions, crew, pins, workers
from secor.usecases.actions import Wanted
from secor.web import speech

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
PIN = "402917"
TOO_LONG = "x" * 501
FRENCH = {"HTTP_ACCEPT_LANGUAGE": "fr-CA,fr;q=0.9,en;q=0.8"}
BLANK = re.compile(r"\{[a-z]+\}")
VOID = {"meta", "link", "input", "img", "br", "path", "circle", "hr"}
# What stands on both: names, what the employer wrote, marks that need no words.
ALIKE = {"SECOR", "S", "Rosa's Roofing Ltd.", "Tia", "Bo", "Fall protection", "?", "·", ".", ":"}


class Said(HTMLParser):
    """Everything on a page that is read out in the page's own language: its text, labels and descriptions."""

    def __init__(self):
        super().__init__()
        self.open, self.words, self.lang = [], [], ""

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        if tag == "html":
            self.lang = told["lang"]
        foreign = tag in {"script", "style"} or told.get("lang", self.lang) != self.lang
        if tag not in VOID:
            self.open.append(foreign)
        if not any(self.open) and not foreign:
            self.words += [
                told[key] for key in ("aria-label", "placeholder", "data-draw", "data-wipe") if told.get(key)
            ]

    def handle_endtag(self, tag):
        if tag not in VOID and self.open:
            self.open.pop()

    def handle_data(self, data):
        if data.strip() and not any(self.open):
            self.words.append(" ".join(data.split()))


def said(answer):
    page = Said()
    page.feed(answer.content.decode())
    return page


def alike(french, english):
    """The words that both pages say, without those that may be."""
    both = set(said(french).words) & set(said(english).words) - {TOO_LONG}
    return {words for words in both if words not in ALIKE and any(sign.isalpha() for sign in words)}


@pytest.fixture
def there(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: act_of(None).at)
    little_library(monkeypatch)
    return cast()


@pytest.fixture
def secret(there):
    return crew.open_link(act_of(there.rosa), employer=there.roofing)


def hired(there, name, language):
    about = workers.About(name, language=language)
    made = workers.add(act_of(there.rosa), employer=there.roofing, about=about, began_on=date(2026, 1, 5))
    for last in (date(2028, 1, 1), date(2026, 5, 1), date(2026, 6, 3), date(2026, 6, 20), None):
        Ticket.objects.create(
            employer=there.roofing, worker=made, title="Fall protection", issued_on=date(2024, 2, 1), expires_on=last
        )
    actions.add(
        act_of(there.rosa), employer=there.roofing, wanted=Wanted(f"Toe boards for {name}", made, date(2026, 6, 9))
    )
    return pins.put(act_of(there.rosa), worker=made, pin=PIN)


@pytest.fixture
def both(there, secret):
    """Tia, who reads French, and Bo, who reads English, each on their own phone."""
    made = {}
    for name, language in (("Tia", "fr"), ("Bo", "en")):
        worker, phone = hired(there, name, language), Client()
        phone.get(f"/crew/open/{secret}/")
        made[name] = (phone, worker)
    return made


def come_in(both):
    for phone, worker in both.values():
        assert phone.post(f"/crew/in/{worker.code}/", {"pin": PIN}).headers["Location"] == "/crew/mine/"


def asked(both, address, data=None, **more):
    """The same page for both; ``address`` may name the worker."""
    given = []
    for phone, worker in both.values():
        to = address.format(worker=worker.code, fix=given_to_worker(worker)[0].code)
        sent = {key: worker.code if key == "worker" else value for key, value in (data or {}).items()}
        given.append(phone.get(to, **more) if data is None else phone.post(to, sent, follow=True))
    return given


@pytest.mark.parametrize("address", ["/crew/mine/", "/crew/wallet/", "/crew/pin/", "/crew/fix/{fix}/"])
def test_every_page_speaks_the_workers_language(there, both, address):
    parts = built(there.rosa, there.roofing)
    signed(there.rosa, parts["policy"])
    come_in(both)
    french, english = asked(both, address)

    assert (said(french).lang, said(english).lang) == ("fr-CA", "en-CA")
    assert alike(french, english) == set()


@pytest.mark.parametrize(
    ("address", "wrong"),
    [
        ("/crew/pin/", {"pin": "111111", "again": "111111"}),
        ("/crew/pin/", {"pin": "12", "again": "12"}),
        ("/crew/pin/", {"pin": "730184", "again": "730185"}),
        ("/crew/pin/", {}),
        ("/crew/fix/{fix}/", {"how": ""}),
        ("/crew/fix/{fix}/", {"how": TOO_LONG}),
        ("/crew/fix/{fix}/", {"how": "Bolted on"}),
    ],
)
def test_what_is_the_matter_is_told_in_the_workers_language(both, address, wrong):
    come_in(both)
    french, english = asked(both, address, wrong)

    assert alike(french, english) == set()


def test_the_door_is_said_in_the_language_of_whose_name_was_chosen(both):
    wrong = {"pin": "402918"}
    for tries in ("Il reste 4 essais", "Il reste 3 essais", "Il reste 2 essais", "Il reste 1 essai,", "faux cinq fois"):
        french, english = asked(both, "/crew/in/{worker}/", wrong)
        assert tries in " ".join(said(french).words)
        assert alike(french, english) == set()


def test_before_anybody_is_chosen_the_phones_own_language_is_spoken_and_another_can_be_chosen(both):
    phone = both["Bo"][0]
    french, english = phone.get("/crew/", **FRENCH), phone.get("/crew/")

    assert (said(french).lang, said(english).lang) == ("fr-CA", "en-CA")
    assert alike(french, english) == set()
    assert 'href="?in=en"' in french.content.decode()
    assert said(phone.get("/crew/?in=fr")).lang == "fr-CA"
    assert said(phone.get("/crew/?in=en", **FRENCH)).lang == "en-CA"
    assert said(phone.get("/crew/?in=de", HTTP_ACCEPT_LANGUAGE="de")).lang == "en-CA"


def test_a_door_that_is_shut_says_so_in_the_phones_language():
    phone = Client()
    for address in ("/crew/mine/", "/crew/open/" + "0" * 26 + "/"):
        assert alike(phone.get(address, **FRENCH), phone.get(address)) == set()


def test_a_part_that_is_english_only_says_so_and_is_marked_as_english(there, both):
    parts = built(there.rosa, there.roofing)
    signed(there.rosa, parts["policy"])
    come_in(both)
    address = f"/crew/parts/{parts['policy'].code}/"
    french, english = asked(both, address)

    assert alike(french, english) == set()
    assert "Ce texte n'existe qu'en anglais" in " ".join(said(french).words)
    assert "English only" not in " ".join(said(english).words)
    assert '<article class="prose" lang="en-CA"' in french.content.decode()
    assert 'lang="en-CA" aria-label="Policy"' not in english.content.decode()
    wrong_fr, wrong_en = asked(both, address, {"worker": "", "name": "Somebody"})
    assert "Tapez le nom comme il est écrit sur la liste : Tia." in " ".join(said(wrong_fr).words)
    assert alike(wrong_fr, wrong_en) == set()


def test_she_signs_in_french_and_that_is_kept(there, both):
    parts = built(there.rosa, there.roofing)
    signed(there.rosa, parts["policy"])
    come_in(both)
    phone, tia = both["Tia"]
    given = {"worker": tia.code, "name": "Tia", "agreed": "on"}
    answer = phone.post(f"/crew/parts/{parts['policy'].code}/", given, follow=True)

    assert "Signé. Vous avez tout lu. Merci." in " ".join(said(answer).words)
    assert PartReading.objects.within(ALL).get().language == "fr"


def test_a_language_without_these_words_is_spoken_in_english(there, secret):
    tia = hired(there, "Tia", "fr")
    Worker.objects.within(ALL).filter(pk=tia.pk).update(language="cr")
    phone = Client()
    phone.get(f"/crew/open/{secret}/")
    phone.post(f"/crew/in/{tia.code}/", {"pin": PIN})

    assert said(phone.get("/crew/mine/")).lang == "en-CA"


def test_every_blank_of_a_sentence_is_in_its_translation_too():
    for english, french in library.wording("fr", "crew").words.items():
        assert sorted(BLANK.findall(english)) == sorted(BLANK.findall(french)), english


def test_another_language_is_one_file_more(tmp_path, monkeypatch):
    words = tmp_path / "words" / "tl"
    words.mkdir(parents=True)
    (words / "crew.yaml").write_text("language: tl\nform: crew\nwords: {English: Tagalog, June: Hunyo}\n")
    monkeypatch.setattr(library, "folder", lambda: tmp_path)
    for kept in (library.languages, library.wording, speech.of):
        kept.cache_clear()
    try:
        assert speech.others(speech.ENGLISH) == (("tl", "Tagalog"),)
        assert speech.of("tl").day(date(2026, 6, 3)) == "Hunyo 3, 2026"
        assert speech.of("tl").say("Come in") == "Come in"
    finally:
        for kept in (library.languages, library.wording, speech.of):
            kept.cache_clear()


@pytest.mark.parametrize(
    ("on", "told"), [(date(2026, 6, 1), "1er juin 2026"), (date(2026, 8, 12), "12 août 2026"), (None, "")]
)
def test_a_day_is_told_as_french_tells_it(on, told):
    assert speech.of("fr").day(on) == told


def test_only_the_crews_pages_speak_another_language(client):
    assert said(client.get("/about/", **FRENCH)).lang == "en-CA"
