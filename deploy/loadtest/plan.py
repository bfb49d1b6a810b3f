"""Who takes part and what they type: accounts that are signed in, walks through the forms, in one file."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from engine.departments.access import grant_role
from engine.departments.models import Department, User
from engine.departments.roles import Role
from forms_library.uploads import SentFile, UploadRules
from forms_library.walking import random_walk
from forms_library.walking.posting import pretended_upload
from workflows.models import Service
from workflows.selectors.versions import version_of

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SERVICES = ("residence-extract", "residence-extract", "trade-licence")  # two of three ask for an extract
WALKS = 25
DOMAIN = "load.example"


def write_plan(folder: Path, citizens: int, clerks: int) -> Path:
    """Make the accounts and the file; gives where it lies. The sessions in it are secret."""
    Department.objects.update(document_store="nas")  # no object store of this machine is worth measuring
    walks = {key: _walks(Service.objects.get(key=key), folder) for key in dict.fromkeys(SERVICES)}
    plan = {
        "weights": {"citizen": citizens, "clerk": clerks},
        "citizens": [_session(user) for user in _people("citizen", citizens)],
        "clerks": [_session(user) for user in _clerks(clerks)],
        "services": [
            {
                "address": Service.objects.select_related("department").get(key=key).address,
                "walks": walks[key],
            }
            for key in SERVICES
        ],
    }
    path = folder / "plan.json"
    path.touch(mode=0o600)
    path.write_text(json.dumps(plan))
    return path


def _people(what: str, most: int) -> list[User]:
    made = [User(email=f"{what}-{number}@{DOMAIN}", name=f"Load {number}") for number in range(most)]
    for user in made:
        user.set_unusable_password()
    return User.objects.bulk_create(made)


def _clerks(most: int) -> list[User]:
    """Of the departments whose services are applied for; each may decide at every step."""
    departments = list(Department.objects.filter(services__key__in=SERVICES).distinct().order_by("key"))
    found = _people("clerk", most)
    for number, user in enumerate(found):
        for role in (Role.CLERK, Role.SUPERVISOR):
            grant_role(user, role, departments[number % len(departments)])
    return found


def _session(user: User) -> str:
    """Signed in as the sign-in page does it."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)


def _paths(folder: Path, names: str) -> list[str]:
    return [str(folder / name) for name in names.split(", ") if name]


def _walks(service: Service, folder: Path) -> list[list[dict[str, Any]]]:
    """Ways through the first form that end with an application."""

    def upload(file: SentFile, rules: UploadRules) -> Any:
        (folder / str(file.name)).write_bytes(file.read())
        file.seek(0)
        return pretended_upload(file, rules)

    form, today = version_of(service.current_id or 0).start_form, timezone.localdate()
    walks = [random_walk(form, seed, today, upload) for seed in range(WALKS)]
    return [
        [
            {
                "page": step.page,
                "posted": dict(step.posted),
                "files": {name: _paths(folder, files) for name, files in step.files.items()},
            }
            for step in walk.steps
        ]
        for walk in walks
        if walk.complete
    ]
