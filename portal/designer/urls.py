"""The addresses of the designer's room."""

from django.urls import path

from portal.designer import (
    api,
    creating,
    editor,
    exporting,
    foreign,
    importing,
    moves,
    processes,
    questions,
    schema,
    service,
    services_list,
    tables,
    translating,
    trying,
)

app_name = "designer"
urlpatterns = [
    path("", services_list.show, name="services"),
    path("package.schema.json", schema.show, name="schema"),
    path("<slug:department_key>/new/", creating.show, name="new"),
    path("<slug:department_key>/import/", importing.show, name="import"),
    path("<slug:department_key>/import/form/", foreign.show, name="import-form"),
    path("<slug:department_key>/import/process/", processes.show, name="import-process"),
    path("<slug:department_key>/<slug:key>/", service.show, name="service"),
    path(
        "<slug:department_key>/<slug:key>/versions/<int:number>/answers.schema.json",
        schema.answers,
        name="answers-schema",
    ),
    path("<slug:department_key>/<slug:key>/questions/<str:form_key>.pdf", questions.show, name="questions"),
    path("<slug:department_key>/<slug:key>/forms/<str:form_key>/", exporting.show, name="export-form"),
    path(
        "<slug:department_key>/<slug:key>/forms/<str:form_key>/download/",
        exporting.download,
        name="download-form",
    ),
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
    path("<slug:department_key>/<slug:key>/versions/<int:number>.bpmn", processes.download, name="bpmn"),
    path("<slug:department_key>/<slug:key>/tables/", tables.show, name="tables"),
    path("<slug:department_key>/<slug:key>/tables/<str:where>.dmn", tables.download, name="download-table"),
    path("<slug:department_key>/<slug:key>/try/", trying.show, name="try"),
    path(
        "<slug:department_key>/<slug:key>/try/certificates/<int:sample>.pdf",
        trying.certificate,
        name="try-certificate",
    ),
    path("<slug:department_key>/<slug:key>/design/", editor.show, name="design"),
    path("<slug:department_key>/<slug:key>/design/save/", api.save, name="design-save"),
    path("<slug:department_key>/<slug:key>/design/check/", api.check_now, name="design-check"),
    path("<slug:department_key>/<slug:key>/design/preview/", api.preview, name="design-preview"),
    path("<slug:department_key>/<slug:key>/design/certificate/", api.certificate, name="design-certificate"),
    path(
        "<slug:department_key>/<slug:key>/design/certificates/<str:certificate>.pdf",
        editor.certificate,
        name="design-certificate-pdf",
    ),
    path("<slug:department_key>/<slug:key>/design/message/", api.message, name="design-message"),
    path("<slug:department_key>/<slug:key>/design/rule/", api.rule, name="design-rule"),
    path("<slug:department_key>/<slug:key>/design/presence/", api.presence, name="design-presence"),
    path("<slug:department_key>/<slug:key>/design/ask/", api.ask, name="design-ask"),
    path("<slug:department_key>/<slug:key>/design/publish/", api.publish, name="design-publish"),
    path("<slug:department_key>/<slug:key>/design/versions/", api.versions, name="design-versions"),
    path("<slug:department_key>/<slug:key>/design/restore/", api.restore, name="design-restore"),
    path("<slug:department_key>/<slug:key>/moves/", moves.show, name="moves"),
    path("<slug:department_key>/<slug:key>/moves/<int:move_id>/", moves.plan, name="move"),
    path("<slug:department_key>/<slug:key>/moves/<int:move_id>/cases/", moves.cases, name="move-cases"),
    path("<slug:department_key>/<slug:key>/moves/<int:move_id>/<slug:verb>/", moves.act, name="move-act"),
    path("<slug:department_key>/<slug:key>/publish/", service.publish_now, name="publish"),
    path("<slug:department_key>/<slug:key>/working.yaml", service.export_unpublished, name="export-working"),
    path(
        "<slug:department_key>/<slug:key>/versions/<int:number>.yaml", service.export_version, name="export"
    ),
]
