"""A new service from nothing: its name, its title, its languages, and what it begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from engine.core.languages import OWN_NAMES
from engine.departments.models import Department
from portal.designer.examples import examples
from portal.designer.models import LibraryPart
from portal.designer.rights import designers_only, find_department, person, what_they_may
from portal.designer.starting_points import KEY, TEMPLATES, KeyTaken, beginnings, create_service
from workflows.parts import TAKEN

LONGEST = 120  # characters of a title
MOST_LANGUAGES = 20
OFTEN = ("en", "fr", "ar")  # languages that are offered first, beside those of the department
PATTERN = "pattern-"  # before the number of a part of the library


@dataclass
class Typed:
    """What was typed, and what is wrong with it, by the name of the input."""

    title: str = ""
    key: str = ""
    languages: list[str] = field(default_factory=lambda: [get_language() or "en"])
    template: str = "check"
    errors: dict[str, str] = field(default_factory=dict)


@designers_only
def show(request: HttpRequest, department_key: str) -> HttpResponse:
    """The form; when it is sent, the service and its editor."""
    department = find_department(request, department_key)
    if not what_they_may(person(request), department)["may_design"]:
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, department, Typed())
    patterns = {f"{PATTERN}{one.pk}": one for one in beginnings(department)}
    typed = _typed(request, patterns)
    if not typed.errors:
        try:
            service = create_service(
                department=department,
                by=person(request),
                key=typed.key,
                title=typed.title,
                languages=typed.languages,
                **_beginning(typed.template, patterns),
            )
        except KeyTaken:
            typed.errors["key"] = _("This department has a service with this name already. Choose another.")
        else:
            return redirect("designer:design", department.key, service.key)
    return _page(request, department, typed)


def _beginning(template: str, patterns: Mapping[str, LibraryPart]) -> dict[str, Any]:
    return {"pattern": patterns[template]} if template in patterns else {"template": template}


def _typed(request: HttpRequest, patterns: Mapping[str, LibraryPart]) -> Typed:
    title = " ".join(request.POST.get("title", "").replace("\0", "").split())
    typed = Typed(title, request.POST.get("key", "").strip() or slugify(title)[:60])
    typed.languages = [code for code in dict.fromkeys(request.POST.getlist("languages")) if code in OWN_NAMES]
    typed.template = request.POST.get("template", "")
    if not 0 < len(title) <= LONGEST:
        typed.errors["title"] = _("Enter a title of at most {most} characters.").format(most=LONGEST)
    elif typed.key in TAKEN:
        typed.errors["key"] = _("A page of Caseway has this name already. Choose another.")
    elif not KEY.fullmatch(typed.key):
        typed.errors["key"] = _(
            "Enter a short name of small letters, digits and hyphens, like trade-licence."
        )
    if not 0 < len(typed.languages) <= MOST_LANGUAGES:
        typed.errors["languages"] = _("Select at least one language.")
    if typed.template not in {*TEMPLATES, *examples(), *patterns}:
        typed.errors["template"] = _("Select what the service begins with.")
    return typed


def _by_name(language: tuple[str, str]) -> str:
    return language[1].casefold()


def _page(request: HttpRequest, department: Department, typed: Typed) -> HttpResponse:
    reading = get_language() or "en"
    near = dict.fromkeys(code for code in (*department.languages, *OFTEN) if code in OWN_NAMES)
    context = {
        "department": department,
        "typed": typed,
        "near": [(code, OWN_NAMES[code]) for code in near],
        "far": sorted(((code, name) for code, name in OWN_NAMES.items() if code not in near), key=_by_name),
        "opened": not near.keys() >= set(typed.languages),
        "templates": [(key, _(label)) for key, label in TEMPLATES.items()],
        "examples": [(one.key, one.label.in_(reading), one.help.in_(reading)) for one in examples().values()],
        "patterns": [(f"{PATTERN}{one.pk}", one.name) for one in beginnings(department)],
    }
    return render(request, "designer/new.html", context, status=422 if typed.errors else 200)
