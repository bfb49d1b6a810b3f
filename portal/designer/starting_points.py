"""A new service begins with a document of which much stands already."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop

from engine.core.text import Text
from engine.departments.access import require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from portal.designer.designs import begin_design
from portal.designer.examples import examples
from portal.designer.models import LibraryPart, ServiceDesign
from workflows.definition import FORMAT
from workflows.models import Service
from workflows.node_type import node_types

Document = dict[str, Any]
KEY = re.compile(r"[a-z][a-z0-9-]{1,78}")
TEMPLATES = {
    "check": gettext_noop("One check by a clerk"),
    "two": gettext_noop("A check, then an approval"),
    "empty": gettext_noop("Nothing but the beginning and the end"),
}
WORDS = {
    "you": Text({"en": "About you", "fr": "À propos de vous", "ar": "عنك"}),
    "name": Text({"en": "Full name", "fr": "Nom complet", "ar": "الاسم الكامل"}),
    "sent": Text({"en": "Application sent", "fr": "Demande envoyée", "ar": "أُرسل الطلب"}),
    "check": Text({"en": "Check the application", "fr": "Examiner la demande", "ar": "فحص الطلب"}),
    "accept": Text({"en": "Accept", "fr": "Accepter", "ar": "قبول"}),
    "refuse": Text({"en": "Refuse", "fr": "Refuser", "ar": "رفض"}),
    "approval": Text({"en": "Approve", "fr": "Approuver", "ar": "الموافقة"}),
    "approved": Text({"en": "Approved", "fr": "Acceptée", "ar": "تمت الموافقة"}),
    "refused": Text({"en": "Refused", "fr": "Refusée", "ar": "مرفوض"}),
}


class KeyTaken(Exception):
    """The department has a service of this key already."""


@transaction.atomic
def create_service(
    *,
    department: Department,
    by: User,
    key: str,
    title: str,
    languages: list[str],
    template: str = "check",
    pattern: LibraryPart | None = None,
) -> Service:
    """A service that nobody sees before it is published, and its design; with the steps of a pattern, if any.

    Raises KeyTaken.
    """
    require(by, Permission.DESIGN_SERVICE, department.pk)
    document = first_document(key, title, languages, template)
    if pattern is not None:
        document["workflow"] |= workflow_of(pattern)
    service, made = Service.objects.get_or_create(
        department=department, key=key, defaults={"title": document["title"]}
    )
    if not made:
        raise KeyTaken
    begin_design(ServiceDesign(service=service, department=department), document, by)
    return Service.objects.get(pk=service.pk)


def first_document(key: str, title: str, languages: list[str], template: str) -> Document:
    """The document that a new service begins with."""

    def said(word: str) -> Any:
        return {language: WORDS[word].in_(language) for language in languages}

    begun = {
        "format": FORMAT,
        "key": key,
        "title": {languages[0]: title},
        "summary": {languages[0]: ""},
        "languages": languages,
        "reference_prefix": prefix_of(key),
    }
    if template in examples():
        return begun | examples()[template].document(title, languages)
    question = {"key": "name", "type": "short_text", "label": said("name")}
    return begun | {
        "forms": {
            "application": {
                "title": {languages[0]: title},
                "pages": [{"key": "you", "title": said("you"), "fields": [question]}],
            }
        },
        "workflow": {
            "decide_within": {"working_days": 10},
            "start": "applied",
            "nodes": [
                {
                    "key": "applied",
                    "type": "start",
                    "form": "application",
                    "title": said("sent"),
                    "next": _second(template),
                },
                *_steps(template, said),
                {"key": "approved", "type": "end", "outcome": "approved", "title": said("approved")},
            ],
        },
    }


def beginnings(department: Department) -> list[LibraryPart]:
    """The patterns of the library that are whole workflows: they have a step where a case begins."""
    patterns = LibraryPart.objects.filter(department=department, what=LibraryPart.What.NODES)
    return [one for one in patterns.order_by("name") if _first_step(one)]


def workflow_of(pattern: LibraryPart) -> Document:
    """The steps of a pattern; a step that asks something asks the form of the new service."""
    nodes = [
        {**node, "form": "application"} if node.get("form") else dict(node)
        for node in deepcopy(pattern.items)
    ]
    return {"nodes": nodes, "start": _first_step(pattern)}


def _first_step(pattern: LibraryPart) -> str:
    begin = {kind.key for kind in node_types if kind.begins}
    return next((str(node.get("key", "")) for node in pattern.items if node.get("type") in begin), "")


def prefix_of(key: str) -> str:
    """Letters for the references of a service, made of its key."""
    letters = re.sub(r"[^a-z0-9]", "", key).upper()[:4]
    return letters if len(letters) > 1 else f"{letters}X"


def _second(template: str) -> str:
    return "approved" if template == "empty" else "check"


def _steps(template: str, said: Any) -> list[Document]:
    if template == "empty":
        return []
    after = "approval" if template == "two" else "approved"
    outcomes = [
        {"key": "accept", "label": said("accept"), "next": after},
        {
            "key": "refuse",
            "label": said("refuse"),
            "next": "refused",
            "style": "refuse",
            "reason": "required",
        },
    ]
    steps: list[Document] = [
        {"key": "check", "type": "user_task", "role": "clerk", "title": said("check"), "outcomes": outcomes}
    ]
    if template == "two":
        ways = {"approve": "approved", "reject": "refused", "not_by": ["check"]}
        steps.append(
            {"key": "approval", "type": "approval", "role": "supervisor", "title": said("approval"), **ways}
        )
    return deepcopy(
        [*steps, {"key": "refused", "type": "end", "outcome": "refused", "title": said("refused")}]
    )
