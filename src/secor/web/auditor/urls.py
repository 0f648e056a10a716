"""The map of the auditor's desk, which is also where self-assessors do their assessment."""

from django.urls import path

from secor.web.auditor import (
    acts,
    advice,
    audit_file,
    calendar,
    element,
    explain,
    notes,
    overview,
    quotes,
    records,
    report,
    sample,
    team,
    visits,
)

app_name = "auditor"
urlpatterns = [
    path("", overview.home, name="home"),
    # Before the audits: a code has twelve signs, so none is called so.
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/hours/", calendar.hours, name="hours"),
    path("calendar/away/", calendar.away, name="away"),
    path("calendar/feed/", calendar.feed, name="feed"),
    path("quotes/", quotes.all_quotes, name="quotes"),
    path("quotes/rates/", quotes.rates, name="rates"),
    path("quotes/new/", quotes.new, name="quote_new"),
    path("quotes/<slug:quote>/", quotes.quote, name="quote"),
    path("quotes/<slug:quote>.pdf", quotes.paper, name="quote_paper"),
    path("<str:code>/", overview.audit, name="audit"),
    path("<str:code>/all/", overview.everything, name="all"),
    path("<str:code>/element/<int:number>/", element.element, name="element"),
    path("<str:code>/records/<str:question>/", records.records, name="records"),
    path("<str:code>/advice/<str:question>/", advice.advice, name="advice"),
    path("<str:code>/file/", audit_file.take_out, name="take_out"),
    path("<str:code>/bring/", audit_file.bring, name="bring"),
    path("<str:code>/sample/", sample.sample, name="sample"),
    path("<str:code>/team/", team.team, name="team"),
    path("<str:code>/apart/", team.apart, name="apart"),
    path("<str:code>/points/<str:question>/", team.points, name="points"),
    path("<str:code>/visits/", visits.all_visits, name="visits"),
    path("<str:code>/visits/<slug:visit>/", visits.visit, name="visit"),
    path("<str:code>/report/", report.report, name="report"),
    path("<str:code>/declare/", acts.declare, name="declare"),
    path("<str:code>/dates/", acts.dates, name="dates"),
    path("<str:code>/submit/", acts.submit, name="submit"),
    path("<str:code>/explain/<str:rule>/<str:question>/", explain.explain, name="explain"),
    path("<str:code>/take-back/", acts.take_back, name="take_back"),
    path("<str:code>/notes/", notes.notes, name="notes"),
    path("<str:code>/versions/", notes.versions, name="versions"),
    path("<str:code>/withdraw/", acts.withdraw, name="withdraw"),
    path("<str:code>/put-back/", acts.put_back, name="put_back"),
    path("<str:code>/evidence/<str:piece>/remove/", acts.remove, name="remove"),
]
