"""Keys, in the spellings of the standards that others read."""

import pytest

from secor.core.key import (
    NotAKey,
    PrivateKey,
    PublicKey,
    base58,
    read_note_verifier,
    read_private,
    read_public,
    signer_of,
    unbase58,
)

# RFC 8032, section 7.1, test 2.
SEED = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
PUBLIC = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
SIGNED = bytes.fromhex(
    "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
    "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
)


def test_a_key_signs_as_the_rfc_says():
    key = PrivateKey(SEED)

    assert key.public.raw == PUBLIC
    assert key.sign(b"\x72") == SIGNED
    assert key.public.verifies(SIGNED, of=b"\x72")


@pytest.mark.parametrize(("signature", "data"), [(SIGNED, b"\x73"), (SIGNED[:-1] + b"\x01", b"\x72"), (b"", b"\x72")])
def test_a_signature_over_something_else_does_not_verify(signature, data):
    assert not PublicKey(PUBLIC).verifies(signature, of=data)


def test_another_key_does_not_verify():
    assert not PrivateKey(b"\x07" * 32).public.verifies(SIGNED, of=b"\x72")


def test_a_key_reads_back_what_it_wrote():
    # The public key of the examples in VC Data Integrity EdDSA Cryptosuites 1.0, appendix B.
    text = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
    public, private = read_public(text), PrivateKey(SEED)

    assert public.multibase == text
    assert read_public(public.did) == public
    assert private.multibase.startswith("z3u2")
    assert read_private(private.multibase) == private


def test_a_key_is_a_json_web_key_as_rfc_8037_writes_it():
    raw = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")

    assert PublicKey(raw).jwk == {
        "kty": "OKP",
        "crv": "Ed25519",
        "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
    }


def test_a_key_of_a_note_is_the_one_that_go_publishes():
    text = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"

    name, key = read_note_verifier(text)

    assert name == "PeterNeumann"
    assert key.note_verifier(name) == text


@pytest.mark.parametrize(
    "text",
    [
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeuman+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+%",
        "PeterNeumann+c74f20a3+AQ==",
        "",
    ],
)
def test_a_note_key_that_does_not_fit_itself_is_refused(text):
    with pytest.raises(NotAKey):
        read_note_verifier(text)


@pytest.mark.parametrize("name", ["", "two words", "a+b"])
def test_a_name_that_would_break_a_note_is_refused(name):
    with pytest.raises(NotAKey):
        PublicKey(PUBLIC).note_verifier(name)


@pytest.mark.parametrize(
    "text", ["", "z", "z6Mk", "zO", "u6MkrJVnaZ", "z3u2en7t5LR2WtQH5PfFqMqwVHgeXouLzo6haApm8XHqvjxq"]
)
def test_a_text_that_is_no_public_key_is_refused(text):
    with pytest.raises(NotAKey):
        read_public(text)


def test_a_private_key_never_stands_in_what_is_printed():
    key = PrivateKey(SEED)

    assert SEED.hex() not in repr(key)
    assert repr(SEED) not in repr(key) + repr(signer_of(key))


def test_a_signer_bears_the_name_of_its_key():
    signer = signer_of(PrivateKey(SEED))

    assert signer.key_name == f"{signer.public.did}#{signer.public.multibase}"
    assert signer.public.verifies(signer.sign(b"x"), of=b"x")


@pytest.mark.parametrize("raw", [b"", b"\0", b"\0\0\x01", b"\xff" * 5])
def test_base_58_reads_back_what_it_wrote(raw):
    assert unbase58(base58(raw)) == raw
