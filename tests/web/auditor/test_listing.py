"""An auditor puts themselves up for the public, and the public finds them; and hands an audit to a colleague."""

import pytest
from django.urls import reverse

from assessments import AT, scene
from certified import a_person
from secor.core.role import RoleKind
from secor.store.models import Role

TOLD = {"town": "Olds", "english": "on", "about": "Roofs & <b>decks</b>", "phone": "403-555-0100", "email": ""}
pytestmark = pytest.mark.django_db


@pytest.fixture
def there(client):
    found = scene()
    client.force_login(found.dev)
    return found


def test_up_and_down_again(there, client):
    mine, found = reverse("auditor:listing"), reverse("public:auditors")
    assert "Nobody is listed yet" in client.get(found).content.decode()
    refused = client.post(mine, TOLD | {"phone": ""})
    assert refused.status_code == 422
    assert "Give a telephone number or an e-mail address" in refused.content.decode()
    assert client.post(mine, TOLD).status_code == 302
    assert 'value="Olds"' in client.get(mine).content.decode()
    client.logout()
    text = client.get(found, {"town": "Red Deer"}).content.decode()
    assert there.dev.name in text
    assert "Roofs &amp; &lt;b&gt;decks" in text
    assert "minutes to drive" in text
    assert there.dev.email not in text
    assert "Nobody fits that" in client.get(found, {"language": "french"}).content.decode()
    assert client.get(found, {"partner": "nobody"}).status_code == 422
    client.force_login(there.dev)
    client.post(mine, {"do": "take_down"})
    assert there.dev.name not in client.get(found).content.decode().split("<main")[1]


def test_the_partners_page_tells_its_rules_and_its_auditors(there, client):
    client.post(reverse("auditor:listing"), TOLD)
    client.logout()
    page = client.get(reverse("public:partner", args=[there.partner.key])).content.decode()
    assert there.dev.name in page
    assert "What it has published" in page
    assert client.get(reverse("public:partner", args=["nobody"])).status_code == 404
    other = client.get(reverse("public:partner", args=["esc"])).content.decode()
    assert there.dev.name not in other
    assert "None of them is listed here" in other


def test_an_auditor_hands_their_audit_to_a_colleague_and_it_leaves_their_desk(there, client):
    address = reverse("auditor:hand_over", args=[there.audit.code])
    eli = a_person("Eli", RoleKind.AUDITOR, partner=there.partner)
    assert (
        "hand this audit to a colleague"
        in client.get(reverse("auditor:team", args=[there.audit.code])).content.decode()
    )
    assert "Eli" in client.get(address).content.decode()
    assert client.post(address, {"to": "none"}).status_code == 422
    assert client.post(address, {"to": str(eli.pk)}).headers["Location"] == reverse("auditor:home")
    assert client.get(address).status_code == 404
    client.force_login(eli)
    assert client.get(address).status_code == 200
    Role.objects.filter(person=eli).update(until_on=AT.date())
    client.force_login(there.rosa)
    assert client.get(address).status_code == 403
