"""An owner adapts a form. New records are filled in by it, old ones keep theirs, and ours can be put back."""

from datetime import timedelta

import pytest

from cards import act_of, card
from cast import cast
from secor.core.adaptation import Added, Changed
from secor.core.form import FieldKind
from secor.queries import library
from secor.queries import records as asked
from secor.store.models import Entry, FormText, OwnForm, Record
from secor.store.scope import house
from secor.usecases import own_forms, owner, records

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
KEY = "site-hazard-card"
TASK = Changed("task", "What is the job?", required=True)
OUR_DIGEST = library.form_text(KEY)[1]


def adapt(there, *changed, who="rosa", over=OUR_DIGEST, title="Site hazard card", **more):
    act = act_of(getattr(there, who))
    told = {"key": KEY, "over": over, "title": title, "changed": changed or (TASK,)} | more
    return own_forms.adapt(act, employer=there.roofing, **told)


def in_use(there):
    return asked.forms_in_use(there.roofing)[KEY]


def test_the_adapted_form_is_in_use_here_and_nowhere_else():
    there = cast()
    made = adapt(there, added=[Added("Wind", FieldKind.NUMBER)])

    assert in_use(there) == made
    assert (made.own, made.form.version) == (True, 2)
    assert asked.forms_in_use(there.siding)[KEY].digest == OUR_DIGEST
    assert Entry.objects.within(ALL).get(act="form.adapted").detail["definition"] == made.digest


def test_an_old_record_keeps_the_form_it_was_filled_in_by():
    there = cast()
    old = records.keep(act_of(there.wes), employer=there.roofing, sent=card())
    made = adapt(there, Changed("task", "Task", out=True), Changed("meet", "Muster", out=True))
    new = records.keep(act_of(there.wes), employer=there.roofing, sent=card() | {"form_digest": made.digest})
    late = records.keep(act_of(there.wes), employer=there.roofing, sent=card())

    rows = {row.uid: row for row in Record.objects.within(ALL).select_related("definition")}
    assert asked.form_of(rows[old.uid]).field("task").label == "What are we doing?"
    assert asked.form_of(rows[new.uid]).field("task") is None
    assert [each["place"] for each in new.problems] == ["values.task"]
    # A phone that was offline meanwhile sends by the form it had.
    assert (late.problems, rows[late.uid].definition_id) == ((), OUR_DIGEST)


def test_ours_can_be_put_back_and_adapted_again():
    there = cast()
    made = adapt(there)
    own_forms.put_back(act_of(there.rosa), employer=there.roofing, key=KEY)
    own_forms.put_back(act_of(there.rosa, after=timedelta(hours=1)), employer=there.roofing, key=KEY)

    assert (in_use(there).digest, in_use(there).own) == (OUR_DIGEST, False)
    assert FormText.objects.filter(pk=made.digest).exists()
    assert Entry.objects.within(ALL).filter(act="form.put_back").count() == 1
    assert adapt(there).digest == in_use(there).digest == made.digest


def test_a_change_that_changes_nothing_writes_nothing():
    there = cast()
    task = library.forms()[KEY].field("task")
    adapt(there, Changed("task", task.label, task.hint, task.required))

    assert not OwnForm.objects.within(ALL).exists()
    assert not in_use(there).own


def test_who_changes_what_somebody_else_changed_meanwhile_is_told():
    there = cast()
    adapt(there)
    with pytest.raises(own_forms.Stale, match="Look at it again"):
        adapt(there, title="Mine")


@pytest.mark.parametrize("who", ["wes", "sol", "sam"])
def test_only_an_owner_changes_and_puts_back(who):
    there = cast()
    with pytest.raises(owner.NotOwner):
        adapt(there, who=who)
    with pytest.raises(owner.NotOwner):
        own_forms.put_back(act_of(getattr(there, who)), employer=there.roofing, key=KEY)


def test_a_form_without_a_question_or_a_label_is_refused_in_words():
    there = cast()
    with pytest.raises(own_forms.Unfit, match="at least one field"):
        adapt(there, *(Changed(field.key, "x", out=True) for field in library.forms()[KEY].fields))
    with pytest.raises(own_forms.Unfit, match="fields 2 label"):
        adapt(there, Changed("task", " "))
    with pytest.raises(own_forms.Unfit, match="at most 120"):
        adapt(there, added=[Added(f"Question {n}", FieldKind.TEXT) for n in range(120)])
    with pytest.raises(own_forms.NoForm):
        adapt(there, key="nothing")
    assert not OwnForm.objects.within(ALL).exists()


@pytest.mark.parametrize(
    "label", ["yes", "no: maybe", "# not a comment", "- dash", "{brace", "1.10", "a\u2028b", "'\"", "é 😀"]
)
def test_any_words_are_kept_as_they_are(label):
    there = cast()

    assert adapt(there, Changed("task", label)).form.field("task").label == label
