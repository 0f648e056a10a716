"""Records as a phone sends them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from secor.queries import library

if TYPE_CHECKING:  # the tests of the rules read a card without any tables: tests/mutants.py runs them so
    from secor.store.models import Employer, Person
    from secor.usecases.act import Act

STROKES = [[100, 200, 300, 400, 500, 350], [600, 200, 650, 260]]
FOUND_WRONG = {"found": "not_ok", "note": "Cord taped"}
NOON = datetime(2026, 6, 3, 18, 0, tzinfo=UTC)


def signature(name: str, code: str = "") -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "at": "2026-06-03T06:45:00-06:00",
        "said": "I know the hazards on this card and what we do about them.",
        "language": "en",
        "strokes": STROKES,
    }


def card(
    *,
    form: str = "site-hazard-card",
    on: date = date(2026, 6, 3),
    uid: UUID | None = None,
    corrects: UUID | None = None,
    photos: tuple[str, ...] = (),
    crew: tuple[tuple[str, str], ...] = (("Wes", ""),),
    **values: Any,
) -> dict[str, Any]:
    """A hazard card; further fields by name."""
    filled: dict[str, Any] = {
        "site": {"code": "", "name": "12 Elm Street"},
        "task": "Replace shingles on the north side",
        "hazards": [
            {
                "hazard": "Falling from the edge",
                "risk": {"likelihood": 2, "severity": 3},
                "control": "Tied on to an anchor",
            }
        ],
        "crew": [signature(name, code) for name, code in crew],
    }
    if photos:
        filled["photos"] = [{"sha256": sha256, "caption": "the anchor"} for sha256 in photos]
    sent = {
        "uid": str(uid or uuid4()),
        "form": form,
        "form_digest": library.form_text(form)[1],
        "on": on.isoformat(),
        "began_at": f"{on}T06:30:00-06:00",
        "finished_at": f"{on}T06:50:00-06:00",
        "language": "en",
        "values": filled | values,
    }
    if corrects:
        sent["corrects"] = str(corrects)
    return sent


def looked_round(
    *, uid: UUID | None = None, corrects: UUID | None = None, on: date = date(2026, 6, 3), **lines: str
) -> dict[str, Any]:
    """A site inspection with these lines: ``ladders="not_ok"``."""
    made = card(form="site-inspection", uid=uid, corrects=corrects, on=on)
    made["values"] = {
        "site": made["values"]["site"],
        "inspectors": [{"code": "", "name": "Wes"}],
        "lines": {key: FOUND_WRONG if said == "not_ok" else {"found": said, "note": ""} for key, said in lines.items()},
        "signed": made["values"]["crew"],
    }
    return made


def act_of(person: Person, *, after: timedelta = timedelta()) -> Act:
    from secor.usecases.act import Act

    return Act(person, NOON + after)


def worker_of(employer: Employer, name: str, *, leads: bool = False, person: Person | None = None) -> Any:
    from secor.store.models import Worker

    return Worker.objects.create(employer=employer, name=name, leads=leads, person=person, began_on=date(2024, 1, 8))
