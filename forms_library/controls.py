"""The parts that questions are made of: label, hint, error, inputs, in the markup of the GOV.UK patterns."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from engine.core.languages import direction
from engine.core.text import UNDETERMINED
from forms_library.markup import attributes, element, escape, typed_slot
from forms_library.words import word

Width = Literal[2, 3, 4, 5, 10, 20, 30]


@dataclass(frozen=True)
class Face:
    """How one question is to look: its texts, its language, and what is wrong with it."""

    key: str
    label: str
    hint: str
    language: str
    optional: bool = False
    heading: bool = False
    variant: str = ""
    errors: Sequence[tuple[str, str]] = field(default=())
    """Pairs of part and sentence; the part "" is the question as a whole."""
    without: frozenset[str] = frozenset()
    """The choices that are not offered with the answers at hand."""
    label_language: str = ""
    hint_language: str = ""
    """The languages in which label and hint are, where there is no text in that of the page."""

    def id_of(self, part: str = "") -> str:
        """The id and name of the input of a part."""
        return f"{self.key}-{part}" if part else self.key

    def sentences(self, part: str) -> list[str]:
        """What is wrong with one part."""
        return [sentence for about, sentence in self.errors if about == part]

    @property
    def right_to_left(self) -> bool:
        """Whether the language is written from right to left."""
        return direction(self.language) == "rtl"


@dataclass(frozen=True)
class Input:
    """How a text input behaves."""

    width: Width | None = None
    inputmode: str | None = None
    autocomplete: str | None = None
    type: str = "text"
    spellcheck: Literal["false"] | None = None
    left_to_right: bool = False
    css: str = ""


def group(face: Face, inside: str) -> str:
    """The frame of a question; with the red bar when something is wrong."""
    wrong = " govuk-form-group--error" if face.errors else ""
    return f'<div class="govuk-form-group{wrong}">{inside}</div>'


def labelled(face: Face, control: str, *, part: str = "") -> str:
    """A question with one input: label, hint, errors, control."""
    label = element("label", {"class": "govuk-label govuk-label--m", "for": face.id_of(part)}, title(face))
    if face.heading:
        large = label.replace("govuk-label--m", "govuk-label--l")
        label = f'<h1 class="govuk-label-wrapper">{large}</h1>'
    return group(face, label + hint(face) + error(face, "", "error") + control)


def fieldset(face: Face, control: str, *, parts_show_errors: bool = False) -> str:
    """A question with several inputs: legend, hint, errors, controls."""
    size = "l" if face.heading else "m"
    inside = f'<h1 class="govuk-fieldset__heading">{title(face)}</h1>' if face.heading else title(face)
    legend = f'<legend class="govuk-fieldset__legend govuk-fieldset__legend--{size}">{inside}</legend>'
    part = "" if parts_show_errors else None
    described = described_by(face, has_error=bool(face.sentences("") if parts_show_errors else face.errors))
    frame = attributes({"class": "govuk-fieldset", "aria-describedby": described})
    body = legend + hint(face) + error(face, part, "error") + control
    return group(face, f"<fieldset{frame}>{body}</fieldset>")


def title(face: Face) -> str:
    """The label, marked when an answer is not needed."""
    label = in_language(face.label, face.label_language)
    return label + (f" {word('optional', face.language)}" if face.optional else "")


def hint(face: Face) -> str:
    """The hint below the label."""
    said = in_language(face.hint, face.hint_language)
    return f'<div id="{face.key}-hint" class="govuk-hint">{said}</div>' if face.hint else ""


def in_language(text: str, language: str) -> str:
    """A text, marked when it is in another language than the page, so that it is read and spoken as it is."""
    if not language:
        return escape(text)
    if language == UNDETERMINED:
        return f"<bdi>{escape(text)}</bdi>"
    return f'<span lang="{escape(language)}" dir="{direction(language)}">{escape(text)}</span>'


def error(face: Face, part: str | None, suffix: str) -> str:
    """What is wrong with one part, or with any part when none is named, as one paragraph."""
    sentences = [text for about, text in face.errors if part is None or about == part]
    if not sentences:
        return ""
    prefix = f'<span class="govuk-visually-hidden">{word("error", face.language)}</span> '
    inside = "<br>".join(escape(sentence) for sentence in dict.fromkeys(sentences))
    return f'<p id="{face.key}-{suffix}" class="govuk-error-message">{prefix}{inside}</p>'


def described_by(face: Face, *, has_error: bool | None = None) -> str | None:
    """The ids of hint and error, for assistive technology."""
    wrong = bool(face.errors) if has_error is None else has_error
    ids = [f"{face.key}-hint"] * bool(face.hint) + [f"{face.key}-error"] * wrong
    return " ".join(ids) or None


def text_input(face: Face, look: Input, *, part: str = "", described: str | None = None, wrong: bool) -> str:
    """One line to type in."""
    width = f" govuk-input--width-{look.width}" if look.width else ""
    css = f"govuk-input{look.css}{width}{' govuk-input--error' if wrong else ''}"
    values = {
        "class": css,
        "id": face.id_of(part),
        "name": face.id_of(part),
        "type": look.type,
        "inputmode": look.inputmode,
        "autocomplete": look.autocomplete,
        "spellcheck": look.spellcheck,
        "dir": direction_of(face, look),
        "aria-describedby": described,
        "aria-invalid": "true" if wrong else None,
        "value": typed_slot(part),
    }
    return f"<input{attributes(values)}>"


def direction_of(face: Face, look: Input) -> str | None:
    """Numbers and addresses of machines stay left to right on a page that runs the other way."""
    if look.left_to_right:
        return "ltr" if face.right_to_left else None
    return "auto" if face.right_to_left else None


def one_line(face: Face, look: Input) -> str:
    """A whole question of one line."""
    control = text_input(face, look, described=described_by(face), wrong=bool(face.errors))
    return labelled(face, control)


def affixed(face: Face, look: Input, *, prefix: str = "", suffix: str = "") -> str:
    """A whole question of one line with a sign before or after it, as for money."""
    if not (prefix or suffix):
        return one_line(face, look)
    control = text_input(face, look, described=described_by(face), wrong=bool(face.errors))
    before = f'<div class="govuk-input__prefix" aria-hidden="true">{escape(prefix)}</div>' if prefix else ""
    after = f'<div class="govuk-input__suffix" aria-hidden="true">{escape(suffix)}</div>' if suffix else ""
    return labelled(face, f'<div class="govuk-input__wrapper">{before}{control}{after}</div>')


def part_described_by(face: Face, part: str) -> str | None:
    """The id of the error of one part, where it has one."""
    return f"{face.key}-{part}-error" if face.sentences(part) else None


def part_frame(face: Face, part: str, label: str, control: str) -> str:
    """One part of a question with its own label and error, around the control of that part."""
    wrong = " govuk-form-group--error" if face.sentences(part) else ""
    return (
        f'<div class="govuk-form-group{wrong}">'
        f'<label class="govuk-label" for="{face.id_of(part)}">{label}</label>'
        f"{error(face, part, f'{part}-error')}{control}</div>"
    )


def part_input(face: Face, part: str, label: str, look: Input) -> str:
    """One part of a question that is typed in one line."""
    described, wrong = part_described_by(face, part), bool(face.sentences(part))
    return part_frame(face, part, label, text_input(face, look, part=part, described=described, wrong=wrong))
