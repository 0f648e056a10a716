"""What a phone sends is kept once, whole, and whatever is wrong with it."""

import hashlib
from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards import act_of, card, worker_of
from cast import cast
from secor.queries import records as asked
from secor.queries.people import Scope
from secor.store import shelf
from secor.store.models import Arrival, Entry, Record, RecordPerson, RecordPhoto, Tally
from secor.store.scope import house
from secor.usecases import arrivals, files, records
from uploads import photo

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


def kept():
    return Record.objects.within(ALL)


def test_a_card_is_kept_with_its_people_its_month_and_one_entry():
    there = cast()
    wes = worker_of(there.roofing, "Wes")
    receipt = records.keep(
        act_of(there.wes), employer=there.roofing, sent=card(crew=(("Wes", wes.code), ("Guest", "")))
    )

    row = kept().get(uid=receipt.uid)
    assert (row.title, row.on, row.form) == ("Replace shingles on the north side", date(2026, 6, 3), "site-hazard-card")
    assert (receipt.signatures, receipt.photos_awaited, receipt.problems) == (2, 0, ())
    assert list(RecordPerson.objects.within(ALL).values_list("worker__name", "signed")) == [("Wes", True)]
    tally = Tally.objects.within(ALL).get()
    assert (tally.evidence, tally.month, tally.records, tally.led) == ("hazard_assessment_site", date(2026, 6, 1), 1, 0)
    entry = Entry.objects.within(ALL).get(act="record.kept")
    assert entry.subject == str(receipt.uid)
    assert "Wes" not in str(entry.detail)
    assert "shingles" not in str(entry.detail)


def test_the_same_card_sent_again_is_the_same_card():
    there = cast()
    sent = card()
    first = records.keep(act_of(there.wes), employer=there.roofing, sent=sent)
    again = records.keep(act_of(there.rosa), employer=there.roofing, sent=dict(reversed(sent.items())))

    assert again == first
    assert kept().count() == Entry.objects.within(ALL).filter(act="record.kept").count() == 1
    assert Tally.objects.within(ALL).get().records == 1


def test_other_words_under_the_same_number_change_nothing_and_are_told():
    there = cast()
    sent = card()
    first = records.keep(act_of(there.wes), employer=there.roofing, sent=sent)
    with pytest.raises(records.Differs, match="as a correction") as refusal:
        records.keep(act_of(there.wes), employer=there.roofing, sent=sent | {"on": "2026-06-04"})

    assert refusal.value.kept == first
    assert kept().get().on == date(2026, 6, 3)


def test_what_is_filled_in_wrongly_is_kept_with_its_problem():
    there = cast()
    sent = card(task="", hazards=[{"hazard": "Wind", "risk": {"likelihood": 9, "severity": 1}}], nonsense="x")
    receipt = records.keep(act_of(there.wes), employer=there.roofing, sent=sent)

    assert [each["place"] for each in receipt.problems] == [
        "values.nonsense",
        "values.task",
        "values.hazards.1.risk",
        "values.hazards.1.control",
    ]
    assert kept().get().values["hazards"] == [{"hazard": "Wind"}]


def test_a_form_of_a_version_nobody_knows_is_read_by_todays():
    there = cast()
    receipt = records.keep(act_of(there.wes), employer=there.roofing, sent=card() | {"form_digest": "0" * 64})

    assert [each["place"] for each in receipt.problems] == ["form_digest"]


@pytest.mark.parametrize(
    "sent", [card() | {"uid": "7"}, card() | {"on": "yesterday"}, card() | {"finished_at": "2026-06-03T06:50:00"}, {}]
)
def test_what_is_no_record_is_refused_in_words(sent):
    there = cast()
    with pytest.raises((records.Unrecognizable, records.NoForm)):
        records.keep(act_of(there.wes), employer=there.roofing, sent=sent)
    assert not kept().exists()


@pytest.mark.parametrize("who", ["sam", "dev", "pat", "mona", "vic"])
def test_nobody_from_elsewhere_keeps_a_record_here(who):
    there = cast()
    with pytest.raises(records.NotOfThis):
        records.keep(act_of(getattr(there, who)), employer=there.roofing, sent=card())
    with pytest.raises(records.NotOfThis):
        arrivals.take(act_of(getattr(there, who)), employer=there.roofing, sha256="0" * 64, of=1, at=0, piece=b"x")
    assert not kept().exists()


