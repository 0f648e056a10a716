"""Measures, and writes RESULTS.md beside this file. ``make bench``; ``--quick`` for a tenth of the province.

Every figure is a median of several runs, and every rate stands beside a floor measured in the same run: the least a
Django view does for the same work, on the same server, engine and durability (``floor.py``). Machines are noisy:
read the ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
BIN = Path(sys.executable).parent
sys.path[:0] = [str(ROOT / "tests"), str(HERE)]

import run as checks  # noqa: E402 - tests/run.py, which knows how to start a PostgreSQL

RUNS = 3
CLIENTS = (1, 8, 32)
TOKEN = "b" * 32
NUMBER = "SECOR-2026-000001"
LINES: list[str] = []


def main() -> int:
    """Measure everything and write it down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a tenth of the province, one run of each load")
    parser.add_argument("--only", default="", help="parts to measure: core,commands,papers,records,onsite,http,scale")
    args = parser.parse_args()
    parts = (
        set(args.only.split(",")) if args.only else {"core", "commands", "papers", "records", "onsite", "http", "scale"}
    )
    say(f"# Results\n\n{_machine()}\n")
    if "core" in parts:
        score()
    if "commands" in parts:
        commands()
    if "papers" in parts:
        papers()
    if "records" in parts:
        records()
    if "onsite" in parts:
        onsite()
    if "http" in parts:
        http("SQLite", None, runs=1 if args.quick else RUNS)
        if checks.find("initdb"):
            with checks.postgres() as url:
                http("PostgreSQL", url, runs=1 if args.quick else RUNS)
    if "scale" in parts:
        scale(10_000 if args.quick else 100_000, runs=1 if args.quick else RUNS)
    (HERE / "RESULTS.md").write_text("\n".join(LINES) + "\n")
    return 0


def say(line: str) -> None:
    """Write a line down, and show it."""
    LINES.append(line)
    print(line, flush=True)


def _machine() -> str:
    cpu = next(
        (x.split(":")[1].strip() for x in Path("/proc/cpuinfo").read_text().splitlines() if "model name" in x), "?"
    )
    revision = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    return (
        f"Measured on {time.strftime('%Y-%m-%d')} at revision {revision.strip()}: {os.cpu_count()} cores of {cpu}, "
        f"Linux {platform.release()}, Python {platform.python_version()}. Command: `make bench`. "
        "Load comes from the same machine, so server and clients share its cores."
    )


def score() -> None:
    """Score a 63-question audit in the core."""
    program = (
        "import random,time,statistics\n"
        "from secor.queries.schemes import instrument\n"
        "from secor.core.scoring import score\n"
        "from secor.core.reading import Reading\n"
        "from secor.core.sheet import read_answers\n"
        "i=instrument('secor-open')\n"
        "a=read_answers(Reading(),{q:{m.method.value:({'pos':5,'neg':3} if m.method.value=='I' else "
        "{'met':len(m.items)-1,'of':len(m.items)} if m.items else {'met':7,'of':9}) for m in x.methods}"
        " for q,x in i.questions.items()},instrument=i)\n"
        "assert len(a)==63\n"
        "r=[]\n"
        "for _ in range(7):\n"
        " t=time.perf_counter()\n"
        " for _ in range(1000): score(i,a)\n"
        " r.append(1000/(time.perf_counter()-t))\n"
        "print(statistics.median(r),min(r),max(r))\n"
    )
    median, least, most = (float(n) for n in _python(program).split())
    say("## Scoring in the core\n")
    say("| what | goal | median | least – most |\n|---|---|---|---|")
    say(
        f"| audits of 63 questions scored a second, one core | 2,000 | **{median:,.0f}** | {least:,.0f} – {most:,.0f} |\n"
    )


