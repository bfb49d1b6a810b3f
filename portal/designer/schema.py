"""The JSON Schema of a service package, for editors that complete and check YAML while somebody types."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from workflows.definition import package_schema


@require_safe
def show(request: HttpRequest) -> JsonResponse:
    """The schema; it holds nothing of any department, so anybody may read it."""
    return JsonResponse(package_schema(), json_dumps_params={"ensure_ascii": False})
