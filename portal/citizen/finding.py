"""The person's own applications, in a language of their service; somebody else's do not exist for them."""

from django.http import Http404
from django.utils.translation import get_language

from engine.core.voice import marking
from portal.shell.reading import settle
from portal.shell.requests import SignedInRequest
from workflows.models import Case
from workflows.selectors.applications import Application, application_of
from workflows.selectors.case_finding import own_case
from workflows.selectors.versions import package_of


def own_or_404(request: SignedInRequest, reference: str) -> Case:
    """The case of one's own application; from here on its page is in the language that its reader wants."""
    try:
        case = own_case(request.user, reference)
    except Case.DoesNotExist as unknown:
        raise Http404 from unknown
    settle(package_of(case.version_id).languages, case.department.languages, case.language)
    return case


def application_or_404(request: SignedInRequest, reference: str) -> Application:
    """All that the page of one's own application shows."""
    case = own_or_404(request, reference)
    with marking():
        return application_of(request.user, case, get_language() or "en")
