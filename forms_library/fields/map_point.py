"""A place on the earth, typed."""

import re
from decimal import Decimal
from random import Random
from typing import Annotated, Any, ClassVar, Self

from django.utils.datastructures import MultiValueDict
from pydantic import Field as Value
from pydantic import model_validator

from engine.core.rules import Group, Kind
from engine.core.text import Text
from forms_library.cleaning import latin_digits, one_line
from forms_library.complaints import AnswerRefused, Complaint, refuse
from forms_library.controls import Face, Input, fieldset, part_input
from forms_library.field_type import FieldOptions, FieldType, Reading, field_types, ui
from forms_library.markup import Raw, escape
from forms_library.words import WORDS, word

AXES = ("latitude", "longitude")
LIMITS = {"latitude": Decimal(90), "longitude": Decimal(180)}
# About a decimetre: nobody knows a place better.
PLACES = Decimal("0.000001")
SIGNS = {"N": 1, "E": 1, "S": -1, "W": -1, "O": -1}
NUMBER = r"-?[0-9]{1,3}(?:[.,][0-9]{1,12})?"
DEGREES = re.compile(
    rf"({NUMBER})\s*°?(?:\s*([0-9]{{1,2}})\s*['′’](?:\s*([0-9]{{1,2}}(?:[.,][0-9]{{1,6}})?)\s*(?:\"|″|”|''))?)?"
    r"\s*([NESWO])?",
    re.IGNORECASE,
)
BOTH = re.compile(r"(.+?)(?:\s*;\s*|\s*,\s+|(?<=[0-9])\s*,\s*(?=-?[0-9]+\.)|(?<=[NSns])\s*,?\s*|\s+)(\S.*)")
POINT = {"latitude": "48.85", "longitude": "2.35"}
STORED = {"latitude": "48.850000", "longitude": "2.350000"}
Latitude = Annotated[Decimal, Value(ge=-90, le=90)]
Longitude = Annotated[Decimal, Value(ge=-180, le=180)]


class MapPointOptions(FieldOptions):
    """The box in which the point must lie."""

    south: Latitude = Value(default=Decimal(-90), title="Southern limit", json_schema_extra=ui("number"))
    north: Latitude = Value(default=Decimal(90), title="Northern limit", json_schema_extra=ui("number"))
    west: Longitude = Value(default=Decimal(-180), title="Western limit", json_schema_extra=ui("number"))
    east: Longitude = Value(default=Decimal(180), title="Eastern limit", json_schema_extra=ui("number"))

    @model_validator(mode="after")
    def _a_box(self) -> Self:
        if self.south > self.north or self.west > self.east:
            raise ValueError(
                "The southern and western limits must not be above the northern and eastern ones"
            )
        return self


