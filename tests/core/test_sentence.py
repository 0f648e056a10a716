"""An author's edits over composed sentences: links stay, and facts that move under an edit are told."""

from secor.core.sentence import Edit, Part, Place, Section, Sentence, Source, laid_over, orphans, public

PLACE = Place(Source.ANSWER, "2.1/D")
TWO = Section(
    Part.STRENGTHS,
    "Strengths",
    (
        Sentence("a", "Four of 4 were signed.", (PLACE,)),
        Sentence("b", "Wes knew it.", (Place(Source.NOTE, "2.1"),), private=True),
    ),
)


def over(**edits):
    (section,) = laid_over([TWO], edits)
    return section.sentences


def test_an_edit_takes_the_place_of_the_words_and_leaves_the_links():
    first, second = over(a=Edit("All cards bear a signature.", "Four of 4 were signed."))

    assert (first.text, first.composed) == ("All cards bear a signature.", "Four of 4 were signed.")
    assert (first.edited, first.moved, first.cites) == (True, False, (PLACE,))
    assert (second.edited, second.moved, second.composed) == (False, False, "Wes knew it.")


def test_facts_that_moved_under_an_edit_are_told():
    first, _ = over(a=Edit("All cards bear a signature.", "Three of 4 were signed."))

    assert (first.edited, first.moved, first.composed) == (True, True, "Four of 4 were signed.")


def test_a_sentence_that_was_taken_out_stays_as_a_place_without_words():
    first, _ = over(a=Edit("", "Four of 4 were signed."))

    assert (first.text, first.edited) == ("", True)


def test_an_edit_of_what_is_not_composed_any_more_is_an_orphan():
    gone = Edit("Words.", "Composed.")

    assert orphans([TWO], {"a": gone, "z": gone}) == {"z": gone}


def test_the_business_reads_nothing_that_leans_on_what_people_said_edited_or_not():
    (section,) = public(laid_over([TWO], {"b": Edit("Somebody knew it.", "Wes knew it.")}))

    assert [each.key for each in section.sentences] == ["a"]


def test_a_place_tells_its_question_where_it_has_one():
    assert PLACE.question == "2.1"
    assert Place(Source.SCORE, "2.1").question == "2.1"
    assert Place(Source.SCORE, "element/2").question == ""
    assert Place(Source.SCORE).question == ""
    assert Place(Source.FACT, "business").question == ""
    assert Place(Source.EVIDENCE, "E1").question == ""
