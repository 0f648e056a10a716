"""The ledger of head-counts, and the eleventh person."""

from datetime import date

import pytest

from certified import CERTIFIED, a_certificate, acts, happened, maintained, office
from secor.core.certificate import Standing
from secor.queries.certificates import standing_of
from secor.store.models import CertificateEvent, Entry, Headcount
from secor.store.scope import house
from secor.usecases import headcounts
from secor.usecases.employers import report_headcount

ALL = house("this test")
DAY = date(2024, 9, 3)

pytestmark = pytest.mark.django_db


def report(scene, number, *, on=DAY, today=DAY, kind="full_time"):
    return report_headcount(acts(scene.rosa, today), employer=scene.employer, on=on, counts={kind: number})


def told():
    rows = CertificateEvent.objects.within(ALL).filter(event="headcount")
    return [(row.on, row.count) for row in rows]


def test_a_second_count_of_a_day_corrects_the_first_and_the_journal_keeps_both():
    scene = office()

    report(scene, 6)
    report(scene, 6)
    report(scene, 7)

    assert Headcount.objects.within(ALL).get().full_time == 7
    acts_kept = Entry.objects.within(ALL).order_by("pk").values_list("act", "detail")
    assert [act for act, _ in acts_kept] == ["headcount.reported", "headcount.corrected"]
    assert acts_kept[1][1]["before"]["full_time"] == 6
    assert acts_kept[1][1]["counts"]["full_time"] == 7


@pytest.mark.parametrize(
    ("on", "refusal"),
    [
        (date(2024, 9, 4), headcounts.NotYet),
        (date(2014, 9, 2), headcounts.TooLongAgo),
        (date(2014, 9, 3), None),
        (date(2024, 2, 29), None),
    ],
)
def test_a_count_is_of_a_day_that_came_in_the_last_ten_years(on, refusal):
    scene = office()

    if refusal is None:
        assert report(scene, 4, on=on).on == on
    else:
        with pytest.raises(refusal):
            report(scene, 4, on=on)
        assert not Headcount.objects.within(ALL).exists()


def test_ten_years_before_a_leap_day_is_the_day_before():
    scene = office()

    assert report(scene, 4, on=date(2014, 2, 28), today=date(2024, 2, 29))
    with pytest.raises(headcounts.TooLongAgo):
        report(scene, 4, on=date(2014, 2, 27), today=date(2024, 2, 29))


def test_the_tenth_person_changes_nothing_and_the_eleventh_sets_the_day_to_move_on_by():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)

    report(scene, 10)
    assert told() == []
    report(scene, 11, on=date(2024, 9, 4), today=date(2024, 9, 4))

    assert told() == [(date(2024, 9, 4), 11)]
    standing = standing_of(certificate, on=date(2024, 9, 4))
    assert standing.good
    assert standing.convert_by == date(2025, 5, 17)
    assert standing.next_scheme == "ab-cor"
    assert standing_of(certificate, on=date(2025, 5, 17)).good
    assert standing_of(certificate, on=date(2025, 5, 18)).standing is Standing.CONVERTED


def test_subcontractors_do_not_count_for_a_partner_that_does_not_count_them():
    scene = office()
    a_certificate(scene.employer, scene.partner)

    report(scene, 11, kind="subcontractors")

    assert told() == []


def test_without_a_certificate_there_is_nothing_to_write_it_into():
    report(office(), 11)

    assert told() == []


def test_a_certificate_that_time_has_ended_is_told_nothing():
    scene = office()
    a_certificate(scene.employer, scene.partner)

    report(scene, 11, on=date(2025, 5, 18), today=date(2025, 5, 18))

    assert told() == []


def test_a_suspended_certificate_still_hears_of_the_eleventh_person():
    scene = office()
    happened(a_certificate(scene.employer, scene.partner), "suspended", date(2024, 8, 1))

    report(scene, 11)

    assert told() == [(DAY, 11)]


def test_what_the_certificate_knows_cannot_be_made_smaller_here():
    scene = office()
    a_certificate(scene.employer, scene.partner)
    report(scene, 11)

    with pytest.raises(headcounts.OnRecord, match="call Alberta Safety Council"):
        report(scene, 10)
    report(scene, 12)
    report(scene, 9, on=date(2024, 9, 10), today=date(2024, 9, 10))

    assert told() == [(DAY, 11), (DAY, 12)]
    assert list(Headcount.objects.within(ALL).values_list("full_time", flat=True)) == [12, 9]


@pytest.mark.parametrize(
    ("later_count_on", "expected"),
    [
        (None, [(CERTIFIED, 11)]),  # it still held when the certificate began
        (CERTIFIED, []),  # it ended the day before
        (date(2024, 5, 18), [(CERTIFIED, 11)]),
    ],
)
def test_a_count_reported_late_counts_from_the_certificates_first_day_if_it_still_held(later_count_on, expected):
    scene = office()
    a_certificate(scene.employer, scene.partner)
    if later_count_on:
        report(scene, 8, on=later_count_on)

    report(scene, 11, on=date(2024, 4, 1))

    assert told() == expected


def test_shrinking_again_does_not_take_the_note_back():
    scene = office()
    certificate = a_certificate(scene.employer, scene.partner)
    maintained(certificate, date(2025, 4, 1), date(2025, 4, 20))

    report(scene, 11, on=date(2025, 6, 1), today=date(2025, 6, 1))
    report(scene, 8, on=date(2025, 6, 2), today=date(2025, 6, 2))

    assert standing_of(certificate, on=date(2025, 6, 2)).convert_by == date(2026, 5, 17)
