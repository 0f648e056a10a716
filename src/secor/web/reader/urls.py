"""The map of these pages."""

from django.urls import path

from secor.web.reader import views

app_name = "reader"
urlpatterns = [
    path("ministry/", views.ministry, name="ministry"),
    path("ministry/totals.csv", views.ministry_totals, name="ministry_totals"),
    path("ministry/datapackage.json", views.ministry_dictionary, name="ministry_dictionary"),
    path("ministry/list.csv", views.ministry_list, name="ministry_list"),
    path("wcb/", views.wcb, name="wcb"),
    path("wcb/totals.csv", views.wcb_totals, name="wcb_totals"),
    path("wcb/datapackage.json", views.wcb_dictionary, name="wcb_dictionary"),
    path("wcb/list.csv", views.wcb_list, name="wcb_list"),
]
