"""Hugo reads French. On his own phone he comes in, reads, signs and puts something right, all of it in French."""

from datetime import UTC, date, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from cards import act_of
from cast import cast
from programs import built, little_library, signed
from secor.store.models import CorrectiveAction, PartReading, Ticket
from secor.store.scope import house
from secor.usecases import actions, crew, pins, workers
from secor.usecases.actions import Wanted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ALL = house("the test looks at everything")
PIN = "402917"


@pytest.fixture
def there(monkeypatch, settings, live_server):
    monkeypatch.setattr("secor.web.clock.now", lambda: datetime(2026, 6, 3, 18, tzinfo=UTC))
    settings.SITE_URL = live_server.url
    little_library(monkeypatch)
    made = cast()
    signed(made.rosa, built(made.rosa, made.roofing)["policy"])
    return made


@pytest.fixture
def hugo(there):
    about = workers.About("Hugo Roy", language="fr")
    made = workers.add(act_of(there.rosa), employer=there.roofing, about=about, began_on=date(2026, 1, 5))
    told = {"title": "H2S Alive", "issued_on": date(2024, 2, 1), "expires_on": date(2026, 6, 3)}
    Ticket.objects.create(employer=there.roofing, worker=made, **told)
    actions.add(act_of(there.rosa), employer=there.roofing, wanted=Wanted("New tread on the stairs", made))
    return pins.put(act_of(there.rosa), worker=made, pin=PIN)


@pytest.fixture
def phone(browser, chromium):
    """Hugo's own phone, which speaks French."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, locale="fr-CA")
    context.set_default_timeout(30_000)
    yield type(browser)(context.new_page(), browser.url)
    context.close()


def press(phone, name):
    phone.page.get_by_role("button", name=name).click()


def fine(phone, name):
    """The page says that it is French, is no wider than the phone, and axe finds nothing in it."""
    phone.shot(f"french-{name}")
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert phone.page.get_attribute("html", "lang") == "fr-CA", name
    assert not phone.page.evaluate(wide), name
    assert [each["id"] for each in Axe().run(phone.page).response["violations"]] == [], name


def test_hugo_comes_in_reads_signs_and_puts_right_in_french(phone, there, hugo):
    page = phone.page
    page.goto(f"{phone.url}/crew/open/{crew.open_link(act_of(there.rosa), employer=there.roofing)}/")
    assert "Qui êtes-vous?" in phone.said()
    fine(phone, "names")
    page.get_by_role("link", name="Hugo Roy").click()
    page.get_by_label("Votre NIP").fill("111222")
    press(phone, "Entrer")
    assert "Il reste 4 essais" in phone.said()
    fine(phone, "pin")
    page.get_by_label("Votre NIP").fill(PIN)
    press(phone, "Entrer")
    assert "1 partie à lire et à signer." in phone.said()
    fine(phone, "mine")

    page.get_by_role("link", name="Lire la première").click()
    assert "Ce texte n'existe qu'en anglais" in phone.said()
    page.get_by_text("Dessinez votre nom avec un doigt").wait_for()
    press(phone, "Signer que je l'ai lue")
    assert "Cochez la case pour signer." in phone.said()
    fine(phone, "read")
    page.get_by_label("Tapez votre nom pour signer").fill("Hugo Roy")
    page.get_by_label("Je l'ai lue").check()
    press(phone, "Signer que je l'ai lue")
    assert "Signé. Vous avez tout lu. Merci." in phone.said()
    assert PartReading.objects.within(ALL).get().language == "fr"

    page.get_by_role("link", name="New tread on the stairs").click()
    page.get_by_label("Qu'avez-vous fait?").fill("Nouvelle marche")
    fine(phone, "fix")
    press(phone, "C'est fait")
    assert "Bravo. C'est corrigé." in phone.said()
    assert CorrectiveAction.objects.within(ALL).get().done_worker == hugo
    page.get_by_role("link", name="Mes cartes").click()
    assert "Valide, dernier jour aujourd'hui" in phone.said()
    fine(phone, "wallet")
