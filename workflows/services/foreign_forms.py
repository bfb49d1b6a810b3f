"""A form of another system becomes the working copy of a service: the form, one approval, the end."""

from __future__ import annotations

import re
from typing import Any

from engine.core.problems import Problem
from engine.departments.access import require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from forms_library.importing.limits import read_document
from forms_library.importing.names import plain
from forms_library.importing.port import ImportedForm
from forms_library.importing.reading import read_forms
from workflows.models import Service
from workflows.services.foreign import ForeignImport
from workflows.services.packages import import_package

MOST_FORMS = 20
LONGEST_KEY = 60
# the languages in which the portal itself speaks; texts of the form keep the languages that they have
STEPS: dict[str, dict[str, str]] = {
    "applied": {"en": "Applied", "fr": "Demande envoyée", "ar": "تم تقديم الطلب"},
    "decide": {"en": "Decide", "fr": "Décision", "ar": "اتخاذ القرار"},
    "approved": {"en": "Approved", "fr": "Acceptée", "ar": "تمت الموافقة"},
    "refused": {"en": "Refused", "fr": "Refusée", "ar": "مرفوض"},
}


def import_foreign_form(*, content: bytes, department: Department, by: User) -> ForeignImport:
    """Read forms out of a foreign file; raises Refused or DefinitionRefused when nothing comes of it."""
    require(by, Permission.DESIGN_SERVICE, department.pk)
    imported = read_forms(read_document(content))
    services, problems = [], list[Problem]()
    for found in imported.forms[:MOST_FORMS]:
        made = import_package(source=wrapped(found, department), department=department, by=by)
        services.append(made.service)
        problems += made.problems
    for found in imported.forms[MOST_FORMS:]:
        imported.report.lost(("forms",), "too_many", f'The form "{found.name}" is not read: import it alone.')
    return ForeignImport(imported.format, services, imported.report, problems)


def wrapped(found: ImportedForm, department: Department) -> dict[str, Any]:
    """The smallest package that can be published with this form."""
    form = found.form.model_dump(mode="json", by_alias=True, exclude_unset=True)
    title = form["title"]
    return {
        "format": 1,
        "key": _free_key(found, department),
        "title": title,
        "audience": "citizen",
        "languages": ["en"],
        "reference_prefix": _prefix(str(found.form.title)),
        "forms": {"application": form},
        "workflow": {
            "decide_within": {"working_days": 20},
            "start": "applied",
            "nodes": [
                _step("applied", type="start", form="application", next="decide"),
                _step("decide", type="approval", role="clerk", approve="approved", reject="refused"),
                _step("approved", type="end", outcome="approved"),
                _step("refused", type="end", outcome="refused"),
            ],
        },
    }


def _step(key: str, **settings: Any) -> dict[str, Any]:
    return {"key": key, "title": STEPS[key], **settings}


def _free_key(found: ImportedForm, department: Department) -> str:
    """A key out of the title. The same form again comes to its service, another one never does."""
    slug = re.sub(r"[^a-z0-9]+", "-", plain(str(found.form.title)).lower()).strip("-")
    slug = (slug if slug[:1].isalpha() else f"form-{slug}".rstrip("-"))[:LONGEST_KEY].rstrip("-")
    taken = Service.objects.select_related("current").filter(department=department, key__startswith=slug)
    others = {service.key: _first_form(service) for service in taken}
    wanted = found.form.model_dump(mode="json", by_alias=True, exclude_unset=True)
    key, number = slug, 1
    while key in others and not _same(others[key], wanted):
        number += 1
        key = f"{slug}-{number}"
    return key


def _same(there: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """Whether a service was made of this form: it has the same name in the old system, and its pages too."""
    return _names(there) == _names(wanted)


def _names(form: dict[str, Any]) -> tuple[Any, ...]:
    return form.get("origin"), form.get("title"), tuple(page.get("origin") for page in form.get("pages", []))


def _first_form(service: Service) -> dict[str, Any]:
    package = service.working or (service.current.package if service.current else None) or {}
    forms = package.get("forms") or {}
    form: dict[str, Any] = forms.get("application") or {}
    return form


def _prefix(title: str) -> str:
    letters = "".join(word[0] for word in re.findall(r"[A-Za-z]+", plain(title))).upper()
    return (letters + "FRM")[:4] if len(letters) < 2 else letters[:6]
