"""The map of the crew's pages."""

from django.urls import path

from secor.web.crew import entrance, fix, mine

app_name = "crew"
urlpatterns = [
    path("open/<slug:secret>/", entrance.open_link, name="open"),
    path("", entrance.names, name="names"),
    path("in/<slug:who>/", entrance.pin, name="pin"),
    path("out/", entrance.leave, name="leave"),
    path("pin/", entrance.own_pin, name="own_pin"),
    path("mine/", mine.mine, name="mine"),
    path("parts/<slug:part>/", mine.part, name="part"),
    path("fix/<slug:action>/", fix.fix, name="fix"),
    path("wallet/", mine.wallet, name="wallet"),
    path("tickets/<slug:ticket>/photo/", mine.ticket_photo, name="ticket_photo"),
]
