"""The addresses of the designer's room."""

from django.urls import path

from portal.designer import importing, schema, service, services_list

app_name = "designer"
urlpatterns = [
    path("", services_list.show, name="services"),
    path("package.schema.json", schema.show, name="schema"),
    path("<slug:department_key>/import/", importing.show, name="import"),
    path("<slug:department_key>/<slug:key>/", service.show, name="service"),
    path("<slug:department_key>/<slug:key>/publish/", service.publish_now, name="publish"),
    path("<slug:department_key>/<slug:key>/working.yaml", service.export_unpublished, name="export-working"),
    path(
        "<slug:department_key>/<slug:key>/versions/<int:number>.yaml", service.export_version, name="export"
    ),
]
