"""Certificate numbers catch a slip of the hand."""

import string

import pytest

from secor.core.number import CertificateNumber, NotANumber, check_digits, parse

NUMBERS = [CertificateNumber("SECOR", 2026, serial) for serial in (1, 123, 99_999, 4_070_913)]


@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_is_read_back_as_it_was_printed(number):
    assert parse(str(number)) == number


@pytest.mark.parametrize(
    "typed", ["secor 2026 000123 {}", "SECOR2026000123{}", " secor-2026-ooo123-{} ", "secor–2026–OOOl23–{}"]
)
def test_a_number_is_read_as_people_type_it(typed):
    digits = check_digits("SECOR2026000123")

    assert parse(typed.format(digits)) == CertificateNumber("SECOR", 2026, 123)


@pytest.mark.parametrize("number", NUMBERS)
def test_every_single_wrong_character_is_caught(number):
    printed = str(number).replace("-", "")
    for place, sign in enumerate(printed):
        for wrong in string.digits if sign.isdigit() else string.ascii_uppercase:
            if wrong != sign:
                with pytest.raises(NotANumber):
                    parse(printed[:place] + wrong + printed[place + 1 :])


@pytest.mark.parametrize("number", NUMBERS)
def test_every_swap_of_two_neighbours_is_caught(number):
    printed = str(number).replace("-", "")
    for place in range(len(printed) - 1):
        swapped = printed[:place] + printed[place + 1] + printed[place] + printed[place + 2 :]
        if swapped != printed:
            with pytest.raises(NotANumber):
                parse(swapped)


def test_a_number_may_have_space_around_it_and_nothing_after_it_is_passed_over():
    printed = str(NUMBERS[0])

    assert parse(printed.ljust(60)) == NUMBERS[0]
    for longer in (printed.ljust(61), printed.ljust(60) + "9"):
        with pytest.raises(NotANumber, match="SECOR-2024-000123-43"):
            parse(longer)


@pytest.mark.parametrize(
    "typed", ["", "-", "SECOR", "1234", "x" * 100_000, "SECOR-2026-00012-", "🦺", "SECOR-２０２６-000123-75"]
)
def test_what_is_no_number_is_told_with_an_example(typed):
    with pytest.raises(NotANumber, match="SECOR-2024-000123-43"):
        parse(typed)
