"""From what an importer understood to a form that can be asked: what the house refuses falls away, named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from pydantic import ValidationError

from engine.core.problems import Part, Problem, Problems, from_pydantic
from engine.core.rules import Kind
from forms_library.catalogue import field_types
from forms_library.checking import check_form
from forms_library.definition import Field, Form
from forms_library.importing.port import Refused
from forms_library.importing.report import Report

Path = tuple[Part, ...]
Said = Mapping[str, Sequence[Path]]
MOST_FIELDS = 5_000
MOST_PAGES = 200
MOST_ON_A_PAGE = 200
ROUNDS = 12
RULE_WORDS = ("show_when", "required_when", "when", "rule")


@dataclass
class FieldDraft:
    """A question in the making, with its place in the source."""

    data: dict[str, Any]
    at: Path
    children: list[FieldDraft] = attribute(default_factory=list)

    @property
    def kind(self) -> Kind:
        """What the answer is to a rule."""
        return field_types[self.data["type"]](Field.model_validate(self.data)).kind

    @property
    def has_answer(self) -> bool:
        """Whether something is asked."""
        return field_types[self.data["type"]].has_answer


@dataclass
class LinkDraft:
    """A way to another page, with its place in the source."""

    data: dict[str, Any]
    at: Path


@dataclass
class PageDraft:
    """A page in the making."""

    data: dict[str, Any]
    at: Path
    fields: list[FieldDraft] = attribute(default_factory=list)
    links: list[LinkDraft] | None = None

    def written(self) -> dict[str, Any]:
        """The page as the definition of a form writes it."""
        page = {**self.data, "fields": [field.data for field in self.fields]}
        if self.links is not None:
            page["next"] = [link.data for link in self.links]
        return page


def make_field(data: dict[str, Any], at: Path, report: Report, instead: str = "short_text") -> FieldDraft:
    """A field whose options the house takes; what it does not take falls away and is named."""
    wanted = data["type"]
    instead = instead if instead in field_types else "paragraph"
    if wanted not in field_types:
        report.lost(at, "type", f'There is no field type "{wanted}" here: it becomes "{instead}".')
        data = {**data, "type": instead}
    options = {word: value for word, value in data.get("options", {}).items() if value is not None}
    known = field_types[data["type"]].Options.model_fields
    for word in [word for word in options if word not in known]:
        report.lost(at, "option", f'A field "{data["type"]}" has no setting "{word}": it is not carried.')
        del options[word]
    data = {**data, "options": options}
    return FieldDraft(_with_sound_options(data, at, report, instead), at)


def _with_sound_options(data: dict[str, Any], at: Path, report: Report, instead: str) -> dict[str, Any]:
    for _ in range(len(data["options"]) + 1):
        try:
            field_types[data["type"]](Field.model_validate(data))
        except ValidationError as error:
            problems = Problems()
            from_pydantic(error, problems)
            found = next(iter(problems))
            word = next((str(part) for part in found.path if part in data["options"]), "")
            word = word or _in_the_way(data)
            if not word:
                break
            report.lost(at, "option", f'The setting "{word}" cannot be carried: {found.sentence}')
            data = {**data, "options": {k: v for k, v in data["options"].items() if k != word}}
        else:
            return data
    sentence = f'This cannot be a field "{data["type"]}" here ({found.sentence})'
    sentence += f': it becomes "{instead}", without settings.'
    report.lost(at, "type", sentence)
    return {**data, "type": instead, "options": {}}


def _in_the_way(data: dict[str, Any]) -> str:
    """The first setting without which the others can be kept: of limits that exclude all, one stays."""
    for word in data["options"]:
        options = {name: value for name, value in data["options"].items() if name != word}
        with suppress(ValidationError):
            field_types[data["type"]](Field.model_validate({**data, "options": options}))
            return str(word)
    return ""


def finish(
    title: Any, origin: str | None, pages: list[PageDraft], report: Report, said: Said | None = None
) -> Form:
    """The form; rules that cannot be compiled fall away, named, until nothing stands in the way.

    `said` gives for a rule the places of the source that say it, where these are not those of the field.
    """
    _not_too_much(pages)
    for _ in range(ROUNDS):
        written = {"title": title, "origin": origin, "pages": [page.written() for page in pages]}
        form, problems = _checked(written)
        mended = [_mend(problem, pages, report, said or {}) for problem in reversed(problems.must_mend)]
        if not any(mended):
            break
    if form is None:
        found = next(iter(problems))
        raise Refused(f"This form cannot be kept here: {found.where}: {found.sentence}")
    if not any(mended):
        for problem in problems.must_mend:
            report.lost(_place(problem, pages), problem.code, f"Still to mend: {problem.sentence}")
    return form


def _not_too_much(pages: list[PageDraft]) -> None:
    if not pages:
        raise Refused("This form has no page.")
    if len(pages) > MOST_PAGES:
        raise Refused(f"This form has more than {MOST_PAGES} pages.")
    if sum(len(page.fields) for page in pages) > MOST_FIELDS:
        raise Refused(f"This form has more than {MOST_FIELDS:,} fields.")
    if any(len(page.fields) > MOST_ON_A_PAGE for page in pages):
        raise Refused(f"A page of this form has more than {MOST_ON_A_PAGE} fields.")


def _checked(document: dict[str, Any]) -> tuple[Form | None, Problems]:
    """The form with what is wrong with its rules; none when it is no form at all."""
    problems = Problems()
    try:
        form = Form.model_validate(document)
    except ValidationError as error:
        from_pydantic(error, problems, document)
        return None, problems
    check_form(form, problems)
    return form, problems


def _mend(problem: Problem, pages: list[PageDraft], report: Report, said: Said) -> bool:
    """Take away the rule that a problem speaks of; whether there was one."""
    owner = _owner(problem.path, pages)
    word = next((str(part) for part in reversed(problem.path) if part in RULE_WORDS), "")
    page = pages[int(problem.path[1])] if len(problem.path) > 1 and problem.path[0] == "pages" else None
    if page is None or owner is None or not word:
        return False
    place = _place(problem, pages)
    if isinstance(owner, LinkDraft):
        links = page.links or []
        if owner in links:
            links.remove(owner)
            report.lost(
                place,
                "condition",
                f"The link is not carried, its condition does not work: {problem.sentence}",
            )
            return True
        return False
    rule = _drop(owner.data, problem, word, place, report)
    for at in {at for known, places in said.items() if known in rule for at in places}:
        report.lost(at, "condition", f"The rule is not carried: {problem.sentence}")
    return bool(rule)


def _drop(data: dict[str, Any], problem: Problem, word: str, place: Path, report: Report) -> str:
    """Take the rule out of the group of values that holds it; empty when there is none."""
    steps = problem.path[4:] if problem.path[2:3] == ("fields",) else problem.path[2:]
    steps = steps[: _last(steps, word)]
    try:
        holder = _at(data, steps)
        rule = str(holder[word])
        if steps[-2:-1] == ("checks",):  # a check is nothing without its rule
            del _at(data, steps[:-1])[int(steps[-1])]
        else:
            del holder[word]
    except (KeyError, IndexError, TypeError):
        return ""
    report.lost(place, "condition", f"The condition is not carried: {problem.sentence}")
    return rule


def _at(holder: Any, steps: Path) -> Any:
    for part in steps:
        holder = holder[part]
    return holder


def _last(steps: Path, word: str) -> int:
    return max(index for index, part in enumerate(steps) if part == word)


def _owner(path: Path, pages: list[PageDraft]) -> PageDraft | FieldDraft | LinkDraft | None:
    if len(path) < 2 or path[0] != "pages" or not isinstance(path[1], int):
        return None
    page = pages[path[1]]
    if len(path) > 3 and isinstance(path[3], int):
        if path[2] == "fields":
            return page.fields[path[3]]
        if path[2] == "next" and page.links is not None:
            return page.links[path[3]] if path[3] < len(page.links) else None
    return page


def _place(problem: Problem, pages: list[PageDraft]) -> Path:
    owner = _owner(problem.path, pages)
    return owner.at if owner is not None else ("form",)
