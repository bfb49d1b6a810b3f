"""Nine lines that say what is done and what is missing before a service can be published."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from pydantic import ValidationError

from engine.core.problems import Problem
from engine.core.text import Text
from portal.designer.checking import Checked
from workflows.translating import entries

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Line:
    """One line of the checklist: whether it is done, what it says, and where to go."""

    key: str
    done: bool
    sentence: str
    tab: str
    path: Path = ()


def checklist(document: dict[str, Any], checked: Checked) -> list[Line]:
    """The nine lines of a document."""
    bad = [problem for problem in checked.problems if problem.severity == "mend"]
    lines = [
        _title(document),
        _languages(document),
        _questions(document),
        _mended(
            "form",
            "form",
            bad,
            _of("forms"),
            _("Everything asked can be answered"),
            _("{count} to mend in the form"),
        ),
        _mended(
            "workflow",
            "workflow",
            bad,
            _of("workflow"),
            _("Every case finds its way to an end"),
            _("{count} to mend in the workflow"),
        ),
        _people(checked.problems),
        _mended(
            "certificate",
            "certificate",
            bad,
            _of("certificates"),
            _("Certificates are complete"),
            _("{count} to mend in the certificates"),
        ),
        _mended(
            "messages",
            "messages",
            bad,
            _of("messages"),
            _("Messages are complete"),
            _("{count} to mend in the messages"),
        ),
        _translations(checked),
    ]
    return [_waiting(line, checked.waits) for line in lines]


def _waiting(line: Line, waits: Mapping[str, str]) -> Line:
    """The line; where nothing was found because it could not be looked at, it says so."""
    if not line.done or line.key not in waits:
        return line
    sentences = {
        "form": _("Not looked at yet: first mend the form"),
        "workflow": _("Not looked at yet: first mend the workflow"),
        "roles": _("Not looked at yet: first mend the roles"),
    }
    rest = _("Not looked at yet: first mend what is named as a problem")
    return replace(line, done=False, sentence=sentences.get(waits[line.key], rest))


def _of(*names: str) -> Callable[[Problem], bool]:
    return lambda problem: bool(problem.path) and problem.path[0] in names


def _mended(
    key: str, tab: str, bad: Iterable[Problem], mine: Callable[[Problem], bool], good: str, wrong: str
) -> Line:
    found = [problem for problem in bad if mine(problem)]
    if not found:
        return Line(key, True, good, tab)
    return Line(key, False, wrong.format(count=len(found)), tab, found[0].path)


def _title(document: dict[str, Any]) -> Line:
    done = _is_written(document.get("title")) and _is_written(document.get("summary"))
    sentence = _("Title and summary are written") if done else _("Write a title and one sentence of summary")
    return Line("title", done, sentence, "overview", ("title",))


def _is_written(value: Any) -> bool:
    try:
        return bool(Text.model_validate(value))
    except ValidationError:
        return False


def _languages(document: dict[str, Any]) -> Line:
    count = len(document["languages"]) if isinstance(document.get("languages"), list) else 0
    sentence = _("Languages: {count}").format(count=count) if count else _("Choose at least one language")
    return Line("languages", bool(count), sentence, "overview", ("languages",))


def _questions(document: dict[str, Any]) -> Line:
    count = sum(1 for _one in questions(document))
    sentence = _("Questions: {count}").format(count=count) if count else _("Add the first question")
    return Line("questions", bool(count), sentence, "form", ("forms",))


def questions(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The questions of all forms, as far as the document has the right shape."""
    forms = document.get("forms")
    for form in forms.values() if isinstance(forms, dict) else ():
        pages = form.get("pages") if isinstance(form, dict) else None
        for page in pages if isinstance(pages, list) else ():
            fields = page.get("fields") if isinstance(page, dict) else None
            yield from (one for one in fields if isinstance(one, dict)) if isinstance(fields, list) else ()


def _people(problems: Iterable[Problem]) -> Line:
    wrong = [problem for problem in problems if problem.severity == "mend" and problem.path[:1] == ("roles",)]
    if wrong:
        sentence = _("{count} to mend in the roles").format(count=len(wrong))
        return Line("people", False, sentence, "people", wrong[0].path)
    found = [problem for problem in problems if problem.code == "nobody"]
    sentence = _("Somebody can do each step") if not found else _("Some steps have nobody who can do them")
    return Line("people", not found, sentence, "people", found[0].path if found else ())


def _translations(checked: Checked) -> Line:
    if checked.package is None:
        return Line(
            "translations", False, _("Translations are counted when the rest is right"), "translations"
        )
    missing = sum(
        entry.state(language) in ("missing", "stale")
        for entry in entries(checked.package)
        for language in checked.package.languages[1:]
    )
    sentence = (
        _("Every text is translated")
        if not missing
        else _("Texts to translate: {count}").format(count=missing)
    )
    return Line("translations", not missing, sentence, "translations")
