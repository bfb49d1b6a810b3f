"""What the workers of workflows run; when is in `schedule.py`."""

from celery import shared_task

from workflows import calendar_changes, sweeps, unused_documents
from workflows.firing import sweeper
from workflows.jobs import run_job as run_one_job
from workflows.moving import restoring
from workflows.services.likeness import note_missing


@shared_task(  # type: ignore[untyped-decorator]  # celery has no types
    name="workflows.tasks.run_job", queue="messages"
)
def run_job(work_item_id: int) -> None:
    """Run one background step."""
    run_one_job(work_item_id)


@shared_task(name="workflows.tasks.sweep_deadlines")  # type: ignore[untyped-decorator]  # celery has no types
def sweep_deadlines() -> None:
    """Fire what is due, unless enough others do so already."""
    with sweeper() as free:
        if free:
            sweeps.sweep_deadlines()


@shared_task(name="workflows.tasks.sweep_openings")  # type: ignore[untyped-decorator]  # celery has no types
def sweep_openings() -> None:
    """Open the cases whose day has come."""
    sweeps.sweep_openings()


@shared_task(name="workflows.tasks.sweep_calendars")  # type: ignore[untyped-decorator]  # celery has no types
def sweep_calendars() -> None:
    """Work out again what a changed calendar concerns, where nobody does."""
    sweeps.sweep_calendars()


@shared_task(name="workflows.tasks.notice_calendars")  # type: ignore[untyped-decorator]  # celery has no types
def notice_calendars() -> None:
    """See that calendars have changed by themselves."""
    calendar_changes.notice_changes()


@shared_task(name="workflows.tasks.sweep_moves")  # type: ignore[untyped-decorator]  # celery has no types
def sweep_moves() -> None:
    """Go on with moving cases to another version where nobody does."""
    sweeps.sweep_moves()


@shared_task(name="workflows.tasks.forget_moves")  # type: ignore[untyped-decorator]  # celery has no types
def forget_moves() -> None:
    """Forget what cases were before they were moved, when that is long ago."""
    restoring.forget_old()


@shared_task(name="workflows.tasks.sweep_called_cases")  # type: ignore[untyped-decorator]  # celery has no types
def sweep_called_cases() -> None:
    """Let cases go on whose sub-process has ended."""
    sweeps.sweep_called_cases()


@shared_task(name="workflows.tasks.sweep_jobs")  # type: ignore[untyped-decorator]  # celery has no types
def sweep_jobs() -> None:
    """Run what was lost."""
    sweeps.sweep_jobs()


@shared_task(name="workflows.tasks.sweep_messages")  # type: ignore[untyped-decorator]  # celery has no types
def sweep_messages() -> None:
    """Deliver what was lost, and forget what is old."""
    sweeps.sweep_messages()


@shared_task(name="workflows.tasks.sweep_drafts")  # type: ignore[untyped-decorator]  # celery has no types
def sweep_drafts() -> None:
    """Remind of drafts and remove those that ended."""
    sweeps.sweep_drafts()


@shared_task(name="workflows.tasks.note_likeness")  # type: ignore[untyped-decorator]  # celery has no types
def note_likeness() -> None:
    """Keep the keys by which cases that may be the same are found, where there are none yet."""
    note_missing()


@shared_task(name="workflows.tasks.check_cases")  # type: ignore[untyped-decorator]  # celery has no types
def check_cases() -> None:
    """Report cases that need a look."""
    sweeps.check_cases()


@shared_task(name="workflows.tasks.sweep_documents")  # type: ignore[untyped-decorator]  # celery has no types
def sweep_documents() -> None:
    """Remove uploads that nothing refers to."""
    unused_documents.sweep_documents()
