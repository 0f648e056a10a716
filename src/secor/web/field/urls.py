"""The map of the field app: the records of a crew, on a phone, with or without a signal."""

from django.urls import path

from secor.web.field import views

app_name = "field"
urlpatterns = [
    path("", views.shell, name="shell"),
    path("worker.js", views.worker, name="worker"),
    path("app.webmanifest", views.manifest, name="manifest"),
    path("kits.json", views.kits, name="kits"),
    path("records/<slug:code>/", views.record, name="record"),
    path("records/<slug:code>/<uuid:uid>/", views.kept, name="kept"),
    path("photos/<slug:code>/<slug:sha256>/", views.photo, name="photo"),
]
