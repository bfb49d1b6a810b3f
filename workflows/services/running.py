"""Background steps that are being done at this moment, and must not find their case elsewhere."""

from __future__ import annotations

from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.departments.models import User
from workflows.course_refusals import CourseRefused
from workflows.models import Case, WorkItem


def refuse_running(case: Case, by: User) -> None:
    """A worker that does a step right now would have its effect on a case that went another way."""
    running = WorkItem.objects.filter(process=case, status=STATUS.STARTED, lease_until__gt=now()).first()
    if running is not None:
        title = running.flow_task.options.title.in_(by.language)
        raise CourseRefused("running", title or running.node_key)
