"""JSON Schemas: of a service package, for editors that check YAML while somebody types, and of answers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from forms_library.schemas import answers_schema
from portal.designer.rights import designers_only, find_service
from workflows.definition import package_schema
from workflows.selectors.versions import version_of


@require_safe
def show(request: HttpRequest) -> JsonResponse:
    """The schema; it holds nothing of any department, so anybody may read it."""
    return JsonResponse(package_schema(), json_dumps_params={"ensure_ascii": False})


@designers_only
@require_safe
def answers(request: HttpRequest, department_key: str, key: str, number: int) -> HttpResponse:
    """The schema of the answers to a published version, for programs that read its exports."""
    version = find_service(request, department_key, key).versions.filter(number=number).first()
    if version is None:
        raise Http404
    schema = answers_schema(version_of(version.pk).start_form)
    return JsonResponse(schema, json_dumps_params={"ensure_ascii": False})
