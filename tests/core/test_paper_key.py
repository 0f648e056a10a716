"""Keys for papers: written down, read back, and certified by themselves."""

from datetime import UTC, datetime

import pytest
from cryptography import x509

from secor.core.key import NotAKey, PrivateKey
from secor.core.paper_key import PaperKey, a_paper_key, read_paper_key, self_signed

AT = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_key_reads_back_as_it_was_written():
    key = a_paper_key()

    assert read_paper_key(f" {key.multibase}\n") == key
    assert key.multibase.startswith("z42")
    assert key.public.startswith("zDn")
    assert repr(key.raw) not in repr(key)


@pytest.mark.parametrize("raw", [b"\0" * 31 + b"\1", b"\x7f" * 32, b"\xff" * 4 + b"\0" * 28])
def test_the_smallest_and_the_largest_numbers_begin_alike(raw):
    assert PaperKey(raw).multibase[:4] in {"z42t", "z42u"}
    assert read_paper_key(PaperKey(raw).multibase) == PaperKey(raw)


@pytest.mark.parametrize("text", ["", "z", "z42", "x", "z" + "1" * 500, PrivateKey(b"\x05" * 32).multibase])
def test_a_text_that_is_no_paper_key_is_refused(text):
    with pytest.raises(NotAKey):
        read_paper_key(text)


def test_a_certificate_names_the_partner_and_may_only_sign():
    key = a_paper_key()
    told = x509.load_pem_x509_certificate(self_signed(key, name="A partner " * 20, at=AT).encode())

    assert told.subject == told.issuer
    assert len(told.subject.rfc4514_string()) <= 3 + 64
    assert (told.not_valid_before_utc, told.not_valid_after_utc.year) == (AT, 2036)
    usage = told.extensions.get_extension_for_class(x509.KeyUsage).value
    assert (usage.digital_signature, usage.key_cert_sign) == (True, False)
