"""Any number of a few answers."""

from random import Random
from typing import Any, ClassVar, Self

from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value
from pydantic import model_validator

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.choice_controls import Choice, ticks
from forms_library.choices import Choices, keys_of, label_of
from forms_library.complaints import refuse
from forms_library.controls import Face, fieldset
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.markup import Raw
from forms_library.sentences import SELECT

NONE = "none"
COLOURS = {"choices": [{"key": "red", "label": "Red"}, {"key": "blue", "label": "Blue"}]}
OR_NONE = {**COLOURS, "none": "None of these"}


class CheckboxGroupOptions(FieldOptions):
    """The answers that can be chosen, and how many of them."""

    choices: Choices
    none: Text | None = Value(default=None, title='Words for "none of these"', json_schema_extra=ui("text"))
    min: int | None = Value(default=None, ge=1, title="Fewest", json_schema_extra=ui("number"))
    max: int | None = Value(default=None, ge=1, title="Most", json_schema_extra=ui("number"))

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.none and NONE in keys_of(self.choices):
            raise ValueError(f'"{NONE}" is the key of "none of these" and no other choice')
        if self.min is not None and self.min > (self.max or len(self.choices)):
            raise ValueError("The fewest must not be above the most")
        return self


@field_types.register
class CheckboxGroup(FieldType):
    """All that apply. A page sent with nothing ticked is an answer: an empty list."""

    key: ClassVar[str] = "checkbox_group"
    label: ClassVar[Text] = Text({"en": "Several of a few", "fr": "Plusieurs choix", "ar": "اختيارات متعددة"})
    icon: ClassVar[str] = "list-checks"
    common = 4
    Options = CheckboxGroupOptions
    options: CheckboxGroupOptions
    errors = {
        "required": SELECT,
        "not_a_choice": SELECT,
        "too_few": Text({
            "en": "Select at least {min} for {phrase}",
            "fr": "Sélectionnez au moins {min} réponses pour {phrase}",
            "ar": "اختر {min} على الأقل من {phrase}",
        }),
        "too_many": Text({
            "en": "Select no more than {max} for {phrase}",
            "fr": "Sélectionnez au plus {max} réponses pour {phrase}",
            "ar": "اختر {max} على الأكثر من {phrase}",
        }),
        "none_and_others": Text({
            "en": "Select what applies, or “{none}”, but not both",
            "fr": "Sélectionnez ce qui convient, ou « {none} », mais pas les deux",
            "ar": "اختر ما ينطبق، أو «{none}»، وليس كليهما",
        }),
    }  # fmt: skip
    accepts = (
        (COLOURS, ["blue", "red"], ["red", "blue"]),
        (COLOURS, [], []),
        (COLOURS, ["red", "red"], ["red"]),
        (OR_NONE, ["none"], ["none"]),
    )
    rejects = (
        (COLOURS, ["green"], "not_a_choice"),
        (OR_NONE, ["none", "red"], "none_and_others"),
        ({**COLOURS, "min": 2}, ["red"], "too_few"),
        ({**COLOURS, "max": 1}, ["red", "blue"], "too_many"),
    )

    @property
    def kind(self) -> Kind:
        """The keys of the choices."""
        return "choices"

    @property
    def keys(self) -> list[str]:
        """The keys that may be stored, in the order shown."""
        return keys_of(self.options.choices) + [NONE] * bool(self.options.none)

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """All boxes that were ticked."""
        return list(data.getlist(self.field.key))

    def parse(self, raw: Raw, reading: Reading) -> list[str]:
        """The keys of the choices, each once, in the order shown."""
        ticked = set(raw) if isinstance(raw, list) else set()
        if ticked - set(self.keys):
            raise refuse("not_a_choice")
        if ticked == {NONE} and self.options.none:
            return [NONE]
        if NONE in ticked and self.options.none:
            raise refuse("none_and_others", none=self.options.none)
        self._count(len(ticked))
        return [key for key in self.keys if key in ticked]

    def _count(self, ticked: int) -> None:
        if ticked and self.options.min and ticked < self.options.min:
            raise refuse("too_few", min=self.options.min)
        if self.options.max and ticked > self.options.max:
            raise refuse("too_many", max=self.options.max)

    def typed(self, answer: Any, language: str) -> Raw:
        """The boxes that were ticked."""
        return list(answer or [])

    def is_empty(self, answer: Any) -> bool:
        """Nothing ticked is not enough where an answer is required."""
        return not answer

    def example(self, random: Random) -> Raw:
        """As many of the choices as may be ticked."""
        keys = keys_of(self.options.choices)
        most = min(self.options.max or len(keys), len(keys))
        ticked = random.sample(keys, random.randint(min(self.options.min or 1, most), most))
        return [key for key in keys if key in ticked]

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """What no choice is, too few, too many, and "none" beside another."""
        keys, limits = keys_of(self.options.choices), self.options
        refused: list[tuple[Raw, str]] = [(["<none of them>"], "not_a_choice")]
        if limits.none:
            refused.append(([NONE, keys[0]], "none_and_others"))
        if limits.min and limits.min > 1:
            refused.append((keys[: limits.min - 1], "too_few"))
        if limits.max and limits.max < len(keys):
            refused.append((keys[: limits.max + 1], "too_many"))
        return tuple(refused)

    def markup(self, face: Face) -> str:
        """A checkbox for each answer, the last of them "none of these"."""
        choices = [choice.shown(face.language) for choice in self.options.choices]
        if self.options.none:
            choices.append(Choice(NONE, self.options.none.in_(face.language), alone=True))
        boxes = ticks(face, "checkbox", choices, NONE if self.options.none else "")
        return fieldset(face, f'<div class="govuk-checkboxes">{boxes}</div>')

    def text(self, answer: Any, language: str) -> str:
        """The labels of the choices, one per line."""
        return "\n".join(self.called(key, language) for key in answer)

    def called(self, text: str, language: str) -> str:
        """The label of a choice."""
        if text == NONE and self.options.none:
            return self.options.none.in_(language)
        return label_of(self.options.choices, text, language)

    def export(self, answer: Any) -> dict[str, Any]:
        """The keys with semicolons between."""
        return {self.field.key: "; ".join(answer or [])}

    def json_schema(self) -> dict[str, Any]:
        """A list of keys."""
        return {"type": "array", "items": {"type": "string", "enum": self.keys}, "uniqueItems": True}