@field_types.register
class MapPoint(FieldType):
    """A point by its degrees. No map is loaded: what a person looks for would reach whoever draws the map."""

    key: ClassVar[str] = "map_point"
    label: ClassVar[Text] = Text(
        {"en": "Point on a map", "fr": "Point sur une carte", "ar": "نقطة على الخريطة"}
    )
    icon: ClassVar[str] = "map-pin"
    Options = MapPointOptions
    options: MapPointOptions
    errors = {
        "part_required": Text({"en": "Enter the {part}", "fr": "Saisissez : {part}", "ar": "أدخل {part}"}),
        "format": Text({
            "en": "{part} must be in degrees, like 48.85 or 48°51′24″ N",
            "fr": "{part} : saisissez des degrés, par exemple 48,85 ou 48°51′24″ N",
            "ar": "يجب أن يكون {part} بالدرجات، مثل 48.85 أو 48°51′24″ N",
        }),
        "not_on_earth": Text({
            "en": "{part} must be between -{max} and {max} degrees",
            "fr": "{part} : entre -{max} et {max} degrés",
            "ar": "يجب أن يكون {part} بين -{max} و{max} درجة",
        }),
        "outside": Text({
            "en": "{subject} must lie in the area of this service",
            "fr": "{subject} doit se trouver dans la zone de ce service",
            "ar": "يجب أن يقع {subject} في نطاق هذه الخدمة",
        }),
    }  # fmt: skip
    accepts = (
        ({}, POINT, STORED),
        ({}, {"latitude": "48.85, 2.35", "longitude": ""}, STORED),
        ({}, {"latitude": "48°51′N 2°21′E", "longitude": ""}, STORED),
        ({}, {"latitude": "48,85", "longitude": "2,35"}, STORED),
        (
            {},
            {"latitude": "33°52'S", "longitude": "١٥١٫٢"},
            {"latitude": "-33.866667", "longitude": "151.200000"},
        ),
        ({}, {"latitude": "", "longitude": ""}, None),
    )
    rejects = (
        ({}, {"latitude": "48.85", "longitude": ""}, "part_required"),
        ({}, {"latitude": "north", "longitude": "2"}, "format"),
        ({}, {"latitude": "91", "longitude": "2"}, "not_on_earth"),
        ({}, {"latitude": "48°61'", "longitude": "2"}, "format"),
        ({"south": 50}, POINT, "outside"),
    )

    @property
    def kind(self) -> Kind:
        """A group of two exact numbers."""
        return Group(dict.fromkeys(AXES, "decimal"))

    def gather(self, data: MultiValueDict[str, str]) -> Raw:
        """Both numbers as they were typed."""
        return {axis: data.get(f"{self.field.key}-{axis}") or "" for axis in AXES}

    def parse(self, raw: Raw, reading: Reading) -> dict[str, str] | None:
        """The degrees with six decimals, as texts."""
        texts = _texts(raw)
        if not any(texts.values()):
            return None
        missing = [
            Complaint("part_required", axis, {"part": WORDS[axis]}) for axis in AXES if not texts[axis]
        ]
        if missing:
            raise AnswerRefused(*missing)
        point = {axis: _degrees(texts[axis], axis) for axis in AXES}
        box = self.options
        inside = box.south <= point["latitude"] <= box.north and box.west <= point["longitude"] <= box.east
        if not inside:
            raise refuse("outside")
        return {axis: str(degrees) for axis, degrees in point.items()}

    def typed(self, answer: Any, language: str) -> Raw:
        """Both numbers as they are stored, without the noughts at the end."""
        return {axis: _short(text) for axis, text in (answer or {}).items()}

    def example(self, random: Random) -> Raw:
        """A point in the box."""
        box = self.options
        return {
            "latitude": _between(random, box.south, box.north),
            "longitude": _between(random, box.west, box.east),
        }

    def wrong(self) -> tuple[tuple[Raw, str], ...]:
        """Half a point, words, and a place that is not on the earth."""
        return (
            ({"latitude": "48.85", "longitude": ""}, "part_required"),
            ({"latitude": "north", "longitude": "2"}, "format"),
            ({"latitude": "91", "longitude": "2"}, "not_on_earth"),
        )

    def anchor(self, part: str) -> str:
        """The input that is wrong, else the first."""
        return super().anchor(part or AXES[0])

    def markup(self, face: Face) -> str:
        """Two inputs; into the first, both numbers may be pasted."""
        said = f'<p class="govuk-hint">{escape(word("how_to_point", face.language))}</p>'
        look = Input(width=20, autocomplete="off", spellcheck="false", left_to_right=True)
        inputs = "".join(part_input(face, axis, escape(word(axis, face.language)), look) for axis in AXES)
        return fieldset(face, said + inputs, parts_show_errors=True)

    def text(self, answer: Any, language: str) -> str:
        """Both numbers, as other programs take them."""
        return ", ".join(_short(answer[axis]) for axis in AXES)

    def html(self, answer: Any, language: str) -> str:
        """Both numbers, left to right in every language."""
        return super().html(answer, language).replace("<bdi>", '<bdi dir="ltr">')

    def export(self, answer: Any) -> dict[str, Any]:
        """A column for each number."""
        return {f"{self.field.key}_{axis}": (answer or {}).get(axis) for axis in AXES}

    def json_schema(self) -> dict[str, Any]:
        """An object of two numbers as strings."""
        number = {"type": "string", "pattern": r"^-?[0-9]{1,3}\.[0-9]{6}$"}
        return {
            "type": "object",
            "properties": dict.fromkeys(AXES, number),
            "required": list(AXES),
            "additionalProperties": False,
        }


def _texts(raw: Raw) -> dict[str, str]:
    given = raw if isinstance(raw, dict) else {}
    texts = {axis: latin_digits(one_line(str(given.get(axis, "")), axis)).replace("٫", ".") for axis in AXES}
    both = (
        BOTH.fullmatch(texts["latitude"]) if not texts["longitude"] and len(texts["latitude"]) < 100 else None
    )
    if both and all(DEGREES.fullmatch(part) for part in both.groups()):
        return dict(zip(AXES, both.groups(), strict=True))
    return texts


def _degrees(text: str, axis: str) -> Decimal:
    found = DEGREES.fullmatch(text)
    sign = SIGNS[found[4].upper()] if found and found[4] else 1
    if not found or Decimal(found[2] or 0) >= 60 or (found[4] and found[1].startswith("-")):
        raise AnswerRefused(Complaint("format", axis, {"part": WORDS[axis]}))
    whole, minutes, seconds = (Decimal((found[n] or "0").replace(",", ".")) for n in (1, 2, 3))
    less = -1 if found[1].startswith("-") else 1
    degrees = (sign * (whole + less * (minutes / 60 + seconds / 3600))).quantize(PLACES)
    if abs(degrees) > LIMITS[axis] or seconds >= 60:
        raise AnswerRefused(Complaint("not_on_earth", axis, {"part": WORDS[axis], "max": LIMITS[axis]}))
    return degrees or abs(degrees)


def _short(text: str) -> str:
    whole, _, places = str(text).partition(".")
    return f"{whole}.{places.rstrip('0') or '0'}"


def _between(random: Random, low: Decimal, high: Decimal) -> str:
    return str((low + (high - low) * random.randint(0, 1_000) / 1_000).quantize(PLACES))
