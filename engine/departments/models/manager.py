"""Who leads whom in a department."""

from django.db import models

from engine.departments.models.department import Department
from engine.departments.models.person import User


class Manager(models.Model):
    """The manager of one member of staff in one department."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    manager = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["department", "person"], name="one_manager_in_a_department"),
            models.CheckConstraint(
                condition=~models.Q(person=models.F("manager")), name="nobody_manages_themselves"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.manager_id} leads {self.person_id}"
