"""The person's own applications; somebody else's do not exist for them."""

from django.http import Http404

from portal.shell.requests import SignedInRequest
from workflows.models import Case
from workflows.selectors.applications import Application, application
from workflows.selectors.case_finding import own_case


def own_or_404(request: SignedInRequest, reference: str) -> Case:
    """The case of one's own application."""
    try:
        return own_case(request.user, reference)
    except Case.DoesNotExist as unknown:
        raise Http404 from unknown


def application_or_404(request: SignedInRequest, reference: str, language: str) -> Application:
    """All that the page of one's own application shows."""
    try:
        return application(request.user, reference, language)
    except Case.DoesNotExist as unknown:
        raise Http404 from unknown
