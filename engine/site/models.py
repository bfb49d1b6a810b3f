"""The switch that lets a site be read only."""

from django.db import models
from django.db.models import Q


class Switch(models.Model):
    """One row, or none as long as nobody has touched the switch."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    is_read_only = models.BooleanField(default=False)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        db_table = "site_switch"
        constraints = [models.CheckConstraint(condition=Q(id=1), name="there_is_one_switch")]

    def __str__(self) -> str:
        return "read-only" if self.is_read_only else "normal"
