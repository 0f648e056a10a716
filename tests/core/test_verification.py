"""A file is checked from itself, the issuer's keys and its list: nothing else is asked."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from credentials import DID, FACTS, KEY, METHOD, NOW, OTHER, signed
from secor.core import credential, proof, status_list, token
from secor.core.credential import Worth
from secor.core.key import signer_of
from secor.core.proof import Forged
from secor.core.verification import check, keys_of
from secor.queries.contexts import contexts

WEB = "did:web:register.example:partners:asc"
WEB_METHOD = f"{WEB}#{KEY.public.multibase}"


def looked(raw, *, listed=None, at=NOW, documents=()):
    raw = raw if isinstance(raw, bytes) else json.dumps(raw).encode()
    listed = json.dumps(listed).encode() if isinstance(listed, dict) else listed
    return check(raw, key_of=keys_of(documents), contexts=contexts(), at=at, listed=listed)


def a_list(*ended, by=KEY, at=NOW):
    return signed(status_list.compose(address=FACTS.list_address, issuer=DID, ended=ended, at=at), by=by)


def test_a_good_credential_with_a_good_list_is_valid():
    found = looked(signed(), listed=a_list())

    assert (found.worth, found.form, found.number) == (Worth.VALID, "credential", FACTS.number)


def test_without_its_list_it_is_not_confirmed_and_says_why():
    found = looked(signed())

    assert found.worth is Worth.UNKNOWN
    assert "No status list was given" in found.why[-1]


@pytest.mark.parametrize(
    ("listed", "worth", "why"),
    [
        (a_list(94568), Worth.ENDED, ""),
        (a_list(by=OTHER), Worth.UNKNOWN, "not to be believed"),
        ({**a_list(94568), "credentialSubject": a_list()["credentialSubject"]}, Worth.UNKNOWN, "not to be believed"),
        (a_list(at=NOW - timedelta(days=8)), Worth.UNKNOWN, "out of date"),
        (b"x", Worth.UNKNOWN, "not to be believed"),
    ],
)
def test_what_a_list_says_counts_only_where_it_can_be_believed(listed, worth, why):
    found = looked(signed(), listed=listed)

    assert found.worth is worth
    assert why in " ".join(found.why)


def test_the_compact_forms_are_read_too():
    raw = token.sign(credential.compose(FACTS), signer=signer_of(KEY), method=METHOD).encode()
    told = status_list.compose(address=FACTS.list_address, issuer=DID, ended=[], at=NOW)
    listed = token.sign(told, signer=signer_of(KEY), method=METHOD).encode()

    found = looked(raw, listed=listed)

    assert (found.worth, found.form) == (Worth.VALID, "token")


def from_the_web():
    told = credential.compose(replace(FACTS, issuer=WEB))
    return proof.sign(told, signer=signer_of(KEY), method=WEB_METHOD, at=NOW, contexts=contexts())


def test_an_issuer_on_the_web_is_believed_by_its_own_document_alone():
    document = credential.did_document(WEB, [KEY.public.multibase])

    assert looked(from_the_web(), documents=[document]).worth is Worth.UNKNOWN
    with pytest.raises(Forged, match="not one of its issuer's keys"):
        looked(from_the_web())
    with pytest.raises(Forged, match="not one of its issuer's keys"):
        looked(from_the_web(), documents=[{**document, "assertionMethod": []}])
    with pytest.raises(Forged, match="not one of its issuer's keys"):
        looked(from_the_web(), documents=[{**document, "id": "did:web:elsewhere.example"}])


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b"{}", b"\xff\xfe", b"x.y.z", b"%PDF-1.7"])
def test_what_is_no_certificate_is_refused(raw):
    with pytest.raises(Forged):
        looked(raw)


def test_a_file_that_is_far_too_large_is_not_read():
    with pytest.raises(Forged, match="larger"):
        looked(b"{" + b" " * 20_000_001)
