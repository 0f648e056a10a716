"""A quote on paper, read back by another program."""

import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from secor.papers.quote import quote
from secor.store.models import Partner, Quote

AT = datetime(2026, 6, 9, 18, 0, tzinfo=UTC)


def a_quote(**more) -> Quote:
    given = {
        "code": "0123456789ab",
        "partner": Partner(name="Alberta Safety Council"),
        "business": "Nia's #Paving & *Sons*",
        "kind": "certification",
        "trades_as": "Dev [Audits]",
        "lines": [{"what": "Travel", "how": "226 km at $0.68", "amount": "153.68"}],
        "net": Decimal("153.68"),
        "tax_percent": Decimal("5.000"),
        "tax": Decimal("7.68"),
        "total": Decimal("161.36"),
        "good_until": date(2026, 7, 9),
        "made_at": AT,
    }
    return Quote(**{**given, **more})


def said(content: bytes, tmp_path) -> str:
    place = tmp_path / "quote.pdf"
    place.write_bytes(content)
    done = subprocess.run(["pdftotext", "-layout", place, "-"], capture_output=True, text=True, check=True)
    return done.stdout.replace("\u2019", "'")


def test_it_tells_every_line_and_reads_no_name_as_markup(tmp_path):
    text = said(quote(a_quote(note="$x$ #panic()\nSee you")), tmp_path)

    for words in ("Nia's #Paving & *Sons*", "Dev [Audits]", "226 km at $0.68", "$153.68", "GST, 5 %", "$161.36"):
        assert words in text
    assert "Good until July 9, 2026" in text
    assert "#panic()" in text
    assert "Specimen" not in text
    assert "Accepted" not in text


def test_an_accepted_one_says_by_whom_and_a_demonstrations_says_that_nothing_is_owed(tmp_path):
    text = said(quote(a_quote(accepted_at=AT, accepted_by="Nia Paver"), specimen=True), tmp_path)

    assert "Accepted by Nia Paver on June 9, 2026" in text
    assert "Specimen from a demonstration" in text


@pytest.mark.parametrize("more", [{}, {"accepted_at": AT, "accepted_by": "Nia"}])
def test_the_same_quote_gives_the_same_bytes(more):
    assert quote(a_quote(**more)) == quote(a_quote(**more))
