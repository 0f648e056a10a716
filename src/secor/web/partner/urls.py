"""The map of these pages."""

from django.urls import path

from secor.web.partner import (
    audit,
    calendar,
    certificates,
    element,
    enquiries,
    extensions,
    forecasts,
    members,
    motions,
    numbers,
    plans,
    queue,
    starts,
    writing,
)

app_name = "partner"
urlpatterns = [
    path("", queue.home, name="home"),
    path("enquiries/", enquiries.enquiries, name="enquiries"),
    path("letters/", queue.letters, name="letters"),
    path("members/", members.members, name="members"),
    path("members/<slug:code>/", members.member, name="member"),
    path("members/<slug:code>/approve/", members.approve, name="approve"),
    path("members/<slug:code>/refuse/", members.refuse, name="refuse"),
    path("proofs/<slug:code>/", members.proof, name="proof"),
    path("starts/<slug:code>/", starts.start, name="start"),
    path("starts/<slug:code>/approve/", starts.approve, name="approve_start"),
    path("starts/<slug:code>/refuse/", starts.refuse, name="refuse_start"),
    path("audits/<slug:code>/", audit.audit, name="audit"),
    path("audits/<slug:code>/claim/", audit.claim, name="claim"),
    path("audits/<slug:code>/conclude/", writing.conclude, name="conclude"),
    path("audits/<slug:code>/plan/", plans.plan, name="plan"),
    path("audits/<slug:code>/plan/score/", plans.score, name="score_plan"),
    path("audits/<slug:code>/plan/return/", plans.send_back, name="return_plan"),
    path("audits/<slug:code>/issue/", certificates.issue, name="issue"),
    path("audits/<slug:code>/changes/<int:newer>/", audit.changes, name="changes"),
    path("audits/<slug:code>/elements/<int:number>/", element.element, name="element"),
    path("audits/<slug:code>/questions/<str:question>/mark/", writing.mark, name="mark"),
    path("audits/<slug:code>/questions/<str:question>/note/", writing.note, name="note"),
    path("audits/<slug:code>/notes/<slug:note>/strike/", writing.strike, name="strike"),
    path("audits/<slug:code>/notes/<slug:note>/settle/", writing.settle, name="settle"),
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<str:number>/", certificates.certificate, name="certificate"),
    path("certificates/<str:number>/propose/cancel/", motions.propose, {"kind": "cancel"}, name="propose_cancel"),
    path(
        "certificates/<str:number>/propose/reinstate/", motions.propose, {"kind": "reinstate"}, name="propose_reinstate"
    ),
    path("certificates/<str:number>/propose/confirm/", motions.confirm, name="confirm_motion"),
    path("certificates/<str:number>/propose/withdraw/", motions.withdraw, name="withdraw_motion"),
    path("certificates/<str:number>/<slug:act>/", certificates.decide, name="decide"),
    path("more-time/<slug:code>/", extensions.extension, name="extension"),
    path("more-time/<slug:code>/answer/", extensions.answer, name="answer_extension"),
    path("numbers/", numbers.numbers, name="numbers"),
    path("numbers/table.csv", numbers.table, name="numbers_table"),
    path("forecasts/", forecasts.forecasts, name="forecasts"),
    path("calendar/", calendar.calendar, name="calendar"),
]
