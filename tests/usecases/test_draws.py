"""What an audit draws is kept, and can be drawn again by anybody who knows the rule."""

from datetime import UTC, date, datetime

import pytest

from assessments import scene
from cards import act_of, card
from secor.core.draw import Thing
from secor.core.draw import draw as again
from secor.queries import draws as reading
from secor.queries.composition import drafted
from secor.store.models import Draw, Entry, Site, Worker
from secor.store.scope import Scope, house
from secor.usecases import draws, records
from secor.usecases.act import Act
from secor.usecases.assessor import Closed, NotYours

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 20, 18, tzinfo=UTC)
ALL = house("the test looks at everything")
OUTSIDE = Scope(assessor=1)


def crew(there, number):
    for n in range(number):
        Worker.objects.create(employer=there.employer, name=f"Worker {n}", leads=n < 2, began_on=date(2026, 1, 5))


def inside(there):
    return Scope(employers=frozenset({there.employer.pk}), owned=frozenset({there.employer.pk}))


def drawn(there, of=Draw.Of.PEOPLE, **more):
    return draws.draw(Act(there.rosa, AT), audit=there.audit, of=of, scope=more.pop("scope", inside(there)), **more)


def test_as_many_people_as_the_table_wants_with_those_who_lead_among_them():
    there = scene(performer="self_assessor")
    crew(there, 6)
    row = drawn(there)
    assert len(row.chosen) == row.wanted == reading.sample_of(there.audit).interviews < 6
    assert Worker.objects.within(ALL).filter(code__in=row.chosen, leads=True).count() == 2
    assert len(reading.names_of(row, scope=inside(there))) == row.wanted
    entry = Entry.objects.within(ALL).filter(act="sample.drawn").get()
    assert entry.detail == {"of": "people", "seed": row.seed, "drawn": row.wanted, "out_of": 6}


def test_what_is_kept_is_enough_to_draw_it_again():
    there = scene(performer="self_assessor")
    crew(there, 6)
    row = Draw.objects.within(ALL).get(pk=drawn(there).pk)
    pool = [Thing(key, tuple(traits)) for key, traits in row.pool]
    assert again(pool, wanted=row.wanted, seed=row.seed) == tuple(row.chosen)


def test_drawing_again_keeps_the_earlier_draw_and_the_last_one_stands():
    there = scene(performer="self_assessor")
    crew(there, 6)
    first, second = drawn(there, seed="one"), drawn(there, seed="two")
    assert Draw.objects.within(ALL).count() == 2
    assert reading.standing(there.audit)["people"].pk == second.pk != first.pk


@pytest.mark.parametrize(("on", "there_too"), [(date(2025, 6, 20), False), (date(2025, 6, 21), True)])
def test_only_records_of_the_year_that_the_audit_looks_at(on, there_too):
    there = scene(performer="self_assessor")
    uid = records.keep(act_of(there.rosa), employer=there.employer, sent=card(on=on)).uid
    if there_too:
        assert drawn(there, Draw.Of.RECORDS).chosen == [str(uid)]
    else:
        with pytest.raises(draws.NothingThere):
            drawn(there, Draw.Of.RECORDS)


def test_an_auditor_from_outside_draws_sites_but_neither_people_nor_records_of_the_business():
    there = scene()
    crew(there, 6)
    Site.objects.create(employer=there.employer, name="12 Elm Street")
    Site.objects.create(employer=there.employer, name="Closed yard", closed_on=date(2026, 2, 1))
    row = draws.draw(Act(there.dev, AT), audit=there.audit, of=Draw.Of.SITES, scope=OUTSIDE)
    assert reading.names_of(row, scope=OUTSIDE) == ("12 Elm Street",)
    for of in (Draw.Of.PEOPLE, Draw.Of.RECORDS):
        with pytest.raises(draws.NothingThere):
            draws.draw(Act(there.dev, AT), audit=there.audit, of=of, scope=OUTSIDE)


def test_nobody_else_draws_and_nothing_is_drawn_once_it_was_sent():
    there = scene(performer="self_assessor")
    crew(there, 6)
    with pytest.raises(NotYours):
        draws.draw(Act(there.sam, AT), audit=there.audit, of=Draw.Of.PEOPLE, scope=inside(there))
    there.audit.stage = "submitted"
    there.audit.save()
    with pytest.raises(Closed):
        drawn(there)


def test_the_report_counts_what_was_drawn_and_names_nobody():
    there = scene(performer="self_assessor")
    crew(there, 6)
    assert drafted(there.audit).sentence("sampling.drawn") is None
    people = drawn(there)
    Site.objects.create(employer=there.employer, name="The yard", people=6)
    drawn(there, of=Draw.Of.SITES)
    told = drafted(there.audit).sentence("sampling.drawn").text
    assert told == (
        "Drawn by chance, so that anybody can draw the same again: "
        f"{len(people.chosen)} of 6 people and 1 of 1 place of work."
    )
