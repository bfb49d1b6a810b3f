"""The library of a department: blocks of questions and patterns of steps, kept under a name.

A part holds what stood in a design, so it may be incomplete; the design that takes it in is checked as ever.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import IntegrityError, transaction

from engine.audit import log as audit
from engine.departments.access import require
from engine.departments.models import Department, User
from engine.departments.permissions import Permission
from portal.designer.models import LibraryPart

MOST_PARTS = 200
MOST_ITEMS = 200
LARGEST = 300_000  # characters
LONGEST_NAME = 80
Item = dict[str, Any]


class NameTaken(Exception):
    """The library of the department has something of this name."""


class LibraryFull(Exception):
    """The department keeps as many parts as can be overlooked."""


class NotForLibrary(Exception):
    """This is no list of questions, pages or steps, or it is too large."""


class NoSuchPart(LookupError):
    """The library of this department has no such part."""


def parts_of(department: Department) -> list[dict[str, Any]]:
    """The library of a department as the client gets it."""
    found = LibraryPart.objects.filter(department=department).order_by("name")
    return [{"id": one.pk, "what": one.what, "label": one.name, "items": one.items} for one in found]


def keep_part(*, department: Department, by: User, what: str, name: str, items: Any) -> LibraryPart:
    """Keep questions, pages or steps under a name; raises NotForLibrary, NameTaken and LibraryFull."""
    require(by, Permission.DESIGN_SERVICE, department.pk)
    words = _name(name)
    if what not in LibraryPart.What.values or not _are_items(items, what):
        raise NotForLibrary
    with transaction.atomic():
        Department.objects.select_for_update().get(pk=department.pk)
        if LibraryPart.objects.filter(department=department).count() >= MOST_PARTS:
            raise LibraryFull
        part = LibraryPart(department=department, what=what, name=words, items=items, kept_by=by)
        _store(part)
        _record("library.kept", part, by, what=what, items=len(items))
    return part


def rename_part(*, department: Department, by: User, part_id: int, name: str) -> None:
    """Call a part something else; raises NoSuchPart, NotForLibrary and NameTaken."""
    require(by, Permission.DESIGN_SERVICE, department.pk)
    with transaction.atomic():
        part = _found(department, part_id)
        before, part.name = part.name, _name(name)
        if before == part.name:
            return
        _store(part)
        _record("library.renamed", part, by, before=before)


def drop_part(*, department: Department, by: User, part_id: int) -> None:
    """Take a part out of the library; services that took it in keep what they have."""
    require(by, Permission.DESIGN_SERVICE, department.pk)
    with transaction.atomic():
        part = _found(department, part_id)
        _record("library.deleted", part, by, what=part.what)
        part.delete()


def _found(department: Department, part_id: int) -> LibraryPart:
    part = LibraryPart.objects.select_for_update().filter(department=department, pk=part_id).first()
    if part is None:
        raise NoSuchPart
    return part


def _name(name: str) -> str:
    words = " ".join(name.split())
    if not 0 < len(words) <= LONGEST_NAME:
        raise NotForLibrary
    return words


def _are_items(items: Any, what: str) -> bool:
    """Structure only: what each holds is checked in the design that takes it in."""
    if not isinstance(items, list) or not 0 < len(items) <= MOST_ITEMS or len(json.dumps(items)) > LARGEST:
        return False
    held, kind = ("fields", list) if what == LibraryPart.What.PAGES else ("type", str)
    return all(isinstance(item, dict) and isinstance(item.get(held), kind) for item in items)


def _store(part: LibraryPart) -> None:
    try:
        with transaction.atomic():
            part.save()
    except IntegrityError:
        raise NameTaken from None


def _record(verb: str, part: LibraryPart, by: User, **details: Any) -> None:
    audit.record(
        verb,
        chain=audit.department_chain(part.department.key),
        actor=by,
        department_id=part.department_id,
        subject=f"library:{part.pk}",
        details={"name": part.name, **details},
    )
