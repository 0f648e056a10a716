"""A form sent twice is one act; a refused form can be mended and sent again."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from secor.store.models import Partner, Receipt
from secor.usecases.act import Act
from secor.web.once import OnceMiddleware

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, tzinfo=UTC)


class Nobody:
    is_authenticated = False


def send(answer, *, key="k1", method="post"):
    request = getattr(RequestFactory(), method)("/somewhere/", {"once": key})
    request.user, request.act = Nobody(), Act(None, AT)
    return OnceMiddleware(answer)(request)


def adds_a_partner(request):
    Partner.objects.create(key=f"p{Partner.objects.count()}", name="P", acronym="P")
    return HttpResponseRedirect("/done/")


def test_the_second_sending_is_led_where_the_first_one_went_and_writes_nothing():
    first, second = send(adds_a_partner), send(adds_a_partner)

    assert (first.url, second.url) == ("/done/", "/done/")
    assert Partner.objects.count() == 1


def test_another_form_is_another_act():
    send(adds_a_partner, key="k1")
    send(adds_a_partner, key="k2")

    assert Partner.objects.count() == 2


def test_a_refused_form_leaves_nothing_and_can_be_sent_again():
    def refuses(request):
        Partner.objects.create(key="half", name="Half", acronym="H")
        return HttpResponse("Name the day.", status=422)

    assert send(refuses).status_code == 422
    assert Partner.objects.count() == 0
    assert Receipt.objects.count() == 0

    assert send(adds_a_partner).url == "/done/"


def test_a_page_that_is_only_read_needs_no_receipt():
    send(lambda request: HttpResponse("hello"), method="get")

    assert Receipt.objects.count() == 0
