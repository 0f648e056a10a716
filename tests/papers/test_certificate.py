"""The certificate, read back by programs that did not write it."""

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from secor.papers.certificate import CertificatePaper, certificate

AT = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
PAPER = CertificatePaper(
    number="SECOR-2026-000123-75",
    scheme_title="Small Employer Certificate of Recognition",
    jurisdiction="Province of Alberta",
    legal_name="Rosa Kowalchuk Roofing & Sheet Metal (2019) Ltd.",
    trade_name="Rosa\u2019s Roofs",
    partner="Alberta Safety Council",
    issued_on=date(2026, 11, 23),
    term_ends_on=date(2029, 11, 23),
    owed_each_year=True,
    check_url="HTTP://LOCALHOST:8000/V/SECOR-2026-000123-75",
)


def text_of(pdf: bytes, tmp_path) -> str:
    (tmp_path / "c.pdf").write_bytes(pdf)
    command = ["pdftotext", "-layout", str(tmp_path / "c.pdf"), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_another_program_reads_what_the_certificate_says(tmp_path):
    text = text_of(certificate(PAPER, at=AT), tmp_path)

    for said in (PAPER.number, PAPER.legal_name, PAPER.trade_name, "November 23, 2026", "November 23, 2029"):
        assert said in text
    assert "Specimen" not in text


def test_another_program_reads_the_address_from_the_qr_code(tmp_path):
    (tmp_path / "c.pdf").write_bytes(certificate(PAPER, at=AT))
    subprocess.run(["pdftoppm", "-r", "150", "-png", "-singlefile", "c.pdf", "c"], cwd=tmp_path, check=True)

    read = subprocess.run(["zbarimg", "-q", "--raw", "c.png"], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert read.stdout.strip() == PAPER.check_url


def test_it_is_one_tagged_page_with_a_title(tmp_path):
    (tmp_path / "c.pdf").write_bytes(certificate(PAPER, at=AT))

    told = subprocess.run(["pdfinfo", "c.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert "Tagged:          yes" in told
    assert "Pages:           1" in told
    assert PAPER.number in told


@pytest.mark.parametrize(
    "name",
    [
        "A" * 200,
        "=cmd|' /C calc'!A0 #import \"x\" $1+1$ *bold* <script>",
        "Ünïcødé Ştřüčk 漢字 مرحبا",
        "W",
    ],
)
def test_any_name_is_printed_on_one_page_and_read_as_text(name, tmp_path):
    pdf = certificate(replace(PAPER, legal_name=name), at=AT)

    (tmp_path / "c.pdf").write_bytes(pdf)
    told = subprocess.run(["pdfinfo", "c.pdf"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "Pages:           1" in told


def test_a_demonstration_says_so_on_the_paper(tmp_path):
    assert "Specimen" in text_of(certificate(replace(PAPER, specimen=True), at=AT), tmp_path)


def test_the_same_moment_gives_the_same_bytes():
    assert certificate(PAPER, at=AT) == certificate(PAPER, at=AT)
