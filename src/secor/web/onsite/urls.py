"""The map of the on-site app: an audit on a tablet or phone, with or without a signal."""

from django.urls import path

from secor.web.onsite import views

app_name = "onsite"
urlpatterns = [
    path("", views.shell, name="shell"),
    path("worker.js", views.worker, name="worker"),
    path("app.webmanifest", views.manifest, name="manifest"),
    path("kits.json", views.kits, name="kits"),
    path("takes/<str:code>/", views.takes, name="takes"),
    path("photos/<str:code>/<slug:sha256>/", views.photo, name="photo"),
    path("proofs/<str:code>/", views.proof, name="proof"),
]
