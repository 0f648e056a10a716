"""What an owner tells for the figures is kept once; a comparison counts nobody who did not consent."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from cards import act_of, card, looked_round
from cast import cast
from certified import a_person, an_employer
from secor.core.figures import Kept, Pool
from secor.core.rhythm import Rhythm
from secor.core.role import RoleKind
from secor.queries import figures as asked
from secor.store.models import Consent, CorrectiveAction, Entry, Headcount, MonthOfWork, Program, Record
from secor.store.scope import house
from secor.usecases import figures, owner, records
from secor.usecases.act import Act

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
ON = date(2026, 6, 3)  # the day of act_of
MAY = date(2026, 5, 1)


@pytest.fixture
def there():
    return cast()


def tell(there, month=MAY, *, hours=None, days_lost=None, who="rosa"):
    act = act_of(getattr(there, who))
    return figures.tell_month(act, employer=there.roofing, month=month, hours=hours, days_lost=days_lost)


def incident(there, on, *kinds, form="incident-report"):
    values = card()["values"] | {"kind": list(kinds), "what": "A slip"}
    made = card(form=form, on=on)
    made["values"] = {key: values[key] for key in ("site", "kind", "what")} if form == "incident-report" else {}
    records.keep(act_of(there.wes), employer=there.roofing, sent=made)


def of(there):
    return asked.figures_of(there.roofing, on=ON)


def began(employer, *, trade="roofing", on=date(2025, 1, 1), **more):
    return Program.objects.create(
        employer=employer, trade=trade, begun_on=on, changed_at=act_of(None).at, **{"conditions": [], **more}
    )


def test_a_month_is_told_once_changed_and_taken_back(there):
    tell(there, date(2026, 5, 17), hours=800)
    tell(there, hours=800)
    assert Entry.objects.within(ALL).filter(act="figures.told").count() == 1
    tell(there, hours=820, days_lost=0)
    row = MonthOfWork.objects.within(ALL).get()
    assert (row.month, row.hours, row.days_lost, row.told_by) == (MAY, 820, 0, there.rosa)
    assert tell(there) is None
    assert not MonthOfWork.objects.within(ALL).exists()
    assert tell(there) is None


@pytest.mark.parametrize(
    ("month", "fits"),
    [(MAY, True), (date(2026, 6, 1), False), (date(2021, 6, 1), True), (date(2021, 5, 31), False)],
)
def test_a_month_is_one_that_is_over_and_not_longer_ago_than_five_years(there, month, fits):
    if fits:
        assert tell(there, month, hours=1)
    else:
        with pytest.raises(figures.WrongMonth):
            tell(there, month, hours=1)


@pytest.mark.parametrize("told", [{"hours": -1}, {"hours": 20_001}, {"days_lost": -1}, {"days_lost": 2_001}])
def test_numbers_that_cannot_be_are_refused(there, told):
    with pytest.raises(figures.Impossible):
        tell(there, **told)
    for fits in ({"hours": 20_000}, {"days_lost": 2_000}, {"hours": 0}):
        assert tell(there, **fits)


@pytest.mark.parametrize("who", ["wes", "sol", "sam", "pat", "dev"])
def test_only_an_owner_tells_consents_and_withdraws(there, who):
    act = act_of(getattr(there, who))
    for refused in (
        lambda: tell(there, hours=1, who=who),
        lambda: figures.consent(act, employer=there.roofing),
        lambda: figures.withdraw(act, employer=there.roofing),
    ):
        with pytest.raises(owner.NotOwner):
            refused()
    assert not Consent.objects.within(ALL).exists()


def test_consent_is_given_and_withdrawn_with_its_day_each_once(there):
    for _ in range(2):
        figures.consent(act_of(there.rosa), employer=there.roofing)
    assert asked.consent_of(there.roofing).given_on == ON
    for _ in range(2):
        figures.withdraw(act_of(there.rosa, after=timedelta(days=1)), employer=there.roofing)
    assert asked.consent_of(there.roofing) is None
    figures.consent(act_of(there.rosa, after=timedelta(days=2)), employer=there.roofing)
    rows = Consent.objects.within(ALL).values_list("given_on", "withdrawn_on")
    assert list(rows) == [(ON, ON + timedelta(days=1)), (ON + timedelta(days=2), None)]
    acts = Entry.objects.within(ALL).filter(act__startswith="figures.").values_list("act", flat=True)
    assert sorted(acts) == ["figures.consented", "figures.consented", "figures.withdrawn"]


def test_a_firm_without_a_record_has_figures_that_say_so(there):
    found = of(there)
    assert (found.since, found.first_on, found.incidents, found.near_misses, found.ratio) == (None, None, 0, 0, None)
    assert (found.frequency.value, found.severity, found.forms, found.to_close) == (Fraction(0), None, (), None)
    assert found.frequency.estimated, "the cast has a head-count: its hours are estimated"


def test_days_since_are_told_in_all_and_by_kind_and_a_corrected_incident_never_was(there):
    incident(there, date(2026, 5, 4), "injury", "vehicle")
    incident(there, date(2026, 6, 2), "spill")
    wrong = Record.objects.within(ALL).get(on=date(2026, 6, 2))
    assert (of(there).since, dict(of(there).by_kind)) == (
        1,
        {"A spill": 1, "A vehicle": 30, "Somebody was hurt": 30},
    )
    Record.objects.within(ALL).filter(pk=wrong.pk).update(corrected=True)
    assert (of(there).since, of(there).first_on) == (30, date(2026, 5, 4))


def test_rates_are_of_the_twelve_months_that_are_over(there):
    for month in asked.figures_of(there.roofing, on=ON).months:
        tell(there, month.month, hours=1_000, days_lost=1 if month.month == MAY else None)
    for day in (date(2025, 5, 31), date(2025, 6, 1), date(2026, 5, 31), date(2026, 6, 1)):
        incident(there, day, "injury" if day.month == 6 else "spill")
    for _ in range(3):
        incident(there, MAY, form="near-miss")
    found = of(there)

    assert (found.incidents, found.near_misses, found.ratio) == (2, 3, Fraction(3, 2))
    assert [(each.incidents, each.near_misses) for each in (found.months[0], found.months[-1])] == [(1, 0), (1, 3)]
    assert (found.frequency.value, found.frequency.estimated) == (Fraction(2 * 200_000, 12_000), False)
    assert found.hurt.events == 1
    assert (found.severity.events, found.severity.months, found.severity.hours) == (1, 1, 1_000)
    assert found.severity.value is None, "one month has too few hours to say"


def test_hours_that_nobody_told_are_estimated_month_by_month_and_marked(there):
    Headcount.objects.within(ALL).filter(employer=there.roofing).update(owners=1, full_time=4)
    tell(there, hours=700)
    found = of(there)
    assert [(each.number, each.estimated) for each in found.hours[-2:]] == [(800, True), (700, False)]
    assert found.frequency.estimated


def test_the_firms_own_rhythm_is_what_it_is_held_against(there):
    began(there.roofing, on=date(2026, 3, 30), rhythms={"site-inspection": "weekly"})
    for day in (date(2026, 4, 1), date(2026, 4, 2), date(2026, 5, 20)):
        made = looked_round(on=day)
        records.keep(act_of(there.wes), employer=there.roofing, sent=made)
    forms = {each.form: each for each in of(there).forms}

    assert forms["site-inspection"].kept == Kept(2, 9)
    assert (forms["site-inspection"].own, forms["site-inspection"].rhythm) == (True, Rhythm.WEEKLY)
    assert (forms["toolbox-talk"].kept.done, forms["toolbox-talk"].own) == (0, False)
    assert "incident-report" not in forms


def test_where_something_happened_nobody_has_to_say_that_nothing_did(there):
    began(there.roofing, on=date(2025, 12, 31))
    incident(there, date(2026, 2, 2))
    nil = next(each for each in of(there).forms if each.form == "nil-return")
    assert nil.kept.done == 1


def closed(employer, days, *, times=1, on=MAY):
    for nth in range(times):
        made_at = act_of(None).at.replace(year=on.year, month=on.month, day=1) - timedelta(days=days)
        CorrectiveAction.objects.create(
            employer=employer, source="own", what=f"Fix {nth}", made_at=made_at, done_on=on, done_how="x"
        )


def test_days_to_close_count_what_was_done_in_the_last_twelve_months(there):
    closed(there.roofing, 4, times=2)
    assert (of(there).closed, of(there).to_close) == (2, None)
    closed(there.roofing, 7)
    closed(there.roofing, 99, on=date(2025, 5, 1))
    assert (of(there).closed, of(there).to_close) == (3, Fraction(5))


def firms(number, *, trade="roofing", talks=12, consent=True):
    """Firms of a trade that held so many talks in the year to the end of May."""
    found = []
    for _ in range(number):
        nth = Record.objects.within(ALL).count()
        employer = an_employer(f"Firm {trade} {nth} {len(found)}")
        boss = a_person(f"boss{nth}{trade}{len(found)}", RoleKind.OWNER, employer=employer)
        began(employer, trade=trade)
        act = Act(boss, act_of(None).at)
        records.keep(act, employer=employer, sent=card(on=date(2025, 6, 1)))
        sent = card(on=date(2026, 5, 1))
        first = records.keep(act, employer=employer, sent=sent)
        row = Record.objects.within(ALL).get(uid=first.uid)
        row.form = "toolbox-talk"
        row.save()
        for _ in range(talks - 1):
            row.pk, row.uid = None, card()["uid"]
            row._state.adding = True
            row.save(force_insert=True)
        if consent:
            figures.consent(act, employer=employer)
        found.append((employer, boss))
    return found


def talk(there):
    return next(each for each in asked.comparisons(there.roofing, on=ON) if each.measure == asked.TALK)


def test_ten_firms_of_the_trade_that_consented_are_told_of_and_nine_are_not(there):
    began(there.roofing)
    firms(9)
    assert talk(there).theirs is None
    firms(1)
    assert talk(there).theirs == Pool(10, 120, 3650)
    assert talk(there).mine is None


def test_firms_that_did_not_consent_withdrew_or_are_of_another_trade_are_never_counted(there):
    began(there.roofing)
    group = firms(10)
    firms(3, consent=False, talks=30)
    firms(3, trade="plumbing", talks=30)
    assert talk(there).theirs == Pool(10, 120, 3650)
    employer, boss = group[0]
    figures.withdraw(Act(boss, act_of(None).at), employer=employer)
    assert talk(there).theirs is None


def test_ones_own_firm_is_not_among_the_others(there):
    began(there.roofing)
    figures.consent(act_of(there.rosa), employer=there.roofing)
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(on=date(2025, 6, 1)))
    firms(9)
    assert talk(there).theirs is None


def test_a_firm_that_began_less_than_ninety_days_ago_does_not_stand_in_the_group(there):
    began(there.roofing)
    group = firms(10)
    Record.objects.within(ALL).filter(employer=group[0][0]).update(on=date(2026, 3, 4))
    assert talk(there).theirs is None
    Record.objects.within(ALL).filter(employer=group[0][0]).update(on=date(2026, 3, 3))
    assert talk(there).theirs.firms == 10


def test_a_group_of_which_one_firm_is_more_than_half_is_not_told_of(there):
    began(there.roofing)
    firms(9, talks=3)
    firms(1, talks=28)
    assert talk(there).theirs is None


def test_who_has_no_program_has_no_trade_to_be_held_against(there):
    assert asked.comparisons(there.roofing, on=ON) == ()


def test_a_comparison_costs_no_more_the_more_firms_there_are(there, django_assert_max_num_queries):
    began(there.roofing)
    firms(12, talks=2)
    with django_assert_max_num_queries(8):
        asked.comparisons(there.roofing, on=ON)
