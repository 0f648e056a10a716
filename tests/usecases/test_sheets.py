"""A form is printed, filled in with a pen, photographed and filed: once, under the right form, and nobody else's."""

import io
from datetime import date, timedelta

import pytest
import segno
from PIL import Image

from cards import act_of, card, worker_of
from cast import cast
from pages import Shot, photographed, rendered
from secor.papers.sheet import SheetPaper
from secor.papers.sheet import sheets as printed
from secor.queries import records as asked
from secor.queries import sheets as there
from secor.queries.hints import hints_of
from secor.store.models import Entry, Record, RecordPerson, RecordPhoto, Sheet, Site, Tally
from secor.store.scope import house
from secor.usecases import arrivals, records, sheets
from secor.usecases.codes import codes_in
from secor.usecases.pictures import grey
from uploads import document, photo, sent

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
SHOTS = {
    "as it lies": Shot(),
    "a little crooked": Shot(turn=7),
    "on its side": Shot(turn=90),
    "upside down": Shot(turn=187),
    "from an angle": Shot(turn=12, tilt=0.4),
    "out of focus": Shot(blur=5),
    "in the dusk": Shot(dark=0.25, noise=20),
    "in a hand's shadow": Shot(shadow=0.85, noise=20),
    "all of it at once": Shot(turn=-14, tilt=0.25, blur=2.5, dark=0.5, shadow=0.6, noise=25),
    "small and squeezed": Shot(turn=5, size=(768, 1024), quality=50),
}


def laid(cast_, who="rosa", **more):
    return sheets.lay_out(act_of(getattr(cast_, who)), employer=cast_.roofing, form="site-inspection", **more)


def paper(cast_, sheet, tmp_path, *, page=1):
    """The sheet, printed for real."""
    form = there.form_of(sheet).form
    pdf = printed([SheetPaper(form, sheet.code)], business="Rosa's Roofing Ltd.", at=sheet.printed_at)
    return rendered(pdf, tmp_path, page=page, dpi=130)


def brought(cast_, content, who="wes"):
    return arrivals.bring(act_of(getattr(cast_, who)), employer=cast_.roofing, upload=sent(content))


def filing(cast_, *photos, sheet=None, form="site-inspection", on=date(2026, 6, 3), **more):
    use = there.form_of(sheet) if sheet else asked.forms_in_use(cast_.roofing)[form]
    return sheets.Filing(tuple(each.sha256 for each in photos), use, on, sheet=sheet, **more)


def filed(cast_, *photos, who="wes", **more):
    receipt = sheets.file(act_of(getattr(cast_, who)), employer=cast_.roofing, filing=filing(cast_, *photos, **more))
    return Record.objects.within(ALL).get(uid=receipt.uid)


def test_each_sheet_has_a_code_of_its_own_that_says_nothing_about_anybody():
    here = cast()
    tia, tom = worker_of(here.roofing, "Tia"), worker_of(here.roofing, "Tom")
    made = laid(here, copies=2, workers=(tia, tom))

    assert [each.worker.name for each in made] == ["Tia", "Tia", "Tom", "Tom"]
    assert len({each.code for each in made}) == 4
    assert all(len(each.code) == 12 for each in made)
    entry = Entry.objects.within(ALL).get(act="sheet.printed")
    assert entry.detail["sheets"] == 4
    assert "Tia" not in str(entry.detail)


@pytest.mark.parametrize(
    ("wanted", "reads", "printed_in"),
    [("", "fr", "fr"), ("", "en", "en"), ("en", "fr", "en"), ("fr", "en", "fr"), ("xx", "en", "en"), ("", None, "en")],
)
def test_a_sheet_is_in_the_language_asked_or_else_its_workers_and_so_is_its_record(wanted, reads, printed_in):
    here = cast()
    worker = worker_of(here.roofing, "Tia") if reads else None
    if worker:
        worker.language = reads
        worker.save(update_fields=["language"])
    (sheet,) = laid(here, workers=(worker,), language=wanted)

    assert sheet.language == printed_in
    assert filed(here, brought(here, photo()), sheet=sheet).language == printed_in


@pytest.mark.parametrize(("copies", "fine"), [(60, True), (61, False), (0, False)])
def test_sixty_sheets_are_printed_at_once_and_no_more(copies, fine):
    here = cast()
    if fine:
        assert len(laid(here, copies=copies)) == copies
    else:
        with pytest.raises(sheets.TooMany):
            laid(here, copies=copies)
        assert not Sheet.objects.within(ALL).exists()


@pytest.mark.parametrize("shot", SHOTS.values(), ids=SHOTS)
def test_the_code_is_found_in_a_photo_of_the_printed_page(shot, tmp_path):
    here = cast()
    (sheet,) = laid(here)
    photo_ = photographed(paper(here, sheet, tmp_path), shot)

    assert codes_in(grey(io.BytesIO(photo_), kind="image/jpeg")) == {sheet.code}


def test_the_second_page_bears_the_code_too(tmp_path):
    here = cast()
    (sheet,) = laid(here)
    page = brought(here, photographed(paper(here, sheet, tmp_path, page=2), Shot(turn=3)))

    assert sheets.recognize(employer=here.roofing, photos=[page]) == (sheet, True)


@pytest.mark.parametrize(
    "written",
    [
        "https://example.ca/menu",
        "SECOR:",
        "SECOR:0123",
        "XSECOR:0123456789AB",
        "SECOR:0123456789ABC",
        "SECOR:0123456789AU",
        "0123456789AB",
    ],
)
def test_a_square_that_is_none_of_ours_is_never_taken(written):
    drawn = io.BytesIO()
    segno.make(written, error="h").save(drawn, kind="png", scale=12, border=6)

    assert codes_in(Image.open(drawn).convert("L")) == frozenset()


