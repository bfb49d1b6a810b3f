"""One of very many answers, found by typing a part of it."""

from functools import cached_property
from random import Random
from typing import Annotated, Any, ClassVar, Self

from django.utils.datastructures import MultiValueDict
from pydantic import AfterValidator, model_validator
from pydantic import Field as Value

from engine.core.rules import Kind
from engine.core.text import Text
from forms_library.choice_controls import pick_list
from forms_library.choices import ChoiceOption, no_key_twice
from forms_library.cleaning import one_line
from forms_library.complaints import refuse
from forms_library.controls import Face, Input, described_by, labelled, text_input
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.markup import Raw, attributes
from forms_library.named_lists import LISTS, Labels
from forms_library.searching import Entry, Index, index_of, meant, search
from forms_library.sentences import SELECT
from forms_library.words import word

MOST_CHOICES = 10_000
MOST_LISTED = 10
TYPED, PICK = "typed", "pick"
# Two names that begin alike, and a third.
TOWNS: dict[str, Any] = {
    "choices": [
        {"key": "oh", "label": "Old Harbour"},
        {"key": "ot", "label": "Old Town"},
        {"key": "se", "label": {"en": "Saint Eloi", "fr": "Saint-Éloi", "ar": "سان إيلوا"}},
    ]
}
ManyChoices = Annotated[
    list[ChoiceOption],
    Value(max_length=MOST_CHOICES, title="Choices", json_schema_extra=ui("choices")),
    AfterValidator(no_key_twice),
]


class AutocompleteOptions(FieldOptions):
    """The answers that can be chosen, written here or in a list of the house."""

    choices: ManyChoices = Value(
        default_factory=list, max_length=MOST_CHOICES, title="Choices", json_schema_extra=ui("choices")
    )
    list: str | None = Value(
        default=None,
        title="Named list",
        description="One of: countries, languages, currencies, or a list that the installation adds.",
        max_length=60,
        json_schema_extra=ui("text"),
    )

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if bool(self.choices) == bool(self.list):
            raise ValueError("Give either choices or the name of a list")
        if self.list and self.list not in LISTS:
            raise ValueError(f'There is no list named "{self.list}". There are: {", ".join(sorted(LISTS))}')
        return self


