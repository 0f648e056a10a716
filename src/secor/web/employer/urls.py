"""The map of the employer's desk. Each page is also there without a code: it leads to one's business, or asks which."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from secor.web.employer import (
    audit,
    certificate,
    courses,
    details,
    headcount,
    history,
    home,
    partner,
    people,
    refund,
    withdraw,
)
from secor.web.employer.desk import choose

app_name = "employer"

PAGES: dict[str, Callable[..., HttpResponse]] = {
    "headcount": headcount.headcount,
    "partner": partner.partner,
    "courses": courses.courses,
    "audit": audit.audit,
    "certificate": certificate.certificate,
    "refund": refund.refund,
    "people": people.people,
    "details": details.details,
    "history": history.history,
}

urlpatterns: list[URLPattern] = [
    path("", choose, {"page": "home"}, name="home"),
    path("join/", home.join, name="join"),
    *(path(f"{name}/", choose, {"page": name}, name=name) for name in PAGES),
    path("<slug:code>/", home.home, name="home"),
    *(path(f"<slug:code>/{name}/", page, name=name) for name, page in PAGES.items()),
    path("<slug:code>/audit/withdraw/", withdraw.withdraw, name="withdraw"),
]
