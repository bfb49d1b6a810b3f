"""What a person may do in a department; the words are stored, so they never change their meaning."""

from enum import StrEnum


class Permission(StrEnum):
    """One right in one department."""

    VIEW_CASE = "view_case"
    WORK_CASE = "work_case"
    APPROVE_CASE = "approve_case"
    ASSIGN_CASE = "assign_case"
    APPLY_INTERNAL = "apply_internal"
    SEE_PERSONAL_DATA = "see_personal_data"
    EXPORT_CASE = "export_case"
    REVOKE_CERTIFICATE = "revoke_certificate"
    DESIGN_SERVICE = "design_service"
    PUBLISH_SERVICE = "publish_service"
    ADMINISTER_DEPARTMENT = "administer_department"
    READ_AUDIT = "read_audit"

    @property
    def sentence(self) -> str:
        """The right as an administrator reads it."""
        return SENTENCES[self]


SENTENCES = {
    Permission.VIEW_CASE: "Can see the cases",
    Permission.WORK_CASE: "Can work on cases",
    Permission.APPROVE_CASE: "Can approve or reject cases",
    Permission.ASSIGN_CASE: "Can give work to a colleague",
    Permission.APPLY_INTERNAL: "Can use the services for staff",
    Permission.SEE_PERSONAL_DATA: "Can show personal data; showing it is recorded",
    Permission.EXPORT_CASE: "Can export cases",
    Permission.REVOKE_CERTIFICATE: "Can revoke certificates",
    Permission.DESIGN_SERVICE: "Can design services",
    Permission.PUBLISH_SERVICE: "Can publish services",
    Permission.ADMINISTER_DEPARTMENT: "Can administer the department",
    Permission.READ_AUDIT: "Can read the audit record",
}
