"""A postal address."""

from random import Random
from typing import Any, ClassVar

from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value

from engine.core.rules import Group, Kind
from engine.core.text import Text
from forms_library import samples
from forms_library.choice_controls import Choice, drop_down
from forms_library.cleaning import one_line
from forms_library.complaints import AnswerRefused, Complaint
from forms_library.controls import Face, Input, Width, fieldset, part_frame, part_input
from forms_library.countries import countries
from forms_library.field_type import FieldOptions, FieldType, Masking, Reading, field_types, ui
from forms_library.markup import Raw, escape
from forms_library.words import WORDS, word

MOST_CHARACTERS = 120
AUTOCOMPLETE = {
    "line_1": "address-line1",
    "line_2": "address-line2",
    "town": "address-level2",
    "region": "address-level1",
    "postcode": "postal-code",
    "country": "country",
}
WIDTHS: dict[str, Width] = {"town": 20, "region": 20, "postcode": 10}
ABROAD = {"line_1": "1 rue Haute", "town": "Lyon", "country": "FR"}
SELECT_COUNTRY = Text({"en": "Select a country", "fr": "Sélectionnez un pays", "ar": "اختر البلد"})
LEILA = {"line_1": "12 Olive Lane", "line_2": "", "town": "Old Harbour", "postcode": "40213"}


class AddressOptions(FieldOptions):
    """Which parts are asked, and which of them must be given."""

    line_2: bool = Value(default=True, title="Ask a second line", json_schema_extra=ui("toggle"))
    region: bool = Value(default=False, title="Ask the region", json_schema_extra=ui("toggle"))
    postcode: bool = Value(default=True, title="Ask the postcode", json_schema_extra=ui("toggle"))
    postcode_required: bool = Value(
        default=True, title="The postcode is required", json_schema_extra=ui("toggle")
    )
    country: bool = Value(default=False, title="Ask the country", json_schema_extra=ui("toggle"))
    own: bool = Value(default=True, title="The person's own address", json_schema_extra=ui("toggle"))


