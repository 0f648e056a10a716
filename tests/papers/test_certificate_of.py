"""From a certificate on file to its paper."""

import pytest

from certified import CERTIFIED, a_certificate, an_employer, happened, office
from secor.core.number import parse
from secor.papers.certificate_of import paper_of
from secor.store.models import Certificate

pytestmark = pytest.mark.django_db
SITE = "https://secor.example"


def paper(certificate: Certificate, **more: object):
    return paper_of(certificate, site_url=SITE, **{"specimen": False, **more})


def test_it_says_what_was_issued_whatever_the_business_is_called_now():
    there = office()
    row = a_certificate(there.employer, there.partner)
    there.employer.legal_name = "Renamed Ltd."
    there.employer.save(update_fields=["legal_name"])
    made = paper(row)

    assert (made.number, made.legal_name) == (row.number, "Rosa's Roofing Ltd.")
    assert (made.scheme_title, made.jurisdiction) == (
        "Small Employer Certificate of Recognition",
        "Province of Alberta",
    )
    assert (made.issued_on, made.term_ends_on) == (CERTIFIED, row.term_ends_on)
    assert made.partner == "Alberta Safety Council"
    assert made.specimen is False
    assert paper(row, specimen=True).specimen is True


def test_its_address_stands_in_capitals_and_ends_in_the_number():
    there = office()
    row = a_certificate(there.employer, there.partner)

    assert paper(row).check_url == f"HTTPS://SECOR.EXAMPLE/V/{row.number}"
    assert str(parse(paper(row).check_url.rsplit("/", 1)[1].lower())) == row.number


@pytest.mark.parametrize(("months", "each_year"), [(11, False), (12, True)])
def test_only_a_long_term_asks_for_an_audit_each_year(months, each_year):
    there = office()

    assert paper(a_certificate(there.employer, there.partner, months=months)).owed_each_year is each_year


def test_another_business_does_not_change_it():
    there = office()
    row = a_certificate(there.employer, there.partner)
    other = a_certificate(an_employer("Other Ltd."), there.partner, months=3, serial=900_002)
    happened(other, "headcount", CERTIFIED, count=4)

    assert paper(row).owed_each_year
