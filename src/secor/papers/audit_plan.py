"""From an audit on file to the lines of its action plan: what lost points, most points first."""

from __future__ import annotations

from secor.core.finding import findings, gaps
from secor.core.rounding import shortest
from secor.papers.action_plan import Gap
from secor.queries import papers
from secor.queries.papers import Readable


def gaps_of(readable: Readable) -> tuple[Gap, ...]:
    """Every question below full points, with what was found and what the assessor recommends.

    Where the assessor recommends nothing, the instrument's own words stand in.
    """
    told = papers.told(readable.audit, live=readable.live)
    names = {each.number: f"{each.number} {each.name}" for each in told.instrument.elements}
    found = findings(told.instrument, told.answers, told.score)
    return tuple(
        Gap(
            element=names[gap.element],
            question=gap.question,
            missing="\n".join([gap.text, *gap.words, f"{shortest(gap.lost)} of {shortest(gap.possible)} points lost."]),
            advice=told.recommendations.get(gap.question) or "\n".join(gap.recommendations),
        )
        for gap in gaps(found)
    )
