"""Reading a certificate's history."""

import pytest

from lives import RENEWAL, certified, extended, gathered, passed, people, sent, told
from secor.core.event import read_history
from secor.core.reading import Reading


def read(*events):
    reading = Reading("history")
    return read_history(reading, {"events": list(events)}), [problem.place for problem in reading.problems]


def test_a_history_is_read_in_the_order_it_is_told():
    assert read(
        {"on": "2024-05-17", "event": "certified", "records_months": 12},
        {"on": "2025-05-01", "event": "data_gathered", "kind": "maintenance"},
        {"on": "2025-05-02", "event": "data_gathered"},
        {"on": "2025-05-10", "event": "audit_submitted", "kind": "maintenance", "note": "by hand"},
        {"on": "2027-05-10", "event": "audit_accepted", "kind": "recertification", "passed": True},
        {"on": "2027-05-11", "event": "extended", "until": "2027-06-11"},
        {"on": "2027-05-12", "event": "headcount", "count": 0},
        {"on": "2027-05-13", "event": "revoked"},
    ) == (
        (
            certified(),
            gathered("2025-05-01"),
            gathered("2025-05-02", None),
            sent("2025-05-10"),
            passed("2027-05-10", RENEWAL),
            extended("2027-05-11", "2027-06-11"),
            people("2027-05-12", 0),
            told("revoked", "2027-05-13"),
        ),
        [],
    )


@pytest.mark.parametrize(
    ("event", "place"),
    [
        ({"on": "2025-05-10", "event": "audit_accepted", "kind": "maintenance"}, "history.events.1.passed"),
        ({"on": "2025-05-10", "event": "audit_accepted", "passed": True}, "history.events.1.kind"),
        ({"on": "2025-05-10", "event": "audit_submitted", "kind": "yearly"}, "history.events.1.kind"),
        ({"on": "2025-05-10", "event": "extended", "until": "2025-02-30"}, "history.events.1.until"),
        ({"on": "2025-05-10", "event": "headcount", "count": "11"}, "history.events.1.count"),
        ({"on": "2025-05-10", "event": "certified", "records_months": -1}, "history.events.1.records_months"),
        ({"on": "2025-05-10", "event": "suspended", "until": "2025-06-10"}, "history.events.1.until"),
        ({"on": "10 May", "event": "certified"}, "history.events.1.on"),
        ({"event": "certified"}, "history.events.1.on"),
        # What an unknown kind of event may say is not known either: one thing to mend, not two.
        ({"on": "2025-05-10", "event": "slept", "kind": "maintenance"}, "history.events.1.event"),
    ],
)
def test_an_event_that_makes_no_sense_is_told_with_its_place(event, place):
    assert read(event) == ((), [place])


@pytest.mark.parametrize(
    ("value", "place"), [({}, "history.events"), ([], "history"), ({"events": {}}, "history.events")]
)
def test_what_is_no_history_is_told(value, place):
    reading = Reading("history")

    assert read_history(reading, value) == ()
    assert [problem.place for problem in reading.problems] == [place]
