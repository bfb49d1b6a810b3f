"""The list of possible answers that choice questions share."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Value

from engine.core.text import Text
from forms_library.choice_controls import Choice
from forms_library.definition import ORIGIN, Origin, RuleText
from forms_library.field_type import ui

MOST_CHOICES = 300
ChoiceKey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]


class ChoiceOption(BaseModel):
    """One possible answer: the key is stored, the label is read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    key: ChoiceKey
    label: Text
    hint: Text | None = None
    show_when: RuleText | None = Value(default=None, description="The choice is offered when this holds.")
    origin: Origin | None = ORIGIN

    def shown(self, language: str) -> Choice:
        """The choice in a language."""
        return Choice(self.key, self.label.in_(language), self.hint.in_(language) if self.hint else "")


def no_key_twice(choices: list[ChoiceOption]) -> list[ChoiceOption]:
    """The choices, if each has a key of its own and a label."""
    seen: set[str] = set()
    for choice in choices:
        if choice.key in seen:
            raise ValueError(f'The choice "{choice.key}" stands here twice.')
        if not choice.label:
            raise ValueError(f'The choice "{choice.key}" needs a label.')
        seen.add(choice.key)
    return choices


Choices = Annotated[
    list[ChoiceOption],
    Value(min_length=1, max_length=MOST_CHOICES, title="Choices", json_schema_extra=ui("choices")),
    AfterValidator(no_key_twice),
]


def label_of(choices: list[ChoiceOption], key: Any, language: str) -> str:
    """The label of a stored key; the key itself when the list no longer has it."""
    return next((choice.label.in_(language) for choice in choices if choice.key == key), str(key))


def keys_of(choices: list[ChoiceOption]) -> list[str]:
    """The keys that may be stored."""
    return [choice.key for choice in choices]