def test_a_sheet_of_another_business_is_nobodys_here(tmp_path):
    here = cast()
    (theirs,) = sheets.lay_out(act_of(here.sam), employer=here.siding, form="site-inspection")
    page = brought(here, photographed(paper(here, theirs, tmp_path)))

    assert sheets.recognize(employer=here.roofing, photos=[page]) == (None, True)


def test_photos_of_two_sheets_are_not_one_record(tmp_path):
    here = cast()
    pages = [brought(here, photographed(paper(here, each, tmp_path))) for each in laid(here, copies=2)]

    with pytest.raises(sheets.SeveralSheets, match="one sheet, then"):
        sheets.recognize(employer=here.roofing, photos=pages)


def test_a_photo_without_a_code_is_no_sheet():
    here = cast()

    assert sheets.recognize(employer=here.roofing, photos=[brought(here, photo())]) == (None, False)


def test_a_filled_page_is_a_record_with_its_photo_its_site_its_worker_and_its_month():
    here = cast()
    shop = Site.objects.create(employer=here.roofing, name="Shop", people=3)
    tia = worker_of(here.roofing, "Tia")
    (sheet,) = laid(here, site=shop, workers=(tia,))
    row = filed(here, brought(here, photo()), sheet=sheet, site=shop, worker=tia)

    assert (row.form, row.on, row.site, row.on_paper, row.sheet) == (
        "site-inspection",
        date(2026, 6, 3),
        shop,
        True,
        sheet,
    )
    assert row.problems == []
    assert row.values["inspectors"] == [{"code": tia.code, "name": "Tia"}]
    assert RecordPerson.objects.within(ALL).get(record=row).worker == tia
    page = RecordPhoto.objects.within(ALL).get(record=row)
    assert page.file is not None
    assert page.caption == "Page 1 of the paper"
    tally = Tally.objects.within(ALL).get()
    assert (tally.evidence, tally.records) == ("inspection_report", 1)


def test_the_same_sheet_twice_is_told_and_counts_once():
    here = cast()
    (sheet,) = laid(here)
    first = filed(here, brought(here, photo()), sheet=sheet)
    with pytest.raises(sheets.FiledAlready, match="filed already, as the record of 2026-06-03") as refusal:
        filed(here, brought(here, photo(colour="blue")), sheet=sheet)

    assert refusal.value.record == first
    assert Tally.objects.within(ALL).get().records == 1


def test_a_page_that_bore_no_code_is_filed_once_too():
    here = cast()
    page = brought(here, photo())
    first = filed(here, page)
    with pytest.raises(sheets.FiledAlready) as refusal:
        filed(here, page, form="toolbox-talk", who="rosa")

    assert refusal.value.record == first
    assert first.sheet is None
    assert first.on_paper


def test_another_page_is_a_correction_with_both_pages_and_counts_once():
    here = cast()
    (sheet,) = laid(here)
    first = filed(here, brought(here, photo()), sheet=sheet)
    other = brought(here, photo(colour="blue"))
    act = act_of(here.wes, after=timedelta(hours=1))
    receipt = sheets.add_pages(act, record=there.filed_as(sheet), photos=[other.sha256])
    again = sheets.add_pages(act, record=there.filed_as(sheet), photos=[other.sha256])

    second = there.filed_as(sheet)
    assert second.uid == receipt.uid == again.uid
    assert second.corrects == first.uid
    assert there.pages_of(second) == (*there.pages_of(first), other.sha256)
    assert Tally.objects.within(ALL).get().records == 1


def test_the_form_stays_the_one_that_was_printed():
    here = cast()
    (sheet,) = laid(here)
    row = filed(here, brought(here, photo()), sheet=sheet)

    assert row.definition_id == sheet.definition_id


def test_a_day_to_come_no_page_and_eleven_pages_are_refused():
    here = cast()
    page = brought(here, photo())
    with pytest.raises(sheets.NotYet, match="still to come"):
        filed(here, page, on=date(2026, 6, 4))
    with pytest.raises(sheets.NoPages):
        filed(here)
    eleven = [brought(here, photo(size=(20 + n, 20))) for n in range(11)]
    with pytest.raises(sheets.TooMany, match="at most 10 pages"):
        filed(here, *eleven)
    assert not Record.objects.within(ALL).exists()
    assert filed(here, *eleven[:10]).on_paper


def test_a_document_is_no_photo_of_a_page():
    here = cast()
    with pytest.raises(arrivals.NoPicture, match="photo of each page"):
        brought(here, document())


@pytest.mark.parametrize("who", ["sam", "dev", "vic"])
def test_nobody_of_elsewhere_prints_sends_or_files(who):
    here = cast()
    page = brought(here, photo())
    for deed in (
        lambda: laid(here, who),
        lambda: brought(here, photo(colour="blue"), who),
        lambda: filed(here, page, who=who),
    ):
        with pytest.raises(records.NotOfThis):
            deed()


def test_a_phone_that_says_paper_without_a_page_is_asked_for_every_answer():
    here = cast()
    bare = card(form="site-inspection") | {"values": {}, "paper": {"pages": []}}
    receipt = records.keep(act_of(here.wes), employer=here.roofing, sent=bare)

    assert [each["place"] for each in receipt.problems][:2] == ["paper.pages", "values.site"]
    assert not Record.objects.within(ALL).get().on_paper


def test_a_pile_of_paper_filed_at_once_is_nothing_to_wonder_at():
    here = cast()
    for n in range(12):
        filed(here, brought(here, photo(size=(20 + n, 20))), on=date(2026, 5, 1 + n))

    assert hints_of(here.roofing, on=date(2026, 6, 3)) == ()
