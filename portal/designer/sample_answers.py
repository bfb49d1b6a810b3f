"""Answers that are made up for a draft, so that its certificates can be looked at before anybody applies."""

from __future__ import annotations

import json
import logging
from functools import lru_cache
from typing import Any

from django.utils import timezone

from engine.core.problems import Problems
from forms_library.bound import CompiledForm
from forms_library.compiled import build
from forms_library.walking import random_walk
from portal.designer.usable_form import usable_form
from workflows.certificate_requests import PrintedAnswers
from workflows.selectors.versions import NO_FORM

logger = logging.getLogger(__name__)
LONGEST = 60  # characters of a question that stands for its answer
KEPT = 16  # forms with their samples; each pause in typing may make another


class SampleAnswers(PrintedAnswers):
    """Made-up answers; where none could be made up, the question stands in brackets."""

    def said(self, path: str, language: str) -> str:
        """The text of one answer."""
        return super().said(path, language) or f"[{self.label(path).in_(language)[:LONGEST] or path}]"


def sample_answers(document: dict[str, Any], sample: int, language: str) -> SampleAnswers:
    """Answers to the form that people fill in; the same number gives the same ones."""
    form = usable_form(document, _start_form(document)) or build(NO_FORM, Problems())
    written = json.dumps(document.get("forms"), sort_keys=True)
    return SampleAnswers(form, _made_up(_Form(form, written), sample, language))


def made_up(form: CompiledForm, document: dict[str, Any], sample: int, language: str) -> dict[str, Any]:
    """Answers to one form of a draft; the same number gives the same ones."""
    written = json.dumps([document.get("forms"), list(form.pages)], sort_keys=True)
    return _made_up(_Form(form, written), sample, language)


class _Form:
    """A compiled form that is the same as another when it was written the same."""

    def __init__(self, form: CompiledForm, written: str) -> None:
        self.form, self.written = form, written

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Form) and other.written == self.written

    def __hash__(self) -> int:
        return hash(self.written)


@lru_cache(maxsize=KEPT)
def _made_up(form: _Form, sample: int, language: str) -> dict[str, Any]:
    try:
        return dict(random_walk(form.form, sample, timezone.localdate(), language=language).answers)
    except Exception as error:  # a draft can ask for what nobody can answer
        logger.info("no sample answers: %s", type(error).__name__)
        return {}


def _start_form(document: dict[str, Any]) -> str:
    """The form of the first step; the first one where there is none yet."""
    workflow = document.get("workflow")
    workflow = workflow if isinstance(workflow, dict) else {}
    nodes = workflow.get("nodes")
    for node in nodes if isinstance(nodes, list) else ():
        if isinstance(node, dict) and node.get("key") == workflow.get("start"):
            form = node.get("form")
            return form if isinstance(form, str) else ""
    forms = document.get("forms")
    return next(iter(forms), "") if isinstance(forms, dict) else ""
