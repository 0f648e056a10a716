"""A program is begun, built, and told anew; what an owner wrote or signed is never overwritten."""

import pytest

from cast import cast
from programs import CREW, act_of, built, little_library, rows_of, signed
from secor.core.trade import Condition
from secor.queries.programs import program_of
from secor.queries.proposals import Proposes, proposals
from secor.store.models import Entry, PartVersion, Program, ProgramPart
from secor.store.scope import house
from secor.usecases import parts, programs
from secor.usecases.owner import NotOwner

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
ROSA = {"employer": "Volt", "owner": "Rosa"}


@pytest.fixture(autouse=True)
def _library(monkeypatch):
    little_library(monkeypatch)


@pytest.fixture
def there():
    return cast()


def text_of(row):
    return row.versions.latest("number").text


def acts(employer):
    return list(Entry.objects.within(ALL).filter(employer=employer).order_by("pk").values_list("act", flat=True))


def proposed(employer):
    return {(each.part.key if each.part else each.row.key): each.proposes for each in proposals(program_of(employer))}


def test_a_program_is_written_from_the_answers(there):
    rows = built(there.rosa, there.roofing)

    assert list(rows) == ["policy", "hazards"]
    assert text_of(rows["policy"]) == "Volt promises. Rosa sees to it.\n"
    assert "The fall" in text_of(rows["hazards"])
    assert "The arc" not in text_of(rows["hazards"])
    assert all(row.versions.get().built for row in rows.values())
    assert acts(there.roofing) == ["program.begun", "program.built"]
    entry = Entry.objects.within(ALL).get(act="program.begun")
    assert entry.detail == {"trade": "wiring", "jobs": ["houses"], "conditions": ["drives", "workers"]}
    assert "Rosa" not in str(entry.detail)


def test_building_twice_is_one_act(there):
    built(there.rosa, there.roofing)

    assert programs.build(act_of(there.rosa), employer=there.roofing) == ()
    assert PartVersion.objects.within(ALL).count() == 2
    assert acts(there.roofing).count("program.built") == 1


def test_nobody_but_an_owner_begins_tells_or_builds(there):
    for person in (there.wes, there.sol, there.sam, there.dev, there.pat):
        with pytest.raises(NotOwner):
            programs.begin(act_of(person), employer=there.roofing, trade="wiring")
    built(there.rosa, there.roofing)
    for person in (there.wes, there.sol, there.sam):
        with pytest.raises(NotOwner):
            programs.retell(act_of(person), employer=there.roofing, trade="mowing")
        with pytest.raises(NotOwner):
            programs.build(act_of(person), employer=there.roofing)


def test_a_program_is_begun_once_and_built_only_when_enough_was_told(there):
    with pytest.raises(programs.NotBegun):
        programs.build(act_of(there.rosa), employer=there.roofing)
    programs.begin(act_of(there.rosa), employer=there.roofing, trade="wiring")
    with pytest.raises(programs.Begun):
        programs.begin(act_of(there.rosa), employer=there.roofing, trade="wiring")
    with pytest.raises(programs.Unfinished):
        programs.build(act_of(there.rosa), employer=there.roofing)
    programs.retell(act_of(there.rosa), employer=there.roofing, jobs=["houses"])
    with pytest.raises(programs.Unfinished):
        programs.build(act_of(there.rosa), employer=there.roofing)
    programs.retell(act_of(there.rosa), employer=there.roofing, conditions=CREW)
    programs.build(act_of(there.rosa), employer=there.roofing)

    assert len(rows_of(there.roofing)) == 2


def test_what_the_library_does_not_have_cannot_be_told(there):
    for told in ({"trade": "magic"}, {"trade": "wiring", "jobs": ["lawns"]}):
        with pytest.raises(programs.NoSuchTrade):
            programs.begin(act_of(there.rosa), employer=there.roofing, **told)
    assert not Program.objects.within(ALL).exists()


def test_names_are_kept_on_one_line_without_what_cannot_be_printed(there):
    built(there.rosa, there.roofing, blanks={"employer": "Volt\x00 &\n Sons", "owner": "R" * 300, "nonsense": "x"})

    assert program_of(there.roofing).blanks == {"employer": "Volt & Sons", "owner": "R" * 120}


def test_telling_the_same_again_is_no_act(there):
    built(there.rosa, there.roofing)
    programs.retell(act_of(there.rosa, days=1), employer=there.roofing, jobs=["houses"], conditions=CREW)

    assert acts(there.roofing) == ["program.begun", "program.built"]


def test_another_trade_keeps_no_job_it_does_not_have(there):
    built(there.rosa, there.roofing)
    program = programs.retell(act_of(there.rosa), employer=there.roofing, trade="mowing")

    assert program.jobs == []
    assert programs.unanswered(program) == "jobs"


