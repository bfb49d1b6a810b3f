"""Markdown of a department: a few marks become HTML, everything else is shown as it was typed."""

import pytest

from forms_library.markdown import html_of


def test_paragraphs_lists_bold_and_links_have_their_classes():
    html = html_of("A **bold** [link](https://example.org)\n\n- one\n- two")
    assert '<p class="govuk-body">A <strong>bold</strong>' in html
    assert 'href="https://example.org" class="govuk-link" rel="noreferrer noopener"' in html
    assert html.count("<li>") == 2


def test_no_level_of_heading_is_left_out_and_none_is_above_the_title():
    html = html_of("# One\n\n#### Two\n\n###### Three\n\n## Four")
    assert [html.count(f"<h{level} ") for level in range(1, 7)] == [0, 2, 1, 1, 0, 0]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b onclick=x>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        "![x](https://example.org/spy.png)",
        "<style>*{}</style>",
        "\x02typed\x1f\x03",
    ],
)
def test_nothing_dangerous_comes_out(text):
    html = html_of(text)
    assert not any(
        found in html
        for found in ("<script", "<b ", "<img", "<style", 'href="javascript', 'href="data', "\x02")
    )


def test_deep_nesting_costs_little():
    assert len(html_of(">" * 5_000 + "x")) < 100_000
    assert html_of("[" * 5_000)