def commands() -> None:
    """Time each rule command from process start to its answer."""
    answers = {"methods": ["D", "I", "O"], "default_percent": 90, "answers": {"1.1": {"D": {"met": 4, "of": 5}}}}
    history = {"events": [{"on": "2024-05-17", "event": "certified", "records_months": 12}]}
    counts = {"counts": [{"on": "2025-07-01", "owners": 1, "full_time": 5}]}
    case = {
        "accounts": [{"industry_code": "A", "insurable_earnings": "450000", "industry_rate": "2.00"}],
        "certificate": {"valid": True, "year": 1},
    }
    asc = ["--scheme", "ab-secor", "--partner", "asc"]
    asked = {
        "score": (["--instrument", "secor-open", *asc, "--answers", "-"], answers),
        "standing": ([*asc, "--history", "-", "--on", "2026-03-01"], history),
        "refund": ([*asc, "--case", "-"], case),
        "sample": ([*asc, "--headcount", "6"], None),
        "eligible": ([*asc, "--headcounts", "-", "--on", "2026-03-01"], counts),
        "check": (["schemes/ab-secor/2023.yaml"], None),
    }
    say("## Rule commands, process start included\n")
    say("| command | goal | median of 9 | least – most |\n|---|---|---|---|")
    env = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    for name, (words, given) in asked.items():
        took = []
        for _ in range(10):
            began = time.perf_counter()
            text = json.dumps(given) if given else None
            done = subprocess.run(
                [BIN / "secor", name, *words], input=text, capture_output=True, text=True, cwd=ROOT, env=env
            )
            took.append(1000 * (time.perf_counter() - began))
            assert done.returncode == 0, done.stderr
        took = took[1:]
        say(
            f"| `secor {name}` | 300 ms | **{statistics.median(took):.0f} ms** | {min(took):.0f} – {max(took):.0f} ms |"
        )
    say("")


def papers() -> None:
    """Compose and print the report of a full audit with 60 photos."""
    program = (HERE / "paper.py").read_text()
    took = [json.loads(_python(program)) for _ in range(5)]
    say("## Papers\n\n| what | goal | median of 5 | peak memory |\n|---|---|---|---|")
    say(f"| report composed | 1 s | **{statistics.median(run['composed'] for run in took):.2f} s** | – |")
    for what, goal in (("report", "5 s, 400 MB"), ("certificate", "–")):
        seconds = statistics.median(run[what] for run in took)
        say(f"| {what} PDF | {goal} | **{seconds:.2f} s** | {max(run[what + '_mb'] for run in took):.0f} MB |")
    say("")


