"""The checks of every field type, one for each aspect.

A check is given a class and builds its question itself, so that a class with one aspect taken away can be put
in the place of the real one: then the check must fail.
"""

import re
from functools import cache
from html import unescape
from random import Random
from typing import Any

import jsonschema
from bs4 import BeautifulSoup

from engine.core.rules import Facts, Group, Schema, compile_rule
from forms_library.complaints import AnswerRefused, Complaint
from forms_library.controls import Face
from forms_library.definition import Field
from forms_library.field_type import Reading
from forms_library.markup import Template
from forms_library.shapes import has_shape
from forms_library.words import word
from tests.forms_library.examples import ANSWERS, OPTIONS, TODAY
from tests.forms_library.fields.conditions import operands
from tests.forms_library.fields.naughty import OWN, naughty

LANGUAGES = ("en", "fr", "ar")
READING = Reading(TODAY, "en")
LABEL = {"en": "Question of life", "fr": "Question de vie", "ar": "سؤال الحياة"}
HINT = {"en": "A hint", "fr": "Un indice", "ar": "تلميح"}
ODD: tuple[Any, ...] = (12.5, [1], {"no such part": 1}, "\x00", -1)


def bound(kind: Any, options: Any = None, **words: Any) -> Any:
    """The class bound to a field with a label and a hint in three languages."""
    values = {"key": "q", "type": kind.key, "label": LABEL, "hint": HINT, **words}
    chosen = OPTIONS.get(kind.key, {}) if options is None else options
    return kind(Field.model_validate({**values, "options": chosen}))


def page(
    question: Any, language: str = "en", *, errors: Any = (), raw: Any = None, optional: bool = False
) -> Any:
    """The question as HTML, with the stored example typed in."""
    typed = question.typed(ANSWERS.get(question.key), language) if raw is None else raw
    face = Face(
        key="q", label=LABEL[language], hint=HINT[language], language=language, optional=optional,
        variant=question.variant(typed), errors=errors,
    )  # fmt: skip
    return BeautifulSoup(Template(question.markup(face)).fill(typed), "html.parser")


def answered(kind: Any) -> bool:
    return bool(kind.has_answer)


def typed_by_people(kind: Any) -> bool:
    return answered(kind) and not kind.computed


def one_answer(kind: Any) -> bool:
    """Not the kinds that hold questions: their inputs are those of other kinds."""
    return typed_by_people(kind) and kind.key not in ("group", "repeating_group", "table")


def has_text_inputs(kind: Any) -> bool:
    return one_answer(kind) and bool(page(bound(kind), "ar").select("input[type=text], textarea"))


def takes_naughty_text(kind: Any) -> bool:
    """Whether markup may be a right answer: a name may be anything."""
    return one_answer(kind) and any("<b>" in str(found) for found in stored_naughty(kind))


# ---- the checks


def names(kind: Any) -> None:
    assert kind.label.languages() >= set(LANGUAGES)


def icons(kind: Any) -> None:
    assert re.fullmatch(r"[a-z0-9-]+", kind.icon)


def accepts(kind: Any) -> None:
    assert any(answer is not None for _, _, answer in kind.accepts) or kind.computed
    for options, typed, answer in kind.accepts:
        assert bound(kind, options).parse(typed, READING) == answer


def rejects(kind: Any) -> None:
    assert kind.rejects
    for options, typed, code in kind.rejects:
        question = bound(kind, options)
        assert code in codes_of(question, typed)


def codes_of(question: Any, typed: Any) -> list[str]:
    try:
        return ["required"] if question.is_empty(question.parse(typed, READING)) else []
    except AnswerRefused as refused:
        return [complaint.code for complaint in refused.complaints]


def says_its_hint(kind: Any) -> None:
    for language in LANGUAGES:
        assert HINT[language] in page(bound(kind), language).get_text()


def says_its_errors(kind: Any) -> None:
    for language in LANGUAGES:
        html = page(bound(kind), language, errors=(("", "Wrong <b>"),))
        assert "Wrong <b>" in html.select_one(".govuk-error-message").get_text()
        assert not html.find("b")


def takes_sentences_of_the_department(kind: Any) -> None:
    own = {"en": "Own sentence", "fr": "Phrase propre", "ar": "جملة خاصة"}
    for code in kind.error_codes():
        question = bound(kind, errors={code: own})
        assert question.sentence(Complaint(code), "fr") == "Phrase propre"


def is_an_operand(kind: Any) -> None:
    question, answer = bound(kind), ANSWERS[kind.key]
    assert has_shape(question.kind, answer)
    schema = Schema({"answers": Group({"q": question.kind})})
    facts = Facts(schema, {"answers": {"q": answer}}, TODAY)
    assert facts.unfit == []
    for text in operands(question.kind):
        outcome = compile_rule(text, schema, want="bool").run(facts)
        assert outcome.known or outcome.missing, outcome.fault


def translates(kind: Any) -> None:
    for language in LANGUAGES:
        html = page(bound(kind), language, errors=(("", "!"),), optional=True).get_text(" ")
        assert word("optional", language) in html and word("error", language) in html


def reviews(kind: Any) -> None:
    for language in LANGUAGES:
        html = bound(kind).html(ANSWERS[kind.key], language)
        assert BeautifulSoup(html, "html.parser").get_text().strip()


