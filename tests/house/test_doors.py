"""Every page says who may call it."""

from django.core.management import call_command
from django.http import HttpResponse
from django.urls import path

from secor.web import door


def test_every_route_has_a_door():
    call_command("check", tags=["urls"])
    shut = [address for address, route in door.routes() if door.of(route.callback) is None]

    assert shut == []
    assert len(list(door.routes())) > 40


def test_a_route_that_does_not_say_who_may_call_it_is_found(monkeypatch):
    def page(_):
        return HttpResponse()

    monkeypatch.setattr(door, "routes", lambda: door.routes_of([path("forgotten/", page)]))

    assert [each.id for each in door.every_route_has_a_door()] == ["secor.E001"]


def test_a_page_that_nobody_declared_answers_nobody(rf, db, settings):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/forgotten/")
    request.user, request.resolver_match = AnonymousUser(), None

    answer = door.DoorMiddleware(lambda _: HttpResponse()).process_view(request, lambda _: HttpResponse())

    assert answer is not None
    assert answer.status_code == 403


def test_the_crews_pages_declare_that_they_are_the_crews_and_no_other_page_does():
    of_the_crew = {address for address, route in door.routes() if door.of(route.callback).crew is not None}

    assert len(of_the_crew) >= 8
    assert all(address.startswith("crew/") for address in of_the_crew)
    public = {address for address, route in door.routes() if address.startswith("crew/")} - of_the_crew
    assert public == {"crew/open/<slug:secret>/"}