def http(engine: str, url: str | None, *, runs: int) -> None:
    """Save an answer, open the whole audit, check a certificate: each beside its floor."""
    with tempfile.TemporaryDirectory(prefix="secor-bench-") as data:
        env = _environment(data, url)
        _secor(env, "serve", "--set-up-only")
        _secor(env, "demo", "--employers", "200")
        world = json.loads(_python_file("world.py", env, str(max(CLIENTS))))
        say(f"## Over HTTP, {engine}\n")
        say("| what | clients | floor | ours | ratio | goal | p50, p95 | errors |\n|---|---|---|---|---|---|---|---|")
        with serving(env, "floor") as floor, serving(env, "site") as site:
            for clients in CLIENTS:
                each = max(20, 400 // clients)
                _row("save one answer", clients, each, runs, floor, site, world, "60 %")
            _check(floor, site, world, runs)
            _whole(site, world)
        say("")


def _row(what: str, clients: int, each: int, runs: int, floor: int, site: int, world: dict, goal: str) -> None:
    pairs = []
    for turn in range(runs):
        under = load(
            {"port": floor, "clients": clients, "requests": each, "variants": [{"path": "/write/", "form": {}}]}
        )
        ours = load(
            {
                "port": site,
                "clients": clients,
                "requests": each,
                "headers": {"HX-Request": "true"},
                "sessions": [audit["session"] for audit in world["audits"]],
                "variants": _saves(world, clients, each, first=_saved(world)),
            }
        )
        world["saved"] = _saved(world) + each
        pairs.append((under, ours))
        del turn
    _tell(what, clients, pairs, goal)


def _saved(world: dict) -> int:
    return int(world.get("saved", 0))


def _saves(world: dict, clients: int, each: int, *, first: int) -> list[dict]:
    """Every client saves another answer to question 2.2 of its own audit each time, knowing the last revision."""
    forms = []
    for client in range(clients):
        known = world["audits"][client].setdefault("revision", 1)
        for turn in range(each):
            met = 3 + (known + turn) % 5
            forms.append(
                {
                    "path": f"/auditor/{world['audits'][client]['code']}/element/2/",
                    "form": {"q-2-2-D-seen": known + turn, "q-2-2-D-met": met, "q-2-2-D-of": 9},
                }
            )
        world["audits"][client]["revision"] = known + each
    del first
    return forms


def _tell(what: str, clients: int, pairs: list[tuple[dict, dict]], goal: str) -> None:
    ratio = statistics.median(ours["rate"] / under["rate"] for under, ours in pairs)
    floor, rate = (statistics.median(run[side]["rate"] for run in pairs) for side in (0, 1))
    p50, p95 = (statistics.median(ours[key] for _, ours in pairs) for key in ("p50_ms", "p95_ms"))
    wrong = sum(ours["errors"] for _, ours in pairs)
    first = next((ours["first_error"] for _, ours in pairs if ours["first_error"]), "")
    say(
        f"| {what} | {clients} | {floor:,.0f}/s | {rate:,.0f}/s | **{ratio:.0%}** | {goal} | "
        f"{p50:.1f}, {p95:.1f} ms | {wrong}{' ' + first[:90] if first else ''} |"
    )


def _check(floor: int, site: int, world: dict, runs: int) -> None:
    pairs = []
    for _ in range(runs):
        read = {"path": f"/read/{NUMBER}/"}
        under = load({"port": floor, "clients": 8, "requests": 100, "variants": [read]})
        paths = [{"path": f"/v/{number}"} for number in world["certificates"]]
        pairs.append((under, load({"port": site, "clients": 8, "requests": 100, "variants": paths})))
    _tell("check a certificate (page)", 8, pairs, "60 %")


def _whole(site: int, world: dict) -> None:
    audit = world["audits"][0]
    told = [
        load(
            {
                "port": site,
                "clients": 8,
                "requests": 15,
                "sessions": [audit["session"]],
                "variants": [{"path": f"/auditor/{audit['code']}/all/"}],
            }
        )
        for _ in range(RUNS)
    ]
    p50, p95 = (statistics.median(run[key] for run in told) for key in ("p50_ms", "p95_ms"))
    errors = sum(run["errors"] for run in told)
    say(
        f"| all 63 questions with scores | 8 | – | {told[0]['rate']:,.0f}/s | – | p95 60 ms | {p50:.1f}, {p95:.1f} ms | {errors} |"
    )


def records() -> None:
    """Five years of a crew's records: keeping one, the forecast from all of them, and a card on a slow phone."""
    say("## Records\n")
    say("| what | goal | median | least – most |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory(prefix="secor-bench-") as data:
        env = _environment(data, None)
        _secor(env, "serve", "--set-up-only")
        told = json.loads(_python_file("crew.py", env))
        least, median, most = told["forecast_ms"]
        say(
            f"| keep one record, its people, month and entry ({told['records']:,} of them) | – | **{told['keep_ms']:.1f} ms** | |"
        )
        say(
            f"| forecast from {told['records']:,} records | 150 ms | **{median:.0f} ms** | {least:.0f} – {most:.0f} ms |"
        )
        bound = told["binder"]
        say(
            f"| binder of {bound['printed']} records, its press at its highest {bound['mb']:.0f} MB | 5 s, 300 MB | **{bound['seconds']:.1f} s** | |"
        )
        if checks.find("chromium"):
            with serving(env, "site") as site:
                phone = json.loads(_python_file("phone.py", env, f"http://localhost:{site}", told["session"]))
            say(
                f"| first paint of the field app, no signal, CPU slowed 4 times | 500 ms | **{phone['paint_ms']:.0f} ms** | |"
            )
            say(f"| from the icon to a saved hazard card, the same phone | 10 s | **{phone['card_s']:.1f} s** | |")
    overview()
    say("")


def onsite() -> None:
    """An audit of 63 questions and 60 photos on a slow device without a signal."""
    with tempfile.TemporaryDirectory(prefix="secor-bench-") as data:
        env = _environment(data, None)
        _secor(env, "serve", "--set-up-only")
        _secor(env, "demo", "--employers", "20")
        audit = json.loads(_python_file("world.py", env, "1"))["audits"][0]
        session = audit["session"]["Cookie"].split(";")[0].removeprefix("sessionid=")
        with serving(env, "site") as site:
            told = json.loads(_python_file("onsite.py", env, f"http://localhost:{site}", session, audit["code"]))
    say("## On site, no signal, CPU slowed 4 times\n\n| what | goal | median | least – most |\n|---|---|---|---|")
    for what, goal, key in (
        ("open an audit of 63 questions with 60 photos waiting", "1 s", "opened_ms"),
        ("a tap, until it is on screen", "–", "drawn_ms"),
        ("a tap, until it is on disk", "50 ms", "kept_ms"),
    ):
        least, median, most = told[key]
        say(f"| {what} | {goal} | **{median:.0f} ms** | {least:.0f} – {most:.0f} ms |")
    say("")


def overview() -> None:
    """The partner's overview of forecasts with ten thousand members: the page over HTTP, and what keeps it fresh."""
    with tempfile.TemporaryDirectory(prefix="secor-bench-") as data:
        env = _environment(data, None)
        _secor(env, "serve", "--set-up-only")
        told = json.loads(_python_file("overview.py", env))
        with serving(env, "site") as site:
            for name, query in (("first page", ""), ("page 200", "?page=200"), ("filtered", "?show=fail&due=soon")):
                page = {"path": f"/partner/forecasts/{query}"}
                seen = load(
                    {"port": site, "clients": 1, "requests": 25, "sessions": [told["registrar"]], "variants": [page]}
                )
                wrong = f" {seen['errors']} errors {seen['first_error'][:90]}" if seen["errors"] else ""
                say(
                    f"| forecasts of 10,000 members, {name} | 1 s | **{seen['p50_ms']:.0f} ms** | "
                    f"95 in 100 under {seen['p95_ms']:.0f} ms{wrong} |"
                )
        for what, key in (("work one forecast out anew", "refresh_ms"), ("find those that are stale", "stale_ms")):
            least, median, most = told[key]
            say(f"| {what} | – | **{median:.0f} ms** | {least:.0f} – {most:.0f} ms |")


def scale(employers: int, *, runs: int) -> None:
    """A province at scale: search, calendar and certificate check at a thousand employers and at a hundred thousand."""
    say("## At scale, SQLite\n")
    say(
        "| employers | events | laid in | page | p50 | p95 | goal | ratio to floor |\n|---|---|---|---|---|---|---|---|"
    )
    for count in (1_000, employers):
        with tempfile.TemporaryDirectory(prefix="secor-bench-") as data:
            env = _environment(data, None)
            _secor(env, "serve", "--set-up-only")
            began = time.monotonic()
            told = _secor(env, "demo", "--employers", str(count))
            seconds, events = time.monotonic() - began, told.split("and ")[1].split()[0]
            world = json.loads(_python_file("world.py", env, "1"))
            with serving(env, "floor") as floor, serving(env, "site") as site:
                for name, path, signed in (
                    ("register search", "/register/?q=aspen+ridge", False),
                    ("register search, middle of a name", "/register/?q=welding", False),
                    ("partner's calendar", "/partner/calendar/", True),
                    ("certificate check", "", False),
                ):
                    paths = [{"path": path}] if path else [{"path": f"/v/{n}"} for n in world["certificates"]]
                    order = {"port": site, "clients": 4, "requests": 40, "variants": paths}
                    if signed:
                        order["sessions"] = [world["registrar"]]
                    loads = [load(order) for _ in range(runs)]
                    p50, p95 = (statistics.median(run[key] for run in loads) for key in ("p50_ms", "p95_ms"))
                    ratio = ""
                    if not path:
                        under = load(
                            {"port": floor, "clients": 4, "requests": 100, "variants": [{"path": f"/read/{NUMBER}/"}]}
                        )
                        ratio = f"**{statistics.median(run['rate'] for run in loads) / under['rate']:.0%}** (goal 60 %)"
                    wrong = sum(run["errors"] for run in loads)
                    say(
                        f"| {count:,} | {events} | {seconds:.0f} s | {name} | {p50:.1f} ms | **{p95:.1f} ms** | 80 ms | "
                        f"{ratio}{f' {wrong} errors' if wrong else ''} |"
                    )
    say("")


def _environment(data: str, url: str | None) -> dict[str, str]:
    env = os.environ | {"SECOR_DATA": data, "FLOOR_DATABASE": f"{data}/floor.sqlite3", "SECOR_LETTERS": "elsewhere"}
    env.pop("SECOR_DEMONSTRATION", None)
    env.pop("SECOR_FINGERPRINT", None)
    return env | ({"SECOR_DATABASE_URL": url} if url else {})


@contextlib.contextmanager
def serving(env: dict[str, str], what: str) -> Iterator[int]:
    """Serve the site, or the floor, on a free port, by the same server with the same settings."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    if what == "floor":
        _python("import floor; floor.lay()", env)
        start = [BIN / "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
        words = [
            *start,
            "--blocking-threads",
            "4",
            "--backpressure",
            "256",
            "--log-level",
            "error",
            "floor:application",
        ]
    else:
        words = [BIN / "secor", "serve", "--port", str(port)]
    around = env | {"PYTHONPATH": str(HERE)}
    process = subprocess.Popen(words, env=around, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        path = f"/read/{NUMBER}/" if what == "floor" else "/"
        for _ in range(150):
            with contextlib.suppress(OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=2).read()
                break
            time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def load(order: dict) -> dict:
    """Send a load from a process of its own."""
    done = subprocess.run(
        [sys.executable, HERE / "load.py"], input=json.dumps(order), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def _secor(env: dict[str, str], *words: str) -> str:
    return subprocess.run([BIN / "secor", *words], env=env, cwd=ROOT, check=True, capture_output=True, text=True).stdout


def _python(program: str, env: dict[str, str] | None = None) -> str:
    around = (env or os.environ) | {"PYTHONPATH": str(HERE)}
    done = subprocess.run([sys.executable, "-c", program], env=around, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _python_file(name: str, env: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, HERE / name, *words], env=env, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