def prints(kind: Any) -> None:
    for language in LANGUAGES:
        text = bound(kind).text(ANSWERS[kind.key], language)
        assert text.strip() and "<" not in text and not text.startswith(("{", "["))
        assert text.split("\n")[0] in unescape(bound(kind).print_html(ANSWERS[kind.key], language))


def reads_in_its_order(kind: Any) -> None:
    """The database keeps the parts of an answer in an order of its own."""
    question, answer = bound(kind), ANSWERS[kind.key]
    assert question.text(turned(answer), "en") == question.text(answer, "en")


def turned(answer: Any) -> Any:
    """The same answer with its parts the other way round."""
    return dict(reversed(answer.items())) if isinstance(answer, dict) else answer


def exports(kind: Any) -> None:
    columns = bound(kind).export(ANSWERS[kind.key])
    assert columns and all(name == "q" or name.startswith("q_") for name in columns)
    assert any(value not in (None, "", []) for value in columns.values())
    assert list(bound(kind).export(None)) == list(columns)


def is_found(kind: Any) -> None:
    found = bound(kind).search_text(ANSWERS[kind.key], "en")
    hidden = kind.masking != "none" or kind.unseen
    assert found == "" if hidden else found


def masks(kind: Any) -> None:
    question, answer = bound(kind), ANSWERS[kind.key]
    masked = question.mask(answer, "en")
    assert "•" in masked
    for line in question.text(answer, "en").split("\n"):
        assert line not in masked


def describes(kind: Any) -> None:
    schema = bound(kind).json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    for options, _, answer in kind.accepts:
        if answer is not None:
            jsonschema.validate(answer, bound(kind, options).json_schema())
    assert checker.is_valid(ANSWERS[kind.key])
    assert any(not checker.is_valid(odd) for odd in ODD)


def goes_round(kind: Any) -> None:
    for language in LANGUAGES:
        question, answer = bound(kind), ANSWERS[kind.key]
        assert question.parse(question.typed(answer, language), Reading(TODAY, language)) == answer


def is_reached(kind: Any) -> None:
    """By keyboard and by screen reader: everything has a name, errors and hints are tied to their inputs."""
    question = bound(kind)
    for errors in ((), (("", "Wrong"),)):
        html = page(question, errors=errors)
        ids = [found["id"] for found in html.select("[id]")]
        assert len(ids) == len(set(ids))
        for control in controls(html):
            assert control.get("aria-label") or html.find("label", attrs={"for": control.get("id")}), control
            assert not control.get("tabindex") and not control.has_attr("placeholder")
        for group in html.find_all("fieldset"):
            assert group.find("legend", recursive=False)
        for holder in html.select("[aria-describedby]"):
            assert set(holder["aria-describedby"].split()) <= set(ids)
        holders = html.select("[aria-describedby]")
        described = {name for holder in holders for name in holder["aria-describedby"].split()}
        assert "q-hint" in described
        assert not errors or "q-error" in described
        assert not [name for found in html.find_all(True) for name in found.attrs if name.startswith("on")]
        assert not html.select("[style], script")


def controls(html: Any) -> list[Any]:
    return html.select("input:not([type=hidden]), select, textarea")


def leads_to_its_input(kind: Any) -> None:
    html = page(bound(kind), errors=(("", "Wrong"),))
    target = html.find(id=bound(kind).anchor(""))
    assert target is not None
    focusable = ("input", "select", "textarea", "output")
    assert target.name in focusable or target.find(["input", "select", "button"])


def turns_round(kind: Any) -> None:
    for control in page(bound(kind), "ar").select("input[type=text], input[type=tel], textarea"):
        assert control.get("dir") in ("auto", "ltr")


def knows_what_is_empty(kind: Any) -> None:
    assert bound(kind).is_empty(None) is True
    assert bound(kind).is_empty(ANSWERS[kind.key]) is False


def gives_examples(kind: Any) -> None:
    question = bound(kind)
    for seed in range(20):
        raw = question.example(Random(seed))
        assert raw == question.example(Random(seed))
        if question.upload_rules:
            name, data = question.example_file(Random(seed))
            assert name and data
        else:
            assert not question.is_empty(question.parse(raw, READING))


def gives_wrong_values(kind: Any) -> None:
    question = bound(kind)
    assert question.wrong()
    for raw, code in question.wrong():
        assert code in codes_of(question, raw), (raw, code)


@cache
def stored_naughty(kind: Any) -> list[Any]:
    """What becomes of every naughty text in every place: a complaint, or an answer."""
    question, found = bound(kind), []
    example = question.example(Random(0))
    for text in naughty():
        for raw in shapes(example, text):
            try:
                answer = question.parse(raw, READING)
            except AnswerRefused as refused:
                assert all(question.sentence(complaint, "ar") for complaint in refused.complaints)
                continue
            if not question.is_empty(answer):
                found.append(answer)
    return found


def shapes(example: Any, text: str) -> list[Any]:
    if isinstance(example, dict):
        alone = [{**example, part: text} for part in example] if text in OWN else []
        return [*alone, dict.fromkeys(example, text)]
    return [[text]] if isinstance(example, list) else [text]


def survives_naughty_text(kind: Any) -> None:
    question = bound(kind)
    for answer in stored_naughty(kind):
        typed = question.typed(answer, "en")
        assert question.parse(typed, READING) == answer
        for html in (BeautifulSoup(question.html(answer, "en"), "html.parser"), page(question, raw=typed)):
            assert not html.find(["script", "img", "b"]), answer
