"""The builder of a program: a few short pages of questions, then the parts are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect

from secor.core.trade import Condition
from secor.queries import library, programs, proposals
from secor.queries.programs import Program
from secor.queries.proposals import Proposal, Proposes
from secor.usecases import programs as acts
from secor.usecases.act import Refusal
from secor.web.door import door
from secor.web.employer.desk import OPENS_OWN, Place, done, reached, show
from secor.web.employer.program_forms import IN_SHORT, NAMES, ConditionsForm, JobsForm, NamesForm
from secor.web.http import SignedIn

STEPS = (
    ("program_trade", "Trade"),
    ("program_jobs", "Jobs"),
    ("program_conditions", "Work"),
    ("program_names", "Names"),
    ("program_review", "Write"),
)


@dataclass(frozen=True, slots=True)
class Step:
    """One of the builder's pages, as the line above it shows it."""

    number: int
    word: str
    href: str
    state: str


@door(*OPENS_OWN)
def trade(request: SignedIn, code: str) -> HttpResponse:
    """Choose the trade: one tap on its card."""
    place = _own(request, code)
    program = programs.program_of(place.employer)
    refusal = ""
    if request.method == "POST":
        tell = acts.retell if program else acts.begin
        try:
            tell(request.act, employer=place.employer, trade=request.POST.get("trade", ""))
        except Refusal as refused:
            refusal = str(refused)
        else:
            return redirect("employer:program_jobs", code)
    chosen = program.trade if program else ""
    likely = chosen or programs.guessed_trade(place.employer)
    trades = sorted(library.trades().values(), key=lambda each: (each.key != likely, each.key == library.GENERAL))
    page: dict[str, object] = {"trades": trades, "chosen": chosen, "likely": likely, "refusal": refusal}
    return _step(request, place, "program_trade", page, refused=bool(refusal))


@door(*OPENS_OWN)
def jobs(request: SignedIn, code: str) -> HttpResponse:
    """Tick the jobs of the trade."""
    place, program = _begun(request, code)
    if program is None:
        return redirect("employer:program_trade", code)
    known = proposals.trade_of(program)
    if not known.jobs:
        return redirect("employer:program_conditions", code)
    given = request.POST if request.method == "POST" else None
    form = JobsForm(given, jobs=known.jobs, initial={"jobs": program.jobs})
    tell = _telling(request, place, lambda: {"jobs": form.cleaned_data["jobs"]})
    if done(form, tell):
        return redirect("employer:program_conditions", code)
    return _step(request, place, "program_jobs", {"form": form, "trade": known}, form)


@door(*OPENS_OWN)
def conditions(request: SignedIn, code: str) -> HttpResponse:
    """Ten plain questions, each yes or no."""
    place, program = _begun(request, code)
    if program is None:
        return redirect("employer:program_trade", code)
    form = ConditionsForm(request.POST if request.method == "POST" else None, initial=_answers(place, program))
    tell = _telling(request, place, lambda: {"conditions": form.conditions() or frozenset({Condition.ALONE})})
    if done(form, tell):
        return redirect("employer:program_names", code)
    return _step(request, place, "program_conditions", {"form": form}, form)


@door(*OPENS_OWN)
def names(request: SignedIn, code: str) -> HttpResponse:
    """The names that stand in the text, filled in where they are known."""
    place, program = _begun(request, code)
    if program is None:
        return redirect("employer:program_trade", code)
    known = {**programs.suggested_names(place.employer, request.user.name), **program.blanks}
    known["trade"] = known["trade"] or proposals.trade_of(program).title
    asked = proposals.blanks_asked(program)
    form = NamesForm(request.POST if request.method == "POST" else None, asked=asked, initial=known)
    tell = _telling(request, place, lambda: {"blanks": {**program.blanks, **form.cleaned_data}})
    if done(form, tell):
        return redirect("employer:program_review", code)
    return _step(request, place, "program_names", {"form": form}, form)


@door(*OPENS_OWN)
def review(request: SignedIn, code: str) -> HttpResponse:
    """Show what was told and what will be written, and write it."""
    place, program = _begun(request, code)
    if program is None:
        return redirect("employer:program_trade", code)
    if missing := acts.unanswered(program):
        return redirect(f"employer:program_{missing}", code)
    if request.method == "POST":
        left = acts.build(request.act, employer=place.employer)
        messages.success(request, "Your program is written. Read each part, change what is not so, and sign it.")
        if left:
            messages.info(request, "Some parts that you signed or changed would read differently. Choose for each.")
        return redirect("employer:program", code)
    proposed = proposals.proposals(program)
    page = {
        "answers": _told(place, program),
        "new": _of(proposed, Proposes.NEW),
        "replaced": _of(proposed, Proposes.REPLACE),
        "offered": _of(proposed, Proposes.OFFER),
        "leftover": _of(proposed, Proposes.LEFTOVER),
        "same": _of(proposed, Proposes.SAME),
    }
    return _step(request, place, "program_review", page)


def _own(request: SignedIn, code: str) -> Place:
    """The business, for an owner of it; whoever else may read the program is not asked to build it."""
    place = reached(request, code)
    if not place.owner:
        raise PermissionDenied
    return place


def _begun(request: SignedIn, code: str) -> tuple[Place, Program | None]:
    place = _own(request, code)
    return place, programs.program_of(place.employer)


def _telling(request: SignedIn, place: Place, told: Callable[[], dict[str, object]]) -> Callable[[], object]:
    return lambda: acts.retell(request.act, employer=place.employer, **told())  # type: ignore[arg-type]


def _answers(place: Place, program: Program) -> dict[str, str]:
    """What the radios say at first: what was told, or what the head-count knows, and otherwise nothing."""
    if program.conditions:
        return {each.value: "yes" if each.value in program.conditions else "no" for each in Condition}
    workers = programs.has_workers(place.employer)
    return {} if workers is None else {Condition.WORKERS.value: "yes" if workers else "no"}


def _told(place: Place, program: Program) -> list[tuple[str, str, str]]:
    """What was told: a label, the words, and where to change them."""
    known = proposals.trade_of(program)
    ticked = ", ".join(known.jobs[key] for key in program.jobs if key in known.jobs)
    so = [IN_SHORT[each] for each in IN_SHORT if each.value in program.conditions]
    named = [program.blanks[key] for key in NAMES if key in program.blanks]
    return [
        ("Trade", known.title, place.address("program_trade")),
        ("Jobs", ticked, place.address("program_jobs")),
        ("You said yes to", ", ".join(so) or "nothing", place.address("program_conditions")),
        ("Names", ", ".join(named), place.address("program_names")),
    ]


def _of(proposed: tuple[Proposal, ...], proposes: Proposes) -> list[Proposal]:
    return [each for each in proposed if each.proposes is proposes]


def _step(
    request: SignedIn, place: Place, name: str, page: dict[str, object], *forms: object, refused: bool = False
) -> HttpResponse:
    here = [step for step, _ in STEPS].index(name)
    states = ["done" if nth < here else "now" if nth == here else "later" for nth in range(len(STEPS))]
    steps = [Step(nth + 1, word, place.address(step), states[nth]) for nth, (step, word) in enumerate(STEPS)]
    given = {"steps": steps, "step": steps[here], **page}
    answer = show(request, place, name, given, *forms)  # type: ignore[arg-type]
    if refused:
        answer.status_code = 422
    return answer
