"""A client's list of suppliers, however it was kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secor.core.number import CertificateNumber
from secor.core.supplier_list import MOST, TooMany, read_suppliers

ONE, TWO = (str(CertificateNumber("SECOR", 2024, serial)) for serial in (123, 124))


def numbers(text):
    return [each.number for each in read_suppliers(text)]


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n{TWO}\n",
        f"{ONE}\r\n\r\n{TWO}",
        f"Supplier,Certificate\nRosa's Roofing,{ONE}\n\"Sam's, Siding\",{TWO}\n",
        f"Nom;Numéro\nRosa;{ONE.lower()}\nSam;{TWO.replace('-', ' ')}\n",
        f"Rosa\t{ONE}\nSam\t{TWO}\tCalgary\n",
        f"\0{ONE}\n{TWO}",
    ],
)
def test_the_number_is_found_in_whichever_column_it_stands(text):
    assert numbers(text) == [ONE, TWO]


def test_a_slip_is_kept_with_its_line_and_what_is_the_matter():
    wrong = ONE[:-1] + str((int(ONE[-1]) + 1) % 10)
    found = read_suppliers(f"name,number\nRosa,{ONE}\nSam,{wrong}\nNobody,none yet\n")

    assert [(each.line, each.number) for each in found] == [(2, ONE), (3, ""), (4, "")]
    assert found[1].given == wrong
    assert "One character" in found[1].trouble
    assert (found[2].given, "looks like" in found[2].trouble) == ("Nobody", True)


def test_a_first_line_that_was_meant_as_a_number_is_no_heading():
    wrong = ONE[:-1] + str((int(ONE[-1]) + 1) % 10)
    assert [each.line for each in read_suppliers(f"{wrong}\n{ONE}")] == [1, 2]


def test_ten_thousand_lines_are_read_and_one_more_is_refused():
    assert len(read_suppliers(f"{ONE}\n" * MOST)) == MOST
    with pytest.raises(TooMany, match="10,000"):
        read_suppliers(f"{ONE}\n" * (MOST + 1))


@given(st.text(max_size=300))
def test_whatever_is_sent_is_read_without_a_crash(text):
    for each in read_suppliers(text):
        assert bool(each.number) != bool(each.trouble)


def test_a_quote_that_never_ends_and_a_cell_without_end_are_no_crash():
    assert [each.number for each in read_suppliers(f'{ONE}\n"{TWO}')] == [ONE, TWO]
    found = read_suppliers(f"{ONE}\n{'x' * 200_000}\n{TWO}")
    assert [each.number for each in found] == [ONE, "", TWO]
    assert found[1].trouble
