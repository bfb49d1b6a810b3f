"""As much of a service package as can be looked at, of a document that may be incomplete or wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

from engine.core.worktime import Span
from forms_library.definition import Form
from portal.designer.usable_form import EMPTY, usable_form
from portal.designer.usable_part import usable_part
from workflows.definition import FORMAT, AnyNode, ServicePackage, Workflow
from workflows.node_type import NodeOptions
from workflows.parts import CertificateDefinition, MessageDefinition, RoleDefinition

Shape = TypeVar("Shape")
FORMS, WORKFLOW = "forms", "workflow"
ENTRIES: Mapping[str, tuple[type[BaseModel], dict[str, Any]]] = {
    "roles": (RoleDefinition, {"title": "-"}),
    "certificates": (
        CertificateDefinition,
        {"title": "-", "statement": "-", "prefix": "X", "languages": ["en"], "holder": "x"},
    ),
    "messages": (MessageDefinition, {"subject": "-", "body": "-"}),
}
"""The parts whose entries steps name, with what stands in for what is wrong of an entry."""
STAND_INS = {"format": FORMAT, "key": "x", "title": "", "languages": ["en"], "reference_prefix": "XX"}
ANY_TIME = Span.model_validate({"years": 100})
STEPS: TypeAdapter[NodeOptions] = TypeAdapter(AnyNode)


@dataclass(frozen=True)
class UsablePackage:
    """The parts that have the right shape, and the names of those that are there as they were written.

    `forms` are the keys of the forms in which no question is missing, and `steps` the places of the steps.
    """

    package: ServicePackage
    parts: frozenset[str]
    forms: frozenset[str]
    steps: tuple[int, ...]

    @property
    def asks_all(self) -> bool:
        """Whether no question is missing, so that one that cannot be found is not there."""
        return FORMS in self.parts and self.forms == frozenset(self.package.forms)


def usable_package(document: dict[str, Any]) -> UsablePackage:
    """What can be used; whatever has another shape is left out, or stood in for."""
    names = frozenset(ServicePackage.model_fields)
    try:
        package = ServicePackage.model_validate(document)
        return UsablePackage(
            package, names, frozenset(package.forms), tuple(range(len(package.workflow.nodes)))
        )
    except ValidationError as error:
        wrong = {str(fault["loc"][0]) for fault in error.errors() if fault["loc"]}
    except RecursionError:
        wrong = set(names)
    return _put_together(document, names - wrong)


def _put_together(document: dict[str, Any], right: frozenset[str]) -> UsablePackage:
    facts = {name: document[name] for name in right if name in document} | {
        WORKFLOW: _workflow(document.get(WORKFLOW))
    }
    package = ServicePackage.model_validate({**STAND_INS, **facts, FORMS: {}})
    forms = {key: _form(document, key) for key in _named(document.get(FORMS))}
    usable = {key: form for key, (form, _) in forms.items() if form is not None}
    entries = {
        name: {key: usable_part(shape, value, stand_ins) for key, value in _named(document.get(name)).items()}
        for name, (shape, stand_ins) in ENTRIES.items()
        if name not in right
    }
    listed = isinstance(document.get(FORMS, {}), dict)
    return UsablePackage(
        package.model_copy(update={FORMS: usable, **entries}),
        right | ({FORMS} if listed and len(usable) == len(forms) else frozenset()),
        frozenset(key for key, (_, whole) in forms.items() if whole),
        _places(document.get(WORKFLOW)),
    )


def stands_in(document: Mapping[str, Any], path: Sequence[Any]) -> bool:
    """Whether a path of a form leads to a page that asks nothing yet, where something stands in."""
    page: Any = document
    for step in path[:4]:
        try:
            page = page[step]
        except (KeyError, IndexError, TypeError):
            return False
    return len(path) >= 4 and path[0] == FORMS and _is_gap(page)


def _form(document: dict[str, Any], key: str) -> tuple[Form | None, bool]:
    """A form with something on each page that asks nothing yet, or what is usable; whether that is all."""
    if (form := _read(Form.model_validate, _without_gaps(document[FORMS][key]))) is not None:
        return form, True
    usable = usable_form(document, key)
    return (usable.form if usable else None), False


def _without_gaps(form: Any) -> Any:
    pages = form.get("pages") if isinstance(form, dict) else None
    if not isinstance(pages, list):
        return form
    return {**form, "pages": [{**page, "fields": [EMPTY]} if _is_gap(page) else page for page in pages]}


def _is_gap(page: Any) -> bool:
    return isinstance(page, dict) and page.get("fields", []) == []


def _workflow(given: Any) -> Workflow:
    """The workflow, or those of its steps that have the right shape."""
    if (whole := _read(Workflow.model_validate, given)) is not None:
        return whole
    found = given if isinstance(given, dict) else {}
    start, nodes = found.get("start"), found.get("nodes")
    steps = (_read(STEPS.validate_python, node) for node in (nodes if isinstance(nodes, list) else ()))
    return Workflow.model_construct(
        decide_within=_read(Span.model_validate, found.get("decide_within")) or ANY_TIME,
        start=start if isinstance(start, str) else "",
        nodes=[step for step in steps if step is not None],
    )


def _places(given: Any) -> tuple[int, ...]:
    """Where the steps that can be used stand among all."""
    nodes = given.get("nodes") if isinstance(given, dict) else None
    listed = enumerate(nodes if isinstance(nodes, list) else ())
    return tuple(place for place, node in listed if _read(STEPS.validate_python, node) is not None)


def _named(given: Any) -> dict[str, Any]:
    return (
        {key: value for key, value in given.items() if isinstance(key, str)}
        if isinstance(given, dict)
        else {}
    )


def _read(read: Callable[[Any], Shape], value: Any) -> Shape | None:
    try:
        return read(value)
    except (ValidationError, ValueError, RecursionError):
        return None
