"""The map of the answers for programs. Each is for everyone; `config/urls.py` says so to the doors."""

from django.urls import path

from secor.api import register

app_name = "api"
urlpatterns = [
    path("", register.about, name="about"),
    path("v1/certificates/<path:number>", register.certificate, name="certificate"),
]