@field_types.register
class Address(FieldType):
    """Where somebody lives or something stands: lines, town, postcode."""

    key: ClassVar[str] = "address"
    label: ClassVar[Text] = Text({"en": "Address", "fr": "Adresse", "ar": "العنوان"})
    icon: ClassVar[str] = "map-pin-house"
    masking: ClassVar[Masking] = "none"
    Options = AddressOptions
    options: AddressOptions
    errors = {
        "line_1_required": Text({
            "en": "Enter address line 1, typically the building and street",
            "fr": "Saisissez la première ligne de l’adresse, en général le numéro et la rue",
            "ar": "أدخل السطر الأول من العنوان، وهو عادةً المبنى والشارع",
        }),
        "town_required": Text({
            "en": "Enter a town or city",
            "fr": "Saisissez une ville",
            "ar": "أدخل المدينة",
        }),
        "postcode_required": Text({
            "en": "Enter a postcode",
            "fr": "Saisissez un code postal",
            "ar": "أدخل الرمز البريدي",
        }),
        "country_required": SELECT_COUNTRY,
        "not_a_choice": SELECT_COUNTRY,
        "part_too_long": Text({
            "en": "{part} must be {max} characters or fewer",
            "fr": "{part} : {max} caractères au plus",
            "ar": "يجب ألا يزيد {part} عن {max} حرفًا",
        }),
    }  # fmt: skip
    accepts = (
        ({}, LEILA, {"line_1": "12 Olive Lane", "town": "Old Harbour", "postcode": "40213"}),
        ({}, {"line_1": " ", "town": ""}, None),
        ({"postcode": False, "country": True}, ABROAD, ABROAD),
    )  # fmt: skip
    rejects = (
        ({}, {**LEILA, "line_1": ""}, "line_1_required"),
        ({}, {**LEILA, "town": " "}, "town_required"),
        ({}, {**LEILA, "postcode": ""}, "postcode_required"),
        ({}, {**LEILA, "town": "x" * 121}, "part_too_long"),
        ({"country": True}, {**LEILA, "country": "XX"}, "not_a_choice"),
    )

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts that are asked, in order."""
        asked = {"line_1": True, "town": True, **self.options.model_dump()}
        return tuple(part for part in AUTOCOMPLETE if asked[part])

    @property
    def needed(self) -> tuple[str, ...]:
        """The parts without which an address is not one."""
        asked = {"line_1", "town", "country"} | ({"postcode"} if self.options.postcode_required else set())
        return tuple(part for part in self.parts if part in asked)

    @property
    def kind(self) -> Kind:
        """A group of texts."""
        return Group(dict.fromkeys(self.parts, "text"))

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """Each part as it was typed."""
        return {part: data.get(f"{self.field.key}-{part}") or "" for part in self.parts}

    def parse(self, raw: Raw, reading: Reading) -> dict[str, str] | None:
        """The parts that were given; all that is wrong with them at once."""
        given = raw if isinstance(raw, dict) else {}
        address = {part: one_line(str(given.get(part, "")), part) for part in self.parts}
        if not any(address.values()):
            return None
        wrong = [complaint for part, text in address.items() if (complaint := self._complaint(part, text))]
        if wrong:
            raise AnswerRefused(*wrong)
        return {part: text for part, text in address.items() if text}

    def _complaint(self, part: str, text: str) -> Complaint | None:
        if not text:
            return Complaint(f"{part}_required", part) if part in self.needed else None
        if part == "country" and text not in countries("en"):
            return Complaint("not_a_choice", part)
        if len(text) > MOST_CHARACTERS:
            return Complaint("part_too_long", part, {"part": WORDS[part], "max": MOST_CHARACTERS})
        return None

    def typed(self, answer: Any, language: str) -> Raw:
        """The parts of a stored address."""
        return dict(answer or {})

    def anchor(self, part: str) -> str:
        """The input that is wrong, else the first."""
        return super().anchor(part or self.parts[0])

    def example(self, random: Random) -> Raw:
        """An address with all that is asked."""
        given = {
            "line_1": f"{random.randint(1, 99)} {samples.words(random, 1)} lane",
            "line_2": "",
            "town": random.choice(samples.TOWNS),
            "region": "",
            "postcode": str(random.randint(10_000, 99_999)),
            "country": random.choice(("FR", "MA", "GB")),
        }
        return {part: given[part] for part in self.parts}

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Each needed part left out, a part that is too long, and no country."""
        whole = {part: ABROAD.get(part, "12345") for part in self.parts}
        missing = [({**whole, part: ""}, f"{part}_required") for part in self.needed]
        nowhere = [({**whole, "country": "XX"}, "not_a_choice")] if self.options.country else []
        too_long = ({**whole, "town": "x" * (MOST_CHARACTERS + 1)}, "part_too_long")
        return (*missing, *nowhere, too_long)

    def markup(self, face: Face) -> str:
        """An input for each part, with its own label and error."""
        return fieldset(face, "".join(self._part(face, part) for part in self.parts), parts_show_errors=True)

    def _part(self, face: Face, part: str) -> str:
        mark = "" if part in self.needed else f" {word('optional', face.language)}"
        label = escape(word(part, face.language)) + mark
        autocomplete = AUTOCOMPLETE[part] if self.options.own else None
        if part == "country":
            choices = [Choice(code, name) for code, name in countries(face.language).items()]
            return part_frame(
                face, part, label, drop_down(face, choices, part=part, autocomplete=autocomplete)
            )
        look = Input(width=WIDTHS.get(part), autocomplete=autocomplete, left_to_right=part == "postcode")
        return part_input(face, part, label, look)

    def text(self, answer: Any, language: str) -> str:
        """One part on each line, as on an envelope."""
        lines = [answer[part] for part in AUTOCOMPLETE if part != "country" and answer.get(part)]
        country = answer.get("country")
        return "\n".join(lines + ([countries(language).get(country, country)] if country else []))

    def export(self, answer: Any) -> dict[str, Any]:
        """One column for each part."""
        return {f"{self.field.key}_{part}": (answer or {}).get(part) for part in self.parts}

    def json_schema(self) -> dict[str, Any]:
        """An object with the parts that are asked."""
        properties = {part: {"type": "string", "maxLength": MOST_CHARACTERS} for part in self.parts}
        return {
            "type": "object",
            "properties": properties,
            "required": list(self.needed),
            "additionalProperties": False,
        }
