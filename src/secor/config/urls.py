"""The map of the site. Each desk draws its own."""

from django.urls import include, path

from secor.api import urls as api
from secor.api.openapi import offer_of
from secor.web.door import program, public_reading

# Pages and programs are strangers to each other, so the doors of what programs may ask are put on here.
for answer in api.urlpatterns:
    offer = offer_of(answer)
    declare = program(offer.scope, offer.roles) if offer is not None and offer.token else public_reading
    declare(answer.callback)

urlpatterns = [
    path("", include("secor.web.public.urls")),
    path("accounts/", include("secor.web.account.urls")),
    path("employer/", include("secor.web.employer.urls")),
    path("auditor/", include("secor.web.auditor.urls")),
    path("partner/", include("secor.web.partner.urls")),
    path("api/", include(api)),
    path("crew/", include("secor.web.crew.urls")),
    path("field/", include("secor.web.field.urls")),
    path("onsite/", include("secor.web.onsite.urls")),
    path("files/", include("secor.web.files.urls")),
    path("papers/", include("secor.web.papers.urls")),
    path("reader/", include("secor.web.reader.urls")),
]

handler400 = "secor.web.refusals.not_understood"
handler403 = "secor.web.refusals.not_yours"
handler404 = "secor.web.refusals.not_found"
handler429 = "secor.web.refusals.too_often"  # asked for by the library that signs people in
handler500 = "secor.web.refusals.our_fault"
