"""What programs fetch: keys, lists and credentials, for everybody, in the form they ask for."""

import json
from datetime import date

import pytest

from cast import signed_in
from certified import a_certificate, acts, at, office
from secor.core import credential
from secor.core.credential import Worth
from secor.core.key import Purpose, read_public
from secor.queries.contexts import contexts
from secor.usecases import credentials, decisions, keys

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)


@pytest.fixture
def scene(monkeypatch):
    monkeypatch.setattr("secor.web.clock.now", lambda: at(TODAY))
    monkeypatch.setattr("secor.web.public.credentials._LISTS", {})
    return office()


@pytest.fixture
def certificate(scene):
    keys.make(acts(None, TODAY), purpose=Purpose.CREDENTIAL, partner=scene.partner)
    row = a_certificate(scene.employer, scene.partner)
    credentials.seal(acts(None, TODAY), certificate=row)
    return row


def key_of(client):
    methods = told(client, "/partners/asc/did.json")["verificationMethod"]
    return {each["id"]: read_public(each["publicKeyMultibase"]) for each in methods}.get


def told(client, address):
    return json.loads(client.get(address).content)


def test_a_stranger_checks_a_certificate_with_nothing_but_what_is_published(client, certificate):
    found = credential.read(
        told(client, f"/credentials/{certificate.number}.json"),
        key_of=key_of(client),
        contexts=contexts(),
        at=at(TODAY),
    )
    listed = client.get(found.list_address.removeprefix("http://localhost:8000"))

    assert found.number == certificate.number
    assert credential.with_status(found, listed=json.loads(listed.content), at=at(TODAY)) is Worth.VALID
    assert listed.headers["Content-Type"] == "application/vc"
    assert listed.headers["Access-Control-Allow-Origin"] == "*"


def test_the_compact_form_is_given_too(client, certificate):
    answer = client.get(f"/credentials/{certificate.number}.jwt")

    assert answer.headers["Content-Type"] == "application/vc+jwt"
    assert credential.read_token(answer.content.decode(), key_of=key_of(client), at=at(TODAY)).worth is Worth.VALID


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("application/vc+jwt", "application/vc+jwt"),
        ("application/vc", "application/vc"),
        ("application/vc;q=0.5, application/vc+jwt", "application/vc+jwt"),
        ("application/json", "application/json"),
        ("*/*", "application/vc"),
        ("text/html", "application/vc"),
    ],
)
@pytest.mark.usefixtures("certificate")
def test_the_list_is_given_in_the_form_that_is_asked_for(client, accept, kind):
    answer = client.get("/partners/asc/status/1", headers={"accept": accept})

    assert answer.headers["Content-Type"] == kind
    assert "Accept" in answer.headers["Vary"]


def test_a_decision_is_in_the_list_at_once(client, scene, certificate):
    before = told(client, "/partners/asc/status/1")
    again = told(client, "/partners/asc/status/1")
    decisions.cancel(acts(scene.ines, TODAY), certificate=certificate, reason="Closed")
    after = told(client, "/partners/asc/status/1")

    assert before == again, "it is not signed anew while nothing happened"
    assert before["credentialSubject"]["encodedList"] != after["credentialSubject"]["encodedList"]


def test_a_list_that_cannot_be_signed_says_so_instead_of_saying_valid(client, scene, certificate):
    from secor.queries import keys as asked

    asked.path_of(asked.current(Purpose.CREDENTIAL, partner=scene.partner).public).unlink()
    answer = client.get("/partners/asc/status/1")

    assert answer.status_code == 503
    assert "no standing can be confirmed" in answer.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/partners/asc/did.json",
        "/partners/nobody/did.json",
        "/partners/asc/status/1",
        "/partners/nobody/status/1",
        "/credentials/SECOR-2024-900001-46.json",
        "/credentials/x.jwt",
    ],
)
@pytest.mark.usefixtures("scene")
def test_where_there_is_nothing_there_is_nothing(client, address):
    assert client.get(address).status_code == 404


def test_a_number_is_read_as_people_type_it(client, certificate):
    said = told(client, f"/credentials/{certificate.number.lower()}.json")

    assert json.dumps(said).count(certificate.legal_name) == 2


def test_the_check_page_and_the_owners_page_lead_to_the_signed_forms(client, scene, certificate):
    keys.make(acts(None, TODAY), purpose=Purpose.PAPER, partner=scene.partner)
    shown = client.get(f"/v/{certificate.number}").content.decode()
    owners = signed_in(client, scene.rosa).get(f"/employer/{scene.employer.code}/certificate/").content.decode()

    for ending in ("pdf", "json", "jwt"):
        address = f"/credentials/{certificate.number}.{ending}"
        assert f'href="{address}"' in shown
        assert f'href="{address}"' in owners
        assert client.get(address).status_code == 200


def test_where_nothing_was_signed_no_page_says_so(client, scene):
    row = a_certificate(scene.employer, scene.partner)

    assert "/credentials/" not in client.get(f"/v/{row.number}").content.decode()


def test_the_paper_that_a_stranger_takes_is_signed(client, scene, certificate):
    keys.make(acts(None, TODAY), purpose=Purpose.PAPER, partner=scene.partner)
    answer = client.get(f"/credentials/{certificate.number}.pdf")

    assert answer.headers["Content-Type"] == "application/pdf"
    assert b"ETSI.CAdES.detached" in answer.content
