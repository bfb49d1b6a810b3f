"""The aspects of a field type: the check of each, whom it concerns, and how to take it away."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from engine.core.text import Text
from tests.forms_library.examples import ANSWERS
from tests.forms_library.fields import contract


def without(**members: Any) -> Callable[[Any], Any]:
    """A class like the given one, with some members in the place of its own."""
    return lambda kind: type(
        kind.__name__, (kind,), {name: made(kind, value) for name, value in members.items()}
    )


def made(kind: Any, value: Any) -> Any:
    return value.make(kind) if isinstance(value, Wrapped) else value


@dataclass
class Wrapped:
    """A member that changes what the real one gives."""

    name: str
    change: Callable[[Any], Any]

    def make(self, kind: Any) -> Any:
        real, change = getattr(kind, self.name), self.change
        return lambda question, *args, **more: change(real(question, *args, **more))


def markup_without(*patterns: tuple[str, str]) -> Callable[[Any], Any]:
    def change(html: str) -> str:
        for pattern, put in patterns:
            html = re.sub(pattern, put, html, flags=re.DOTALL)
        return html

    return without(markup=Wrapped("markup", change))


def in_english_only(kind: Any) -> Any:
    real = kind.markup
    return type(
        kind.__name__,
        (kind,),
        {"markup": lambda question, face: real(question, replace(face, language="en"))},
    )


def of_another_kind(kind: Any) -> Any:
    other = "integer" if contract.bound(kind).kind != "integer" else "text"
    return type(kind.__name__, (kind,), {"kind": property(lambda question: other)})


def taking_anything(kind: Any) -> Any:
    return type(kind.__name__, (kind,), {"parse": lambda question, raw, reading: ["taken"]})


@dataclass(frozen=True)
class Aspect:
    """A check, whom it concerns, and the ways to take the aspect away."""

    check: Callable[[Any], None]
    away: tuple[Callable[[Any], Any], ...]
    concerns: Callable[[Any], bool] = contract.answered


def has_parts(kind: Any) -> bool:
    return isinstance(ANSWERS.get(kind.key), dict) and len(ANSWERS[kind.key]) > 1


def everybody(kind: Any) -> bool:
    return True


ASPECTS = {
    "name": Aspect(contract.names, (without(label=Text({"en": "Only English"})),), everybody),
    "icon": Aspect(contract.icons, (without(icon=""),), everybody),
    "accepts": Aspect(
        contract.accepts, (without(accepts=((None, "never", "so"),)), without(parse=lambda *_: object()))
    ),
    "rejects": Aspect(contract.rejects, (without(rejects=()), taking_anything)),
    "hint": Aspect(
        contract.says_its_hint,
        (markup_without((r'<div id="q-hint".*?</div>', "")),),
        contract.typed_by_people,
    ),
    "error texts": Aspect(
        contract.says_its_errors, (markup_without((r'<p id="q-error".*?</p>', "")),), contract.typed_by_people
    ),
    "own sentences": Aspect(
        contract.takes_sentences_of_the_department, (without(sentence=lambda *_: "Wrong"),)
    ),
    "condition operand": Aspect(contract.is_an_operand, (of_another_kind,)),
    "translation": Aspect(contract.translates, (in_english_only,), contract.one_answer),
    "review": Aspect(contract.reviews, (without(html=lambda *_: ""),)),
    "PDF": Aspect(
        contract.prints,
        (without(text=lambda *_: ""), without(text=lambda *_: "<p>x</p>"), without(print_html=lambda *_: "")),
    ),
    "order of parts": Aspect(
        contract.reads_in_its_order,
        (without(text=lambda question, answer, language: " ".join(map(str, answer))),),
        has_parts,
    ),
    "export": Aspect(
        contract.exports, (without(export=lambda *_: {}), without(export=lambda *_: {"other": 1}))
    ),
    "search": Aspect(
        contract.is_found, (without(search_text=Wrapped("search_text", lambda found: "" if found else "x")),)
    ),
    "masking": Aspect(
        contract.masks, (without(mask=lambda question, answer, language: question.text(answer, language)),)
    ),
    "JSON Schema": Aspect(
        contract.describes, (without(json_schema=lambda _: {}), without(json_schema=lambda _: {"not": {}}))
    ),
    "API value": Aspect(contract.goes_round, (without(typed=lambda *_: ""),)),
    "keyboard and screen reader": Aspect(
        contract.is_reached,
        (
            markup_without(
                (r' for="', ' data-for="'), (r"<legend", "<div"), (r' aria-label="', ' data-label="')
            ),
            markup_without((r' aria-describedby="', ' data-described="')),
        ),
        contract.one_answer,
    ),
    "place to go to": Aspect(
        contract.leads_to_its_input, (without(anchor=lambda *_: "nowhere"),), contract.one_answer
    ),
    "right to left": Aspect(
        contract.turns_round, (markup_without((r' dir="', ' data-dir="')),), contract.has_text_inputs
    ),
    "what empty means": Aspect(
        contract.knows_what_is_empty, (without(is_empty=lambda *_: False), without(is_empty=lambda *_: True))
    ),
    "example": Aspect(
        contract.gives_examples,
        (without(example=lambda *_: "", example_file=lambda *_: ("", b"")),),
        contract.typed_by_people,
    ),
    "wrong values": Aspect(
        contract.gives_wrong_values,
        (without(wrong=lambda _: ()), without(wrong=lambda _: (("", "x"),))),
        contract.typed_by_people,
    ),
    "naughty text": Aspect(
        contract.survives_naughty_text,
        (without(html=lambda question, answer, language: "<b>" + question.text(answer, language)),),
        contract.takes_naughty_text,
    ),
}