@field_types.register
class Autocomplete(FieldType):
    """One out of thousands: the page never holds them all, the server finds what was meant."""

    key: ClassVar[str] = "autocomplete"
    label: ClassVar[Text] = Text(
        {"en": "One of very many", "fr": "Un choix parmi de très nombreux", "ar": "اختيار من قائمة طويلة"}
    )
    icon: ClassVar[str] = "search"
    varies_freely: ClassVar[bool] = True
    Options = AutocompleteOptions
    options: AutocompleteOptions
    errors = {
        "required": SELECT,
        "not_found": Text({
            "en": "We did not find “{typed}”. Type a part of the name, or spell it differently",
            "fr": "Nous n’avons pas trouvé « {typed} ». Saisissez une partie du nom ou écrivez-le autrement",
            "ar": "لم نجد «{typed}». اكتب جزءًا من الاسم أو اكتبه بطريقة أخرى",
        }),
        "several": Text({
            "en": "More than one answer fits “{typed}”. Select the one that you mean",
            "fr": "Plusieurs réponses correspondent à « {typed} ». Sélectionnez celle que vous voulez dire",
            "ar": "أكثر من إجابة تطابق «{typed}». اختر ما تقصده",
        }),
    }  # fmt: skip
    accepts = (
        (TOWNS, {"typed": "old harbour", "pick": ""}, "oh"),
        (TOWNS, {"typed": "saint eloi", "pick": ""}, "se"),
        (TOWNS, {"typed": "harb", "pick": ""}, "oh"),
        (TOWNS, {"typed": "old", "pick": "ot"}, "ot"),
        ({"list": "countries"}, {"typed": "cote d'ivoire", "pick": ""}, "CI"),
        (TOWNS, {"typed": " ", "pick": ""}, None),
    )
    rejects = (
        (TOWNS, {"typed": "old", "pick": ""}, "several"),
        (TOWNS, {"typed": "old", "pick": "se"}, "several"),
        (TOWNS, {"typed": "Atlantis", "pick": ""}, "not_found"),
        (TOWNS, {"typed": "<b>", "pick": "oh"}, "not_found"),
    )

    @property
    def kind(self) -> Kind:
        """Text: the key of the choice."""
        return "text"

    @cached_property
    def _indexes(self) -> dict[str, Index]:
        return {}

    def labels(self, language: str) -> Labels:
        """The labels of all choices by key."""
        if self.options.list:
            return LISTS[self.options.list](language)
        return {choice.key: choice.label.in_(language) for choice in self.options.choices}

    def index(self, language: str) -> Index:
        """All choices ready to be searched; made once for each language."""
        if language not in self._indexes:
            self._indexes[language] = index_of(self.labels(language))
        return self._indexes[language]

    def suggestions(self, text: str, language: str) -> list[Entry]:
        """What fits while a person types."""
        return search(self.index(language), text, MOST_LISTED)

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """What was typed, and what was picked among several."""
        return {part: data.get(f"{self.field.key}-{part}") or "" for part in (TYPED, PICK)}

    def parse(self, raw: Raw, reading: Reading) -> str | None:
        """The key of the only choice that fits, or of the one that was picked among them."""
        given = raw if isinstance(raw, dict) else {}
        text = one_line(str(given.get(TYPED, "")))
        if not text:
            return None
        found = meant(self.index(reading.language), text)
        picked = next((entry.key for entry in found if entry.key == given.get(PICK)), None)
        if picked:
            return picked
        if not found:
            raise refuse("not_found", typed=text[:60])
        if len(found) > 1:
            raise refuse("several", typed=text[:60])
        return found[0].key

    def typed(self, answer: Any, language: str) -> Raw:
        """The label of a stored choice."""
        if answer is None:
            return {}
        return {TYPED: self.text(answer, language), PICK: str(answer)}

    def variant(self, raw: Raw) -> str:
        """The text for which there are several answers: the page then lists them."""
        if not isinstance(raw, dict) or raw.get(PICK):
            return ""
        return str(raw.get(TYPED, ""))[:200]

    def example(self, random: Random) -> Raw:
        """The label of one of the choices."""
        key, label = random.choice(list(self.labels("en").items()))
        return {TYPED: label, PICK: key}

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """What no choice is."""
        return (({TYPED: "<none of them>", PICK: ""}, "not_found"),)

    def anchor(self, part: str) -> str:
        """The input."""
        return super().anchor(part or TYPED)

    def markup(self, face: Face) -> str:
        """One input; below it the answers that fit when there are several."""
        look = Input(autocomplete="off", spellcheck="false")
        control = text_input(face, look, part=TYPED, described=described_by(face), wrong=bool(face.errors))
        values = {
            "class": "cw-suggest",
            "data-suggest-field": face.key,
            "data-none": word("no_match", face.language),
            "data-found": word("matches", face.language),
        }
        found = meant(self.index(face.language), face.variant, MOST_LISTED) if face.variant else []
        picks = pick_list(face, PICK, [(entry.key, entry.label) for entry in found]) if len(found) > 1 else ""
        return labelled(face, f"<div{attributes(values)}>{control}</div>{picks}", part=TYPED)

    def text(self, answer: Any, language: str) -> str:
        """The label of the choice; the key itself where the list no longer has it."""
        return self.labels(language).get(str(answer), str(answer))

    def called(self, text: str, language: str) -> str:
        """The label of the choice."""
        return self.text(text, language)

    def json_schema(self) -> dict[str, Any]:
        """One of the keys; a long list is not written into the schema."""
        keys = list(self.labels("en"))
        return {"type": "string", "enum": keys} if len(keys) <= 1_000 else {"type": "string", "maxLength": 60}
