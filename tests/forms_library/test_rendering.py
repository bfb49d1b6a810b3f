"""A page as HTML, and what no answer and no text may do to it."""

import json
import re
import threading
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_library.rendering import error_summary, render_page
from tests.chromium import browse, chromium, problems_on  # noqa: F401  the browser is a fixture
from tests.forms_library.examples import (
    ANSWERS,
    TODAY,
    every_kind,
    field,
    form_of,
    posted,
    read,
)

NAUGHTY = Path(__file__).parents[3] / "shared" / "cases" / "hostile" / "blns" / "blns.json"
FORM = every_kind(hint={"en": "A hint", "ar": "تلميح"})
TAG = re.compile(r"<(/?\w*)")
ATTACK = "\"><script>alert(1)</script>'onload=alert(1) <img src=x>"


def render(form=FORM, answers=ANSWERS, raw=None, errors=(), language="en", **more):
    return render_page(
        form, "page", answers=answers, raw=raw or {}, errors=errors, language=language, today=TODAY, **more
    )


class Reader(HTMLParser):
    """Notes tags, ids, what labels are for, and the values of attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.ids, self.labels, self.described, self.names = [], [], [], [], {}
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        self.tags.append(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.labels += [found["for"]] if "for" in found else []
        self.described += found.get("aria-describedby", "").split()
        if "name" in found:
            self.names.setdefault(found["name"], found)


@pytest.mark.parametrize("errors", [False, True], ids=["calm", "wrong"])
@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_ids_are_unique_and_everything_that_is_pointed_at_is_there(language, errors):
    result = read(FORM, posted(), language=language)
    html = render(errors=result.errors if errors else (), language=language)
    page = Reader(html)
    assert len(page.ids) == len(set(page.ids))
    assert set(page.labels) | set(page.described) <= set(page.ids)
    if errors:
        assert {error.anchor for error in result.errors} <= set(page.ids)


def test_stored_answers_stand_in_their_inputs():
    names = Reader(render()).names
    assert names["date-month"]["value"] == "1"
    assert names["currency"]["value"] == "1250.00"
    assert names["national_id"]["value"] == "1234 5678 4471"
    assert 'value="fruit" selected' in render()
    assert 'value="fruit" checked' in render()


def test_what_was_typed_goes_before_what_is_stored():
    html = render(raw={"integer": "twelve", "date": {"day": "31", "month": "2", "year": "2027"}})
    names = Reader(html).names
    assert names["integer"]["value"] == "twelve"
    assert names["date-day"]["value"] == "31"


def test_a_kept_file_is_shown_and_can_be_replaced():
    assert "stall.pdf, 1.2 MB" in render()
    assert "Replace this file" in render()
    assert "Replace this file" not in render(answers={})


def test_numbers_phones_and_addresses_of_machines_run_left_to_right_in_arabic():
    names = Reader(render(language="ar")).names
    for name in (
        "integer",
        "decimal",
        "currency",
        "date-day",
        "phone",
        "email",
        "national_id",
        "address-postcode",
    ):
        assert names[name]["dir"] == "ltr"
    assert names["short_text"]["dir"] == "auto"
    assert "dir" not in Reader(render()).names["phone"]


def test_keyboards_and_browsers_are_helped():
    names = Reader(render()).names
    assert (names["integer"]["inputmode"], names["decimal"]["inputmode"]) == ("numeric", "decimal")
    assert (names["email"]["type"], names["email"]["autocomplete"]) == ("email", "email")
    assert (names["phone"]["type"], names["phone"]["autocomplete"]) == ("tel", "tel")
    assert names["address-postcode"]["autocomplete"] == "postal-code"
    assert names["file"]["accept"].startswith(".pdf,.jpg,.png")
    assert names["national_id"]["autocomplete"] == "off"


def test_an_error_stands_below_the_hint_and_marks_only_its_input():
    form = form_of(field("start", "date", hint="For example"))
    result = read(form, posted(start__day="14", start__year="2027"))
    html = render(form, {}, result.raw, result.errors)
    names = Reader(html).names
    assert html.index("For example") < html.index("govuk-error-message") < html.index("start-day")
    assert "aria-invalid" not in names["start-day"]
    assert names["start-month"]["aria-invalid"] == "true"
    assert '<a href="#start-month">Start must include a month</a>' in error_summary(result.errors, "en")


def test_without_errors_there_is_no_summary():
    assert error_summary([], "en") == ""


def test_an_optional_question_says_so_and_a_conditional_one_only_while_it_is():
    form = form_of(field("a", "yes_no"), field("b", required_when="answers.a"), field("c", required=False))
    assert render(form, {"a": False}).count("(optional)") == 2
    assert render(form, {"a": True}).count("(optional)") == 1
    assert "(facultatif)" in render(form, {}, language="fr")


def test_a_question_is_shown_as_soon_as_what_was_typed_asks_for_it():
    form = form_of(field("a", "yes_no"), field("b", show_when="answers.a"))
    assert 'name="b"' not in render(form, {})
    assert 'name="b"' in render(form, {"a": True})
    assert 'name="b"' in render(form, {}, raw={"a": "yes"})
    assert 'name="b"' not in render(form, {"a": True}, raw={"a": "no"})


def test_the_label_of_a_page_with_one_question_is_its_heading():
    form = form_of(field("a", label="What is your name?"), title="What is your name?")
    assert form.pages["page"].asks_one
    assert '<h1 class="govuk-label-wrapper">' in render(form, {})
    assert "<h1" not in render(form_of(field("a")), {})


def test_a_correction_shows_only_its_fields():
    assert set(Reader(render(only={"email", "phone"})).names) == {"email", "phone"}


def test_the_workbench_gets_its_own_wrapper():
    assert render(density="workbench").startswith('<div class="cw-fields cw-fields--workbench">')


def naughty_strings():
    if not NAUGHTY.exists():
        pytest.skip("the list of naughty strings is not on this machine")
    return json.loads(NAUGHTY.read_text(encoding="utf-8"))


def test_no_naughty_string_raises_or_leaves_its_place_in_any_field():
    calm, names = TAG.findall(render(answers={}, errors=read(FORM, posted()).errors)), Reader(render()).names
    for text in naughty_strings():
        result = read(FORM, posted(**{name.replace("-", "__"): text for name in names}))
        html = render(answers={}, raw=result.raw, errors=result.errors)
        assert json.dumps(result.raw) and html.encode()
        tags = TAG.findall(html)
        assert set(tags) == set(calm), text
        assert tags.count("input") == calm.count("input"), text


def test_no_text_of_a_definition_leaves_its_place():
    texts = {"label": ATTACK, "hint": ATTACK, "errors": {"required": ATTACK}}
    choices = {"choices": [{"key": "a", "label": ATTACK, "hint": ATTACK}]}
    form = form_of(
        field("a", "radio", options=choices, **texts),
        field("b", "select", options=choices, **texts),
        field("c", "declaration", options={"statement": ATTACK, "agree": ATTACK}, **texts),
        field("d", "integer", options={"unit": ATTACK}, **texts),
        field("e", "heading", label=ATTACK),
        field("f", "file", **texts),
    )
    result = read(form, posted())
    html = render(form, {"f": {**ANSWERS["file"], "name": ATTACK}}, {}, result.errors) + error_summary(
        result.errors, "en"
    )
    assert not {"script", "img"} & set(Reader(html).tags)
    assert "<script" not in html


@given(
    st.dictionaries(
        st.sampled_from(["short_text", "date", "checkbox_group", "file", "address"]),
        st.one_of(st.text(), st.lists(st.text()), st.dictionaries(st.text(), st.text())),
    )
)
def test_whatever_shape_was_kept_of_what_was_typed_the_page_is_shown(raw):
    assert Reader(render(answers={}, raw=raw)).tags.count("textarea") == 1


def test_many_threads_share_one_form():
    form, seen = every_kind(), []

    def show(language):
        seen.extend((language, render(form, language=language)) for _ in range(20))

    threads = [threading.Thread(target=show, args=(language,)) for language in ("en", "fr", "ar") * 3]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(seen) == 180
    assert len(set(seen)) == 3


@pytest.mark.browser
@pytest.mark.parametrize(
    ("language", "state"),
    [("en", "empty"), ("ar", "full"), ("en", "wrong"), ("ar", "wrong"), ("fr", "optional")],
)
def test_axe_finds_nothing_on_a_page_with_every_kind(browse, language, state):  # noqa: F811
    form = every_kind(required=state != "optional", hint={"en": "A hint", "ar": "تلميح"})
    result = read(form, posted(), language=language)
    errors = result.errors if state == "wrong" else ()
    answers = ANSWERS if state in ("full", "optional") else {}
    fields = render(form, answers, errors=errors, language=language)
    direction = "rtl" if language == "ar" else "ltr"
    page = browse((390, 844))
    page.set_content(
        f'<!doctype html><html lang="{language}" dir="{direction}"><head><title>A page</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>.govuk-visually-hidden{position:absolute;clip-path:inset(50%)}"
        "input,a{min-block-size:24px;display:inline-block}</style></head>"
        f"<body><main>{error_summary(errors, language)}<h1>A page</h1>"
        f"<form>{fields}</form></main></body></html>"
    )
    assert problems_on(page) == []
