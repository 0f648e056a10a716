"""Pages keep to the strict policy, and forms to one act each."""

import re

import pytest

from tracked import files, place, told

PAGES = [each for each in files(".html") if "/templates/" in place(each)]
FORM = re.compile(r"<form\b[^>]*\bmethod=\"?post.*?</form>", re.DOTALL | re.IGNORECASE)
INLINE = re.compile(r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style\b|javascript:""", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?P<attributes>[^>]*)>(?P<body>.*?)</script>", re.DOTALL | re.IGNORECASE)
DATA = re.compile(r'type="application/(ld\+)?json"')  # read by programs, never run
# Who somebody is and how they sign in is written by allauth, whose pages answer a second sending themselves.
SIGNING_IN = re.compile(r"templates/(account|mfa|allauth)/")
# Forms that write nothing a second sending could do twice, each with its reason.
HARMLESS = {
    "parts/_cover.html": "signing out twice is signing out",
    "auditor/element.html": "each answer carries its revision, and a second sending finds it taken",
    "public/suppliers.html": "nothing of a list is kept",
    "auditor/bring.html": "an audit with answers takes no file, and a photo that is there is not doubled",
}


@pytest.mark.parametrize("page", PAGES, ids=place)
def test_a_page_holds_no_style_and_no_script_of_its_own(page):
    text = told(page)

    assert not INLINE.findall(text)
    assert [
        one["body"] for one in SCRIPT.finditer(text) if one["body"].strip() and not DATA.search(one["attributes"])
    ] == []


def test_every_form_that_writes_carries_its_token_and_its_key():
    lacking = []
    for page in PAGES:
        exempt = SIGNING_IN.search(place(page)) or any(place(page).endswith(name) for name in HARMLESS)
        for form in FORM.findall(told(page)):
            lacking += [f"{place(page)}: no token" for _ in [0] if "{% csrf_token %}" not in form]
            lacking += [f"{place(page)}: no key" for _ in [0] if "{% once %}" not in form and not exempt]

    assert lacking == []


def test_the_exempt_forms_are_still_there():
    names = [place(page) for page in PAGES]

    assert [known for known in HARMLESS if not any(name.endswith(known) for name in names)] == []
