"""Pages and refusals use the house's words, and only these."""

import re

from tracked import ROOT, files, place, told

# A word that a page must not use, and what to write in its place. GLOSSARY.md has them all; these have no other sense.
INSTEAD = {
    r"successfully": "say what happened",
    r"invalid input|invalid value": "say what to write",
    r"customers?": "employer",
    r"users?": "person",
    r"questionnaires?": "instrument",
    r"surveillance": "maintenance",
    r"dashboard|portal": "desk",
    r"please try again later": "say what to do now",
    r"organisations?|recognis(?:e|ed|ing)|centers?|labor": "Canadian spelling",
}
MARKUP = re.compile(r"\{[%{#].*?[%}#]\}|<(?:script|style).*?</(?:script|style)>|<[^>]*>|<!--.*?-->", re.DOTALL)


def test_pages_use_the_words_of_the_house():
    found = [
        f"{place(page)}: {word[0]!r} ({better})"
        for page in files(".html", ".txt")
        if "/templates/" in place(page)
        for banned, better in INSTEAD.items()
        for word in re.finditer(rf"\b(?:{banned})\b", MARKUP.sub(" ", told(page)), re.IGNORECASE)
    ]

    assert found == []


def test_the_glossary_names_each_word_once():
    rows = re.findall(r"^\| ([^|]+?) \|", told(ROOT / "GLOSSARY.md"), re.MULTILINE)
    words = [row for row in rows if row not in {"word", "---"}]

    assert len(words) > 50
    assert len(words) == len(set(words))
