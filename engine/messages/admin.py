"""The outbox in the admin: what is given up, by department, and "try again"."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from engine.departments.access import AccessRefused
from engine.departments.models import User
from engine.departments.permissions import Permission
from engine.departments.scoped_admin import DepartmentScopedAdmin
from engine.messages.dead_letters import try_again
from engine.messages.models import OutboxMessage


@admin.register(OutboxMessage)
class OutboxAdmin(DepartmentScopedAdmin):
    """Read only, except for putting back in line what was given up."""

    right = Permission.ADMINISTER_DEPARTMENT
    list_display = ("id", "topic", "department", "state", "attempts", "due_at", "last_error")
    list_filter = ("state", "topic")
    list_select_related = ("department",)
    ordering = ("-id",)
    actions = ("again",)
    show_full_result_count = False

    @admin.action(description="Try again")
    def again(self, request: HttpRequest, queryset: QuerySet[OutboxMessage]) -> None:
        """Put the chosen messages back in line; the queryset holds only what this person may see."""
        user = request.user
        assert isinstance(user, User)  # noqa: S101 - the admin lets nobody else in
        ours = list(queryset.filter(department__isnull=False).values_list("pk", flat=True))
        house = list(queryset.filter(department__isnull=True).values_list("pk", flat=True))
        try:
            count = try_again(ours, by=user) + (try_again(house, by=None) if user.is_superuser else 0)
        except AccessRefused:
            self.message_user(request, "You cannot do this in that department.", messages.ERROR)
            return
        self.message_user(request, f"{count} messages are in line again.")
