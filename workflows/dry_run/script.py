"""A walk as it is written down: who does what, one act after another; saved walks are such texts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError

from engine.core.problems import Problems, from_pydantic
from engine.core.worktime import Span
from workflows.parts import Code, Key, Language, Part

MOST_ACTS = 200
Actor = Annotated[
    str,
    Field(
        max_length=80, description='Who: "clerk", "clerk-2", "applicant", a system; empty for whoever may.'
    ),
]


class Apply(Part):
    """Somebody sends the application: with these answers, or with ones that are made up."""

    do: Literal["apply"]
    answers: dict[str, Any] | None = None
    sample: int = Field(default=1, ge=0, le=1_000_000, description="Another number makes up other answers.")
    action: Key | None = Field(default=None, description="By which action, where several begin a case.")


class Open(Part):
    """A member of staff opens a case; where the start asks something, with these answers or made-up ones."""

    do: Literal["open"]
    step: Key
    by: Actor = ""
    answers: dict[str, Any] | None = None
    sample: int = Field(default=1, ge=0, le=1_000_000)
    action: Key | None = Field(default=None, description="By which action, where several begin a case.")


class Decide(Part):
    """Somebody ends a step with one of its outcomes, or takes one of the actions of a state."""

    do: Literal["decide"]
    step: Key
    outcome: Key
    by: Actor = ""
    reason: str = Field(default="", max_length=4_000)
    answers: dict[str, Any] | None = None
    sample: int = Field(default=1, ge=0, le=1_000_000)
    fields: list[str] = Field(default_factory=list, max_length=200, description="The answers to correct.")


class Correct(Part):
    """The applicant answers what was asked; what is not given stays as it was."""

    do: Literal["correct"]
    answers: dict[str, Any] = Field(default_factory=dict)


class Withdraw(Part):
    """The applicant takes the application back."""

    do: Literal["withdraw"]


class Wait(Part):
    """Time passes: so much of it, or until the next thing that time brings."""

    do: Literal["wait"]
    span: Span | None = None


class Reply(Part):
    """The machine that a step calls answers: with this, or not at all."""

    do: Literal["reply"]
    step: Key
    status: int = Field(default=200, ge=100, le=599)
    body: Any = None
    failure: Code | None = Field(default=None, description="Why no answer comes, such as timeout.")


class Outside(Part):
    """Somebody outside answers what a step asked of them, in one of the ways that they have."""

    do: Literal["outside"]
    step: Key
    outcome: Key
    reason: str = Field(default="", max_length=4_000, description="What they write.")


class CallBack(Part):
    """The machine that has accepted the work says how it came out."""

    do: Literal["call_back"]
    step: Key
    body: Any = None


class Message(Part):
    """Another system says something."""

    do: Literal["message"]
    name: Code
    key: str = Field(default="", max_length=200, description="Whom it is for; empty for the case itself.")
    body: Any = None


Act = Annotated[
    Apply | Open | Decide | Correct | Withdraw | Wait | Reply | CallBack | Message | Outside,
    Field(discriminator="do"),
]

ACTS: dict[str, type[Part]] = {
    "apply": Apply,
    "open": Open,
    "decide": Decide,
    "correct": Correct,
    "withdraw": Withdraw,
    "wait": Wait,
    "reply": Reply,
    "call_back": CallBack,
    "message": Message,
    "outside": Outside,
}


class Script(Part):
    """One walk, from its first act; the clock begins at `begins_at`, or now."""

    begins_at: datetime | None = None
    language: Language = "en"
    acts: list[Act] = Field(default_factory=list, max_length=MOST_ACTS)

    def written(self) -> dict[str, Any]:
        """The walk as plain JSON."""
        return self.model_dump(mode="json", exclude_unset=True)


def read_script(document: Any, problems: Problems) -> Script | None:
    """The walk in a document; None when its shape is wrong, with every problem noted."""
    try:
        return Script.model_validate(document)
    except ValidationError as error:
        from_pydantic(error, problems, document)
        return None
