"""A page read, and a whole form judged."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from forms_library.answers import check_whole, visible_pages
from forms_library.uploads import FileRefused
from tests.forms_library.examples import (
    ANSWERS,
    TODAY,
    every_kind,
    field,
    form_of,
    form_of_pages,
    posted,
    read,
)

STORED = ANSWERS["file"]
TWO_PAGES = form_of_pages(
    {"key": "about", "title": "About", "fields": [field("age", "integer"), field("smoker", "yes_no")]},
    {"key": "parent", "title": "Parent", "show_when": "answers.age < 18", "fields": [field("parent_name")]},
    {"key": "last", "title": "Last", "fields": [field("note", "long_text", required=False)]},
)


def sent(name="stall.pdf", content=b"%PDF-1.7"):
    return MultiValueDict({"plan": [SimpleUploadedFile(name, content)]})


def stores(file, rules):
    return {**STORED, "name": file.name}


def test_a_good_page_gives_json_answers_and_no_errors():
    found = read(TWO_PAGES, posted(age="17", smoker="no"), page="about")
    assert found.answers == {"age": 17, "smoker": False}
    assert found.errors == []
    assert found.raw == {"age": "17", "smoker": "no"}


def test_every_required_question_is_named_once_with_the_input_to_go_to():
    found = read(TWO_PAGES, posted(), page="about")
    assert [(error.field_key, error.sentence, error.anchor) for error in found.errors] == [
        ("age", "Enter age", "age"),
        ("smoker", "Select smoker", "smoker"),
    ]


def test_an_emptied_optional_answer_comes_back_as_none_so_that_merging_clears_it():
    found = read(TWO_PAGES, posted(note=""), page="last", stored={"note": "old"})
    assert found.answers == {"note": None}
    assert found.errors == []


def test_what_was_typed_is_kept_without_characters_that_cannot_be_stored():
    found = read(TWO_PAGES, posted(age="1\x007\ud800"), page="about")
    assert found.raw["age"] == "17"
    assert found.errors[0].code == "characters"


def test_an_unknown_page_is_a_lookup_error():
    with pytest.raises(LookupError):
        read(TWO_PAGES, posted(), page="nowhere")


def test_fields_of_other_pages_and_unknown_names_are_not_read():
    found = read(TWO_PAGES, posted(note="x", age="5", csrfmiddlewaretoken="t"), page="last")
    assert found.answers == {"note": "x"}


def test_pages_follow_the_answers():
    assert visible_pages(TWO_PAGES, {}, TODAY) == ["about", "last"]
    assert visible_pages(TWO_PAGES, {"age": 17}, TODAY) == ["about", "parent", "last"]


def test_a_question_that_the_same_page_reveals_is_asked_for():
    form = form_of(field("has_stall", "yes_no"), field("place", show_when="answers.has_stall"))
    assert [error.field_key for error in read(form, posted(has_stall="yes")).errors] == ["place"]
    hidden = read(form, posted(has_stall="no", place="typed before"))
    assert hidden.errors == []
    assert hidden.answers == {"has_stall": False, "place": None}


def test_an_answer_is_required_only_when_its_rule_holds():
    form = form_of(field("age", "integer"), field("parent", required_when="answers.age < 18"))
    assert [error.field_key for error in read(form, posted(age="17")).errors] == ["parent"]
    assert read(form, posted(age="18")).errors == []
    assert [error.field_key for error in read(form, posted()).errors] == ["age"]


def test_a_check_across_answers_shows_its_sentence_at_its_field_and_passes_when_unanswered():
    check = {
        "rule": "answers.start < answers.end",
        "sentence": {"en": "The end must be after the start", "fr": "Fin"},
        "field": "end",
    }
    form = form_of(field("start", "date"), field("end", "date", required=False), checks=[check])
    day = {"start__day": "2", "start__month": "1", "start__year": "2027"}
    end = {"end__day": "1", "end__month": "1", "end__year": "2027"}
    wrong = read(form, posted(**day, **end))
    assert [(error.sentence, error.anchor, error.code) for error in wrong.errors] == [
        ("The end must be after the start", "end-day", "check")
    ]
    assert read(form, posted(**day)).errors == []
    assert read(form, posted(**day, **end), language="fr").errors[0].sentence == "Fin"


def test_a_file_is_stored_and_kept_even_when_the_page_has_errors():
    form = form_of(field("plan", "file"), field("name"))
    found = read(form, posted(), files=sent(), upload=stores)
    assert found.kept == {"plan": {**STORED, "name": "stall.pdf"}}
    assert [error.field_key for error in found.errors] == ["name"]
    assert found.raw["plan"]["shown"] == "stall.pdf, 1.2 MB"


def test_a_file_kept_earlier_satisfies_required_and_may_be_replaced():
    form = form_of(field("plan", "file"))
    assert read(form, posted(), stored={"plan": STORED}).answers == {"plan": STORED}
    replaced = read(form, posted(), stored={"plan": STORED}, files=sent("new.pdf"), upload=stores)
    assert replaced.answers["plan"]["name"] == "new.pdf"


def test_an_optional_file_can_be_removed():
    form = form_of(field("plan", "file", required=False))
    assert read(form, posted(plan__remove="yes"), stored={"plan": STORED}).answers == {"plan": None}


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("wrong_type", "stall.heic could not be used. Add a PDF, JPG or PNG of up to 10 MB"),
        ("too_large", "stall.heic is too large. Add a PDF, JPG or PNG of up to 10 MB"),
        ("infected", "We found a virus in stall.heic, so we deleted it"),
        ("no_such_code", "Plan is not in the right form"),
    ],
)
def test_a_refused_file_is_explained_and_the_earlier_one_stays(code, sentence):
    def refuses(file, rules):
        raise FileRefused(code)

    found = read(
        form_of(field("plan", "file")),
        posted(),
        stored={"plan": STORED},
        files=sent("stall.heic"),
        upload=refuses,
    )
    assert [error.sentence for error in found.errors] == [sentence]
    assert found.answers == {"plan": STORED}
    assert found.kept == {}


def test_the_store_is_told_what_is_wanted_of_the_file():
    asked = []
    form = form_of(
        field("plan", "file", data_class="sensitive", options={"types": ["pdf"], "max_megabytes": 2})
    )
    read(form, posted(), files=sent(), upload=lambda file, rules: asked.append(rules) or STORED)
    assert (asked[0].field_key, asked[0].data_class) == ("plan", "sensitive")
    assert (asked[0].allowed, asked[0].limit_bytes) == (frozenset({"application/pdf"}), 2_000_000)


def test_a_correction_reads_and_judges_only_the_named_fields():
    form = form_of(field("name"), field("town"))
    found = read(form, posted(name="changed", town=""), stored={"name": "kept", "town": "T"}, only={"town"})
    assert found.answers == {"town": None}
    assert [error.field_key for error in found.errors] == ["town"]


def test_a_whole_form_is_judged_page_by_page():
    found = check_whole(TWO_PAGES, {"age": 17, "smoker": True}, TODAY)
    assert list(found.errors) == ["parent"]
    assert found.hidden == frozenset()
    assert check_whole(TWO_PAGES, {"age": 17, "smoker": True, "parent_name": "Mona"}, TODAY).errors == {}


def test_hidden_unknown_and_empty_answers_are_dropped_from_the_whole():
    found = check_whole(
        TWO_PAGES, {"age": 18, "smoker": True, "parent_name": "Mona", "note": None, "gone": 1}, TODAY
    )
    assert found.answers == {"age": 18, "smoker": True}
    assert found.hidden == {"parent_name"}
    assert found.errors == {}


def test_a_stored_answer_that_has_become_wrong_is_found_before_sending():
    form = form_of(field("start", "date", options={"earliest": "today"}))
    assert check_whole(form, {"start": "2026-11-22"}, TODAY).errors == {}
    late = check_whole(form, {"start": "2026-11-21"}, TODAY)
    assert [error.sentence for error in late.errors["page"]] == ["Start must be 22 November 2026 or later"]


def test_the_whole_of_a_correction_complains_only_about_the_named_fields():
    assert check_whole(TWO_PAGES, {}, TODAY, only={"smoker"}).errors.keys() == {"about"}
    assert [error.field_key for error in check_whole(TWO_PAGES, {}, TODAY, {"smoker"}).errors["about"]] == [
        "smoker"
    ]


def test_good_answers_of_every_kind_make_a_whole_without_errors():
    assert check_whole(every_kind(), ANSWERS, TODAY).errors == {}


def test_rules_may_read_what_stands_beside_the_answers():
    from engine.core.rules import Group

    form = form_of_pages(
        {"key": "page", "title": "P", "fields": [field("note", show_when="application.amount > 100")]},
        context={"application": Group({"amount": "integer"})},
    )
    assert check_whole(form, {}, TODAY, context={"application": {"amount": 500}}).errors.keys() == {"page"}
    assert check_whole(form, {}, TODAY, context={"application": {"amount": 5}}).errors == {}
