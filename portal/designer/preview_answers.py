"""The answers with which a draft is looked at: made up by number, and typed in the preview itself."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from forms_library.answers import PageResult, read_page, visible_pages
from forms_library.bound import CompiledForm
from forms_library.uploads import SentFile
from forms_library.walking.posting import pretended_upload
from portal.designer.posted_json import Posted, number_in
from portal.designer.sample_answers import made_up

logger = logging.getLogger(__name__)
MOST_SAMPLES = 1_000_000
Typed = Mapping[str, Mapping[str, list[str]]]
NO_FILES: MultiValueDict[str, SentFile] = MultiValueDict()


@dataclass(frozen=True)
class Filling:
    """What stands in a form that is looked at: the number of made-up answers, what was typed by page."""

    sample: int = 0
    typed: Typed = field(default_factory=dict)


@dataclass(frozen=True)
class Filled:
    """The answers, and what became of each page that was typed."""

    answers: dict[str, Any]
    results: Mapping[str, PageResult]


def filling_in(posted: Posted) -> Filling:
    """What was posted; whatever has another shape is left away."""
    sample, typed = posted.get("sample"), posted.get("typed")
    pages = typed.items() if isinstance(typed, dict) else ()
    return Filling(
        number_in(posted, "sample", MOST_SAMPLES) if sample else 0,
        {key: _texts(inputs) for key, inputs in pages if isinstance(inputs, dict)},
    )


def _texts(inputs: Mapping[str, Any]) -> dict[str, list[str]]:
    return {
        name: [text for text in texts if isinstance(text, str)]
        for name, texts in inputs.items()
        if isinstance(texts, list)
    }


def filled(form: CompiledForm, document: dict[str, Any], filling: Filling, language: str) -> Filled:
    """The answers of the form, with the pages that were typed read as citizens' pages are."""
    answers = made_up(form, document, filling.sample, language) if filling.sample else {}
    results: dict[str, PageResult] = {}
    for key in form.pages:
        if key in filling.typed and (result := _read(form, key, filling.typed[key], answers, language)):
            results[key] = result
            answers = {**answers, **result.answers}
    return Filled({key: one for key, one in answers.items() if one is not None}, results)


def _read(
    form: CompiledForm, key: str, typed: Mapping[str, list[str]], answers: Mapping[str, Any], language: str
) -> PageResult | None:
    """What a page says to what was typed; nothing where a draft cannot be asked."""
    data = QueryDict(mutable=True)
    for name, texts in typed.items():
        data.setlist(name, texts)
    try:
        return read_page(
            form, key, data, NO_FILES, answers,
            today=timezone.localdate(), language=language, upload=pretended_upload,
        )  # fmt: skip
    except Exception as error:  # rules of a draft can be of any shape
        logger.info("a page of a draft was not read: %s", type(error).__name__)
        return None


def way_through(form: CompiledForm, answers: Mapping[str, Any]) -> list[str]:
    """The keys of the pages that these answers lead to; all where that cannot be said."""
    try:
        return visible_pages(form, answers, timezone.localdate())
    except Exception as error:  # a draft can hold rules and answers of any shape
        logger.info("no way through a draft: %s", type(error).__name__)
        return list(form.pages)
