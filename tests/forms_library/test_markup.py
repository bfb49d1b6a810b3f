"""Templates with slots."""

from hypothesis import given
from hypothesis import strategies as st

from forms_library.markup import Template, attributes, chosen_slot, directed, escape, typed_slot


def test_a_slot_is_filled_and_escaped():
    template = Template(f'<input value="{typed_slot()}">')
    assert template.fill('"><script>') == '<input value="&quot;&gt;&lt;script&gt;">'
    assert template.fill(["x"]) == '<input value="">'


def test_parts_and_choices_are_filled_by_what_was_typed():
    template = Template(f"{typed_slot('day')}|{chosen_slot('a')}|{chosen_slot('b', 'selected', 'country')}")
    assert template.fill({"day": "1", "country": "b"}) == "1|| selected"
    assert template.fill("a") == "| checked|"
    assert template.fill(["a", "b"]) == "| checked|"


@given(st.text())
def test_no_label_can_make_a_slot_or_markup(label):
    html = escape(label)
    assert Template(html).fill("secret") == html
    assert "<" not in html and '"' not in html


def test_attributes_that_are_none_or_false_are_left_out():
    assert (
        attributes({"id": "a", "dir": None, "hidden": False, "checked": True, "rows": 5})
        == ' id="a" checked rows="5"'
    )


def test_isolated_texts_get_the_direction_of_their_first_strong_letter():
    assert directed("<bdi>12 Olive Lane</bdi><br><bdi>١٢ شارع</bdi>") == (
        '<bdi dir="ltr">12 Olive Lane</bdi><br><bdi dir="rtl">١٢ شارع</bdi>'
    )