def test_a_text_that_nobody_signed_gives_way_to_the_new_one(there):
    rows = built(there.rosa, there.roofing)
    programs.retell(act_of(there.rosa), employer=there.roofing, jobs=["houses", "shops"])

    assert proposed(there.roofing) == {"policy": Proposes.SAME, "hazards": Proposes.REPLACE}
    assert "The arc" not in text_of(rows["hazards"]), "telling alone changes no part"
    assert programs.build(act_of(there.rosa), employer=there.roofing) == ()
    assert "The arc" in text_of(rows["hazards"])
    assert rows["hazards"].versions.count() == 2


def test_a_signed_text_is_offered_the_new_one_and_stays_until_it_is_taken(there):
    rows = built(there.rosa, there.roofing)
    signed(there.rosa, rows["policy"])
    programs.retell(act_of(there.rosa), employer=there.roofing, blanks={"employer": "Ampere", "owner": "Rosa"})
    (offer,) = programs.build(act_of(there.rosa), employer=there.roofing)

    assert (offer.proposes, offer.row) == (Proposes.OFFER, rows["policy"])
    assert text_of(rows["policy"]) == "Volt promises. Rosa sees to it.\n"

    version = parts.take_offer(act_of(there.rosa), part=rows["policy"])
    assert (version.number, version.text, version.signed_on) == (2, "Ampere promises. Rosa sees to it.\n", None)
    assert proposed(there.roofing)["policy"] is Proposes.SAME


def test_what_the_owner_wrote_is_never_overwritten(there):
    rows = built(there.rosa, there.roofing)
    parts.edit(act_of(there.rosa), part=rows["policy"], text="Our own words.", over=1)
    assert proposed(there.roofing)["policy"] is Proposes.SAME, "the answers did not change"

    programs.retell(act_of(there.rosa), employer=there.roofing, blanks={"employer": "Ampere", "owner": "Rosa"})
    programs.build(act_of(there.rosa), employer=there.roofing)

    assert text_of(rows["policy"]) == "Our own words.\n"
    assert proposed(there.roofing)["policy"] is Proposes.OFFER


def test_what_was_left_once_is_not_offered_again_until_the_answers_change_again(there):
    rows = built(there.rosa, there.roofing)
    signed(there.rosa, rows["policy"])
    programs.retell(act_of(there.rosa), employer=there.roofing, blanks=ROSA | {"employer": "Ampere"})
    parts.leave_offer(act_of(there.rosa), part=rows["policy"])

    assert proposed(there.roofing)["policy"] is Proposes.SAME
    with pytest.raises(parts.NothingOffered):
        parts.take_offer(act_of(there.rosa), part=rows["policy"])
    programs.retell(act_of(there.rosa), employer=there.roofing, blanks=ROSA | {"employer": "Ohm"})
    assert proposed(there.roofing)["policy"] is Proposes.OFFER


def test_a_part_of_earlier_answers_is_told_and_taken_out_only_by_its_owner(there):
    rows = built(there.rosa, there.roofing, conditions=CREW | {Condition.ALONE})
    assert list(rows) == ["policy", "hazards", "alone"]
    programs.retell(act_of(there.rosa), employer=there.roofing, conditions=CREW)
    (leftover,) = programs.build(act_of(there.rosa), employer=there.roofing)

    assert (leftover.proposes, leftover.row) == (Proposes.LEFTOVER, rows["alone"])
    assert "alone" in rows_of(there.roofing)
    parts.remove_part(act_of(there.rosa), part=rows["alone"])
    assert programs.build(act_of(there.rosa), employer=there.roofing) == ()


def test_a_part_that_was_taken_out_is_not_written_again(there):
    rows = built(there.rosa, there.roofing)
    parts.remove_part(act_of(there.rosa), part=rows["hazards"])
    programs.retell(act_of(there.rosa), employer=there.roofing, jobs=["shops"])
    programs.build(act_of(there.rosa), employer=there.roofing)

    assert list(rows_of(there.roofing)) == ["policy"]
    assert ProgramPart.objects.within(ALL).get(key="hazards").versions.count() == 1


def test_parts_are_numbered_without_a_gap_and_own_ones_come_last(there):
    built(there.rosa, there.roofing)
    parts.add_part(act_of(there.rosa), employer=there.roofing, title="Dogs", text="No dogs.")
    programs.retell(act_of(there.rosa), employer=there.roofing, conditions=CREW | {Condition.ALONE})
    programs.build(act_of(there.rosa), employer=there.roofing)

    numbered = [(row.number, row.title) for row in rows_of(there.roofing).values()]
    assert numbered == [(1, "Policy"), (2, "Hazards"), (3, "Alone"), (4, "Dogs")]
