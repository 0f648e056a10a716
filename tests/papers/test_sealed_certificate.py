"""The certificate that goes out, looked at by programs that we did not write: pdfsig, pdfdetach, qpdf and zbarimg."""

import contextlib
import json
import shutil
import subprocess
from datetime import date

import pytest

from certified import a_certificate, acts, at, office
from secor.core import credential
from secor.core.key import Purpose
from secor.core.proof import Forged
from secor.core.sealed_paper import open_paper
from secor.papers.sealed_certificate import sealed_certificate
from secor.queries import keys as asked
from secor.queries.contexts import contexts
from secor.usecases import credentials, keys

pytestmark = pytest.mark.django_db
TODAY = date(2024, 6, 3)
SITE = "http://localhost:8000"


@pytest.fixture
def scene():
    return office()


@pytest.fixture
def certificate(scene):
    row = a_certificate(scene.employer, scene.partner)
    for purpose in (Purpose.CREDENTIAL, Purpose.PAPER):
        keys.make(acts(None, TODAY), purpose=purpose, partner=scene.partner)
    credentials.seal(acts(None, TODAY), certificate=row)
    return row


def made(certificate, place):
    place.write_bytes(sealed_certificate(certificate, site_url=SITE, specimen=True))
    return place


def asked_of(program, *words):
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not there")
    return subprocess.run([program, *map(str, words)], check=False, capture_output=True, text=True, timeout=60)


def test_pdfsig_accepts_the_paper_and_refuses_it_with_one_byte_changed(certificate, tmp_path):
    paper = made(certificate, tmp_path / "paper.pdf")
    spoiled = tmp_path / "spoiled.pdf"
    raw = bytearray(paper.read_bytes())
    raw[len(raw) // 3] ^= 1
    spoiled.write_bytes(raw)

    good, bad = asked_of("pdfsig", paper).stdout, asked_of("pdfsig", spoiled).stdout

    assert "Signature is Valid" in good
    assert "Total document signed" in good
    assert "ETSI.CAdES.detached" in good
    assert "Alberta Safety Council" in good
    assert "Signature is Valid" not in bad


def test_the_credential_inside_is_the_one_that_was_signed(scene, certificate, tmp_path):
    paper, out = made(certificate, tmp_path / "paper.pdf"), tmp_path / "out.json"
    asked_of("pdfdetach", "-save", 1, "-o", out, paper)
    row = asked.current(Purpose.CREDENTIAL, partner=scene.partner)

    found = credential.read(
        json.loads(out.read_text()), key_of=lambda _: asked.public_of(row), contexts=contexts(), at=at(TODAY)
    )

    assert found.number == certificate.number


def test_qpdf_finds_nothing_wrong_with_it(certificate, tmp_path):
    told = asked_of("qpdf", "--check", made(certificate, tmp_path / "paper.pdf"))

    assert (told.returncode, "No syntax or stream encoding errors" in told.stdout) == (0, True)


def test_the_square_code_of_the_signed_paper_still_leads_to_the_register(certificate, tmp_path):
    paper = made(certificate, tmp_path / "paper.pdf")
    asked_of("pdftoppm", "-r", 150, "-png", "-singlefile", paper, tmp_path / "page")
    told = asked_of("zbarimg", "-q", "--raw", tmp_path / "page.png").stdout

    assert told.strip().lower().endswith(f"/v/{certificate.number}".lower())


def test_without_keys_and_while_signing_is_stopped_the_paper_goes_out_unsigned(scene, tmp_path):
    row = a_certificate(scene.employer, scene.partner)
    plain = sealed_certificate(row, site_url=SITE, specimen=True)
    keys.make(acts(None, TODAY), purpose=Purpose.PAPER, partner=scene.partner)
    keys.stop(acts(None, TODAY), reason="a wrong rule was found")

    assert sealed_certificate(row, site_url=SITE, specimen=True) == plain
    assert b"ETSI.CAdES.detached" not in plain


def test_our_own_look_at_the_paper_agrees_about_every_tenth_of_it(certificate, tmp_path):
    raw = made(certificate, tmp_path / "paper.pdf").read_bytes()
    paper = open_paper(raw)

    assert (paper.whole, paper.signed_by) == (True, "Alberta Safety Council")
    assert paper.credential["credentialSubject"]["licenseNumber"] == certificate.number
    for place in range(len(raw) // 20, len(raw), len(raw) // 10):
        spoiled = bytearray(raw)
        spoiled[place] ^= 1
        with contextlib.suppress(Forged):
            assert not open_paper(bytes(spoiled)).whole, place
    assert not open_paper(raw + b"\n%%EOF\n").whole


@pytest.mark.parametrize("raw", [b"", b"%PDF-1.7", b"not a paper"])
def test_what_is_no_paper_is_refused(raw):
    with pytest.raises(Forged):
        open_paper(raw)


def test_a_paper_without_a_credential_is_refused(scene):
    row = a_certificate(scene.employer, scene.partner)

    with pytest.raises(Forged, match="holds no credential"):
        open_paper(sealed_certificate(row, site_url=SITE, specimen=True))


def test_a_paper_with_a_credential_and_no_signature_is_not_whole(scene):
    row = a_certificate(scene.employer, scene.partner)
    keys.make(acts(None, TODAY), purpose=Purpose.CREDENTIAL, partner=scene.partner)
    credentials.seal(acts(None, TODAY), certificate=row)

    assert not open_paper(sealed_certificate(row, site_url=SITE, specimen=True)).whole
