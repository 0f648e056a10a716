"""The map of the files that go out."""

from django.urls import path

from secor.web.files import views

app_name = "files"
urlpatterns = [
    path("evidence/<str:code>/", views.evidence, name="evidence"),
    path("proof/<str:code>/", views.proof, name="proof"),
]
