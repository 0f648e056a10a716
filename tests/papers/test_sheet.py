"""A printed form: in each language that forms have, with what is known written in and nothing else."""

import io
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pikepdf
import pytest

from pages import text_of
from secor.core.form import FieldKind
from secor.papers.sheet import WORDS, SheetPaper, sheets
from secor.queries import library
from secor.queries.sheets import place_of

AT = datetime(2026, 6, 3, tzinfo=UTC)
FORMS = library.forms()
EACH_LANGUAGE = pytest.mark.parametrize("language", library.languages()[1:])


def printed(form, **more):
    return sheets([SheetPaper(FORMS[form], "0123456789ab", **more)], business="Rosa's Roofing", at=AT)


def said(form, tmp_path, **more):
    return " ".join(text_of(printed(form, **more), tmp_path).split())


@EACH_LANGUAGE
def test_a_translation_says_every_word_of_the_sheet_and_no_other(language):
    wording = library.wording(language, "sheet")

    assert set(wording.words) == set(WORDS.values())
    for english, other in wording.words.items():
        assert re.findall("{[a-z]+}", english) == re.findall("{[a-z]+}", other), other


@pytest.mark.parametrize("language", library.languages())
@pytest.mark.parametrize("form", FORMS)
def test_every_form_is_printed_in_every_language(form, language, tmp_path):
    made = printed(form, language=language)
    pdf = pikepdf.open(io.BytesIO(made))

    assert str(pdf.Root.Lang) == f"{language}-CA"
    assert pdf.Root.MarkInfo.Marked
    words = " ".join(text_of(made, tmp_path).split())
    wording = library.wording(language, form)
    for english in (FORMS[form].title, FORMS[form].fields[0].label):
        assert (wording.say(english) if wording else english).split()[0] in words
    assert ("Day (year, month, day)" in words) == (language == "en")


def test_a_sheet_in_french_has_no_english_on_it(tmp_path):
    words = said("site-inspection", tmp_path, language="fr")

    for french in (
        "Inspection du chantier",
        "Remplissez-le au stylo",
        "Pas en ordre",
        "Page 1 de 2",
        "Quelle gravité?",
    ):
        assert french in words
    for english in ("Fill it in", "Not OK", "Page 1 of", "How bad?", "Name, in print", "Tick one"):
        assert english not in words


def test_a_condition_is_told_in_the_language_of_the_sheet(tmp_path):
    assert "Only if you answered Yes to “Is anybody working alone?”" in said("site-hazard-card", tmp_path)
    assert "Seulement si vous avez répondu Oui à" in said("site-hazard-card", tmp_path, language="fr")


@pytest.mark.parametrize("form", FORMS)
def test_whom_a_sheet_is_for_is_written_in_once(form, tmp_path):
    words = said(form, tmp_path, worker="Tia Zephyrine", site="Yonder Yard", on=date(2026, 6, 3))
    place = place_of(FORMS[form])
    signed = any(field.kind is FieldKind.SIGNATURES for field in FORMS[form].fields)

    assert words.count("Tia Zephyrine") == (1 if place.worker or signed else 0)
    assert words.count("Yonder Yard") == (1 if place.site else 0)
    assert words.count("2026-06-03") == 1


def test_an_employers_own_words_stay_as_they_are_in_another_language(tmp_path):
    form = FORMS["toolbox-talk"]
    own = replace(form, title="Our Monday talk")
    made = sheets([SheetPaper(own, "0123456789ab", language="fr")], business="Rosa", at=AT)

    assert "Our Monday talk" in text_of(made, tmp_path)
