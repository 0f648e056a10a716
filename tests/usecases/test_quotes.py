"""A quote is made by one's own rates, sent, and accepted once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from certified import acts, office
from secor.core.audit import Kind
from secor.core.quote import Job, Rates
from secor.queries import quotes as asked
from secor.store.models import Entry, Quote
from secor.store.scope import house
from secor.usecases import quotes
from secor.usecases.quotes import Habits, Wanted
from together import at_once

DAY = date(2026, 6, 9)
RATES = Rates(Decimal(95), Decimal(8), Decimal("1.25"), Decimal(2), Decimal("0.68"))

HABITS = Habits("Dev's Audits", "123 RT0001", 30)


def a_quote(scene, *, day=DAY, job=None, **more):
    quotes.keep_rates(acts(scene.dev, day), rates=RATES, habits=HABITS)
    given = {"business": "Nia's Paving", "email": "nia@example.ca", "partner": scene.partner}
    wanted = Wanted(**{**given, "kind": Kind.CERTIFICATION, "job": job or Job(6, 1, 226), **more})
    return quotes.make(acts(scene.dev, day), wanted=wanted)


def sent(scene):
    return quotes.send(acts(scene.dev, DAY), quote=a_quote(scene))


def entered() -> list[str]:
    rows = Entry.objects.within(house("this test")).filter(act__startswith="quote.").order_by("pk")
    return [row.act for row in rows]


@pytest.mark.django_db
class TestOneAfterTheOther:
    def test_a_quote_stays_what_it_was_when_rates_change(self):
        scene = office()
        quote = a_quote(scene)
        assert (quote.total, quote.trades_as, quote.good_until) == (
            Decimal("1906.99"),
            "Dev's Audits",
            DAY + timedelta(days=30),
        )
        higher = Rates(Decimal(200), Decimal(8), Decimal(1), Decimal(2), Decimal(1))
        quotes.keep_rates(acts(scene.dev, DAY), rates=higher, habits=HABITS)
        quote.refresh_from_db()
        assert quote.total == Decimal("1906.99")
        assert sum(Decimal(line["amount"]) for line in quote.lines) == quote.net

    def test_only_an_auditor_whom_the_partner_certifies_makes_one(self):
        scene = office()
        a_quote(scene)
        scene.dev.roles.update(until_on=DAY - timedelta(days=1))
        with pytest.raises(quotes.NotAnAuditor):
            a_quote(scene)
        for who in (scene.regan, scene.rosa):
            with pytest.raises(quotes.NotAnAuditor):
                quotes.keep_rates(acts(who, DAY), rates=RATES, habits=HABITS)

    def test_without_rates_there_is_no_quote(self):
        scene = office()
        wanted = Wanted("Nia", "nia@example.ca", scene.partner, Kind.CERTIFICATION, Job(6, 1, 0))
        with pytest.raises(quotes.NoRates):
            quotes.make(acts(scene.dev, DAY), wanted=wanted)

    @pytest.mark.parametrize(
        "wrong",
        [
            {"hourly": Decimal(-1)},
            {"hourly": Decimal(2001)},
            {"person_hours": Decimal(501)},
            {"tax_percent": Decimal(31)},
        ],
    )
    def test_rates_that_cannot_be_are_refused(self, wrong):
        scene = office()
        given = {name: getattr(RATES, name) for name in Rates.__dataclass_fields__}
        with pytest.raises(quotes.NoRates):
            quotes.keep_rates(acts(scene.dev, DAY), rates=Rates(**{**given, **wrong}), habits=HABITS)

    @pytest.mark.parametrize("job", [Job(0, 1, 0), Job(1, 0, 0), Job(501, 1, 0), Job(1, 1, 20_001), Job(1, 1, -1)])
    def test_a_job_that_is_none_is_refused(self, job):
        with pytest.raises(quotes.NotAJob):
            a_quote(office(), job=job)

    def test_a_quote_of_more_than_a_million_is_a_mistake(self):
        scene = office()
        a_quote(scene)
        dear = Rates(Decimal(2000), Decimal(0), Decimal(500), Decimal(0), Decimal(0))
        quotes.keep_rates(acts(scene.dev, DAY), rates=dear, habits=HABITS)
        wanted = Wanted("Nia", "nia@example.ca", scene.partner, Kind.CERTIFICATION, Job(2, 1, 0))
        with pytest.raises(quotes.NotAJob, match="million"):
            quotes.make(acts(scene.dev, DAY), wanted=wanted)

    def test_the_link_opens_it_only_from_when_it_was_sent_until_it_is_taken_back(self):
        scene = office()
        quote = a_quote(scene)
        link = asked.link_of(quote)
        assert asked.by_link(link, on=DAY) is None
        quotes.send(acts(scene.dev, DAY), quote=quote)
        quotes.send(acts(scene.dev, DAY), quote=quote)
        assert asked.by_link(link, on=DAY) == quote
        assert asked.by_link(quote.code, on=DAY) is None
        assert asked.by_link(link[:-1] + ("0" if link[-1] != "0" else "1"), on=DAY) is None
        quotes.take_back(acts(scene.dev, DAY), quote=quote)
        assert asked.by_link(link, on=DAY) is None
        with pytest.raises(quotes.Closed):
            quotes.send(acts(scene.dev, DAY), quote=quote)
        with pytest.raises(quotes.Closed):
            quotes.accept(acts(None, DAY), quote=quote, name="Nia")
        assert entered() == ["quote.rates_kept", "quote.made", "quote.sent", "quote.taken_back"]

    def test_it_is_accepted_once_in_the_first_name_and_holds_then(self):
        scene = office()
        quote = sent(scene)
        quotes.accept(acts(None, DAY), quote=quote, name="  Nia \0 Paver ")
        again = quotes.accept(acts(None, DAY), quote=quote, name="Somebody Else")
        assert again.accepted_by == "Nia Paver"
        with pytest.raises(quotes.Closed):
            quotes.take_back(acts(scene.dev, DAY), quote=quote)
        assert entered().count("quote.accepted") == 1

    def test_it_is_accepted_on_its_last_day_and_not_after_it(self):
        scene = office()
        first, second = sent(scene), sent(scene)
        quotes.accept(acts(None, first.good_until), quote=first, name="Nia")
        with pytest.raises(quotes.Closed):
            quotes.accept(acts(None, second.good_until + timedelta(days=1)), quote=second, name="Nia")
        with pytest.raises(quotes.NotAJob):
            quotes.accept(acts(None, DAY), quote=second, name=" ")

    def test_gst_wants_its_number_and_rates_of_nothing_make_no_quote(self):
        scene = office()
        with pytest.raises(quotes.NoRates, match="GST number"):
            quotes.keep_rates(acts(scene.dev, DAY), rates=RATES, habits=Habits())
        nothing = Rates(*(Decimal(0),) * 6)
        quotes.keep_rates(acts(scene.dev, DAY), rates=nothing, habits=Habits())
        wanted = Wanted("Nia", "nia@example.ca", scene.partner, Kind.CERTIFICATION, Job(6, 1, 0))
        with pytest.raises(quotes.NoRates, match="comes to nothing"):
            quotes.make(acts(scene.dev, DAY), wanted=wanted)

    def test_a_consultant_never_accepts_their_own_quote(self):
        scene = office()
        quote = sent(scene)
        with pytest.raises(quotes.NotTheBusiness):
            quotes.accept(acts(scene.dev, DAY), quote=quote, name="Nia")
        assert "quote.accepted" not in entered()

    def test_who_is_not_certified_any_more_neither_sends_nor_is_accepted(self):
        scene = office()
        first, second = sent(scene), a_quote(scene)
        scene.dev.roles.update(until_on=DAY - timedelta(days=1))
        with pytest.raises(quotes.NotAnAuditor):
            quotes.send(acts(scene.dev, DAY), quote=second)
        with pytest.raises(quotes.Closed, match="does not certify"):
            quotes.accept(acts(None, DAY), quote=first, name="Nia")
        quotes.take_back(acts(scene.dev, DAY), quote=first)

    def test_the_forty_first_in_a_day_is_neither_made_nor_sent(self):
        scene = office()
        made = [a_quote(scene, day=DAY - timedelta(days=4 - 2 * (nth // 40))) for nth in range(41)]
        for each in made[:40]:
            quotes.send(acts(scene.dev, DAY), quote=each)
        with pytest.raises(quotes.TooMany, match="sent"):
            quotes.send(acts(scene.dev, DAY), quote=made[40])
        quotes.send(acts(scene.dev, DAY + timedelta(days=2)), quote=made[40])
        for _ in range(40):
            a_quote(scene)
        with pytest.raises(quotes.TooMany, match="made"):
            a_quote(scene)

    def test_nobody_sends_or_takes_back_anothers_quote(self):
        scene = office()
        quote = a_quote(scene)
        for who in (scene.regan, None):
            with pytest.raises(quotes.NotAnAuditor):
                quotes.send(acts(who, DAY), quote=quote)
            with pytest.raises(quotes.NotAnAuditor):
                quotes.take_back(acts(who, DAY), quote=quote)
        assert asked.reached(scene.regan, quote.code) is None


@pytest.mark.django_db(transaction=True)
def test_of_many_who_accept_at_once_one_counts():
    quote = sent(office())

    at_once(*(lambda nth=nth: quotes.accept(acts(None, DAY), quote=quote, name=f"N{nth}") for nth in range(8)))

    assert entered().count("quote.accepted") == 1
    assert Quote.objects.get().accepted_by.startswith("N")