def test_a_number_that_another_business_used_is_not_told_to_be_theirs():
    there = cast()
    uid = uuid4()
    records.keep(act_of(there.sam), employer=there.siding, sent=card(uid=uid))
    with pytest.raises(records.Unrecognizable, match="Fill it in again"):
        records.keep(act_of(there.wes), employer=there.roofing, sent=card(uid=uid))


def test_an_owner_or_a_lead_hand_who_signs_has_taken_part():
    there = cast()
    lead = worker_of(there.roofing, "Lee", leads=True)
    for crew in ((("Wes", ""),), (("Lee", lead.code),)):
        records.keep(act_of(there.wes), employer=there.roofing, sent=card(crew=crew))
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card())

    assert list(kept().order_by("pk").values_list("led", flat=True)) == [False, True, True]
    assert Tally.objects.within(ALL).get().led == 2


def test_first_aid_records_are_read_by_nobody_but_who_was_named_and_who_made_them():
    there = cast()
    records.keep(act_of(there.wes), employer=there.roofing, sent=card())
    row = kept().get()
    row.read_by = "first_aid"
    row.save(update_fields=["read_by"])
    firm = frozenset({there.roofing.pk})

    def sees(**scope):
        return asked.reached(Scope(**scope), row.uid) is not None

    assert not sees(employers=firm, owned=firm, assessor=there.rosa.pk)
    assert sees(employers=firm, assessor=there.wes.pk)
    assert sees(employers=firm, first_aid=firm, assessor=there.rosa.pk)
    assert not sees(partners=frozenset({there.asc.pk}), assessor=there.pat.pk)
    assert not sees(employers=frozenset({there.siding.pk}), owned=frozenset({there.siding.pk}), assessor=there.sam.pk)


def send(there, content, *, piece=7, who=None):
    sha256 = hashlib.sha256(content).hexdigest()
    act, at = act_of(who or there.wes), 0
    while at < len(content):
        at = arrivals.take(
            act, employer=there.roofing, sha256=sha256, of=len(content), at=at, piece=content[at : at + piece]
        )
    return sha256


@pytest.mark.parametrize("photo_first", [True, False])
def test_a_photo_finds_its_card_whichever_comes_first(photo_first):
    there, content = cast(), photo()
    sha256 = hashlib.sha256(content).hexdigest()
    sent = card(photos=(sha256, sha256))
    if photo_first:
        send(there, content, piece=300)
    before = records.keep(act_of(there.wes), employer=there.roofing, sent=sent)
    if not photo_first:
        assert (before.photos_kept, before.photos_awaited) == (0, 2)
        send(there, content, piece=300)

    after = records.keep(act_of(there.wes), employer=there.roofing, sent=sent)
    assert (after.photos_kept, after.photos_awaited) == (2, 0)
    assert shelf.place(sha256).read_bytes() == content


def test_knowing_the_fingerprint_of_anothers_photo_gives_no_right_to_it():
    there, content = cast(), photo()
    files.keep(act_of(there.sam), upload=_upload(content))
    sha256 = hashlib.sha256(content).hexdigest()
    receipt = records.keep(act_of(there.wes), employer=there.roofing, sent=card(photos=(sha256,)))

    assert receipt.photos_awaited == 1
    assert RecordPhoto.objects.within(ALL).get().file is None


def _upload(content):
    from uploads import sent

    return sent(content)


def test_bytes_that_are_not_those_announced_are_thrown_away_and_asked_for_again():
    there, content = cast(), photo()
    act = act_of(there.wes)
    wrong = hashlib.sha256(b"other").hexdigest()
    with pytest.raises(arrivals.Altered):
        arrivals.take(act, employer=there.roofing, sha256=wrong, of=len(content), at=0, piece=content)

    assert arrivals.have(act, employer=there.roofing, sha256=wrong) == 0
    assert Arrival.objects.within(ALL).get().file is None


