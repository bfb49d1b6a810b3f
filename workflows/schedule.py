"""When the scheduler calls which task; read by the settings, so nothing of Django is imported here."""

SCHEDULE = {
    # one that no worker has begun when the next is sent is not needed any more
    "deadlines": {
        "task": "workflows.tasks.sweep_deadlines",
        "schedule": 5.0,
        "options": {"expires": 5.0},
    },
    "calendars": {"task": "workflows.tasks.sweep_calendars", "schedule": 60.0},
    "changed calendars": {"task": "workflows.tasks.notice_calendars", "schedule": 3600.0},
    "version moves": {"task": "workflows.tasks.sweep_moves", "schedule": 60.0},
    "old version moves": {"task": "workflows.tasks.forget_moves", "schedule": 86_400.0},
    "openings": {"task": "workflows.tasks.sweep_openings", "schedule": 60.0},
    "called_cases": {"task": "workflows.tasks.sweep_called_cases", "schedule": 60.0},
    "jobs": {"task": "workflows.tasks.sweep_jobs", "schedule": 30.0},
    "messages": {"task": "workflows.tasks.sweep_messages", "schedule": 60.0},
    "drafts": {"task": "workflows.tasks.sweep_drafts", "schedule": 3600.0},
    "cases": {"task": "workflows.tasks.check_cases", "schedule": 600.0},
    "likeness": {"task": "workflows.tasks.note_likeness", "schedule": 300.0},
    "documents": {"task": "workflows.tasks.sweep_documents", "schedule": 86_400.0},
    "copies": {
        "task": "engine.documents.tasks.sweep_copies",
        "schedule": 10.0,
        "options": {"expires": 10.0},
    },
}
