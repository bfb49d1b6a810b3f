"""What a page shows with the answers at hand, and its names: by them the next request knows what was seen."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from forms_library.bound import CompiledField, CompiledForm, CompiledPage
from forms_library.field_type import Reading
from forms_library.filled_rows import provisional, with_rows
from forms_library.judging import evaluation_of
from forms_library.markup import Raw
from forms_library.moment import Moment
from forms_library.visibility import Shown, shown

MARK = "="
"""Between the name of a question and a mark of what the server shows in it beside what is typed."""


def given_on(
    page: CompiledPage, answers: Mapping[str, Any], raw: Mapping[str, Raw], reading: Reading
) -> Mapping[str, Any]:
    """The answers with what was typed on this page, as far as it can be read, and with rows to fill in."""
    if not page.decides:
        return answers
    given = _with_typed(page, answers, raw, reading)
    for asked in page.fields:
        if asked.children:
            given[asked.key] = with_rows(asked, given.get(asked.key))
    return given


def _with_typed(
    page: CompiledPage, answers: Mapping[str, Any], raw: Mapping[str, Raw], reading: Reading
) -> dict[str, Any]:
    quiet = replace(reading, asks=False)
    typed = {
        asked.key: provisional(asked, raw[asked.key], quiet) for asked in page.fields if asked.key in raw
    }
    return {**answers, **typed}


def view_of(
    compiled: CompiledForm, page: CompiledPage, given: Mapping[str, Any], moment: Moment
) -> Shown | None:
    """What is decided on the page; None where nothing is."""
    return shown(compiled, given, moment, page=page.key) if page.decides else None


def fields_on(page: CompiledPage, view: Shown | None) -> list[CompiledField]:
    """The fields that are shown; a hidden page is whole, for the walk is not decided here."""
    if view is None or page.key not in view.pages:
        return list(page.fields)
    return [asked for asked in page.fields if asked.key in view.fields]


def names_on(
    compiled: CompiledForm,
    page_key: str,
    answers: Mapping[str, Any],
    raw: Mapping[str, Raw],
    reading: Reading,
    only: Collection[str] | None = None,
) -> list[str]:
    """The names of what a page shows: its fields, what stands in rows and groups only at times, and marks."""
    page = compiled.pages[page_key]
    given = given_on(page, answers, raw, reading)
    view = view_of(compiled, page, given, Moment(reading.today, reading.calendar))
    found = _with_typed(page, answers, raw, reading) if view is None else view.answers
    return [
        name
        for asked in fields_on(page, view)
        if (only is None or asked.key in only) and not asked.question.only_parts
        for name in [asked.key, *_marked(asked, asked.key, found.get(asked.key)), *_inside(asked, view)]
    ]


def _marked(asked: CompiledField, name: str, answer: Any) -> Iterator[str]:
    mark = asked.question.found(answer)
    if mark is not None:
        yield f"{name}{MARK}{mark}"


def _inside(asked: CompiledField, view: Shown | None) -> Iterator[str]:
    if view is None:
        return
    for holder in asked.everything():
        if not holder.children:
            continue
        for row in evaluation_of(view).rows(holder.inner_path):
            for child in holder.children:
                name = f"{row.name}{child.key}"
                if view.is_hidden(name) or child.question.only_parts:
                    continue
                if child.show is not None:
                    yield name
                yield from _marked(child, name, row.record.get(child.key))
