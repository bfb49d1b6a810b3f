"""`python -m deploy.image.role <role>`: what a container of the image runs.

Reads the configuration first: where something is missing or wrong the container ends with one line that names
it, instead of a stack of calls that an operator reads at night. Then it becomes the program itself, so that
the signals of the cluster reach that program and nothing in between.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

PYTHON = sys.executable
BIN = Path(PYTHON).parent
GUNICORN = Path(__file__).with_name("web_server.py")
WRONG_CONFIGURATION = 78  # EX_CONFIG
MIGRATIONS = (("migrate", "--noinput"), ("sync_roles",), ("publish_pages",))


def web() -> list[str]:
    """The web server."""
    return [str(BIN / "gunicorn"), "--config", str(GUNICORN), "portal.config.wsgi"]


def worker() -> list[str]:
    """A worker of the queues in WORKER_QUEUES, of all when it is empty."""
    queues = os.environ.get("WORKER_QUEUES", "")
    return [
        *_celery("worker"),
        *("--concurrency", os.environ.get("WORKER_PROCESSES", "2")),
        *("--without-gossip", "--without-mingle"),
        *(("--queues", queues) if queues else ()),
    ]


def scheduler() -> list[str]:
    """The scheduler; of several the one that holds the lease sends."""
    return [*_celery("beat"), "--pidfile=", "--schedule", "/tmp/schedule"]


def relay() -> list[str]:
    """The relay of the outbox."""
    return _manage("relay")


def metrics() -> list[str]:
    """What Prometheus asks about the business."""
    return _manage("serve_metrics", "--port", os.environ.get("METRICS_PORT", "9464"))


def manage() -> list[str]:
    """Any command of manage.py, for jobs and operators."""
    return _manage(*sys.argv[2:])


def migrate() -> list[str]:
    """Tables, roles and first pages; each can be run again."""
    script = "; ".join(f"call_command(*{words!r})" for words in MIGRATIONS)
    return [
        PYTHON,
        "-c",
        f"import django; django.setup(); from django.core.management import call_command; {script}",
    ]


ROLES: dict[str, Callable[[], list[str]]] = {
    role.__name__: role for role in (web, worker, scheduler, relay, metrics, migrate, manage)
}


def _manage(*words: str) -> list[str]:
    return [PYTHON, "manage.py", *words]


def _celery(program: str) -> list[str]:
    return [
        str(BIN / "celery"),
        "-A",
        "portal.config",
        program,
        "--loglevel",
        os.environ.get("LOG_LEVEL", "INFO"),
    ]


def configuration_problem() -> str:
    """What is wrong with the settings in one line, empty when nothing is."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.config.settings")
    try:
        importlib.import_module(os.environ["DJANGO_SETTINGS_MODULE"])
    except Exception as error:  # whatever it is, the settings could not be read
        return f"{type(error).__name__}: {error}".splitlines()[0]
    return ""


def _make_folders() -> None:
    """What the programs write to lies on an empty volume, which forgets its folders at each start."""
    if folder := os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        for left_over in Path(folder).glob("*.db"):
            left_over.unlink()


def main(arguments: Sequence[str]) -> int:
    """Become the program of the role."""
    name = arguments[0] if arguments else ""
    if name not in ROLES:
        print(f"caseway: there is no role {name!r}; there are {', '.join(ROLES)}", file=sys.stderr)
        return 64
    if problem := configuration_problem():
        print(f"caseway: the configuration is not in order: {problem}", file=sys.stderr)
        return WRONG_CONFIGURATION
    _make_folders()
    argv = ROLES[name]()
    sys.stdout.flush()
    return os.execv(argv[0], argv)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
