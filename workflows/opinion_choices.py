"""What somebody outside can recommend, and what is asked where no step of the workflow says it."""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.core.text import Text
from workflows.parts import Key, Part

IN_FAVOUR = Text({"en": "In favour", "fr": "Favorable", "ar": "مؤيد"})
WITH_CONDITIONS = Text({
    "en": "In favour, with conditions", "fr": "Favorable sous conditions", "ar": "مؤيد بشروط"
})  # fmt: skip
AGAINST = Text({"en": "Against", "fr": "Défavorable", "ar": "معارض"})


class Recommendation(Part):
    """One of the answers that can be chosen."""

    key: Key
    label: Text


USUAL = [
    Recommendation(key="in_favour", label=IN_FAVOUR),
    Recommendation(key="with_conditions", label=WITH_CONDITIONS),
    Recommendation(key="against", label=AGAINST),
]


@dataclass(frozen=True)
class FreeQuestion:
    """What a member of staff asks beside the workflow, as the options of a step would say it."""

    question: Text
    fields: list[str]
    recommendations: list[Recommendation] = field(default_factory=lambda: USUAL)
    file: bool = True
