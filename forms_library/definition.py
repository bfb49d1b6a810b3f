"""Form, page and field as a department writes them."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator
from pydantic import Field as Value

from engine.core.hints import ui
from engine.core.text import Text
from forms_library.blocks import expand_blocks
from forms_library.registers import RegisterAddress

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=60)]
RuleText = Annotated[
    str, StringConstraints(min_length=1, max_length=5_000), Value(json_schema_extra=ui("rule"))
]
Origin = Annotated[str, StringConstraints(max_length=500)]
DataClass = Literal["public", "personal", "sensitive"]
MOST_FIELDS = 2_000
MOST_HOLDING = 100
DEEPEST = 3
# the options in which questions hold questions
HOLDING = ("fields", "columns")
# where a link may lead beside the pages: to "check your answers"
CHECK = "check"
# what first answers come from
PROFILE, EARLIER, REGISTER = "profile.", "earlier.", "register."
KNOWN_OF_PEOPLE = ("name", "email")


class Definition(BaseModel):
    """What all parts of a form have in common: unknown words are refused, nothing changes later."""

    model_config = ConfigDict(extra="forbid", frozen=True)


ORIGIN: Any = Value(default=None, description="The name in the system that this was imported from.")


class Register(Definition):
    """A register that knows a first answer, and by what it is asked."""

    address: RegisterAddress = Value(description="{key} is where the number goes.")
    key: str = Value(
        pattern=r"^(profile|answers)\.[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z0-9_]+)?$",
        max_length=200,
        description='"profile.email", or "answers.company_number" for an answer on an earlier page.',
    )
    name: Text | None = Value(default=None, description="What people call the register.")


class Prefill(Definition):
    """Where a first answer comes from, so that nobody types what is known."""

    source: str = Value(
        alias="from",
        pattern=r"^(profile|earlier|context|register)\.[A-Za-z][A-Za-z0-9_.-]*$",
        max_length=200,
        description='"profile.email", "earlier.<field key>" for the last application of the same person, or '
        '"register.<way to the value>" in what the register says.',
    )
    changeable: bool = Value(default=True, description="Whether the person may change it.")
    ask: Register | None = None

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @model_validator(mode="after")
    def _register_where_it_is_named(self) -> Self:
        if self.source.startswith(REGISTER) != (self.ask is not None):
            raise ValueError('"ask" belongs to a first answer "from: register. ...", and only to such a one')
        return self

    @property
    def place(self) -> str:
        """The way to the value within its source."""
        return self.source.partition(".")[2]


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
    prefill: Prefill | None = None
    origin: Origin | None = ORIGIN


class Check(Definition):
    """A rule across answers, with the sentence to show when it does not hold."""

    rule: RuleText
    sentence: Text
    field: Key = Value(description="The question at which the sentence is shown.")


class Link(Definition):
    """A way from a page to a later one; without a rule it is the way that is left."""

    to: Key = Value(description='The key of a page, or "check" for check your answers.')
    when: RuleText | None = None
    origin: Origin | None = ORIGIN


class Page(Definition):
    """One screen of a form: one topic, few questions."""

    key: Key
    title: Text
    section: Text | None = Value(default=None, description="A caption above the title.")
    intro: Text | None = None
    show_when: RuleText | None = Value(
        default=None, description="The page is stepped over when this does not hold."
    )
    exit: bool = Value(default=False, description="Who comes to this page cannot apply: nothing can be sent.")
    next: list[Link] | None = Value(
        default=None,
        max_length=100,
        description="Where to go after this page: the first link that holds. Without links that hold, the "
        "following page; with an empty list, check your answers.",
    )
    origin: Origin | None = ORIGIN
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
    pages: list[Page] = Value(min_length=1, max_length=200)
    origin: Origin | None = ORIGIN

    @model_validator(mode="before")
    @classmethod
    def _not_too_large(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("pages"), list):
            count_fields(value["pages"])
        return value

    def fields(self) -> list[Field]:
        """All fields in the order in which they are met."""
        return [field for page in self.pages for field in page.fields]


def count_fields(pages: list[Any]) -> None:
    """Refuse a form that is too large before anything of it is looked at closely."""
    seen = holding = 0
    ahead = [(page.get("fields"), 0) for page in pages if isinstance(page, dict)]
    while ahead:
        fields, depth = ahead.pop()
        if not isinstance(fields, list):
            continue
        seen += len(fields)
        if seen > MOST_FIELDS:
            raise ValueError(f"A form may have at most {MOST_FIELDS:,} fields")
        for field in fields:
            options = field.get("options") if isinstance(field, dict) else None
            inner = [options.get(name) for name in HOLDING] if isinstance(options, dict) else []
            inner = [one for one in inner if isinstance(one, list)]
            if inner and depth == DEEPEST:
                raise ValueError("Questions can stand inside each other at most three levels deep")
            ahead += [(one, depth + 1) for one in inner]
            holding += bool(inner)
        if holding > MOST_HOLDING:
            raise ValueError(f"A form may have at most {MOST_HOLDING} groups and tables")
