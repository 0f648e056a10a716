"""A prepared query gives what the query set gives, and asks with the values of each call."""

from datetime import date

import pytest

from assessments import BEGAN, scene
from secor.store.models import Audit, Partner, Role
from secor.store.prepared import Prepared
from secor.store.scope import house

pytestmark = pytest.mark.django_db
ALL = house("the test looks at everything")
BY_CODE = Prepared(
    lambda code: Audit.objects.within(ALL).filter(code=code).select_related("partner", "assessor"), code="example"
)
HELD = Prepared(
    lambda person, on: (
        Role.objects.filter(person=person, from_on__lte=on).order_by("pk").values_list("kind", "from_on")
    ),
    person=900_001,
    on=date(1901, 1, 1),
)


def test_a_row_is_the_instance_that_the_query_set_gives_with_what_it_fetched(django_assert_num_queries):
    there = scene()
    BY_CODE.one(code=there.audit.code)
    with django_assert_num_queries(1):
        audit = BY_CODE.one(code=there.audit.code)
        assert audit.partner.key == "asc"
        assert audit.assessor.email == "dev@example.ca"

    usual = Audit.objects.within(ALL).get(code=there.audit.code)
    assert audit == usual
    assert {f.attname: getattr(audit, f.attname) for f in Audit._meta.concrete_fields} == {
        f.attname: getattr(usual, f.attname) for f in Audit._meta.concrete_fields
    }


def test_an_instance_can_be_saved_like_any_other():
    there = scene()
    audit = BY_CODE.one(code=there.audit.code)
    audit.reason = "changed"
    audit.save(update_fields=["reason"])
    assert Audit.objects.within(ALL).get().reason == "changed"


def test_each_call_asks_with_its_own_values():
    there = scene()
    assert BY_CODE.one(code="nobody") is None
    assert BY_CODE.one(code=there.audit.code).pk == there.audit.pk
    assert HELD(person=there.dev.pk, on=BEGAN) == [("auditor", BEGAN)]
    assert HELD(person=there.rosa.pk, on=BEGAN) == [("owner", BEGAN)]
    assert HELD(person=there.rosa.pk, on=date(2026, 1, 4)) == []


def test_an_empty_relation_is_none():
    there = scene()
    Audit.objects.within(ALL).update(assessor=None)
    assert BY_CODE.one(code=there.audit.code).assessor is None


def test_an_example_that_stands_nowhere_is_found_out():
    with pytest.raises(AssertionError, match="every example stands"):
        Prepared(lambda key, other: Partner.objects.filter(key=key), key="k", other="o").one(key="a", other="b")


def test_two_examples_of_one_value_are_found_out():
    with pytest.raises(AssertionError, match="of its own"):
        Prepared(lambda a, b: Partner.objects.filter(key=a, name=b), a="k", b="k").one(a="a", b="b")
