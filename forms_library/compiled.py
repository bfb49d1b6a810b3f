"""A form made ready to be asked: types, rules and pages bound together once, shared by all threads."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from pydantic import ValidationError

from engine.core.problems import Problems, from_pydantic
from engine.core.registry import UnknownType
from engine.core.rules import Group, Rule, RuleRefused, Schema, check_key, compile_rule
from forms_library.catalogue import field_types
from forms_library.definition import Check, Field, Form, Page
from forms_library.field_type import FieldType
from forms_library.markup import Template

ANSWERS = "answers"
Context = Mapping[str, Group]


@dataclass(frozen=True, eq=False)
class CompiledField:
    """One question with its rules."""

    field: Field
    question: FieldType
    page_key: str
    show: Rule | None = None
    require: Rule | None = None
    key: str = attribute(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.field.key)


@dataclass(frozen=True, eq=False)
class CompiledPage:
    """One page with its questions and rules."""

    page: Page
    fields: tuple[CompiledField, ...]
    show: Rule | None = None
    checks: tuple[tuple[Check, Rule], ...] = ()

    @property
    def key(self) -> str:
        """The key of the page."""
        return self.page.key

    @property
    def asks_one(self) -> bool:
        """Whether the page is one question whose label is the title, so that the label becomes the h1."""
        only = self.fields[0].field if len(self.fields) == 1 else None
        return only is not None and self.fields[0].question.has_answer and only.label == self.page.title


@dataclass(frozen=True, eq=False)
class CompiledForm:
    """A form ready to be asked. Nothing in it changes but the store of HTML, which only grows."""

    form: Form
    pages: Mapping[str, CompiledPage]
    fields: Mapping[str, CompiledField]
    schema_group: Group
    schema: Schema
    templates: dict[tuple[Any, ...], Template] = attribute(default_factory=dict, repr=False)

    @property
    def has_conditions(self) -> bool:
        """Whether anything is shown only at times."""
        return any(page.show for page in self.pages.values()) or any(
            field.show for field in self.fields.values()
        )

    def questions(self) -> Iterator[CompiledField]:
        """The fields that have an answer, in the order in which they are asked."""
        return (field for field in self.fields.values() if field.question.has_answer)


def compile_form(form: Form, context: Context | None = None) -> CompiledForm:
    """The form made ready; raises DefinitionRefused when something must be mended."""
    problems = Problems()
    compiled = build(form, problems, context)
    problems.refuse_if_any()
    return compiled


def build(form: Form, problems: Problems, context: Context | None = None) -> CompiledForm:
    """Bind what can be bound and note all that cannot; with problems the result serves checking only.

    The context holds what rules may read beside the answers of this form: the application, earlier work.
    """
    questions = _questions(form, problems)
    group = Group({key: question.kind for key, question in questions.items() if question.has_answer})
    schema = Schema({**(context or {}), ANSWERS: group})
    pages = {}
    for index, page in enumerate(form.pages):
        at = problems.at("pages", index)
        if page.key in pages:
            at.mend("doubled_key", f'There is more than one page with the key "{page.key}".')
        pages[page.key] = _page(page, questions, schema, at)
    fields = {field.key: field for page in pages.values() for field in page.fields}
    return CompiledForm(form, pages, fields, group, schema)


def _questions(form: Form, problems: Problems) -> dict[str, FieldType]:
    questions: dict[str, FieldType] = {}
    for number, page in enumerate(form.pages):
        for index, field in enumerate(page.fields):
            at = problems.at("pages", number, "fields", index)
            if sentence := check_key(field.key):
                at.at("key").mend("taken_key", sentence)
            elif field.key in questions:
                at.mend(
                    "doubled_key", f'There is more than one field with the key "{field.key}" in this form.'
                )
            elif question := _question(field, at):
                questions[field.key] = question
    return questions


def _question(field: Field, problems: Problems) -> FieldType | None:
    try:
        return field_types[field.type](field)
    except UnknownType as unknown:
        problems.at("type").mend("unknown_type", unknown.sentence)
    except ValidationError as error:
        from_pydantic(error, problems.at("options"), field.options)
    return None


def _page(page: Page, questions: Mapping[str, FieldType], schema: Schema, problems: Problems) -> CompiledPage:
    fields = tuple(
        _field(field, questions[field.key], page.key, schema, problems.at("fields", index))
        for index, field in enumerate(page.fields)
        if field.key in questions and questions[field.key].field is field
    )
    show = _rule(page.show_when, schema, problems.at("show_when"))
    checks = [
        (check, rule)
        for index, check in enumerate(page.checks)
        if (rule := _rule(check.rule, schema, problems.at("checks", index, "rule")))
    ]
    return CompiledPage(page, fields, show, tuple(checks))


def _field(
    field: Field, question: FieldType, page_key: str, schema: Schema, problems: Problems
) -> CompiledField:
    show = _rule(field.show_when, schema, problems.at("show_when"))
    require = _rule(field.required_when, schema, problems.at("required_when"))
    return CompiledField(field, question, page_key, show, require)


def _rule(text: str | None, schema: Schema, problems: Problems) -> Rule | None:
    if text is None:
        return None
    try:
        return compile_rule(text, schema, want="bool")
    except RuleRefused as refused:
        problems.mend("rule", refused.sentence)
        return None
