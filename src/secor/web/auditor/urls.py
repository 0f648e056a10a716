"""The map of these pages."""

from django.urls import URLPattern

app_name = "auditor"
urlpatterns: list[URLPattern] = []
