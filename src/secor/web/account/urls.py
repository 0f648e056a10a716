"""The map of the pages about signing in and one's own account."""

from django.urls import include, path

from secor.web.account import views
from secor.web.account.doors import with_doors

own = [
    path("desk/", views.desk, name="desk"),
    path("you/", views.desk, name="profile"),
    path("second-factor/", views.desk, name="second_factor"),
    path("demonstration/sign-in/", views.desk, name="demonstration_sign_in"),
]

urlpatterns = [
    path("", include((own, "account"))),
    path("", with_doors(include("allauth.urls"))),
]
