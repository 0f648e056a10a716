"""The map of the public pages."""

from django.urls import path

from secor.web.public import (
    answered,
    badges,
    credentials,
    demonstration,
    look,
    packs,
    register,
    suppliers,
    talks,
    views,
    wallet,
    watches,
)

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("what-is-secor/", views.about, name="about"),
    path("do-i-qualify/", answered.qualify, name="qualify"),
    path("what-it-may-save/", answered.savings, name="savings"),
    path("six-steps/", views.steps, name="steps"),
    path("questions/", views.questions, name="questions"),
    path("certifying-partners/", answered.partners, name="partners"),
    path("first-talk/", views.enquiry, name="enquiry"),
    path("first-talk/thanks/", views.thanks, name="thanks"),
    path("first-talk/<str:talk>/", talks.talk, name="talk"),
    path("first-talk/<str:talk>/talk.ics", talks.invitation, name="talk_file"),
    path("register/", register.search, name="register"),
    path("check/", register.check_form, name="check_form"),
    path("check/list/", suppliers.suppliers, name="suppliers"),
    path("v/<path:number>", register.check, name="check"),
    path("V/<path:number>", register.check, name="check_printed"),  # as the square code on the paper has it
    path("badges/<str:number>.svg", badges.badge, name="badge"),
    path("badges/<str:number>/", badges.page, name="badge_page"),
    path("follow/<str:number>/", watches.follow, name="follow"),
    path("follow/<str:number>/asked/", watches.followed, name="followed"),
    path("watch/<str:watch>/", watches.watch, name="watch"),
    path("credentials/<str:number>.json", credentials.credential, name="credential"),
    path("credentials/<str:number>.jwt", credentials.compact, name="credential_jwt"),
    path("credentials/<str:number>.pdf", credentials.paper, name="credential_paper"),
    path("partners/<slug:partner>/did.json", credentials.did_document, name="did"),
    path("partners/<slug:partner>/status/<int:nth>", credentials.status_list, name="status_list"),
    path("wallet/<slug:code>/", wallet.wallet, name="wallet"),
    path("packs/<slug:pack>/", packs.pack, name="pack"),
    path("packs/<slug:pack>/<slug:what>/", packs.paper, name="pack_paper"),
    path("demonstration/move-day/", demonstration.move_day, name="move_day"),
    path("look/", look.look, name="look"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
    path(".well-known/security.txt", views.security, name="security"),
]
