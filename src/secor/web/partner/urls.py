"""The map of these pages."""

from django.urls import path

from secor.web.partner import audit, calendar, certificates, element, members, queue, starts, writing

app_name = "partner"
urlpatterns = [
    path("", queue.home, name="home"),
    path("letters/", queue.letters, name="letters"),
    path("members/", members.members, name="members"),
    path("members/<str:code>/", members.member, name="member"),
    path("members/<str:code>/approve/", members.approve, name="approve"),
    path("members/<str:code>/refuse/", members.refuse, name="refuse"),
    path("proofs/<str:code>/", members.proof, name="proof"),
    path("starts/<str:code>/", starts.start, name="start"),
    path("starts/<str:code>/approve/", starts.approve, name="approve_start"),
    path("starts/<str:code>/refuse/", starts.refuse, name="refuse_start"),
    path("audits/<str:code>/", audit.audit, name="audit"),
    path("audits/<str:code>/claim/", audit.claim, name="claim"),
    path("audits/<str:code>/conclude/", writing.conclude, name="conclude"),
    path("audits/<str:code>/issue/", certificates.issue, name="issue"),
    path("audits/<str:code>/changes/<int:newer>/", audit.changes, name="changes"),
    path("audits/<str:code>/elements/<int:number>/", element.element, name="element"),
    path("audits/<str:code>/questions/<str:question>/mark/", writing.mark, name="mark"),
    path("audits/<str:code>/questions/<str:question>/note/", writing.note, name="note"),
    path("audits/<str:code>/notes/<str:note>/strike/", writing.strike, name="strike"),
    path("audits/<str:code>/notes/<str:note>/settle/", writing.settle, name="settle"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
    path("certificates/<str:number>/<slug:act>/", certificates.decide, name="decide"),
    path("calendar/", calendar.calendar, name="calendar"),
]
