"""The line below a text area that says how much may be typed; a script keeps it up to date."""

from typing import Literal

from forms_library.controls import Face
from forms_library.localising import number_text
from forms_library.markup import Attributes, element, escape
from forms_library.words import word

CountUnit = Literal["words", "characters"]


def counter(face: Face, limit: int, unit: CountUnit) -> str:
    """The limit in words; the sentences that a script fills travel with it, in the language of the page."""
    language = face.language
    values: Attributes = {
        "id": f"{face.key}-count",
        "class": "govuk-hint cw-count",
        "data-count": unit,
        "data-count-for": face.key,
        "data-count-limit": limit,
        "data-count-left": word(f"{unit}_left", language),
        "data-count-over": word(f"{unit}_over", language),
    }
    sentence = word(f"{unit}_most", language).replace("{max}", number_text(limit, language))
    return element("div", values, escape(sentence))
