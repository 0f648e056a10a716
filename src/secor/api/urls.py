"""The map of the answers for programs. Who may ask stands above each; `config/urls.py` puts the doors on."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from secor.api import audits, certificates, employers, holdings, records, register
from secor.api.openapi import page_of
from secor.core.problem_details import MEDIA_TYPE, problem_details

app_name = "api"
offered = [
    path("v1/verify/<path:number>", register.word, name="verify"),
    path("v1/certificates/<path:number>", register.certificate, name="certificate"),
    path("v1/me", employers.me, name="me"),
    path("v1/employers", employers.all_of_them, name="employers"),
    path("v1/employers/<slug:code>", employers.one, name="employer"),
    path("v1/employers/<slug:code>/next", employers.comes_next, name="employer_next"),
    path("v1/employers/<slug:code>/certificates", certificates.of_employer, name="employer_certificates"),
    path("v1/employers/<slug:code>/records", records.of_employer, name="employer_records"),
    path("v1/audits", audits.all_of_them, name="audits"),
    path("v1/audits/<slug:code>", audits.one, name="audit"),
    path("v1/holdings", holdings.of_account, name="holdings"),
    path("v1/certificates", certificates.of_partner, name="certificates"),
]


@require_safe
def about(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - it is the same for everybody
    """Tell where to begin."""
    told = {
        "what": "What a certificate is worth today, for everyone; one's own things with a token.",
        "verify": "/api/v1/verify/{number}",
        "certificate": "/api/v1/certificates/{number}",
        "description": "/api/v1/openapi.json",
    }
    return JsonResponse(told, json_dumps_params={"indent": 2})


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - any address is answered so
    """Tell a program in its own form that there is no such address."""
    told = problem_details(404, "There is no such address. /api/v1/openapi.json describes those there are.")
    return JsonResponse(told, status=404, content_type=MEDIA_TYPE)


urlpatterns = [
    path("", about, name="about"),
    path("v1/openapi.json", require_safe(page_of(offered, under="/api/")), name="openapi"),
    *offered,
    re_path("", nothing_here, name="nothing_here"),  # any other address, even one with the end of a line in it
]
