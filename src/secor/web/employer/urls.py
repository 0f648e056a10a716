"""The map of the employer's desk. Each page is also there without a code: it leads to one's business, or asks which."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import URLPattern, path

from secor.web.employer import (
    actions,
    audit,
    builder,
    certificate,
    courses,
    details,
    figures,
    headcount,
    history,
    home,
    lessons,
    more_time,
    own_forms,
    packs,
    part,
    partner,
    people,
    plan,
    prepare,
    program,
    reading,
    ready,
    records,
    refund,
    rhythms,
    sheets,
    withdraw,
    worker,
    workers,
)
from secor.web.employer.desk import choose

app_name = "employer"

PAGES: dict[str, Callable[..., HttpResponse]] = {
    "program": program.program,
    "ready": ready.ready,
    "records": records.records,
    "packs": packs.packs,
    "actions": actions.actions,
    "workers": workers.people,
    "headcount": headcount.headcount,
    "numbers": figures.figures,
    "partner": partner.partner,
    "courses": courses.courses,
    "audit": audit.audit,
    "certificate": certificate.certificate,
    "refund": refund.refund,
    "people": people.people,
    "details": details.details,
    "history": history.history,
}

BUILDER: dict[str, Callable[..., HttpResponse]] = {
    "trade": builder.trade,
    "jobs": builder.jobs,
    "conditions": builder.conditions,
    "names": builder.names,
    "rhythms": rhythms.rhythms,
    "review": builder.review,
}
OF_A_PART: dict[str, Callable[..., HttpResponse]] = {
    "edit": part.edit,
    "compare": part.compare,
    "offer": part.offer,
    "read": reading.read,
}

urlpatterns: list[URLPattern] = [
    path("", choose, {"page": "home"}, name="home"),
    path("join/", home.join, name="join"),
    *(path(f"{name}/", choose, {"page": name}, name=name) for name in PAGES),
    path("<slug:code>/", home.home, name="home"),
    *(path(f"<slug:code>/{name}/", page, name=name) for name, page in PAGES.items()),
    *(path(f"<slug:code>/program/{name}/", page, name=f"program_{name}") for name, page in BUILDER.items()),
    path("<slug:code>/actions.xlsx", actions.spreadsheet, name="actions_list"),
    path("<slug:code>/actions/<slug:action>/", actions.action, name="action"),
    path("<slug:code>/actions/<slug:action>/photo/<int:number>/", actions.photo, name="action_photo"),
    path("<slug:code>/packs/everything.zip", packs.everything, name="take_out"),
    path("<slug:code>/audit/plan/", plan.plan, name="plan"),
    path("<slug:code>/certificate/more-time/", more_time.more_time, name="more_time"),
    path("<slug:code>/audit/prepare/", prepare.prepare, name="prepare"),
    path("<slug:code>/audit/withdraw/", withdraw.withdraw, name="withdraw"),
    path("<slug:code>/headcount/plan/", headcount.plan, name="headcount_plan"),
    path("<slug:code>/courses/<slug:course>/", lessons.course, name="lessons"),
    path("<slug:code>/courses/<slug:course>/finish/", lessons.finish, name="lesson_finish"),
    path("<slug:code>/courses/<slug:course>/lessons/<slug:lesson>/", lessons.lesson, name="lesson"),
    path("<slug:code>/workers/link/", workers.crew_link, name="crew_link"),
    path("<slug:code>/workers/training/", workers.training, name="training"),
    path("<slug:code>/workers/<slug:who>/", worker.worker, name="worker"),
    path("<slug:code>/workers/<slug:who>/wallet/", worker.wallet, name="wallet"),
    path("<slug:code>/workers/<slug:who>/tickets/<slug:ticket>/", worker.ticket_photo, name="ticket_photo"),
    path("<slug:code>/records/print/", sheets.print_sheets, name="sheets"),
    path("<slug:code>/records/print/<slug:sheet>.pdf", sheets.sheets_printed, name="sheets_printed"),
    path("<slug:code>/records/paper/", sheets.paper, name="paper"),
    path("<slug:code>/records/paper/file/", sheets.paper_file, name="paper_file"),
    path("<slug:code>/records/paper/photos/<slug:sha256>/", sheets.paper_photo, name="paper_photo"),
    path("<slug:code>/records/forms/", own_forms.own_forms_list, name="own_forms"),
    path("<slug:code>/records/xlsform/", own_forms.own_form_bring, name="own_form_bring"),
    path("<slug:code>/records/forms/<slug:form>.xlsx", own_forms.own_form_xlsform, name="own_form_xlsform"),
    path("<slug:code>/records/forms/<slug:form>/", own_forms.own_form, name="own_form"),
    path("<slug:code>/records/<uuid:uid>/", records.record, name="record"),
    path("<slug:code>/records/<uuid:uid>/photos/<int:number>/", records.photo, name="record_photo"),
    path("<slug:code>/program/parts/add/", part.add, name="part_add"),
    path("<slug:code>/program/parts/<slug:part>/", part.part, name="part"),
    *(
        path(f"<slug:code>/program/parts/<slug:part>/{name}/", page, name=f"part_{name}")
        for name, page in OF_A_PART.items()
    ),
]
