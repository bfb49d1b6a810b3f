"""Every problem of a form before it is published, each with its path and a plain sentence."""

from collections.abc import Iterator, Mapping

from engine.core.problems import Problems
from engine.core.rules import Rule
from forms_library.compiled import ANSWERS, CompiledField, CompiledForm, Context, build
from forms_library.definition import Field, Form, Page

# Names of inputs and ids that every page of the portal has for itself.
TAKEN = frozenset({"main", "csrfmiddlewaretoken"})
# "done" is a step of the walker of pages, "check" and "sent" are addresses beside the pages.
TAKEN_PAGES = frozenset({"done", "check", "sent"})


def check_form(form: Form, problems: Problems, context: Context | None = None) -> CompiledForm:
    """Note all problems; the result can be asked only when none must be mended."""
    compiled = build(form, problems, context)
    for number, page in enumerate(form.pages):
        at = problems.at("pages", number)
        _page(page, compiled, at)
        for index, field in enumerate(page.fields):
            _field(field, compiled, at.at("fields", index))
    _circles(compiled, problems)
    _order(compiled, problems)
    return compiled


def _page(page: Page, compiled: CompiledForm, problems: Problems) -> None:
    if page.key in TAKEN_PAGES:
        problems.mend(
            "taken_key", f'A page cannot have the key "{page.key}": the portal uses it. Choose another.'
        )
    if not page.title:
        problems.at("title").mend("no_title", "The page needs a title.")
    own = {field.key for field in page.fields}
    for index, check in enumerate(page.checks):
        if check.field not in own:
            sentence = f'There is no field "{check.field}" on this page to show the sentence at.'
            problems.at("checks", index, "field").mend("unknown_field", sentence)
        if not check.sentence:
            problems.at("checks", index, "sentence").mend("no_sentence", "The check needs a sentence.")
    if not page.exit and not any(asked.question.has_answer for asked in compiled.pages[page.key].fields):
        problems.look("no_question", "The page asks nothing.")


def _field(field: Field, compiled: CompiledForm, problems: Problems) -> None:
    if field.key in TAKEN:
        sentence = f'A field cannot have the key "{field.key}": the portal uses it. Choose another.'
        problems.at("key").mend("taken_key", sentence)
    if not field.label:
        problems.at("label").mend("no_label", f'The field "{field.key}" needs a label.')
    asked = compiled.fields.get(field.key)
    if asked is None:
        return
    if not asked.question.has_answer and field.required_when:
        problems.at("required_when").look(
            "no_answer", "This is a text, not a question: nothing can be required."
        )
    for code in field.errors:
        if code not in asked.question.error_codes():
            known = ", ".join(sorted(asked.question.error_codes()))
            problems.at("errors", code).mend(
                "unknown_error", f'There is no error "{code}" here. There are: {known}.'
            )


def places(compiled: CompiledForm) -> Mapping[str, tuple[str | int, ...]]:
    """Where each field stands in the definition."""
    return {
        field.key: ("pages", number, "fields", index)
        for number, page in enumerate(compiled.form.pages)
        for index, field in enumerate(page.fields)
    }


def reads(rule: Rule | None) -> set[str]:
    """The fields of this form that a rule reads."""
    parts = (path.split(".") for path in (rule.reads if rule else ()))
    return {part[1].removesuffix("[]") for part in parts if part[0] == ANSWERS and len(part) > 1}


def needs(compiled: CompiledForm) -> dict[str, set[str]]:
    """For each field the fields that decide whether it is shown."""
    return {
        asked.key: reads(asked.show) | reads(compiled.pages[asked.page_key].show)
        for asked in compiled.fields.values()
    }


def _circles(compiled: CompiledForm, problems: Problems) -> None:
    where, named = places(compiled), set[str]()
    for circle in circles(needs(compiled)):
        if named.isdisjoint(circle):
            path = " → ".join([*circle, circle[0]])
            sentence = (
                f"These questions decide about each other in a circle: {path}. Remove one of the conditions."
            )
            problems.at(*where[circle[0]], "show_when").mend("circle", sentence)
        named.update(circle)


def circles(graph: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The circles of a graph, one for each way back that a walk through it meets."""
    done: set[str] = set()
    for start in graph:
        trail: dict[str, None] = {}
        steps = [iter([start])]
        while steps:
            key = next(steps[-1], None)
            if key is None:
                steps.pop()
                if trail:
                    done.add(trail.popitem()[0])
            elif key in trail:
                keys = list(trail)
                yield keys[keys.index(key) :]
            elif key not in done and key in graph:
                trail[key] = None
                steps.append(iter(sorted(graph[key])))


def _order(compiled: CompiledForm, problems: Problems) -> None:
    """A rule that reads what is asked later is allowed, and seldom meant."""
    keys = list(compiled.fields)
    position = {key: number for number, key in enumerate(keys)}
    where = places(compiled)
    for asked in compiled.fields.values():
        for name, rule in (("show_when", asked.show), ("required_when", asked.require)):
            late = _late(rule, position, position[asked.key])
            for key in late:
                problems.at(*where[asked.key], name).look("later_answer", _later(key, compiled))
    for number, page in enumerate(compiled.pages.values()):
        first = position[page.fields[0].key] if page.fields else len(keys)
        for key in _late(page.show, position, first):
            problems.at("pages", number, "show_when").look("later_answer", _later(key, compiled))


def _late(rule: Rule | None, position: Mapping[str, int], here: int) -> list[str]:
    return sorted(key for key in reads(rule) if position.get(key, -1) > here)


def _later(key: str, compiled: CompiledForm) -> str:
    asked: CompiledField = compiled.fields[key]
    return f'This reads the answer to "{asked.field.label}", which is asked later.'
