"""The same answers to be read."""

import json

import pytest

from forms_library.review import export_row, field_text, review, search_texts
from tests.forms_library.examples import ANSWERS, OPTIONS, TODAY, every_kind, field, form_of, form_of_pages

FORM = every_kind()


def rows(form=FORM, answers=ANSWERS, language="en", **how):
    return {
        row.field_key: row
        for section in review(form, answers, language, TODAY, **how)
        for row in section.rows
    }


def test_every_question_has_a_row_and_neither_layout_nor_what_is_hidden_has():
    assert set(rows()) == set(ANSWERS) - {"hidden"}


def test_answers_read_as_people_write_them():
    texts = {key: row.value_text for key, row in rows().items()}
    assert texts["date"] == "14 January 2027"
    assert texts["currency"] == "€1,250.00"
    assert texts["address"] == "12 Olive Lane\nOld Harbour\n40213\nFrance"
    assert texts["checkbox_group"] == "Hot food\nFruit"
    assert texts["file"] == "stall.pdf, 1.2 MB"
    assert texts["integer"] == "1,250 people"
    french = {key: row.value_text for key, row in rows(language="fr").items()}
    assert (french["date"], french["currency"]) == ("14 janvier 2027", "1\u202f250,00\u00a0€")


def test_an_identity_number_is_masked_until_it_is_revealed():
    row = rows()["national_id"]
    assert (row.value_text, row.masked) == ("•••• •••• 4471", True)
    assert "56784471" not in str(row)
    assert rows(reveal={"national_id"})["national_id"].value_text == "1234 5678 4471"


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_hidden_data_class_leaves_no_trace_of_any_answer(language):
    open_rows = rows(language=language, reveal=set(ANSWERS))
    for key, row in rows(language=language, hide={"personal"}).items():
        assert row.masked
        assert row.documents == ()
        assert open_rows[key].value_text not in str(row).replace(row.label, "")


def test_the_page_is_its_own_section_and_hidden_ones_are_left_out():
    form = form_of_pages(
        {"key": "one", "title": {"en": "One", "fr": "Un"}, "fields": [field("a", "yes_no")]},
        {"key": "two", "title": "Two", "show_when": "answers.a", "fields": [field("b")]},
        {"key": "text", "title": "Text", "fields": [field("c", "paragraph")]},
    )
    assert [section.page_key for section in review(form, {"a": False, "b": "x"}, "en", TODAY)] == ["one"]
    assert review(form, {"a": False}, "fr", TODAY)[0].title == "Un"


def test_a_question_without_answer_says_so():
    row = rows(form_of(field("a", required=False)), {})["a"]
    assert (row.answered, row.value_text, row.masked) == (False, "Not answered", False)


def test_html_is_escaped_and_lines_are_isolated():
    row = rows(form_of(field("a", "long_text")), {"a": "<b>one</b>\ntwo"})["a"]
    assert row.value_html == "<bdi>&lt;b&gt;one&lt;/b&gt;</bdi><br><bdi>two</bdi>"


def test_documents_are_named():
    assert rows()["file"].documents == (ANSWERS["file"]["document"],)


def test_a_certificate_takes_one_answer_or_one_part_in_full():
    assert field_text(FORM, "date", ANSWERS, "ar") == "14 يناير 2027"
    assert field_text(FORM, "address.town", ANSWERS, "en") == "Old Harbour"
    assert field_text(FORM, "national_id", ANSWERS, "en") == "1234 5678 4471"
    for nothing in ("gone", "gone.part", "date.part", "address.moon"):
        assert field_text(FORM, nothing, ANSWERS, "en") == ""


def test_a_search_never_finds_what_is_masked_or_sensitive():
    found = search_texts(FORM, ANSWERS, "en")
    assert "Leila Haddad" in found
    assert not [text for text in found if "4471" in text]
    assert search_texts(form_of(field("a", data_class="sensitive")), {"a": "x"}, "en") == []


def test_an_export_has_a_column_for_every_part_and_hides_what_may_not_be_seen():
    row = export_row(FORM, ANSWERS)
    assert row["address_town"] == "Old Harbour"
    assert row["checkbox_group"] == "food; fruit"
    assert list(export_row(FORM, {})) == list(row)
    hidden = export_row(FORM, ANSWERS, hide={"personal"})
    assert "Leila" not in json.dumps(hidden)
    assert list(hidden) == list(row)


CHILDREN = form_of(
    field(
        "children",
        "repeating_group",
        options={
            "item_label": {"en": "Child", "fr": "Enfant"},
            "fields": [
                field("name", data_class="public"),
                field("number", "national_id", options=OPTIONS["national_id"]),
                field("plan", "file", required=False),
                field("pets", "repeating_group", required=False, options={"fields": [field("kind")]}),
            ],
        },
    )
)
FAMILY = {
    "children": [
        {"name": "Leila <b>", "number": "123456784471", "pets": [{"kind": "Cat"}, {"kind": "Dog"}]},
        {"name": "Sami", "plan": ANSWERS["file"]},
    ]
}


def family_row(**words):
    (section,) = review(CHILDREN, FAMILY, "en", TODAY, **words)
    return section.rows[0]


def test_rows_are_read_as_blocks_and_what_is_masked_inside_stays_masked():
    row = family_row()
    assert row.value_text.split("\n")[:2] == ["Child 1", "  Name: Leila <b>"]
    assert "Leila &lt;b&gt;" in row.value_html and "123456784471" not in row.value_html + row.value_text
    assert row.masked and row.documents == (ANSWERS["file"]["document"],)
    assert "Cat" in row.value_text and "Dog" in row.value_text


def test_a_whole_answer_of_rows_is_revealed_or_hidden_together():
    assert "1234 5678 4471" in family_row(reveal={"children"}).value_text
    hidden = family_row(hide={"personal"})
    assert "Leila" not in repr(hidden) and hidden.documents == ()


def test_rows_are_exported_as_columns_with_what_is_hidden_masked():
    columns = export_row(CHILDREN, FAMILY)
    assert columns["children"] == 2
    assert columns["children_name"] == "Leila <b>; Sami"
    assert set(export_row(CHILDREN, {})) == set(columns)


def test_search_finds_names_in_rows_and_no_numbers():
    found = "\n".join(search_texts(CHILDREN, FAMILY, "en"))
    assert "Leila" in found and "Cat" in found and "1234" not in found


def test_a_part_of_a_group_is_named_by_its_path():
    form = form_of(field("person", "group", options={"fields": [field("born", "date")]}))
    assert field_text(form, "person.born", {"person": {"born": "2020-02-04"}}, "en") == "4 February 2020"


def test_a_drawn_signature_is_drawn_in_review_and_on_paper_unless_it_is_masked():
    row = rows()["drawn_signature"]
    assert "<svg" in row.value_html and "<svg" in row.print_html and "<svg" not in row.value_text
    hidden = rows(hide={"personal"})["drawn_signature"]
    assert "<svg" not in hidden.value_html + hidden.print_html and "Leila" not in hidden.print_html


def test_what_is_printed_is_escaped():
    row = rows(answers={**ANSWERS, "short_text": "<b>Leila"})["short_text"]
    assert "&lt;b&gt;Leila" in row.print_html and "<b>" not in row.print_html
