"""The addresses of the designer's room."""

from django.urls import path

from portal.designer import foreign, importing, questions, schema, service, services_list, translating, trying

app_name = "designer"
urlpatterns = [
    path("", services_list.show, name="services"),
    path("package.schema.json", schema.show, name="schema"),
    path("<slug:department_key>/import/", importing.show, name="import"),
    path("<slug:department_key>/import/form/", foreign.show, name="import-form"),
    path("<slug:department_key>/<slug:key>/", service.show, name="service"),
    path(
        "<slug:department_key>/<slug:key>/versions/<int:number>/answers.schema.json",
        schema.answers,
        name="answers-schema",
    ),
    path("<slug:department_key>/<slug:key>/questions/<str:form_key>.pdf", questions.show, name="questions"),
    path("<slug:department_key>/<slug:key>/translations/", translating.show, name="translations"),
    path(
        "<slug:department_key>/<slug:key>/translations/import/",
        translating.take,
        name="translations-import",
    ),
    path(
        "<slug:department_key>/<slug:key>/translations/<slug:kind>/<slug:language>/",
        translating.export,
        name="translations-export",
    ),
    path("<slug:department_key>/<slug:key>/try/", trying.show, name="try"),
    path(
        "<slug:department_key>/<slug:key>/try/certificates/<int:sample>.pdf",
        trying.certificate,
        name="try-certificate",
    ),
    path("<slug:department_key>/<slug:key>/publish/", service.publish_now, name="publish"),
    path("<slug:department_key>/<slug:key>/working.yaml", service.export_unpublished, name="export-working"),
    path(
        "<slug:department_key>/<slug:key>/versions/<int:number>.yaml", service.export_version, name="export"
    ),
]
