"""Who is away, and who does their work meanwhile."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from engine.departments.models.department import Department
from engine.departments.models.person import User


class Absence(models.Model):
    """A time in which a deputy may do the work that a member of staff has in one department."""

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="absences")
    deputy = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()  # the first moment after it
    created = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="absence_ends_after_it_starts"
            ),
            models.CheckConstraint(condition=~Q(person=F("deputy")), name="nobody_is_their_own_deputy"),
        ]
        indexes = [
            models.Index(fields=["deputy", "ends_at"], name="absence_of_deputy"),
            models.Index(fields=["person", "ends_at"], name="absence_of_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} is away, {self.deputy_id} stands in"
