"""An answer that is only read: no input, no markup of its own, and masked where its kind is."""

import pytest

from forms_library.judging import FieldError
from forms_library.rendering import render_page
from tests.forms_library.examples import OPTIONS, TODAY, field, form_of

FORM = form_of(field("name"), field("number", "national_id", options=OPTIONS["national_id"]), field("more"))
ANSWERS = {"name": "<b>Olive</b>", "number": "880202114471", "more": "x"}


def drawn(*known: str, errors: tuple[FieldError, ...] = ()) -> str:
    """The page with these questions only read."""
    said = dict.fromkeys(known, "From the <register>.")
    return render_page(
        FORM, "page", answers=ANSWERS, raw={}, errors=errors, language="en", today=TODAY, known=said
    )


def test_what_is_known_has_no_input_and_says_where_it_is_from() -> None:
    page = drawn("name")
    assert 'name="name"' not in page
    assert "&lt;b&gt;Olive&lt;/b&gt;" in page
    assert "From the &lt;register&gt;." in page
    assert 'name="more"' in page


def test_a_masked_kind_stays_masked() -> None:
    page = drawn("number")
    assert "4471" in page
    assert "880202" not in page


def test_what_is_wrong_with_it_is_said_there() -> None:
    error = FieldError("name", "", "Olive is not allowed", "check", "name")
    page = drawn("name", errors=(error,))
    assert 'id="name-error"' in page
    assert "Olive is not allowed" in page


@pytest.mark.parametrize("known", [(), ("name", "number", "more")])
def test_all_or_nothing_may_be_known(known: tuple[str, ...]) -> None:
    assert drawn(*known).count("<input") == (0 if known else 3)
