"""As much of a form as can be used, of a document that may be incomplete or wrong."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError

from engine.core.problems import Problems
from engine.core.registry import UnknownType
from engine.core.text import Text
from forms_library.bound import CompiledForm
from forms_library.catalogue import field_types
from forms_library.compiled import build
from forms_library.definition import Field, Form, Page

EMPTY = {"key": "nothing_here", "type": "paragraph", "label": " ", "data_class": "public"}


def usable_form(document: dict[str, Any], form_key: str) -> CompiledForm | None:
    """The form with the pages and questions that can be read; None where there is no such form."""
    forms = document.get("forms")
    form = forms.get(form_key) if isinstance(forms, dict) else None
    if not isinstance(form, dict) or not isinstance(form.get("pages"), list):
        return None
    pages = form["pages"]
    usable = [page for page in map(_page, pages) if page is not None]
    if not usable:
        return None
    return build(Form.model_construct(title=_text(form.get("title")), pages=usable, origin=None), Problems())


def _text(value: Any) -> Text:
    try:
        return Text.model_validate(value)
    except ValidationError:
        return Text("")


def _page(value: Any) -> Page | None:
    if not isinstance(value, dict):
        return None
    given = value.get("fields")
    fields = [one for one in given if _stands(one)] if isinstance(given, list) else []
    whole = {**value, "fields": fields or [EMPTY]}
    for wanted in (whole, {name: whole[name] for name in ("key", "title", "fields") if name in whole}):
        try:
            return Page.model_validate({"title": "", **wanted})
        except (ValidationError, ValueError):
            continue
    return None


def _stands(value: Any) -> bool:
    """Whether a question can be asked; a block can where it is known."""
    if isinstance(value, dict) and "block" in value:
        return True
    try:
        field = Field.model_validate(value)
        field_types[field.type](field)
    except (ValidationError, UnknownType, ValueError):
        return False
    return True
