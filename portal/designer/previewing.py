"""A page of a form as citizens would see it, made by their own templates; nothing is stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from engine.core.text import LANGUAGE_TAG, Text
from forms_library.answers import FieldError, read_page
from forms_library.bound import CompiledForm
from forms_library.definition import CHECK
from forms_library.rendering import error_summary, render_page
from forms_library.review import ReviewRow, review
from forms_library.words import word
from portal.designer.posted_json import BadPost
from portal.designer.preview_answers import Filled, Filling, filled, way_through
from portal.designer.usable_form import usable_form
from portal.shell.reading import drawn, read_in
from workflows.models import Service

NOBODY = UUID(int=0)
KEPT_DAYS = 30


@dataclass(frozen=True)
class Previewed:
    """The HTML of a page, and the pages that its answers lead to."""

    html: str
    way: list[str]


def preview_page(
    request: HttpRequest,
    service: Service,
    document: dict[str, Any],
    *,
    form_key: str,
    page_key: str,
    language: str,
    filling: Filling,
    with_errors: bool,
) -> Previewed:
    """The whole HTML page, or that of "check your answers"; raises BadPost where there is no such page."""
    form = usable_form(document, form_key)
    if form is None or page_key not in (*form.pages, CHECK):
        raise BadPost(_("This page has no question that could be shown."), "no_page", 422)
    if not LANGUAGE_TAG.fullmatch(language):
        raise BadPost(_("This is not a language."))
    with read_in(language, _languages(document), service.department.languages):
        stands = filled(form, document, filling, language)
        look = _Look(service, form, language, stands, way_through(form, stands.answers))
        if page_key == CHECK:
            page = render_to_string("citizen/check.html", _check_context(look), request)
        else:
            page = render_to_string("citizen/question.html", _context(look, page_key, with_errors), request)
        html = drawn(page)
    return Previewed(html, look.way)


def _languages(document: dict[str, Any]) -> list[str]:
    """The languages of a design, which may be written by halves."""
    given = document.get("languages")
    found = given if isinstance(given, list) else []
    return [one for one in found if isinstance(one, str) and LANGUAGE_TAG.fullmatch(one)]


@dataclass(frozen=True)
class _Look:
    """One look at a form: in which language, and with which answers."""

    service: Service
    form: CompiledForm
    language: str
    filled: Filled
    way: list[str]

    def around(self) -> dict[str, Any]:
        """What every page of the walk says."""
        expires = timezone.now() + timedelta(days=KEPT_DAYS)
        return {
            "draft": SimpleNamespace(pk=NOBODY, revision=0, expires_at=expires),
            "department": self.service.department,
            "service_title": Text.model_validate(self.service.title).in_(self.language),
            "steps": len(self.way) + 1,
            "address": "#",
            "back_address": "#",
        }


def _check_context(look: _Look) -> dict[str, Any]:
    sections = review(look.form, look.filled.answers, look.language, timezone.localdate())
    return {
        **look.around(),
        "sections": [
            {"title": section.title, "rows": [_row(row, look.language) for row in section.rows]}
            for section in sections
        ],
        "step": len(look.way) + 1,
    }


def _row(row: ReviewRow, language: str) -> dict[str, Any]:
    note = word("masked", language) if row.masked else ""
    return {"label": row.label, "value": row.value_html, "hidden_note": note}


def _context(look: _Look, page_key: str, with_errors: bool) -> dict[str, Any]:
    page, language = look.form.pages[page_key], look.language
    errors = _errors(look, page_key) if with_errors else []
    listed = look.way if page_key in look.way else list(look.form.pages)
    intro = page.page.intro.in_(language) if page.page.intro else ""
    return {
        **look.around(),
        "page_title": page.page.title.in_(language),
        "question_is_heading": page.asks_one,
        "intro": [part.strip() for part in intro.split("\n\n") if part.strip()],
        "section_title": page.page.section.in_(language) if page.page.section else "",
        "step": listed.index(page_key) + 1,
        "fields_html": _fields(look, page_key, errors),
        "summary_html": error_summary(errors, language),
        "has_errors": bool(errors),
        "asked": "",
        "wrong": "",
        "page_token": "",
        "reacts_to": [],
    }


def _fields(look: _Look, page_key: str, errors: list[FieldError]) -> str:
    """The questions; answers that do not fit what they answer are left away."""
    typed = look.filled.results.get(page_key)
    for given, raw in ((look.filled.answers, typed.raw if typed and not typed.again else {}), ({}, {})):
        try:
            return render_page(
                look.form,
                page_key,
                answers=given,
                raw=raw,
                errors=errors,
                language=look.language,
                today=timezone.localdate(),
            )
        except Exception:  # made-up answers can be of any shape
            if not given:
                raise
    return ""


def _errors(look: _Look, page_key: str) -> list[FieldError]:
    """What a person reads who sends the page as it was typed, or empty where nothing was."""
    if page_key in look.filled.results:
        return look.filled.results[page_key].errors
    result = read_page(
        look.form,
        page_key,
        MultiValueDict(),
        MultiValueDict(),
        {},
        today=timezone.localdate(),
        language=look.language,
        upload=_no_upload,
    )
    return result.errors


def _no_upload(*_given: Any) -> Any:
    raise AssertionError("nothing is sent in a preview")
