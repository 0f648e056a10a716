"""The binder, read back by other programs."""

import hashlib
import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cards import act_of, card, worker_of
from cast import cast
from programs import built, signed
from secor.papers.binder import BinderPaper, binder
from secor.papers.certificate import CertificatePaper
from secor.queries import workers
from secor.queries.actions import listed
from secor.queries.binders import binder_of
from secor.store.models import ProgramPart, Record
from secor.store.scope import house
from secor.usecases import actions, arrivals, records
from uploads import photo

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
ON = date(2026, 6, 3)
AT = datetime(2026, 6, 3, 18, 0, tzinfo=UTC)
HELD = CertificatePaper(
    "SECOR-2026-000123-75",
    "Small Employer Certificate of Recognition",
    "Alberta",
    "Rosa's Roofing Ltd.",
    "",
    "A partner",
    date(2026, 1, 2),
    date(2029, 1, 2),
    True,
    "HTTP://LOCALHOST/V/SECOR-2026-000123-75",
)


def paper(there, *, certificate=None) -> BinderPaper:
    return BinderPaper(
        business=there.roofing.legal_name,
        about="Red Deer",
        printed_on=ON,
        binder=binder_of(there.roofing, scope=ALL, on=ON),
        actions=listed(there.roofing, on=ON),
        trainings=workers.trainings_of(there.roofing),
        cards=workers.cards_of(there.roofing, on=ON),
        certificate=certificate,
        specimen=True,
    )


def pages_of(content: bytes, tmp_path) -> list[str]:
    place = tmp_path / "binder.pdf"
    place.write_bytes(content)
    done = subprocess.run(["pdftotext", "-layout", place, "-"], capture_output=True, text=True, check=True)
    return [" ".join(page.replace("\u2060", "").split()) for page in done.stdout.split("\f")[:-1]]


def page_with(pages: list[str], words: str) -> int:
    """The number of the first page behind the contents with these words."""
    found = [nth for nth, page in enumerate(pages, start=1) if words in page and nth > 2]
    assert found, words
    return found[0]


@pytest.fixture
def there():
    made = cast()
    rows = built(made.rosa, made.roofing, trade="roofing", jobs=["shingles"])
    signed(made.rosa, rows["policy"])
    return made


def test_a_tab_stands_on_the_right_for_each_element_and_tells_where_each_question_is_answered(there, tmp_path):
    for nth in range(7):
        sent = card(on=ON - timedelta(days=nth), task=f"Roof number {nth}")
        records.keep(act_of(there.rosa), employer=there.roofing, sent=sent)
    pages = pages_of(binder(paper(there), at=AT), tmp_path)
    tabs = [nth for nth, page in enumerate(pages, start=1) if "What is asked What is here, on page" in page]
    policy = page_with(pages, "Version 1, in force since June 3, 2026, signed by Rosa")
    first = page_with(pages, "Site hazard card, 5 of 7")
    cards = " ".join(pages[first - 1 : tabs[2] - 1])

    assert len(tabs) == 10
    assert all(nth % 2 for nth in tabs)
    assert f"Part 1. Health and safety policy, {policy}" in pages[tabs[0] - 1]
    assert f"Site hazard card, {first}" in pages[tabs[1] - 1]
    assert "7 in the year, 5 printed" in pages[tabs[1] - 1]
    assert f"Site hazard card, {first}" in pages[tabs[0] - 1]
    assert tabs[1] < first < tabs[2]
    assert cards.count("Roof number") == 5
    assert "Roof number 0" in cards
    assert "Roof number 6" in cards
    assert "nobody has signed it" in " ".join(pages)
    assert "June 4, 2025 to June 3, 2026: 7 in all, 5 of them printed" in pages[0]


def test_a_question_without_anything_says_so_instead_of_a_page(there, tmp_path):
    pages = pages_of(binder(paper(there), at=AT), tmp_path)
    second = next(page for page in pages if "2. Hazard assessment" in page and "What is asked" in page)

    assert "Nothing on file." in second
    assert "No paper: people are asked, or the work is looked at." in " ".join(pages)


def test_what_somebody_wrote_is_shown_letter_by_letter_with_its_photo_and_signature(there, tmp_path):
    content = photo(size=(800, 600))
    sha256 = hashlib.sha256(content).hexdigest()
    arrivals.take(act_of(there.rosa), employer=there.roofing, sha256=sha256, of=len(content), at=0, piece=content)
    hostile = '#read("/etc/passwd") [*x*] $1/0$ @nowhere'
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(photos=(sha256, "0" * 64), task=hostile))
    made = binder(paper(there), at=AT)
    text = " ".join(pages_of(made, tmp_path))
    pictures = subprocess.run(
        ["pdfimages", "-list", tmp_path / "binder.pdf"], capture_output=True, text=True, check=True
    ).stdout

    assert hostile in text
    assert "A photo had not arrived" in text
    assert "the anchor" in text
    assert "Wes 2026-06-03, 06:45" in text
    assert Record.objects.within(ALL).get().fingerprint in text.replace(" ", "")
    assert " 420 " in pictures


