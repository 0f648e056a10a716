"""What a credential says, who may have signed it, and what it is worth."""

import copy
from datetime import timedelta

import pytest

from credentials import DID, FACTS, KEY, METHOD, NOW, OTHER, key_of, signed
from secor.core import credential, proof, status_list, token
from secor.core.credential import Worth
from secor.core.key import signer_of
from secor.core.proof import Forged
from secor.queries.contexts import contexts


def read(document, *, at=NOW, keys=key_of):
    return credential.read(document, key_of=keys, contexts=contexts(), at=at)


def a_list(*ended, at=NOW, **other):
    told = status_list.compose(address=FACTS.list_address, issuer=DID, ended=ended, at=at)
    return {**told, **other}


def test_a_credential_reads_back_as_it_was_signed():
    found = read(signed())

    assert (found.number, found.legal_name, found.issuer, found.method) == (
        "SECOR-2026-000001-04",
        "Rosa's Roofing Ltd.",
        DID,
        METHOD,
    )
    assert (found.list_address, found.list_index) == (FACTS.list_address, 94568)
    assert found.worth is Worth.VALID


def test_its_proof_is_a_list_of_one_as_the_schema_of_open_badges_wants():
    assert [each["cryptosuite"] for each in signed()["proof"]] == ["eddsa-rdfc-2022"]


def test_it_says_nothing_but_what_is_on_the_paper():
    told = credential.compose(FACTS)

    assert set(told) == credential.KNOWN
    assert set(told["credentialSubject"]) == {"type", "identifier", "licenseNumber", "achievement"}


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("name",), "Another name"),
        (("credentialSubject", "licenseNumber"), "SECOR-2026-000002-01"),
        (("credentialSubject", "identifier", 0, "identityHash"), "Sam's Siding Ltd."),
        (("validUntil",), "2039-03-02T07:00:00Z"),
        (("validFrom",), "2020-03-02T07:00:00Z"),
        (("credentialStatus", "statusListIndex"), "7"),
        (("credentialStatus", "statusListCredential"), "https://elsewhere.example/list"),
        (("issuer", "name"), "Another partner"),
        (("type",), ["VerifiableCredential"]),
        (("proof", 0, "created"), "2020-01-01T00:00:00Z"),
    ],
)
def test_a_changed_word_is_noticed(place, value):
    changed = copy.deepcopy(signed())
    at = changed
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = value

    with pytest.raises(Forged):
        read(changed)


@pytest.mark.parametrize("where", [(), ("credentialSubject",), ("credentialSubject", "achievement"), ("issuer",)])
def test_a_term_that_no_context_knows_is_refused_on_reading_and_on_signing(where):
    for before in (signed(), credential.compose(FACTS)):
        changed = copy.deepcopy(before)
        at = changed
        for step in where:
            at = at[step]
        at["shoeSize"] = "42"

        with pytest.raises(Forged, match="shoeSize"):
            read(changed) if "proof" in changed else signed(changed)


def test_a_type_that_no_context_knows_is_not_signed():
    told = credential.compose(FACTS)

    with pytest.raises(Forged, match="Invented"):
        signed({**told, "type": [*told["type"], "Invented"]})


@pytest.mark.parametrize(
    "context",
    [
        ["https://www.w3.org/ns/credentials/v2", "https://elsewhere.example/words"],
        ["https://www.w3.org/ns/credentials/v2", {"shoeSize": "https://elsewhere.example/shoe"}],
        "https://www.w3.org/ns/credentials/v2",
        None,
    ],
)
def test_another_context_is_refused(context):
    with pytest.raises(Forged, match="context"):
        read({**signed(), "@context": context})


def test_words_of_its_own_further_in_are_refused():
    changed = copy.deepcopy(signed())
    changed["credentialSubject"]["@context"] = {"shoeSize": "https://elsewhere.example/shoe"}

    with pytest.raises(Forged, match="words of its own"):
        read(changed)


def test_a_document_that_is_nested_without_end_is_refused():
    deep: dict[str, object] = {}
    for _ in range(5000):
        deep = {"achievement": deep}

    with pytest.raises(Forged):
        read({**signed(), "credentialSubject": deep})


def test_another_key_is_noticed():
    with pytest.raises(Forged, match="another key"):
        read(signed(by=OTHER))
    with pytest.raises(Forged, match="not one of its issuer's keys"):
        read(signed(), keys=lambda _: None)


def test_a_key_of_somebody_other_than_the_issuer_is_refused():
    with pytest.raises(Forged, match="other than the issuer"):
        read(signed(issuer="did:web:elsewhere.example"))


@pytest.mark.parametrize("proofs", [None, [], "x", [{}], [{"type": "DataIntegrityProof"}]])
def test_a_document_without_one_proof_of_ours_is_refused(proofs):
    with pytest.raises(Forged):
        read({**signed(), "proof": proofs})


@pytest.mark.parametrize(("name", "value"), [("cryptosuite", "eddsa-jcs-2022"), ("proofPurpose", "authentication")])
def test_a_proof_of_another_kind_is_refused(name, value):
    whole = signed()

    with pytest.raises(Forged, match="kind"):
        read({**whole, "proof": [{**whole["proof"][0], name: value}]})


def test_two_proofs_are_one_too_many():
    whole = signed()

    with pytest.raises(Forged, match="exactly one"):
        read({**whole, "proof": whole["proof"] * 2})


