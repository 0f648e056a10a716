"""The map of the public pages."""

from django.urls import path

from secor.web.public import look, views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("what-is-secor/", views.home, name="about"),
    path("do-i-qualify/", views.home, name="qualify"),
    path("what-it-may-save/", views.home, name="savings"),
    path("six-steps/", views.home, name="steps"),
    path("questions/", views.home, name="questions"),
    path("certifying-partners/", views.home, name="partners"),
    path("first-talk/", views.home, name="enquiry"),
    path("register/", views.home, name="register"),
    path("check/", views.home, name="check_form"),
    path("v/<path:number>", views.home, name="check"),
    path("demonstration/move-day/", views.home, name="move_day"),
    path("look/", look.look, name="look"),
]
