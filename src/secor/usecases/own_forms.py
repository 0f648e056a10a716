"""Own forms: an owner adapts one of ours or brings one along. Old records keep the form they were filled in by."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import yaml
from django.db import transaction

from secor.core.adaptation import Added, Changed, adapted, written
from secor.core.form import Form, read_form
from secor.core.reading import Reading
from secor.queries import library, records
from secor.queries.files import Unreadable, read_text
from secor.queries.records import FormInUse
from secor.store.models import Employer, FormText, OwnForm
from secor.usecases import owner
from secor.usecases.act import Act, Refusal

FIELDS_MOST = 120


class NoForm(Refusal):
    """A form that is not in use here."""


class Stale(Refusal):
    """Somebody else changed the form since the page was opened."""


class Unfit(Refusal):
    """What was asked for is no form that could be filled in."""


def adapt(
    act: Act,
    *,
    employer: Employer,
    key: str,
    over: str,
    title: str,
    changed: Iterable[Changed],
    added: Iterable[Added] = (),
) -> FormInUse:
    """Change a form for this employer; the result is a definition of its own, and the one in use from now on.

    ``over`` is the digest of the definition that was changed. Refuses who is no owner (``owner.NotOwner``), a form that
    is not in use (``NoForm``), one that was changed meanwhile (``Stale``), and what could not be filled in (``Unfit``).
    A change that changes nothing writes nothing.
    """
    use = records.forms_in_use(employer).get(key)
    if use is None:
        raise NoForm("This form is not in use any more. Choose one of the list.")
    made = adapted(use.form, title=title.strip(), changed=changed, added=added)
    return keep(act, employer=employer, form=made, over=over)


@transaction.atomic
def keep(act: Act, *, employer: Employer, form: Form, over: str = "") -> FormInUse:
    """Put a form in use for this employer, in place of the one of the same key. Refuses as ``adapt`` does."""
    held = owner.hold(act, employer=employer)
    text = text_of(form)
    read = _fit(text)
    before = records.forms_in_use(held).get(form.key)
    if over and (before is None or before.digest != over):
        raise Stale("Somebody changed this form since you opened it. Look at it again, and then change it.")
    if before is not None and written(before.form) | {"version": 0} == written(read) | {"version": 0}:
        return before
    digest = hashlib.sha256(text.encode()).hexdigest()
    FormText.objects.get_or_create(pk=digest, defaults={"key": form.key, "text": text, "kept_at": act.at})
    _put(act, held, form.key, digest)
    act.enter(
        "form.adapted", employer=held, subject=form.key, definition=digest, before=before.digest if before else ""
    )
    return FormInUse(read, text, digest, own=True)


@transaction.atomic
def put_back(act: Act, *, employer: Employer, key: str) -> None:
    """Put our own form of that key back in use, or put away one that only this employer has.

    Records of the own one stay as they are. Done twice, it is one act. Refuses who is no owner (``owner.NotOwner``).
    """
    held = owner.hold(act, employer=employer)
    use = records.forms_in_use(held).get(key)
    if use is None or not use.own:
        return
    _put(act, held, key, use.digest, away=True)
    act.enter("form.put_back", employer=held, subject=key, before=use.digest, ours=key in library.forms())


def text_of(form: Form) -> str:
    """A form's definition as it is kept: a YAML file as ours are."""
    return yaml.safe_dump(written(form), sort_keys=False, allow_unicode=True, width=110)


def _put(act: Act, employer: Employer, key: str, digest: str, *, away: bool = False) -> None:
    OwnForm._base_manager.create(  # noqa: SLF001 - a row of the employer that the act holds
        employer=employer,
        key=key,
        definition_id=digest,
        adapted_at=act.at,
        adapted_by=act.by,
        retired_at=act.at if away else None,
    )


def _fit(text: str) -> Form:
    """Read the form back as everybody will; what is wrong with it is told in words."""
    reading = Reading()
    try:
        form = read_form(reading, read_text(text, name="form"))
    except Unreadable as unreadable:
        raise Unfit(f"This form cannot be kept: {unreadable.problems[0].problem}.") from unreadable
    if form is None:
        problem = reading.problems[0]
        raise Unfit(f"This form cannot be kept: {problem.place.replace('.', ' ')} {problem.problem}.")
    if len(form.fields) > FIELDS_MOST:
        raise Unfit(f"A form has at most {FIELDS_MOST} questions; more of them nobody fills in. Make two forms of it.")
    return form
