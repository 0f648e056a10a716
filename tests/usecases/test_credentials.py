"""Credentials follow their certificates: issued, on hold, back, extended, replaced, ended."""

import json
from datetime import date, timedelta

import pytest

from certified import a_certificate, a_partner, accepted, acts, an_audit, an_employer, answered, at, office
from secor.core import credential, status_list
from secor.core.credential import Worth
from secor.core.key import Purpose
from secor.queries import credentials as asked
from secor.queries import keys as asked_keys
from secor.queries.contexts import contexts
from secor.store.models import Certificate, Credential
from secor.store.scope import house
from secor.usecases import certificates, credentials, decisions, keys, replacements

pytestmark = pytest.mark.django_db
ISSUED = date(2024, 5, 18)


@pytest.fixture
def scene():
    return office()


def issued(scene, *, with_key=True):
    if with_key:
        keys.make(acts(None, ISSUED), purpose=Purpose.CREDENTIAL, partner=scene.partner)
    return certificates.issue(acts(scene.ines, ISSUED), audit=accepted(scene, answered(an_audit(scene))))


def key_of(scene):
    did = credentials.did_of(scene.partner.key)
    known = {f"{did}#{row.public}": asked_keys.public_of(row) for row in asked_keys.every(partner=scene.partner)}
    return known.get


def read(scene, row, day):
    return credential.read(json.loads(row.body), key_of=key_of(scene), contexts=contexts(), at=at(day))


def worth(scene, row, day):
    """What somebody finds who checks the credential and the list of that day."""
    found = read(scene, row, day)
    listed = asked.status_list_of(scene.partner, row.status_list, on=day, at=at(day))
    return credential.with_status(found, listed=json.loads(listed.body), at=at(day))


def test_a_certificate_is_issued_with_its_credential(scene):
    certificate = issued(scene)
    row = asked.of(certificate)

    assert read(scene, row, ISSUED).number == certificate.number
    assert credential.read_token(row.jwt, key_of=key_of(scene), at=at(ISSUED)).number == certificate.number
    assert json.loads(row.body)["issuer"]["id"] == "did:web:localhost%3A8000:partners:asc"
    assert "proof" not in json.loads(row.unsigned)
    assert worth(scene, row, ISSUED) is Worth.VALID


def test_nobody_but_the_employer_is_named_in_it(scene):
    row = asked.of(issued(scene))

    for person in (scene.rosa, scene.dev, scene.pat, scene.ines):
        assert f'"{person.name}"' not in row.body
        assert person.email not in row.body


def test_it_is_good_to_the_end_of_its_last_day_in_alberta(scene):
    told = json.loads(asked.of(issued(scene)).body)

    assert told["validFrom"] == "2024-05-17T06:00:00Z"
    assert told["validUntil"] == "2027-05-18T06:00:00Z"


def test_without_a_key_a_certificate_is_issued_on_paper_and_its_credential_made_later(scene):
    certificate = issued(scene, with_key=False)
    assert asked.of(certificate) is None

    keys.make(acts(None, ISSUED), purpose=Purpose.CREDENTIAL, partner=scene.partner)

    assert credentials.seal_missing(acts(None, ISSUED)) == 1
    assert read(scene, asked.of(certificate), ISSUED).number == certificate.number
    assert credentials.seal_missing(acts(None, ISSUED)) == 0


def test_what_was_issued_before_the_keys_is_signed_in_parts_and_for_partners_with_a_key_alone(scene):
    other = a_partner("esc")
    rows = [
        a_certificate(an_employer(f"Firm {nth}", partner=scene.partner), scene.partner, on=ISSUED, serial=900_010 + nth)
        for nth in range(3)
    ]
    a_certificate(an_employer("Elsewhere", partner=other), other, on=ISSUED, serial=900_020)
    keys.make(acts(None, ISSUED), purpose=Purpose.CREDENTIAL, partner=scene.partner)

    assert [credentials.seal_missing(acts(None, ISSUED), most=2) for _ in range(3)] == [2, 1, 0]
    assert all(asked.of(row) for row in rows)


def test_with_a_key_whose_private_half_is_gone_nothing_is_issued(scene):
    row = keys.make(acts(None, ISSUED), purpose=Purpose.CREDENTIAL, partner=scene.partner)
    asked_keys.path_of(row.public).unlink()
    audit = accepted(scene, answered(an_audit(scene)))

    with pytest.raises(credentials.CannotSign):
        certificates.issue(acts(scene.ines, ISSUED), audit=audit)
    assert not Certificate.objects.within(house("a test")).exists()
    assert not Credential.objects.exists()


