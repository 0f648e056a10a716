"""The partner's year in numbers, drawn, and as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from fractions import Fraction

from django.http import HttpResponse

from secor.core.cell import plain
from secor.core.flow import LEAST
from secor.core.rounding import shortest
from secor.queries.audits import Stage
from secor.queries.numbers import FIRST_YEAR, Numbers, numbers_of
from secor.web.charts import Bar, score_bars, sticks
from secor.web.door import READING, door
from secor.web.http import SignedIn
from secor.web.partner.desk import STAFF, show

LEGS = {
    "approval": "From asking to your approval of the start",
    "audit": "From the approval to the first sending",
    "review": "From the first sending to the end of the review",
}
STAGES = dict(Stage.choices)
YEARS_BACK = 5
# The overall mark that the drawing shows, too: an element whose mean is under it pulls audits down.
MARK = Fraction(4, 5)


@door(*STAFF, methods=READING)
def numbers(request: SignedIn) -> HttpResponse:
    """Show the numbers of one calendar year."""
    year = _year(request)
    found = numbers_of(request.scope, year=year, on=request.on)
    bars = [Bar(f"{each.number} {each.name}", each.share, low=each.share < MARK) for each in found.weak]
    page = {
        "found": found,
        "year": year,
        "years": range(request.on.year, request.on.year - YEARS_BACK, -1),
        "stages": [(STAGES[stage], count) for stage, count in found.stages],
        "legs": [(LEGS[leg.name], leg, shortest(leg.half)) for leg in found.flow.legs],
        "weak": score_bars(bars, title="Mean share by element, weakest first") if bars else None,
        "due": sticks([(each.first_on, each.count) for each in found.due]),
        "coming": sum(each.count for each in found.due),
        "least": LEAST,
    }
    return show(request, "numbers", page)


@door(*STAFF, methods=READING)
def table(request: SignedIn) -> HttpResponse:
    """Give the same numbers as a table: what, of whom or when, the number, and how many it is made of."""
    year = _year(request)
    made = io.StringIO(newline="")
    writer = csv.writer(made)
    writer.writerow(("what", "of", "number", "made_of"))
    for line in _lines(numbers_of(request.scope, year=year, on=request.on)):
        writer.writerow([plain(cell) for cell in line])
    response = HttpResponse(made.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{year}-numbers.csv"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _lines(found: Numbers) -> Iterator[tuple[str, str, str, str]]:
    yield "certificates whose next day is ahead", "", str(found.ahead), ""
    yield "certificates whose day passed within a year", "", str(found.missed), ""
    yield "certificates issued", str(found.year), str(found.issued), ""
    for stage, count in found.stages:
        yield "audits on their way", stage, str(count), ""
    flow = found.flow
    yield "audits concluded", str(found.year), str(flow.count), ""
    for what, share in (("accepted at once", flow.at_once), ("of those accepted, passed", flow.passed)):
        if share is not None:
            yield what, str(found.year), f"{float(share):.4f}", str(flow.count)
    for leg in flow.legs:
        yield "days, half of the audits", leg.name, shortest(leg.half), str(leg.count)
        yield "days, nine in ten audits", leg.name, str(leg.nine_in_ten), str(leg.count)
    for each in found.weak:
        yield "mean share of an element", f"{each.number} {each.name}", f"{float(each.share):.4f}", str(each.audits)
    for judged in found.judged:
        yield "mean quality", judged.person, f"{float(judged.quality):.4f}", str(judged.audits)
    for due in found.due:
        yield "audits due", f"{due.first_on:%Y-%m}", str(due.count), ""


def _year(request: SignedIn) -> int:
    written = request.GET.get("year", "")
    known = written.isascii() and written.isdigit() and FIRST_YEAR <= int(written[:4]) <= request.on.year
    return int(written[:4]) if known else request.on.year
