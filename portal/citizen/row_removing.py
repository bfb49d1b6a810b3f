"""A row is removed only after a page has asked: everything typed is kept meanwhile, with its files."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe

from engine.core.voice import marking
from forms_library.nested_type import NestedType, as_html, nothing
from forms_library.row_names import REMOVE, ROW, STAY
from forms_library.rows_type import RowsType
from portal.citizen.drafts import address_of_page, application_title
from portal.citizen.page_form import PageForm
from portal.citizen.posted import LATER, REVISION, SURE, Posted
from portal.citizen.walk import Walk

NOT_SENT_AGAIN = ("csrfmiddlewaretoken", REVISION, LATER, SURE)


@dataclass(frozen=True)
class RowToRemove:
    """The row whose button was pressed: what it is called and what stands in it."""

    name: str
    label: str
    html: SafeString
    has_files: bool


def staying(walk: Walk, posted: Posted) -> Posted:
    """The same page with all its rows, as long as nobody has said that one is to go."""
    pressed = _pressed(walk, posted)
    if not pressed:
        return posted
    data = posted.data.copy()
    del data[pressed]
    data[f"{pressed.removesuffix(REMOVE)}{STAY}"] = "1"
    return replace(posted, data=data)


def _pressed(walk: Walk, posted: Posted) -> str:
    """The button of the row about which a person is to be asked; nobody is asked about a blank row."""
    found = next((name for name in posted.data if name.endswith(f"-{REMOVE}") and _is_of_row(name)), "")
    if posted.says(SURE) or not found or found.partition("-")[0] not in walk.form.fields:
        return ""
    top = walk.form.fields[found.partition("-")[0]]
    holds_files = any(part.question.upload_rules for part in top.everything())
    return found if holds_files or _is_filled(posted, found) else ""


def _is_of_row(name: str) -> bool:
    steps = name.split("-")
    return len(steps) > 2 and steps[-2].isascii() and steps[-2].isdigit()


def _is_filled(posted: Posted, pressed: str) -> bool:
    begins = pressed.removesuffix(REMOVE)
    names = [name for name in posted.data if name.startswith(begins) and name != pressed]
    return any(
        value.strip() for name in names if not name.endswith(f"-{ROW}") for value in posted.data.getlist(name)
    )


def row_to_remove(form: PageForm, posted: Posted) -> RowToRemove | None:
    """The row that is to be removed, unless none is."""
    pressed = _pressed(form.walk, posted)
    top = form.walk.form.fields.get(pressed.partition("-")[0]) if pressed else None
    if top is None or not isinstance(top.question, NestedType):
        return None
    return _found(pressed, top.question, form.result.answers.get(top.key), form.walk.language)


def _found(pressed: str, question: NestedType, answer: Any, language: str) -> RowToRemove | None:
    label = ""
    for step in pressed.split("-")[1:-1]:
        if step.isdigit() and isinstance(question, RowsType) and isinstance(answer, list):
            label = question.row_label(int(step) + 1, language)
            answer = answer[int(step)] if int(step) < len(answer) else {}
        else:
            inner = question.inner(step)
            if not isinstance(inner, NestedType):
                return None
            question, answer = inner, answer.get(step) if isinstance(answer, dict) else None
    record = answer if isinstance(answer, dict) else {}
    html = as_html(question.answers_in(record, language, 0, nothing)) if record else ""
    shown = SafeString(mark_safe(html))  # noqa: S308  as_html escapes every part
    return RowToRemove(pressed, label, shown, any(question.documents_in(record))) if label else None


@marking()
def ask_to_remove(request: HttpRequest, form: PageForm, posted: Posted, row: RowToRemove) -> HttpResponse:
    """The page that asks; both of its buttons send again what was typed."""
    walk = form.walk
    context = {
        "draft": walk.draft,
        "department": walk.draft.department,
        "service_title": application_title(walk.draft.service_version_id, walk.language),
        "address": address_of_page(walk.draft, form.key),
        "row": row,
        "kept_name": f"{row.name.removesuffix(REMOVE)}{STAY}",
        "sent": list(_sent(posted, row.name)),
    }
    return render(request, "citizen/remove_row.html", context)


def _sent(posted: Posted, pressed: str) -> Iterator[tuple[str, str]]:
    for name in posted.data:
        if name != pressed and name not in NOT_SENT_AGAIN:
            yield from ((name, value) for value in posted.data.getlist(name))
