"""The map of these pages."""

from django.urls import path

from secor.web.reader import views

app_name = "reader"
urlpatterns = [
    path("ministry/", views.ministry, name="ministry"),
    path("ministry/list.csv", views.ministry_list, name="ministry_list"),
    path("wcb/", views.wcb, name="wcb"),
    path("wcb/list.csv", views.wcb_list, name="wcb_list"),
]
