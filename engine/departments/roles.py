"""The roles that people have in a department, and what each may do."""

from collections.abc import Mapping
from enum import StrEnum

from engine.departments.permissions import Permission


class Role(StrEnum):
    """A role in one department. Every signed-in person is a citizen; that role is never granted."""

    CITIZEN = "citizen"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    DESIGNER = "designer"
    PUBLISHER = "publisher"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


STAFF_ROLES = tuple(role for role in Role if role is not Role.CITIZEN)

_CLERK = frozenset(
    {
        Permission.VIEW_CASE,
        Permission.WORK_CASE,
        Permission.APPLY_INTERNAL,
        Permission.SEE_PERSONAL_DATA,
        Permission.EXPORT_CASE,
    }
)

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.CITIZEN: frozenset(),
    Role.CLERK: _CLERK,
    Role.SUPERVISOR: _CLERK
    | {Permission.APPROVE_CASE, Permission.ASSIGN_CASE, Permission.REVOKE_CERTIFICATE},
    Role.DESIGNER: frozenset({Permission.DESIGN_SERVICE}),
    Role.PUBLISHER: frozenset({Permission.PUBLISH_SERVICE}),
    Role.ADMINISTRATOR: frozenset(
        {
            Permission.DESIGN_SERVICE,
            Permission.PUBLISH_SERVICE,
            Permission.ADMINISTER_DEPARTMENT,
            Permission.REVOKE_CERTIFICATE,
            Permission.VIEW_CASE,
        }
    ),
    # An auditor sees what happened and to which case, never whose data it was.
    Role.AUDITOR: frozenset({Permission.VIEW_CASE, Permission.READ_AUDIT}),
}

# Who holds a role that the department made sees its cases; what they may do there is said by the steps that
# name the role, and personal data is shown to them only where such a step is open.
WORK_ROLE_PERMISSIONS = frozenset({Permission.VIEW_CASE, Permission.APPLY_INTERNAL})