def test_a_signed_list_is_no_certificate():
    with pytest.raises(Forged, match="no certificate"):
        read(signed(a_list()))


def test_its_worth_follows_the_moment_to_the_second():
    whole, second = signed(), timedelta(seconds=1)

    assert read(whole, at=FACTS.from_at - second).worth is Worth.NOT_YET
    assert read(whole, at=FACTS.from_at).worth is Worth.VALID
    assert read(whole, at=FACTS.until_at - second).worth is Worth.VALID
    assert read(whole, at=FACTS.until_at).worth is Worth.EXPIRED


@pytest.mark.parametrize(
    ("listed", "worth"),
    [
        (a_list(), Worth.VALID),
        (a_list(94567, 94569), Worth.VALID),
        (a_list(94568), Worth.ENDED),
        (None, Worth.UNKNOWN),
        (a_list(at=NOW - status_list.LIFE), Worth.UNKNOWN),
        (a_list(at=NOW + timedelta(seconds=1)), Worth.UNKNOWN),
        (a_list(id="https://register.example/partners/esc/status/1"), Worth.UNKNOWN),
        (a_list(issuer="did:web:elsewhere.example"), Worth.UNKNOWN),
        (a_list(credentialSubject={"statusPurpose": "message", "encodedList": status_list.encode([])}), Worth.UNKNOWN),
        (a_list(credentialSubject={"statusPurpose": "revocation", "encodedList": "uAAAA"}), Worth.UNKNOWN),
        (a_list(credentialSubject="x"), Worth.UNKNOWN),
    ],
)
def test_what_cannot_be_confirmed_is_never_called_valid(listed, worth):
    assert credential.with_status(read(signed()), listed=listed, at=NOW) is worth


def test_an_expired_credential_stays_expired_whatever_its_list_says():
    found = read(signed(), at=FACTS.until_at)

    assert credential.with_status(found, listed=None, at=FACTS.until_at) is Worth.EXPIRED


def test_the_compact_form_says_the_same():
    text = token.sign(credential.compose(FACTS), signer=signer_of(KEY), method=METHOD)
    found = credential.read_token(text, key_of=key_of, at=NOW)

    assert (found.number, found.worth) == ("SECOR-2026-000001-04", Worth.VALID)


@pytest.mark.parametrize(
    "header", [{"alg": "none"}, {"alg": "HS256"}, {"typ": "JWT"}, {"crit": ["x"]}, {"kid": "did:key:zOther"}]
)
def test_a_compact_form_that_proves_nothing_is_refused(header):
    before = token.sign(credential.compose(FACTS), signer=signer_of(KEY), method=METHOD).split(".")
    told = {"alg": "EdDSA", "cty": "vc", "iss": DID, "kid": METHOD, "typ": "vc+jwt", **header}
    after = token._coded(token._written(told))
    again = token._coded(KEY.sign(f"{after}.{before[1]}".encode()))

    with pytest.raises(Forged):
        credential.read_token(f"{after}.{before[1]}.{again}", key_of=key_of, at=NOW)
    with pytest.raises(Forged):
        credential.read_token(f"{after}.{before[1]}.", key_of=key_of, at=NOW)


@pytest.mark.parametrize("text", ["", "a.b", "a.b.c.d", "!.!.!", "e30.e30.e30", "WzFd.e30.e30"])
def test_a_text_that_is_no_token_is_refused(text):
    with pytest.raises(Forged):
        credential.read_token(text, key_of=key_of, at=NOW)


@pytest.mark.parametrize("claims", [{"iss": "did:web:elsewhere.example"}, {"exp": 1}, {"jti": "urn:uuid:other"}])
def test_a_token_that_claims_something_else_than_it_says_is_refused(claims):
    before = token.sign(credential.compose(FACTS), signer=signer_of(KEY), method=METHOD).split(".")
    said = token._coded(token._written({**token._read(before[1]), **claims}))
    again = token._coded(KEY.sign(f"{before[0]}.{said}".encode()))

    with pytest.raises(Forged, match="claims"):
        credential.read_token(f"{before[0]}.{said}.{again}", key_of=key_of, at=NOW)


def test_a_changed_token_is_noticed():
    parts = token.sign(credential.compose(FACTS), signer=signer_of(KEY), method=METHOD).split(".")
    other = token._coded(token._written({**credential.compose(FACTS), "name": "Another"}))

    with pytest.raises(Forged, match="changed"):
        credential.read_token(f"{parts[0]}.{other}.{parts[2]}", key_of=key_of, at=NOW)


def test_a_place_on_the_web_is_an_issuer():
    assert credential.did_web("http://localhost:8000", "partners", "asc") == "did:web:localhost%3A8000:partners:asc"
    assert credential.did_web("https://register.example", "partners", "asc") == "did:web:register.example:partners:asc"


def test_a_changed_proof_value_is_refused_however_it_is_written():
    whole = signed()
    for value in ("", "z", "z0", "u" + whole["proof"][0]["proofValue"][1:], "z" + "1" * 5000):
        with pytest.raises(Forged):
            read({**whole, "proof": [{**whole["proof"][0], "proofValue": value}]})


def test_a_proof_checks_what_it_covers_and_gives_the_key():
    assert proof.check(signed(), key_of=key_of, contexts=contexts()) == METHOD
