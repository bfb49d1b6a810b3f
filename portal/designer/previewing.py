"""One page of a form as citizens would see it, made by their own templates; nothing is stored."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from engine.core.text import LANGUAGE_TAG, Text
from forms_library.answers import FieldError, read_page
from forms_library.bound import CompiledForm
from forms_library.rendering import error_summary, render_page
from portal.designer.posted_json import BadPost
from portal.designer.usable_form import usable_form
from workflows.models import Service

NOBODY = UUID(int=0)
KEPT_DAYS = 30


def preview_page(
    request: HttpRequest,
    service: Service,
    document: dict[str, Any],
    *,
    form_key: str,
    page_key: str,
    language: str,
    answers: dict[str, Any],
    with_errors: bool,
) -> str:
    """The whole HTML page; raises BadPost where there is no such page."""
    form = usable_form(document, form_key)
    page = form.pages.get(page_key) if form else None
    if form is None or page is None:
        raise BadPost(_("This page has no question that could be shown."), "no_page", 422)
    if not LANGUAGE_TAG.fullmatch(language):
        raise BadPost(_("This is not a language."))
    with translation.override(language):
        return render_to_string(
            "citizen/question.html",
            _context(service, form, page_key, language, answers, with_errors),
            request,
        )


def _context(
    service: Service,
    form: CompiledForm,
    page_key: str,
    language: str,
    answers: dict[str, Any],
    with_errors: bool,
) -> dict[str, Any]:
    page = form.pages[page_key]
    errors = _errors(form, page_key, language) if with_errors else []
    number = list(form.pages).index(page_key) + 1
    intro = page.page.intro.in_(language) if page.page.intro else ""
    return {
        "draft": SimpleNamespace(
            pk=NOBODY, revision=0, expires_at=timezone.now() + timedelta(days=KEPT_DAYS)
        ),
        "department": service.department,
        "service_title": Text.model_validate(service.title).in_(language),
        "page_title": page.page.title.in_(language),
        "question_is_heading": page.asks_one,
        "intro": [part.strip() for part in intro.split("\n\n") if part.strip()],
        "section_title": page.page.section.in_(language) if page.page.section else "",
        "step": number,
        "steps": len(form.pages) + 1,
        "fields_html": _fields(form, page_key, answers, errors, language),
        "summary_html": error_summary(errors, language),
        "has_errors": bool(errors),
        "address": "#",
        "back_address": "#",
        "asked": "",
        "wrong": "",
        "page_token": "",
        "reacts_to": [],
    }


def _fields(
    form: CompiledForm, page_key: str, answers: dict[str, Any], errors: list[FieldError], language: str
) -> str:
    """The questions; answers that do not fit what they answer are left away."""
    for given in (answers, {}):
        try:
            return render_page(
                form,
                page_key,
                answers=given,
                raw={},
                errors=errors,
                language=language,
                today=timezone.localdate(),
            )
        except Exception:  # made-up answers can be of any shape
            if not given:
                raise
    return ""


def _errors(form: CompiledForm, page_key: str, language: str) -> list[FieldError]:
    """What a person reads who sends the page empty."""
    result = read_page(
        form,
        page_key,
        MultiValueDict(),
        MultiValueDict(),
        {},
        today=timezone.localdate(),
        language=language,
        upload=_no_upload,
    )
    return result.errors


def _no_upload(*_given: Any) -> Any:
    raise AssertionError("nothing is sent in a preview")
