"""What rules say that is allowed and probably not meant."""

from collections.abc import Iterator
from datetime import date

from engine.core.problems import Part, Problems
from engine.core.rules import Facts, Rule, comparisons
from forms_library.bound import CompiledField, CompiledForm
from forms_library.checking_order import places, rules_of
from forms_library.rule_graph import path_in_form, scope_of

ANY_DAY = date(2026, 1, 1)
Place = tuple[Part, ...]


def check_rules(compiled: CompiledForm, problems: Problems) -> None:
    """Note constant rules, whole-number divisions, "all" of no rows, and choices that there are not."""
    for place, rule, scope in every_rule(compiled):
        at = problems.at(*place)
        for note in rule.notes:
            at.look("note", note)
        if not rule.reads and rule.type == "bool":
            word = "never" if never_holds(rule) else "always"
            at.look("constant", f"This rule reads no answer: it {word} holds.")
        for path, text in comparisons(rule):
            if sentence := _no_choice(compiled, path_in_form(compiled, path, scope), text):
                at.look("unknown_choice", sentence)


def every_rule(compiled: CompiledForm) -> Iterator[tuple[Place, Rule, str]]:
    """All rules of a form, each with its place and the path of what it stands in."""
    where = places(compiled)
    for number, page in enumerate(compiled.pages.values()):
        at: Place = ("pages", number)
        if page.show:
            yield (*at, "show_when"), page.show, ""
        for index, (_, rule) in enumerate(page.links):
            if rule:
                yield (*at, "next", index, "when"), rule, ""
        for index, (_, rule) in enumerate(page.checks):
            yield (*at, "checks", index, "rule"), rule, ""
    for asked in compiled.everything():
        for name, rule in rules_of(asked):
            yield (*where[asked.path], *name), rule, scope_of(asked)
        for index, (_, rule) in enumerate(asked.checks):
            yield (*where[asked.path], "options", "checks", index, "rule"), rule, asked.inner_path


def never_holds(rule: Rule) -> bool:
    """Whether a rule reads nothing and is false."""
    return not rule.reads and not rule.run(Facts.ready({}, ANY_DAY)).holds


def _no_choice(compiled: CompiledForm, path: str, text: str) -> str:
    asked = compiled.by_path.get(path)
    keys = choice_keys(asked) if asked is not None else None
    if asked is None or keys is None or text in keys:
        return ""
    return f'"{asked.field.label}" has no choice "{text}". There are: {", ".join(sorted(keys)[:20])}.'


def choice_keys(asked: CompiledField) -> set[str] | None:
    """The keys of the choices of a question; None where it has no list of its own."""
    schema = asked.question.json_schema()
    found = schema.get("enum") or (schema.get("items") or {}).get("enum")
    return set(found) if found and all(isinstance(key, str) for key in found) else None
