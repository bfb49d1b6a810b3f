"""Wrong on purpose: each question with each value that its kind refuses, and with any text at all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, cast

from forms_library.answers import PageResult
from forms_library.compiled import CompiledField, CompiledForm
from forms_library.field_type import FieldType
from forms_library.judging import complaints_about
from forms_library.markup import Raw
from forms_library.rendering import error_summary, render_page
from forms_library.uploads import Upload
from forms_library.walking.aimed import Aim
from forms_library.walking.path_walk import walk_paths
from forms_library.walking.posting import Sheet, inputs, pretended_upload, some_answer
from forms_library.walking.random_walk import random_walk
from forms_library.walking.setting import Setting
from forms_library.walking.trace import Finding

CONTRADICTS = "its conditions contradict each other: no answers show this question"
SEEDS = 20  # a question that few answers bring out is met by one of them; most forms need a few


@dataclass(frozen=True)
class _Place:
    """A question that is shown, with the answers that were given before its page."""

    asked: CompiledField
    page: str
    stored: Mapping[str, Any]


def invalid_values(
    compiled: CompiledForm,
    today: date,
    texts: Sequence[str] = (),
    upload: Upload | None = None,
    *,
    context: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Finding]:
    """Each question with each wrong value of its kind and each of the texts; `fault` says what went wrong.

    A wrong value must give an error that is linked to the question. A text may also be taken; then it must
    be stored, read again and shown without a change.
    """
    setting = Setting(today, upload or pretended_upload, context=context)
    places = _places(compiled, setting)
    findings = [finding for place in places.values() for finding in _wrong(compiled, setting, place, texts)]
    for asked in compiled.questions():
        if not _is_tried(asked) or asked.key in places:
            continue
        place, contradicts = _aimed_at(compiled, setting, asked)
        if place is not None:
            findings += _wrong(compiled, setting, place, texts)
        else:
            fault = CONTRADICTS if contradicts else "no walk that was tried shows this question"
            findings.append(Finding(asked.page_key, asked.key, None, "", fault=fault))
    return findings


def _aimed_at(compiled: CompiledForm, setting: Setting, asked: CompiledField) -> tuple[_Place | None, bool]:
    """Where the question is met when answers are chosen for it; otherwise whether none can bring it out."""
    aim = Aim(compiled, setting, asked)
    for answers in aim.answers():
        place = _Place(asked, asked.page_key, answers)
        if asked.page_key in setting.pages(compiled, answers) and _shows(compiled, setting, place):
            return place, False
    return None, aim.exhaustive


def _is_tried(asked: CompiledField) -> bool:
    return not asked.question.computed


def _places(compiled: CompiledForm, setting: Setting) -> dict[str, _Place]:
    """Where each question is met: by chance at first, and along the paths when that was not enough."""
    found: dict[str, _Place] = {}
    wanted = {asked.key for asked in compiled.questions() if _is_tried(asked)}
    for answers in _answers(compiled, setting):
        for page in setting.pages(compiled, answers):
            for asked in compiled.pages[page].fields:
                if asked.key in wanted and asked.key not in found:
                    found[asked.key] = _Place(asked, page, answers)
        found = {key: place for key, place in found.items() if _shows(compiled, setting, place)}
        if len(found) == len(wanted):
            break
    return found


def _answers(compiled: CompiledForm, setting: Setting) -> Iterator[Mapping[str, Any]]:
    for seed in range(SEEDS):
        yield random_walk(compiled, seed, setting.today, setting.upload, context=setting.context).answers
    for path in walk_paths(compiled, setting.today, setting.upload, context=setting.context).walked:
        yield path.answers


def _shows(compiled: CompiledForm, setting: Setting, place: _Place) -> bool:
    """Whether the page really draws the question for these answers."""
    html = render_page(
        compiled,
        place.page,
        answers=place.stored,
        raw={},
        errors=(),
        language=setting.language,
        today=setting.today,
        context=setting.context,
    )
    return f'="{place.asked.key}' in html


def _wrong(
    compiled: CompiledForm, setting: Setting, place: _Place, texts: Iterable[str]
) -> Iterator[Finding]:
    question = place.asked.question
    for raw, code in question.wrong():
        yield _tried(compiled, setting, place, raw, code)
    for text in texts:
        yield _tried(compiled, setting, place, shaped(question, text), "")


def shaped(question: FieldType, text: str) -> Raw:
    """A text in every input of a question of this kind."""
    return cast(Raw, _everywhere(question.example(Random(question.field.key)), text))  # noqa: S311  a walk


def _everywhere(raw: Any, text: str) -> Any:
    if isinstance(raw, dict):
        return {part: _everywhere(inside, text) for part, inside in raw.items()}
    if isinstance(raw, list) and any(isinstance(row, dict) for row in raw):
        return [_everywhere(row, text) for row in raw]
    return [text] if isinstance(raw, list) else text


def _tried(compiled: CompiledForm, setting: Setting, place: _Place, raw: Raw, code: str) -> Finding:
    key = place.asked.key
    if place.asked.question.upload_rules:
        return _tried_as_stored(setting, place, raw, code)
    sheet = _others(compiled, setting, place)
    sheet.data.update(inputs(key, raw))
    try:
        result = setting.post(compiled, place.page, sheet, place.stored)
    except Exception as broken:  # the finding is that it breaks, whatever it was
        return Finding(place.page, key, raw, "", code, f"it breaks: {type(broken).__name__}")
    errors = [error for error in result.errors if error.field_key == key]
    given = {error.code for error in errors}
    said = code if code in given else next(iter(given), "")
    if code:
        fault = "" if code in given else f"it is taken, or refused as {said or 'nothing'}"
    else:
        fault = "" if errors else _kept(compiled, setting, place, result)
    return Finding(place.page, key, raw, said, code, fault or _linked(compiled, setting, place, result))


def _tried_as_stored(setting: Setting, place: _Place, raw: Raw, code: str) -> Finding:
    """Files are never typed: what is wrong with a stored one must be found when answers are judged again."""
    question = place.asked.question
    found = [complaint.code for complaint in complaints_about(question, raw, setting.reading)]
    fault = "" if found or not code else "a stored answer of this kind is taken"
    return Finding(place.page, place.asked.key, raw, next(iter(found), ""), code, fault)


def _others(compiled: CompiledForm, setting: Setting, place: _Place) -> Sheet:
    """The other questions of the page, answered as before or by an example."""
    sheet = Sheet()
    for asked in compiled.pages[place.page].fields:
        if asked.key == place.asked.key or not asked.question.has_answer or asked.question.computed:
            continue
        answer = place.stored.get(asked.key)
        if answer is None or asked.question.children():
            sheet.add(some_answer(asked.question, Random(asked.key), setting.reading))  # noqa: S311
        elif not asked.question.upload_rules:
            sheet.data.update(inputs(asked.key, asked.question.typed(answer, setting.language)))
    return sheet


def _kept(compiled: CompiledForm, setting: Setting, place: _Place, result: PageResult) -> str:
    """What is wrong with a text that was taken: it must come back as it is stored."""
    question, answer = place.asked.question, result.answers.get(place.asked.key)
    if answer is None:
        return ""
    again = question.parse(question.typed(answer, setting.language), setting.reading)
    return "" if again == answer else "it is not the same when it is typed again"


def _linked(compiled: CompiledForm, setting: Setting, place: _Place, result: PageResult) -> str:
    """Whether every error on the page leads to an input that is there."""
    html = render_page(
        compiled,
        place.page,
        answers=place.stored,
        raw=result.raw,
        errors=result.errors,
        language=setting.language,
        today=setting.today,
        context=setting.context,
    )
    error_summary(result.errors, setting.language)
    lost = [error.anchor for error in result.errors if f'id="{error.anchor}"' not in html]
    return f"no input has the id {lost[0]}" if lost else ""
