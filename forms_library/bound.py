"""A form made ready to be asked: its questions bound to their kinds, and every rule compiled once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as attribute
from functools import cached_property
from typing import Any

from engine.core.rules import Group, Rule, Schema
from forms_library.definition import Check, Field, Form, Link, Page
from forms_library.field_type import FieldType
from forms_library.markup import Template
from forms_library.nested_type import NestedType
from forms_library.rows_type import is_rows

ANSWERS = "answers"
ITEM, PARENT = "item", "parent"


@dataclass(frozen=True, eq=False)
class CompiledField:
    """One question with its rules. `path` is its place among the answers: "children[].age"."""

    field: Field
    question: FieldType
    page_key: str
    show: Rule | None = None
    require: Rule | None = None
    rules: Mapping[str, Rule] = attribute(default_factory=dict)
    choices: Mapping[str, Rule] = attribute(default_factory=dict)
    children: tuple["CompiledField", ...] = ()
    checks: tuple[tuple[Check, Rule], ...] = ()
    path: str = ""
    key: str = attribute(init=False)
    has_rows: bool = attribute(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.field.key)
        object.__setattr__(self, "has_rows", is_rows(self.question))
        object.__setattr__(self, "path", self.path or self.field.key)

    @property
    def inner_path(self) -> str:
        """What the paths of the questions inside begin with."""
        return f"{self.path}[]" if self.has_rows else self.path

    @property
    def top_key(self) -> str:
        """The key of the question of the page in which this one stands."""
        return self.path.partition(".")[0].removesuffix("[]")

    def everything(self) -> Iterator["CompiledField"]:
        """This question and all inside it."""
        yield self
        for child in self.children:
            yield from child.everything()


@dataclass(frozen=True, eq=False)
class CompiledPage:
    """One page with its questions and rules; `links` are the ways on, `None` where they are as listed."""

    page: Page
    fields: tuple[CompiledField, ...]
    show: Rule | None = None
    checks: tuple[tuple[Check, Rule], ...] = ()
    links: tuple[tuple[Link, Rule | None], ...] = ()

    @property
    def key(self) -> str:
        """The key of the page."""
        return self.page.key

    def everything(self) -> Iterator[CompiledField]:
        """All questions of the page, also those inside others."""
        for asked in self.fields:
            yield from asked.everything()

    @cached_property
    def decides(self) -> bool:
        """Whether anything on the page depends on answers."""
        return any(
            asked.show or asked.require or asked.choices or asked.children or asked.question.computed
            for asked in self.fields
        )

    @cached_property
    def may_be_bare(self) -> bool:
        """Whether everything on the page can be hidden by rules of its own, so that nothing would be left."""
        always = self.page.exit or self.page.intro is not None or not self.fields
        return not always and all(asked.show for asked in self.fields)

    @cached_property
    def asks_one(self) -> bool:
        """Whether the page is one question whose label is the title, so that the label becomes the h1."""
        only = self.fields[0].field if len(self.fields) == 1 else None
        return only is not None and self.fields[0].question.has_answer and only.label == self.page.title


@dataclass(frozen=True, eq=False)
class CompiledForm:
    """A form ready to be asked. Nothing in it changes but what it keeps at hand: HTML and plans."""

    form: Form
    pages: Mapping[str, CompiledPage]
    fields: Mapping[str, CompiledField]
    schema_group: Group
    schema: Schema
    templates: dict[tuple[Any, ...], Template] = attribute(default_factory=dict, repr=False)
    kept: dict[Any, Any] = attribute(default_factory=dict, repr=False)

    @property
    def has_conditions(self) -> bool:
        """Whether anything is shown only at times."""
        return any(
            page.show or page.page.next is not None or page.page.exit for page in self.pages.values()
        ) or any(asked.show or asked.choices for asked in self.everything())

    def questions(self) -> Iterator[CompiledField]:
        """The fields that have an answer, in the order in which they are asked."""
        return (field for field in self.fields.values() if field.question.has_answer)

    def everything(self) -> Iterator[CompiledField]:
        """All fields, also those inside others."""
        for asked in self.fields.values():
            yield from asked.everything()

    @cached_property
    def by_path(self) -> Mapping[str, CompiledField]:
        """All fields by their place among the answers."""
        return {asked.path: asked for asked in self.everything()}


def holds_questions(asked: CompiledField) -> bool:
    """Whether a question is made of others."""
    return isinstance(asked.question, NestedType)