def test_a_card_filled_in_by_hand_is_printed_to_be_read(there, tmp_path):
    content = photo(size=(1200, 1600))
    sha256 = hashlib.sha256(content).hexdigest()
    arrivals.take(act_of(there.rosa), employer=there.roofing, sha256=sha256, of=len(content), at=0, piece=content)
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(photos=(sha256,)))
    Record.objects.within(ALL).update(on_paper=True)
    pages_of(binder(paper(there), at=AT), tmp_path)
    pictures = subprocess.run(
        ["pdfimages", "-list", tmp_path / "binder.pdf"], capture_output=True, text=True, check=True
    ).stdout

    assert " 1100 " in pictures


def test_behind_the_tabs_stand_what_is_to_fix_the_certificate_and_the_training(there, tmp_path):
    wes = worker_of(there.roofing, "Wes")
    wanted = actions.Wanted("Toe boards on the scaffold", wes, ON + timedelta(days=9))
    actions.add(act_of(there.rosa), employer=there.roofing, wanted=wanted)
    actions.add(act_of(there.rosa), employer=there.roofing, wanted=actions.Wanted("A second extinguisher"))
    pages = pages_of(binder(paper(there, certificate=HELD), at=AT), tmp_path)
    plan = page_with(pages, "Action plan What has to be put right")
    held = page_with(pages, "SECOR-2026-000123-75")
    training = len(pages)

    assert "Toe boards on the scaffold Wes 2026-06-12 Open" in pages[plan - 1]
    assert plan < held < training
    assert "Specimen: made in a demonstration" in pages[1]
    assert workers.trainings_of(there.roofing)[0].title.split()[0] in pages[training - 1]
    assert "Training Who" in pages[training - 1]
    assert "Wes" in pages[training - 1]
    contents = pages[1]
    assert f"{HELD.scheme_title}" in contents
    for title, nth in (("Action plan", plan), (HELD.scheme_title, held), ("Training", training)):
        dotted = contents[contents.rindex(title) + len(title) :]
        assert dotted.replace(".", " ").split()[0] == str(nth)


def test_each_thing_to_fix_says_how_it_stands_and_how_it_was_put_right(there, tmp_path):
    days = {"Late one": ON, "On its last day": ON + timedelta(days=1), "Dayless one": None}
    for what, due_on in days.items():
        actions.add(act_of(there.rosa), employer=there.roofing, wanted=actions.Wanted(what, None, due_on))
    done = actions.add(act_of(there.rosa), employer=there.roofing, wanted=actions.Wanted("Done one"))
    actions.finish(act_of(there.rosa), action=done, how="Bolted on")
    tomorrow = ON + timedelta(days=1)
    told = replace(paper(there), printed_on=tomorrow, actions=listed(there.roofing, on=tomorrow))
    text = " ".join(pages_of(binder(told, at=AT), tmp_path))

    assert "Late one 2026-06-03 Past its day" in text
    assert "On its last day 2026-06-04 Open" in text
    assert "Dayless one Open" in text
    assert "Done one Done 2026-06-03 Bolted on" in text


def test_three_photos_are_printed_and_the_others_counted(there, tmp_path):
    pieces = [photo(size=(800, 600), colour=colour) for colour in ("red", "green", "blue", "white", "black")]
    for piece in pieces:
        sha256 = hashlib.sha256(piece).hexdigest()
        arrivals.take(act_of(there.rosa), employer=there.roofing, sha256=sha256, of=len(piece), at=0, piece=piece)
    shown = tuple(hashlib.sha256(piece).hexdigest() for piece in pieces)
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card(photos=shown))
    pages = pages_of(binder(paper(there), at=AT), tmp_path)
    card_on = pages[page_with(pages, "2 more photos on file.") - 1]

    assert card_on.count("the anchor") == 3


def test_a_part_that_no_question_asks_for_stands_behind_the_tabs(there, tmp_path):
    rows = ProgramPart.objects.within(ALL).filter(key="policy")
    rows.update(evidence=["a_kind_that_nobody_asks_for"])
    pages = pages_of(binder(paper(there), at=AT), tmp_path)

    assert page_with(pages, "The rest of the program") < page_with(pages, "Part 1. Health and safety policy")


def test_a_business_that_has_nothing_yet_has_a_binder_of_tabs(tmp_path):
    pages = pages_of(binder(paper(cast()), at=AT), tmp_path)
    text = " ".join(pages)

    assert text.count("What is asked") == 10
    assert "SECOR-2026" not in text
    assert "Nothing has to be put right" in text
    assert "No training is listed yet." in text


def test_the_same_day_gives_the_same_bytes_and_the_pdf_is_tagged(there, tmp_path):
    records.keep(act_of(there.rosa), employer=there.roofing, sent=card())
    made = binder(paper(there), at=AT)
    (tmp_path / "binder.pdf").write_bytes(made)
    told = subprocess.run(["pdfinfo", tmp_path / "binder.pdf"], capture_output=True, text=True, check=True).stdout
    order = ["pdfinfo", "-meta", tmp_path / "binder.pdf"]
    meta = subprocess.run(order, capture_output=True, text=True, check=True).stdout

    assert made == binder(paper(there), at=AT)
    assert "Tagged:          yes" in told
    assert ">3</pdfaid:part>" in meta
    assert ">1</pdfuaid:part>" in meta
