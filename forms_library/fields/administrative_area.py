"""Where in a country: province, district, town."""

from typing import Any, ClassVar

from pydantic import Field as Value

from engine.core.text import Text
from forms_library.chained import ChainedChoice, ChainedOptions, Level
from forms_library.field_type import field_types, ui

LEVELS = [
    {"key": "province", "label": {"en": "Province", "fr": "Province", "ar": "المحافظة"}},
    {"key": "district", "label": {"en": "District", "fr": "District", "ar": "القضاء"}},
]
NORTH: dict[str, Any] = {
    "choices": [
        {"key": "north", "label": "North", "choices": [{"key": "harbour", "label": "Old Harbour"}]},
        {"key": "south", "label": "South", "choices": [{"key": "hill", "label": "Green Hill"}]},
        {"key": "islands", "label": "The Islands"},
    ]
}


class AdministrativeAreaOptions(ChainedOptions):
    """The levels of the country, and its areas."""

    levels: list[Level] = Value(
        default=[Level.model_validate(level) for level in LEVELS],
        min_length=2,
        max_length=4,
        title="Levels",
        json_schema_extra=ui("levels"),
    )


@field_types.register
class AdministrativeArea(ChainedChoice):
    """An area of the country, from the largest to the smallest."""

    key: ClassVar[str] = "administrative_area"
    label: ClassVar[Text] = Text(
        {"en": "Administrative area", "fr": "Circonscription administrative", "ar": "منطقة إدارية"}
    )
    icon: ClassVar[str] = "map"
    Options = AdministrativeAreaOptions
    options: AdministrativeAreaOptions
    accepts = (
        (
            NORTH,
            {"province": "north", "district": "north/harbour"},
            {"province": "north", "district": "harbour"},
        ),
        (NORTH, {"province": "islands"}, {"province": "islands"}),
        (NORTH, {}, None),
    )
    rejects = (
        (NORTH, {"province": "north", "district": "south/hill"}, "wrong_pair"),
        (NORTH, {"province": "north", "district": ""}, "part_required"),
        (NORTH, {"province": "atlantis"}, "not_a_choice"),
    )