@pytest.mark.parametrize("with_key", [True, False])
def test_while_signing_is_stopped_nothing_is_issued_and_everything_is_checked(scene, with_key):
    certificate = issued(scene, with_key=with_key)
    keys.stop(acts(None, ISSUED), reason="a wrong rule was found")

    with pytest.raises(credentials.SigningStopped):
        replacements.replace(acts(scene.ines, ISSUED), certificate=certificate, reason="A new name")
    if with_key:
        assert worth(scene, asked.of(certificate), ISSUED) is Worth.VALID


def test_a_stopped_register_issues_nothing(scene):
    audit = accepted(scene, answered(an_audit(scene)))
    keys.stop(acts(None, ISSUED), reason="a wrong rule was found")

    with pytest.raises(credentials.SigningStopped):
        certificates.issue(acts(scene.ines, ISSUED), audit=audit)

    keys.resume(acts(None, ISSUED))
    assert certificates.issue(acts(scene.ines, ISSUED), audit=audit)


def test_what_is_on_hold_is_refused_and_comes_back_under_a_new_credential(scene):
    certificate = issued(scene)
    before = asked.of(certificate)
    decisions.suspend(acts(scene.ines, ISSUED), certificate=certificate, reason="A question")
    assert worth(scene, before, ISSUED) is Worth.ENDED

    later = ISSUED + timedelta(days=3)
    decisions.reinstate(acts(scene.ines, later), certificate=certificate, reason="Settled")
    after = asked.of(certificate)

    assert after.pk != before.pk
    assert worth(scene, after, later) is Worth.VALID
    assert worth(scene, before, later) is Worth.ENDED, "a bit that was set is not taken back"


def test_a_cancelled_certificate_has_its_bit_set(scene):
    certificate = issued(scene)
    decisions.cancel(acts(scene.ines, ISSUED), certificate=certificate, reason="Closed")

    assert worth(scene, asked.of(certificate), ISSUED) is Worth.ENDED


def test_a_missed_audit_sets_the_bit_without_anybody_doing_anything(scene):
    row = asked.of(issued(scene))
    anniversary = date(2025, 5, 17)

    assert worth(scene, row, anniversary) is Worth.VALID
    assert worth(scene, row, anniversary + timedelta(days=1)) is Worth.ENDED


def test_a_replaced_certificate_is_ended_and_the_new_one_bears_the_new_name(scene):
    certificate = issued(scene)
    before = asked.of(certificate)
    scene.employer.legal_name = "Rosa and Daughter Ltd."
    scene.employer.save(update_fields=["legal_name"])

    new = replacements.replace(acts(scene.ines, ISSUED), certificate=certificate, reason="A new name")

    assert asked.of(certificate) is None
    assert read(scene, asked.of(new), ISSUED).legal_name == "Rosa and Daughter Ltd."
    assert [worth(scene, row, ISSUED) for row in (before, asked.of(new))] == [Worth.ENDED, Worth.VALID]


def test_after_a_new_key_what_the_old_one_signed_stays_good(scene):
    row = asked.of(issued(scene))
    new = keys.make(acts(None, ISSUED), purpose=Purpose.CREDENTIAL, partner=scene.partner)
    told = asked.did_document(scene.partner)

    assert worth(scene, row, ISSUED) is Worth.VALID
    assert [each["publicKeyMultibase"] for each in told["verificationMethod"]] == [row.key.public, new.public]
    assert told["assertionMethod"] == [each["id"] for each in told["verificationMethod"]]


def test_a_list_is_one_partners_and_only_where_somebody_has_a_place_in_it(scene):
    row = asked.of(issued(scene))

    assert asked.status_list_of(scene.partner, row.status_list + 1, on=ISSUED, at=at(ISSUED)) is None
    assert 0 <= row.status_index < status_list.PLACES


def test_places_are_drawn_again_until_one_is_free(scene, monkeypatch):
    row = asked.of(issued(scene))
    drawn = iter([row.status_index, row.status_index, 7])
    monkeypatch.setattr("secor.usecases.credentials.secrets.randbelow", lambda _: next(drawn))

    again = credentials.seal(acts(None, ISSUED), certificate=row.certificate)

    assert again.status_index == 7


def test_a_list_that_is_half_full_is_followed_by_another(scene, monkeypatch):
    row = asked.of(issued(scene))
    monkeypatch.setattr("secor.usecases.credentials.FULL", 1)

    assert credentials.seal(acts(None, ISSUED), certificate=row.certificate).status_list == 2
