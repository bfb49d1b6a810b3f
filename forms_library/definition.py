"""Form, page and field as a department writes them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic import Field as Value

from engine.core.text import Text
from forms_library.blocks import expand_blocks

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
RuleText = Annotated[str, StringConstraints(min_length=1, max_length=5_000)]
DataClass = Literal["public", "personal", "sensitive"]


class Definition(BaseModel):
    """What all parts of a form have in common: unknown words are refused, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Field(Definition):
    """One question, or one piece of text between questions."""

    key: Key
    type: str = Value(description="The key of a field type.", max_length=60)
    label: Text = Value(default=Text(""), description="The question as people read it.")
    hint: Text | None = None
    phrase: Text | None = Value(
        default=None, description='How the question reads inside a sentence: "your date of birth".'
    )
    show_when: RuleText | None = Value(default=None, description="The question is asked when this holds.")
    required: bool = True
    required_when: RuleText | None = Value(
        default=None, description="The answer is required when this holds, and optional otherwise."
    )
    options: dict[str, Any] = Value(default_factory=dict, description="Settings of the field type.")
    errors: dict[str, Text] = Value(default_factory=dict, description="Own sentences by error code.")
    data_class: DataClass = "personal"


class Check(Definition):
    """A rule across answers, with the sentence to show when it does not hold."""

    rule: RuleText
    sentence: Text
    field: Key = Value(description="The question at which the sentence is shown.")


class Page(Definition):
    """One screen of a form: one topic, few questions."""

    key: Key
    title: Text
    intro: Text | None = None
    show_when: RuleText | None = None
    fields: list[Field] = Value(min_length=1, max_length=200)
    checks: list[Check] = Value(default_factory=list)

    @model_validator(mode="before")
    @classmethod
    def _blocks_become_fields(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("fields"), list):
            return {**value, "fields": expand_blocks(value["fields"])}
        return value


class Form(Definition):
    """All that is asked in one go, page by page."""

    title: Text
    pages: list[Page] = Value(min_length=1, max_length=100)

    def fields(self) -> list[Field]:
        """All fields in the order in which they are met."""
        return [field for page in self.pages for field in page.fields]
