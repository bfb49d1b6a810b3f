"""What a page of a draft leaves out for the answers that stand in it, and why, in plain sentences."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from forms_library.bound import CompiledField, CompiledForm
from forms_library.definition import CHECK
from forms_library.visibility import Moment, Shown, shown
from forms_library.why import Line, why
from portal.designer.posted_json import BadPost
from portal.designer.preview_answers import Filling, filled
from portal.designer.usable_form import usable_form

logger = logging.getLogger(__name__)
MOST = 60
Part = dict[str, Any]


def left_out(
    document: Part, *, form_key: str, page_key: str, language: str, filling: Filling, said_in: str
) -> list[Part]:
    """The questions and choices that are not shown on a page, or for "check" on all; each with the reason."""
    form = usable_form(document, form_key)
    if form is None or page_key not in (*form.pages, CHECK):
        raise BadPost(_("This page has no question that could be shown."), "no_page", 422)
    answers = filled(form, document, filling, language).answers
    try:
        view = shown(form, answers, Moment(timezone.localdate()))
        pages = list(form.pages) if page_key == CHECK else [page_key]
        found = [one for key in pages for one in _of_page(form, key, view, answers, said_in)]
    except Exception as error:  # a draft can hold rules and answers of any shape
        logger.info("no reasons for a draft: %s", type(error).__name__)
        return []
    return found[:MOST]


def _of_page(
    form: CompiledForm, key: str, view: Shown, answers: Mapping[str, Any], language: str
) -> Iterator[Part]:
    page = form.pages[key]
    if key not in view.pages:
        yield _told(form, key, answers, language, page.page.title.in_(language) or key)
        return
    for asked in page.fields:
        if asked.key not in view.fields:
            yield _told(form, asked.key, answers, language, _name(asked, language))
            continue
        for choice in asked.choices:
            if choice in view.without(asked.key):
                said = f"{_name(asked, language)}: {asked.question.text(choice, language)}"
                yield _told(form, asked.key, answers, language, said, choice)


def _name(asked: CompiledField, language: str) -> str:
    return asked.field.label.in_(language) or asked.key


def _told(
    form: CompiledForm, key: str, answers: Mapping[str, Any], language: str, name: str, choice: str = ""
) -> Part:
    reasons = why(form, key, answers, Moment(timezone.localdate()), language, choice=choice)
    return {"name": name, "lines": [_line(line) for line in reasons.lines]}


def _line(line: Line) -> Part:
    return {"depth": line.depth, "text": line.text}
