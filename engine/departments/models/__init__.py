"""People, departments, and what a role may do in a department."""

from engine.departments.models.absence import Absence
from engine.departments.models.department import Department
from engine.departments.models.grant import DepartmentGrant
from engine.departments.models.manager import Manager
from engine.departments.models.person import User
from engine.departments.models.work_role import WorkRole

__all__ = ["Absence", "Department", "DepartmentGrant", "Manager", "User", "WorkRole"]
