"""Radio buttons, checkboxes and lists that open."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from forms_library.controls import Face, described_by, part_described_by
from forms_library.markup import attributes, chosen_slot, element, escape
from forms_library.words import word


@dataclass(frozen=True)
class Choice:
    """One possible answer of a choice: value, label and hint in the language shown."""

    value: str
    label: str
    hint: str = ""
    alone: bool = False
    """Whether nothing else may be chosen beside it."""


def ticks(
    face: Face, kind: Literal["radio", "checkbox"], choices: Sequence[Choice], divider_before: str = ""
) -> str:
    """Radio buttons or checkboxes; the first carries the id that the error summary links to."""
    css = "govuk-radios" if kind == "radio" else "govuk-checkboxes"
    items = []
    offered = [choice for choice in choices if choice.value not in face.without]
    for number, choice in enumerate(offered, start=1):
        if choice.value == divider_before:
            items.append(f'<div class="{css}__divider">{word("or", face.language)}</div>')
        items.append(tick(face, kind, choice, face.key if number == 1 else f"{face.key}-{number}"))
    return "".join(items)


def tick(face: Face, kind: str, choice: Choice, identity: str) -> str:
    """One radio button or checkbox with its label and hint."""
    css = "govuk-radios" if kind == "radio" else "govuk-checkboxes"
    hinted = f"{identity}-item-hint" if choice.hint else None
    values = {
        "class": f"{css}__input",
        "id": identity,
        "name": face.key,
        "type": kind,
        "value": choice.value,
        "aria-describedby": hinted,
        "data-alone": choice.alone,
    }
    box = f"<input{attributes(values)}{chosen_slot(choice.value)}>"
    label = element("label", {"class": f"govuk-label {css}__label", "for": identity}, escape(choice.label))
    below = (
        element("div", {"id": hinted, "class": f"govuk-hint {css}__hint"}, escape(choice.hint))
        if hinted
        else ""
    )
    return f'<div class="{css}__item">{box}{label}{below}</div>'


def drop_down(
    face: Face, choices: Sequence[Choice], *, part: str = "", autocomplete: str | None = None
) -> str:
    """A list that opens; its first line asks to choose."""
    return grouped_drop_down(face, [("", "", choices)], part=part, autocomplete=autocomplete)


def grouped_drop_down(
    face: Face,
    groups: Sequence[tuple[str, str, Sequence[Choice]]],
    *,
    part: str = "",
    autocomplete: str | None = None,
) -> str:
    """A list that opens, its choices in groups: what each belongs to, the words above it, the choices."""
    wrong = bool(face.sentences(part))
    values = {
        "class": "govuk-select" + (" govuk-select--error" if wrong else ""),
        "id": face.id_of(part),
        "name": face.id_of(part),
        "autocomplete": autocomplete,
        "aria-describedby": part_described_by(face, part) if part else described_by(face),
        "aria-invalid": "true" if wrong else None,
    }
    ask = f'<option value="">{escape(word("choose", face.language))}</option>'
    return f"<select{attributes(values)}>{ask}{''.join(_group(part, *group) for group in groups)}</select>"


def _group(part: str, belongs_to: str, words: str, choices: Sequence[Choice]) -> str:
    lines = "".join(
        f'<option value="{escape(choice.value)}"{chosen_slot(choice.value, "selected", part)}>'
        f"{escape(choice.label)}</option>"
        for choice in choices
    )
    if not words:
        return lines
    return f"<optgroup{attributes({'label': words, 'data-belongs-to': belongs_to})}>{lines}</optgroup>"


def pick_list(face: Face, part: str, choices: Sequence[tuple[str, str]]) -> str:
    """The answers that fit what was typed, to pick one of them."""
    name = face.id_of(part)
    items = "".join(
        '<div class="govuk-radios__item">'
        f'<input class="govuk-radios__input" id="{name}-{n}" name="{name}" type="radio"'
        f' value="{escape(value)}">'
        f'<label class="govuk-label govuk-radios__label" for="{name}-{n}">{escape(label)}</label></div>'
        for n, (value, label) in enumerate(choices, start=1)
    )
    legend = f'<legend class="govuk-fieldset__legend">{escape(word("which_one", face.language))}</legend>'
    radios = f'<div class="govuk-radios govuk-radios--small">{items}</div>'
    return f'<fieldset class="govuk-fieldset cw-picks">{legend}{radios}</fieldset>'
