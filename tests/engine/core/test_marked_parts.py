"""A part in another language says so in HTML, wherever it stands, and nothing of its mark is left."""

import pytest

from engine.core.marked_parts import marked_like, plain, resolved
from engine.core.voice import END, TAG, marked

EN = '<bdi lang="en" dir="ltr">'


def ours(text: str) -> str:
    return marked(text, "en")


def test_a_sentence_stands_in_an_element_with_its_language_and_direction() -> None:
    assert resolved(f"<p>{ours('Continue')}</p>", "ur") == f"<p>{EN}Continue</bdi></p>"


def test_a_part_inside_a_part_has_its_own() -> None:
    inside = marked("نام", "ur")
    html = resolved(f"<p>{ours(f'Enter {inside} now')}</p>", "ur")
    assert html == f'<p>{EN}Enter <bdi lang="ur" dir="rtl">نام</bdi> now</bdi></p>'


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        (f'<nav aria-label="{ours("Language")}">', '<nav aria-label="Language">'),
        (f"<title>{ours('Sent')}</title>", "<title>Sent</title>"),
        (f"<textarea>{ours('Sent')}</textarea>", "<textarea>Sent</textarea>"),
        (
            f"<option value=''>{ours('Choose')}</option>",
            '<option value=\'\' lang="en" dir="ltr">Choose</option>',
        ),
    ],
)
def test_where_no_element_may_stand_the_mark_is_taken_away(html: str, shown: str) -> None:
    assert resolved(html, "ur") == shown


def test_a_part_of_several_paragraphs_is_marked_in_each() -> None:
    html = marked_like(ours("x"), "<p>One</p><p>Two</p>")
    assert resolved(html, "ur") == f"<p>{EN}One</bdi></p><p>{EN}Two</bdi></p>"


def test_a_line_of_several_parts_runs_in_their_direction() -> None:
    line = f'<p>{ours("Reference")} <bdi dir="ltr">PRK-1</bdi>{ours(", sent today")}.</p>'
    assert resolved(line, "ur") == f'<p>{EN}Reference <bdi dir="ltr">PRK-1</bdi>, sent today.</bdi></p>'


def test_a_line_inside_an_element_of_another_line_too() -> None:
    line = f"<div><b>پرمٹ</b><span><bdi>RP-1</bdi>{ours(', valid')}</span></div>"
    assert resolved(line, "ur") == f"<div><b>پرمٹ</b><span>{EN}<bdi>RP-1</bdi>, valid</bdi></span></div>"


def test_a_line_with_words_of_the_page_keeps_the_direction_of_the_page() -> None:
    assert resolved(f"<p>{ours('Open')} پرمٹ</p>", "ur") == f"<p>{EN}Open</bdi> پرمٹ</p>"


def test_elements_beside_each_other_are_no_line() -> None:
    links = f"<li><a>{ours('Help')}</a> <a>{ours('Privacy')}</a></li>"
    assert resolved(links, "ur") == f"<li><a>{EN}Help</bdi></a> <a>{EN}Privacy</bdi></a></li>"


def test_what_is_in_the_language_of_the_page_gets_no_element() -> None:
    assert resolved(f"<p>{marked('Enw', 'cy')}</p>", "cy") == "<p>Enw</p>"


@pytest.mark.parametrize("typed", [f"{TAG}\U000e0065x", f"x{END}", f"{TAG}<b>", f"{TAG}{TAG}", END * 3])
def test_a_mark_that_somebody_typed_without_its_end_counts_for_nothing(typed: str) -> None:
    html = resolved(f"<p>{typed}</p><p>{ours('Sent')}</p>", "ur")
    assert html.endswith(f"<p>{EN}Sent</bdi></p>")
    assert TAG not in html


def test_a_mark_can_name_nothing_but_a_language() -> None:
    assert '"><script' not in resolved(f"<p>{marked('x', chr(34) + '><script>')}</p>", "en")


def test_plain_text_has_no_marks() -> None:
    assert plain(f"a {ours('b')} c") == "a b c"
