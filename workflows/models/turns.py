"""When the product last gave a step to somebody, so that equals take turns."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class HandingTurn(models.Model):
    """The last time that a person got a step without taking it."""

    department = models.ForeignKey(
        "departments.Department", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["department", "person"], name="one_turn_in_a_department")
        ]

    def __str__(self) -> str:
        return f"turn of {self.person_id} in {self.department_id}"
