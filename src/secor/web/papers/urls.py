"""The map of the papers that go out."""

from django.urls import path

from secor.web.papers import binder, course, manual, views

app_name = "papers"
urlpatterns = [
    path("certificate/<str:number>.pdf", views.certificate, name="certificate"),
    path("report/<str:code>.pdf", views.report, name="report"),
    path("report/<str:code>.docx", views.report_in_word, name="report_docx"),
    path("program/<slug:code>.<slug:kind>", manual.program_manual, name="manual"),
    path("binder/<slug:code>.pdf", binder.binder, name="binder"),
    path("course/<slug:code>.pdf", course.course, name="course"),
    path("submission/<str:code>.zip", views.package, name="submission"),
    path("action-plan/<str:code>.xlsx", views.action_plan, name="action_plan"),
]
