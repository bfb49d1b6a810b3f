"""What workers do while the site can only be read."""

import pytest
from django.core.management import call_command

from engine.messages import tasks
from portal.config.celery import PausingTask, app


@pytest.mark.django_db
def test_every_task_rests_while_nothing_may_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []
    monkeypatch.setattr(tasks, "deliver_one", done.append)
    call_command("site_mode", "read-only", verbosity=0)
    tasks.deliver(1)
    call_command("site_mode", "normal", verbosity=0)
    tasks.deliver(2)
    assert done == [2]
    app.loader.import_default_modules()
    own = [task for name, task in app.tasks.items() if name.startswith(("engine.", "workflows."))]
    assert len(own) > 10
    assert all(isinstance(task, PausingTask) for task in own)
