"""Binding a form: types, rules and pages are put together once, shared by all threads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as field_of
from functools import lru_cache
from typing import Any

from pydantic import ValidationError

from engine.core.problems import Problems, from_pydantic
from engine.core.registry import UnknownType
from engine.core.rules import Group, Rule, RuleRefused, Schema, Want, check_key, compile_rule
from forms_library.bound import ANSWERS, ITEM, PARENT, CompiledField, CompiledForm, CompiledPage
from forms_library.catalogue import field_types
from forms_library.definition import Check, Field, Form, Page
from forms_library.field_type import FieldType
from forms_library.nested_type import NestedType

__all__ = [
    "ANSWERS",
    "CompiledField",
    "CompiledForm",
    "CompiledPage",
    "Context",
    "build",
    "compile_form",
    "shared_form",
]
Context = Mapping[str, Group]
MOST_RULES = 4_000
SHARED = 512  # forms that are kept ready


def compile_form(form: Form, context: Context | None = None) -> CompiledForm:
    """The form made ready; raises DefinitionRefused when something must be mended."""
    problems = Problems()
    compiled = build(form, problems, context)
    problems.refuse_if_any()
    return compiled


@dataclass(frozen=True)
class _Written:
    """A form by what is written in it."""

    text: str
    form: Form = field_of(compare=False, repr=False)


def shared_form(form: Form) -> CompiledForm:
    """The form made ready, once for all versions in which it says the same: most change only a few words."""
    return _shared(_Written(form.model_dump_json(by_alias=True, exclude_unset=True), form))


@lru_cache(maxsize=SHARED)
def _shared(written: _Written) -> CompiledForm:
    return compile_form(written.form)


def build(form: Form, problems: Problems, context: Context | None = None) -> CompiledForm:
    """Bind what can be bound and note all that cannot; with problems the result serves checking only.

    The context holds what rules may read beside the answers of this form: the application, earlier work.
    """
    questions = _questions(form, problems)
    group = Group({key: question.kind for key, question in questions.items() if question.has_answer})
    roots = {**(context or {}), ANSWERS: group}
    maker = _Maker(roots)
    pages = {}
    for index, page in enumerate(form.pages):
        at = problems.at("pages", index)
        if page.key in pages:
            at.mend("doubled_key", f'There is more than one page with the key "{page.key}".')
        pages[page.key] = maker.page(page, questions, at)
    fields = {field.key: field for page in pages.values() for field in page.fields}
    return CompiledForm(form, pages, fields, group, maker.scope.schema())


def _questions(form: Form, problems: Problems) -> dict[str, FieldType]:
    questions: dict[str, FieldType] = {}
    for number, page in enumerate(form.pages):
        _bind(page.fields, questions, problems.at("pages", number, "fields"), "form")
    return questions


def _bind(
    fields: Sequence[Field], questions: dict[str, FieldType], problems: Problems, where: str
) -> dict[str, FieldType]:
    for index, field in enumerate(fields):
        at = problems.at(index)
        if sentence := check_key(field.key):
            at.at("key").mend("taken_key", sentence)
        elif field.key in questions:
            at.mend(
                "doubled_key", f'There is more than one field with the key "{field.key}" in this {where}.'
            )
        elif question := _question(field, at):
            questions[field.key] = question
    return questions


def _question(field: Field, problems: Problems) -> FieldType | None:
    try:
        question = field_types[field.type](field)
    except UnknownType as unknown:
        problems.at("type").mend("unknown_type", unknown.sentence)
        return None
    except ValidationError as error:
        from_pydantic(error, problems.at("options"), field.options)
        return None
    if isinstance(question, NestedType):
        inner = _bind(question.children(), {}, problems.at("options", list_name(question)), "group")
        # bound here, where what is wrong has a place; what could not be bound is left out
        question.__dict__["parts"] = tuple(inner.values())
    return question


def list_name(question: NestedType) -> str:
    """The option that holds the questions inside."""
    return "columns" if "columns" in type(question.options).model_fields else "fields"


@dataclass
class _Scope:
    """Where a rule stands: what the names in it mean, and how the paths of the fields there begin."""

    roots: Mapping[str, Group]
    prefix: str = ""
    group: Group | None = None

    schemas: dict[frozenset[str], Schema] = field_of(default_factory=dict)

    def schema(self, text: str = "") -> Schema:
        """What a rule is checked against: the roots that its text could mean, or all without a text."""
        names = frozenset(root for root in self.roots if not text or root in text)
        if names not in self.schemas:
            self.schemas[names] = Schema({root: self.roots[root] for root in names})
        return self.schemas[names]


class _Maker:
    """Compiles the rules of one form."""

    def __init__(self, roots: Mapping[str, Group]) -> None:
        self.roots, self.scope, self.rules = roots, _Scope(roots), 0

    def page(self, page: Page, questions: Mapping[str, FieldType], problems: Problems) -> CompiledPage:
        """One page with everything on it."""
        scope = self.scope
        found = [
            self.field(field, questions[field.key], page.key, scope, problems.at("fields", index))
            for index, field in enumerate(page.fields)
            if field.key in questions and questions[field.key].field is field
        ]
        links = [
            (link, self.rule(link.when, scope, problems.at("next", index, "when")))
            for index, link in enumerate(page.next or ())
        ]
        return CompiledPage(
            page,
            tuple(found),
            self.rule(page.show_when, scope, problems.at("show_when")),
            self.checks(page.checks, scope, problems.at("checks")),
            tuple(links),
        )

    def field(
        self, field: Field, question: FieldType, page_key: str, scope: _Scope, problems: Problems
    ) -> CompiledField:
        """One question with its rules and the questions inside it."""
        path = f"{scope.prefix}{field.key}"
        children: tuple[CompiledField, ...] = ()
        checks: tuple[tuple[Check, Rule], ...] = ()
        if isinstance(question, NestedType):
            inner = self._inner(question, path, scope)
            at = problems.at("options")
            index = {id(child): number for number, child in enumerate(question.children())}
            children = tuple(
                self.field(
                    part.field, part, page_key, inner, at.at(list_name(question), index[id(part.field)])
                )
                for part in question.parts
            )
            checks = self.checks(getattr(question.options, "checks", ()), inner, at.at("checks"))
        return CompiledField(
            field,
            question,
            page_key,
            self.rule(field.show_when, scope, problems.at("show_when")),
            self.rule(field.required_when, scope, problems.at("required_when")),
            self._own(question, scope, problems.at("options")),
            self._choices(question, scope, problems.at("options", "choices")),
            children,
            checks,
            path,
        )

    def _inner(self, question: NestedType, path: str, scope: _Scope) -> _Scope:
        """Inside a group or a row: its own answers are `item`, those of what it stands in are `parent`."""
        group = Group({part.field.key: part.kind for part in question.asked})
        around = {PARENT: scope.group} if scope.group is not None else {}
        brackets = "" if isinstance(question.kind, Group) else "[]"
        return _Scope({**self.roots, **around, ITEM: group}, f"{path}{brackets}.", group)

    def _own(self, question: FieldType, scope: _Scope, problems: Problems) -> dict[str, Rule]:
        found = {}
        for name, (text, want) in question.rule_texts().items():
            if rule := self.rule(text, scope, problems.at(name), want):
                found[name] = rule
        return found

    def _choices(self, question: FieldType, scope: _Scope, problems: Problems) -> dict[str, Rule]:
        found = {}
        choices: Any = getattr(question.options, "choices", None)
        for index, choice in enumerate(choices if isinstance(choices, list) else ()):
            if rule := self.rule(getattr(choice, "show_when", None), scope, problems.at(index, "show_when")):
                found[choice.key] = rule
        return found

    def checks(
        self, checks: Sequence[Check], scope: _Scope, problems: Problems
    ) -> tuple[tuple[Check, Rule], ...]:
        """The checks whose rules can be used."""
        found = [
            (check, self.rule(check.rule, scope, problems.at(index, "rule")))
            for index, check in enumerate(checks)
        ]
        return tuple((check, rule) for check, rule in found if rule is not None)

    def rule(self, text: str | None, scope: _Scope, problems: Problems, want: Want = "bool") -> Rule | None:
        """A rule from its text; None where there is none or it cannot be used."""
        if text is None:
            return None
        self.rules += 1
        if self.rules > MOST_RULES:
            if self.rules == MOST_RULES + 1:
                problems.mend("too_many_rules", f"A form may have at most {MOST_RULES:,} rules.")
            return None
        try:
            return compile_rule(text, scope.schema(text if scope.prefix else ""), want=want)
        except RuleRefused as refused:
            problems.mend("rule", refused.sentence)
            return None
