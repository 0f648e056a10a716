"""XLSForms leave as pyxform takes them and come in when it does; what is hostile or wrong is told in words."""

import io
import zipfile

import pytest
from pyxform.xls2xform import convert

from cards import act_of
from cast import cast
from secor.papers.xlsform import xlsform
from secor.queries import library
from secor.queries import records as asked
from secor.store.models import OwnForm
from secor.store.scope import house
from secor.usecases import own_forms, owner, xlsforms
from uploads import document, sent
from workbooks import workbook

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")


def bring(there, content, who="rosa", **more):
    return xlsforms.bring(
        act_of(getattr(there, who)), employer=there.roofing, upload=sent(content, "form.xlsx"), **more
    )


@pytest.mark.parametrize("form", library.forms().values(), ids=lambda form: form.key)
def test_pyxform_takes_every_form_of_ours(form):
    made = convert(xlsform=xlsform(form), file_type=".xlsx")

    assert f'id="{form.key}"' in made.xform
    assert [each for each in made.warnings if "max-pixels" not in each] == []


@pytest.mark.parametrize("key", ["site-hazard-card", "vehicle-check", "investigation"])
def test_a_form_that_left_and_came_back_is_the_same_and_changes_nothing(key):
    there = cast()
    use, left_out = bring(there, xlsform(library.forms()[key]))

    assert use.form == library.forms()[key]
    assert left_out == ()
    assert not OwnForm.objects.within(ALL).exists()


def test_a_form_of_odk_is_in_use_under_its_own_key():
    there = cast()
    settings = (("form_title", "form_id"), ("Crane check", "crane_check_7"))
    survey = (
        ("type", "name", "label", "required"),
        ("text", "crane", "Which crane?", True),
        ("geopoint", "at", "Where?", ""),
    )
    use, left_out = bring(there, workbook(survey, settings=settings))

    assert asked.forms_in_use(there.roofing)["crane-check-7"] == use
    assert (use.form.title, use.form.evidence, use.own) == ("Crane check", (), True)
    assert use.form.field("crane").required
    assert left_out == ("“Where?”: the type 'geopoint' is unknown here",)


def test_a_form_that_stands_for_one_of_ours_counts_as_its_records_do():
    there = cast()
    use, _ = bring(there, workbook(), stands_for="site-inspection")
    ours = library.forms()["site-inspection"]

    assert asked.forms_in_use(there.roofing)["site-inspection"] == use
    assert (use.form.evidence, use.form.rhythm, use.form.version) == (ours.evidence, ours.rhythm, 2)


@pytest.mark.parametrize(
    ("content", "refusal", "told"),
    [
        (b"not a zip", xlsforms.NoWorkbook, "no workbook"),
        (document(), xlsforms.NoWorkbook, "no workbook"),
        (workbook(survey=(), lists=(("a",),))[:500], xlsforms.NoWorkbook, "no workbook"),
        (b"x" * 2_000_001, xlsforms.NoWorkbook, "larger than 2 MB"),
        (
            workbook(survey=(("type", "name", "label"), ("geopoint", "a", "A"))),
            own_forms.Unfit,
            "None of its questions",
        ),
        (
            workbook(survey=(("type", "name", "label", "relevant"), ("text", "a", "A", "${gone} = '1'"))),
            xlsforms.Unsound,
            "checker found a mistake.*gone",
        ),
        (
            workbook(survey=(("type", "name", "label"), ("text", "a", "A"), ("begin group", "g", "G"))),
            xlsforms.Unsound,
            "checker found a mistake",
        ),
        (
            workbook(survey=(("type", "name", "label"), *(("text", f"q{n}", "Q") for n in range(1501)))),
            xlsforms.NoWorkbook,
            "more than 1500 rows",
        ),
        (
            workbook(survey=(("type", "name", "label"), *(("text", f"q{n}", "Q") for n in range(121)))),
            own_forms.Unfit,
            "at most 120 questions",
        ),
    ],
    ids=["text", "PDF", "cut short", "big", "nothing to ask", "dangling", "open group", "long", "121 questions"],
)
def test_what_is_wrong_is_refused_in_words(content, refusal, told):
    there = cast()
    with pytest.raises(refusal, match=told):
        bring(there, content)
    assert not OwnForm.objects.within(ALL).exists()


def test_a_workbook_that_unpacks_without_end_is_not_unpacked():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b"0" * 20_000_001)
    there = cast()
    with pytest.raises(xlsforms.NoWorkbook, match="unpacks to far more"):
        bring(there, made.getvalue())


def test_an_entity_bomb_in_a_workbook_is_refused():
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><b>&b;</b>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as good, zipfile.ZipFile(made, "w") as file:
        for part in good.infolist():
            file.writestr(part, bomb if part.filename.endswith("workbook.xml") else good.read(part))
    there = cast()
    with pytest.raises(xlsforms.NoWorkbook):
        bring(there, made.getvalue())


def test_a_formula_is_words_when_it_leaves():
    there = cast()
    use, _ = bring(there, workbook(survey=(("type", "name", "label"), ("text", "a", "=1+1"))))
    with zipfile.ZipFile(io.BytesIO(xlsform(use.form))) as file:
        assert b"<f>" not in file.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("who", ["wes", "sol", "sam"])
def test_only_an_owner_brings_a_form(who):
    there = cast()
    with pytest.raises(owner.NotOwner):
        bring(there, workbook(), who)


def test_a_site_without_the_reader_says_so(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    there = cast()
    with pytest.raises(xlsforms.NoReader, match="extra called xlsform"):
        bring(there, workbook())
