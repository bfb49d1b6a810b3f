"""The contract of field types: one set of tests that every kind must pass."""

import json
from decimal import Decimal

import jsonschema
import pytest
from pydantic import ValidationError

from engine.core.registry import KEY
from engine.core.rules import Facts, Group, Schema
from forms_library.catalogue import field_types
from forms_library.complaints import AnswerRefused
from forms_library.controls import Face
from forms_library.field_type import Reading
from forms_library.judging import complaints_about
from forms_library.markup import Template
from forms_library.shapes import has_shape
from tests.forms_library.examples import ANSWERS, OPTIONS, TODAY, question

KINDS = list(field_types)
ASKED = [kind for kind in KINDS if kind.has_answer]
ACCEPTED = [
    pytest.param(kind, *case, id=f"{kind.key}-{n}") for kind in ASKED for n, case in enumerate(kind.accepts)
]
REJECTED = [
    pytest.param(kind, *case, id=f"{kind.key}-{n}") for kind in ASKED for n, case in enumerate(kind.rejects)
]
READING = Reading(TODAY, "en")
LANGUAGES = ("en", "fr", "ar")


def every(kinds):
    return pytest.mark.parametrize("kind", kinds, ids=lambda kind: kind.key)


def asked(kind):
    return question(kind.key, OPTIONS.get(kind.key, {}))


@every(KINDS)
def test_the_file_is_named_after_the_key(kind):
    assert kind.__module__ == f"forms_library.fields.{kind.key}"
    assert KEY.fullmatch(kind.key)


@every(KINDS)
def test_it_says_its_name_in_every_language_of_the_interface_and_has_an_icon(kind):
    assert kind.label.languages() >= set(LANGUAGES)
    assert kind.icon


@every(ASKED)
def test_it_gives_examples_of_what_it_accepts_and_rejects(kind):
    assert kind.accepts and kind.rejects


@pytest.mark.parametrize(("kind", "options", "typed", "answer"), ACCEPTED)
def test_it_accepts_its_examples(kind, options, typed, answer):
    bound = question(kind.key, options)
    found = bound.parse(typed, READING)
    assert found == answer
    assert type(found) is type(answer)


@pytest.mark.parametrize(("kind", "options", "typed", "code"), REJECTED)
def test_it_rejects_its_examples_with_a_sentence_in_every_language(kind, options, typed, code):
    bound = question(kind.key, options)
    try:
        assert bound.is_empty(bound.parse(typed, READING))
        codes = ["required"]
    except AnswerRefused as refused:
        codes = [complaint.code for complaint in refused.complaints]
        for complaint in refused.complaints:
            sentences = {language: bound.sentence(complaint, language) for language in LANGUAGES}
            assert len(set(sentences.values())) == len(LANGUAGES)
            assert not [text for text in sentences.values() if "{" in text or text.endswith(".")]
    assert code in codes


@pytest.mark.parametrize(("kind", "options", "typed", "answer"), ACCEPTED)
def test_an_accepted_answer_has_its_kind_its_schema_and_can_be_stored_as_json(kind, options, typed, answer):
    bound = question(kind.key, options)
    if answer is None:
        return
    assert has_shape(bound.kind, answer)
    jsonschema.validate(answer, bound.json_schema(), format_checker=jsonschema.FormatChecker())
    assert json.loads(json.dumps(answer)) == answer


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "options", "typed", "answer"), ACCEPTED)
def test_a_stored_answer_typed_again_is_the_same_answer(kind, options, typed, answer, language):
    bound = question(kind.key, options)
    assert bound.parse(bound.typed(answer, language), Reading(TODAY, language)) == answer


@pytest.mark.parametrize(("kind", "options", "typed", "answer"), ACCEPTED)
def test_a_rule_can_read_every_accepted_answer(kind, options, typed, answer):
    schema = Schema({"answers": Group({"q": question(kind.key, options).kind})})
    assert Facts(schema, {"answers": {"q": answer}}, TODAY).unfit == []


@every(ASKED)
def test_an_answer_of_any_other_shape_is_a_complaint_and_no_fault(kind):
    for odd in (
        "",
        "x",
        "9999-99-99",
        1,
        1.5,
        -(10**400),
        True,
        False,
        [],
        [1],
        ["x"],
        {},
        {"x": 1},
        {"day": None},
        "\ud800",
    ):
        for complaint in complaints_about(asked(kind), odd, READING):
            assert asked(kind).sentence(complaint, "en")


@every(ASKED)
def test_anything_may_be_typed_in_any_shape(kind):
    for odd in (
        "",
        "\x00",
        "\ud800",
        "9" * 5_000,
        [],
        ["\x00"],
        ["a"] * 99,
        {},
        {"day": "\x00", "line_1": "\ud800"},
        {"document": "x"},
    ):
        try:
            asked(kind).parse(odd, READING)
        except AnswerRefused as refused:
            assert [asked(kind).sentence(complaint, "ar") for complaint in refused.complaints]


@every(ASKED)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_reads_well_and_never_shows_a_masked_answer(kind, language):
    bound, answer = asked(kind), ANSWERS[kind.key]
    text, html, masked = (
        bound.text(answer, language),
        bound.html(answer, language),
        bound.mask(answer, language),
    )
    assert text and html and masked
    assert text != masked
    if kind.masking != "none":
        assert bound.search_text(answer, language) == ""


@every(ASKED)
def test_an_export_column_begins_with_the_key_of_the_field(kind):
    columns = asked(kind).export(ANSWERS[kind.key])
    assert columns and all(name.startswith("q") for name in columns)
    assert list(asked(kind).export(None)) == list(columns)


@every(KINDS)
@pytest.mark.parametrize("errors", [(), (("", "Wrong <b>"),)], ids=["calm", "wrong"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_its_html_is_escaped_and_names_label_hint_and_error(kind, errors, language):
    bound = asked(kind)
    face = Face(key="q", label="La<b>el", hint="Hi<i>nt", language=language, errors=errors)
    html = Template(bound.markup(face)).fill(bound.typed(ANSWERS.get(kind.key), language))
    assert "<b>" not in html and "<i>" not in html
    if kind.unseen:
        assert html == ""
        return
    if kind.key != "content":  # whose text stands in its options
        assert "La&lt;b&gt;el" in html
    if kind.has_answer:
        assert 'id="q-hint"' in html
        assert ('id="q-error"' in html) is bool(errors)
        assert f'id="{bound.anchor("")}"' in html


@every(KINDS)
def test_its_options_refuse_an_unknown_word_and_tell_the_designer_how_to_draw_them(kind):
    with pytest.raises(ValidationError):
        kind.Options.model_validate({**OPTIONS.get(kind.key, {}), "no_such_option": 1})
    schema = kind.Options.model_json_schema()
    for setting in schema.get("properties", {}).values():
        assert setting["title"] and drawn(setting, schema)["widget"]


def drawn(setting, schema):
    """How a setting is drawn: by itself, or as its type says."""
    parts = [setting, *setting.get("anyOf", [])]
    types = [schema["$defs"][part["$ref"].rpartition("/")[2]] for part in parts if "$ref" in part]
    return next(part["ui"] for part in (setting, *types) if "ui" in part)


@every(KINDS)
def test_a_department_may_write_its_own_sentence_for_every_code(kind):
    if kind.has_answer:
        assert "required" in kind.error_codes()
    for code, sentence in kind.errors.items():
        assert KEY.fullmatch(code)
        assert sentence.languages() >= set(LANGUAGES)


def test_money_is_never_a_binary_fraction():
    assert Decimal(question("currency").parse("0.10", READING)) + Decimal("0.20") == Decimal("0.30")