def test_a_photo_that_is_a_program_in_disguise_is_refused_and_leaves_nothing():
    there, content = cast(), b"<svg onload=alert(1)>" + b" " * 40
    sha256 = hashlib.sha256(content).hexdigest()
    with pytest.raises(files.NotTaken):
        arrivals.take(act_of(there.wes), employer=there.roofing, sha256=sha256, of=len(content), at=0, piece=content)
    assert not shelf.place(sha256).exists()


def test_a_piece_with_a_gap_before_it_is_left_out_and_one_that_overlaps_adds_what_is_new():
    there, content = cast(), photo()
    act, sha256 = act_of(there.wes), hashlib.sha256(content).hexdigest()

    def take(first, last):
        return arrivals.take(
            act, employer=there.roofing, sha256=sha256, of=len(content), at=first, piece=content[first:last]
        )

    assert take(50, 60) == 0
    assert take(0, 40) == 40
    assert take(20, 60) == 60
    assert take(60, len(content)) == len(content)
    assert take(0, 10) == len(content)


# Three phones: each card may be sent any number of times, in any order, and a correction before what it corrects.
UIDS = [UUID(int=nth + 1, version=4) for nth in range(4)]
LIFE = [
    card(uid=UIDS[0]),
    card(uid=UIDS[1], on=date(2026, 5, 31)),
    card(uid=UIDS[2], corrects=UIDS[0], task="Replace shingles on the south side", on=date(2026, 6, 1)),
    card(uid=UIDS[3], corrects=UIDS[2], on=date(2026, 7, 1)),
]


def state():
    rows = kept().order_by("uid").values_list("uid", "corrected", "fingerprint", "title")
    tallies = Tally.objects.within(ALL).filter(records__gt=0).order_by("month").values_list("month", "records", "led")
    return list(rows), list(tallies)


@pytest.mark.parametrize(
    "examples", [pytest.param(25, id="short"), pytest.param(10_000, id="long", marks=pytest.mark.slow)]
)
def test_any_order_and_any_repetition_end_as_once_in_order(examples):
    from django.db import transaction

    there = cast()

    def lived(order):
        with transaction.atomic():
            for nth, who in order:
                records.keep(act_of(getattr(there, who)), employer=there.roofing, sent=LIFE[nth])
            found = state()
            transaction.set_rollback(True)
        return found

    once = lived([(nth, "wes") for nth in range(len(LIFE))])
    assert once[1] == [(date(2026, 5, 1), 1, 0), (date(2026, 7, 1), 1, 0)]

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["wes", "sol"])), max_size=12),
        st.permutations(range(4)),
    )
    def sweep(noise, order):
        assert lived([*noise, *((nth, "wes") for nth in order)]) == once

    sweep()


@pytest.mark.parametrize("cut", ["Roof \ud83c", "Roof\x00"])
def test_a_text_that_was_cut_through_an_emoji_stops_no_card(cut):
    there = cast()
    sent = card(task=cut, crew=((f"Wes {cut}", ""),))
    first = records.keep(act_of(there.wes), employer=there.roofing, sent=sent)

    assert records.keep(act_of(there.wes), employer=there.roofing, sent=sent) == first
    row = kept().get()
    assert row.title == row.values["task"] == cut[:-1] + "\ufffd"
    assert row.values["crew"][0]["name"].endswith("\ufffd")


@pytest.mark.parametrize("moment", ["9999-12-31T23:59:59-06:00", "0001-01-01T00:00:00+10:00", "1969-12-31T23:59:59Z"])
@pytest.mark.parametrize("which", ["began_at", "finished_at"])
def test_a_moment_that_no_clock_shows_is_no_record(which, moment):
    there = cast()
    with pytest.raises(records.Unrecognizable, match="needs a moment"):
        records.keep(act_of(there.wes), employer=there.roofing, sent=card() | {which: moment})


def test_a_record_cannot_take_its_own_place():
    there = cast()
    uid = uuid4()
    receipt = records.keep(act_of(there.wes), employer=there.roofing, sent=card(uid=uid, corrects=uid))

    assert [each["problem"] for each in receipt.problems] == ["names the record itself"]
    assert (kept().get().corrects, kept().get().corrected) == (None, False)
    assert Tally.objects.within(ALL).get().records == 1
