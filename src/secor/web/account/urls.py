"""The map of the pages about signing in and one's own account."""

from django.urls import include, path

from secor.web.account import access, demonstration, views, webhooks
from secor.web.account.doors import with_doors

own = [
    path("desk/", views.desk, name="desk"),
    path("you/", views.profile, name="profile"),
    path("programs/", access.programs, name="programs"),
    path("webhooks/", webhooks.webhooks, name="webhooks"),
    path("webhooks/<str:hook>/", webhooks.webhook, name="webhook"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("demonstration/sign-in/", demonstration.sign_in, name="demonstration_sign_in"),
]

urlpatterns = [
    path("", include((own, "account"))),
    path("", with_doors(include("allauth.urls"))),
]
