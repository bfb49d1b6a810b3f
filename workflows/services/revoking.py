"""Revoking a certificate, for the screens of a case."""

from engine.departments.models import User
from engine.documents.certificates import revoking
from engine.documents.models import Certificate
from workflows.selectors.case_finding import find_case
from workflows.services.refused import refusals_noted


@refusals_noted
def revoke_certificate(*, reference: str, number: str, by: User, reason: str) -> Certificate:
    """Revoke a certificate of a case that the person may see and revoke."""
    case = find_case(by, reference)
    certificate = Certificate.objects.get(
        case_reference=case.reference, department_id=case.department_id, number=number
    )
    return revoking.revoke(certificate, by=by, reason=reason)
