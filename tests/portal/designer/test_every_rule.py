"""Rules are picked in the editor, and what they do is seen: in a picture, and in the preview."""

from __future__ import annotations

import copy

import pytest
from playwright.sync_api import expect

from engine.departments.models import User
from portal.designer.designs import open_design, save_design
from portal.designer.models import ServiceDesign
from tests.chromium import (
    is_wider_than_the_window,
    keep_picture,
    problems_on,
)
from tests.portal.designer.opened_editor import MOSTLY_ON_A_DESK, Open, saved_fields, until_saved
from tests.portal.designer.opened_editor import designer as designer
from tests.portal.designer.opened_editor import open_editor as open_editor
from tests.portal.designer.opened_editor import service as service
from workflows.models import Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
QUESTIONS = [
    {"key": "begins", "type": "date", "label": {"en": "First day"}},
    {"key": "ends", "type": "date", "label": {"en": "Last day"}},
    {"key": "stalls", "type": "integer", "label": {"en": "Number of stalls"}},
    {
        "key": "fee",
        "type": "calculated",
        "label": {"en": "Fee"},
        "options": {"rule": "1 + 1", "result": "integer"},
    },
]


def ask_more(service: Service, designer: User) -> None:
    """Put questions with days and numbers on the first page, and a page behind it."""
    design = open_design(service=service, by=designer)
    document = copy.deepcopy(design.document)
    pages = document["forms"]["application"]["pages"]
    pages[0]["fields"] += QUESTIONS
    pages.append(
        {"key": "last", "title": {"en": "Last page"}, "fields": [{**QUESTIONS[0], "key": "paid_on"}]}
    )
    save_design(service=service, by=designer, base=str(design.latest_revision_id), document=document)


def ask_about_danger(service: Service, designer: User) -> None:
    """Put a question on the first page that decides about another one, and about a page."""
    ask_more(service, designer)
    design = open_design(service=service, by=designer)
    document = copy.deepcopy(design.document)
    first, last = document["forms"]["application"]["pages"]
    first["fields"][1:] = [
        {"key": "dangerous", "type": "yes_no", "label": {"en": "Is the dog dangerous?"}},
        {
            "key": "trainer",
            "type": "short_text",
            "label": {"en": "Who trains it?"},
            "show_when": "answers.dangerous",
        },
    ]
    last["show_when"] = "answers.dangerous"
    save_design(service=service, by=designer, base=str(design.latest_revision_id), document=document)


@MOSTLY_ON_A_DESK
def test_what_is_calculated_is_picked_from_questions_and_is_no_condition(
    open_editor: Open, service: Service, designer: User, size: tuple[int, int]
) -> None:
    ask_more(service, designer)
    page = open_editor("form", size)
    page.locator(".cwd-question", has_text="Fee").click()
    page.get_by_role("button", name="Rules", exact=True).click()
    panel = page.locator(".cwd-pane--end")
    value = panel.get_by_role("group", name="Value of the rule")
    expect(value.get_by_label("Fixed value")).to_have_count(2)
    expect(panel.locator(".cwd-err")).to_have_count(0)
    value.get_by_label("Value from").first.select_option(label="Number of stalls")
    value.get_by_label("Sign").select_option(label="times")
    value.get_by_label("Fixed value").fill("12")
    expect(panel.locator(".cwd-cel")).to_have_text("answers.stalls * 12")
    expect(panel.get_by_text("Number of stalls × 12", exact=True)).to_be_visible()
    expect(panel.locator(".cwd-err")).to_have_count(0)
    until_saved(page)
    assert saved_fields(service)[4]["options"] == {"rule": "answers.stalls * 12", "result": "integer"}
    value.scroll_into_view_if_needed()
    keep_picture(page, f"designer-value-{size[0]}")
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)


def test_the_end_after_the_start_is_picked_as_a_rule_of_the_page(
    open_editor: Open, service: Service, designer: User
) -> None:
    ask_more(service, designer)
    page = open_editor("form")
    panel = page.locator(".cwd-pane--end")
    panel.get_by_role("button", name="Add to Rules across answers").click()
    panel.get_by_role("button", name="Condition", exact=True).click()
    panel.get_by_label("Question", exact=True).select_option(label="Last day")
    panel.get_by_label("Comparison").select_option(label="is after")
    panel.get_by_label("Compared with").select_option(label="Another answer")
    expect(panel.get_by_label("Other answer")).to_have_value("answers.begins")
    expect(panel.locator(".cwd-cel")).to_have_text("answers.ends > answers.begins")
    expect(panel.get_by_text("Last day is after First day", exact=True)).to_be_visible()
    panel.get_by_label("Compared with").scroll_into_view_if_needed()
    keep_picture(page, "designer-other-answer")
    assert problems_on(page) == []
    until_saved(page)
    pages = ServiceDesign.objects.get(service=service).document["forms"]["application"]["pages"]
    assert pages[0]["checks"][0]["rule"] == "answers.ends > answers.begins"
    page.reload()
    expect(page.locator(".cwd-pane--end").get_by_label("Other answer")).to_have_value("answers.begins")


def test_a_column_of_a_decision_table_is_picked_from_the_questions(
    open_editor: Open, service: Service, designer: User
) -> None:
    ask_more(service, designer)
    design = open_design(service=service, by=designer)
    document = copy.deepcopy(design.document)
    table = {
        "inputs": [{"expression": "1 + 1", "type": "integer"}],
        "outputs": [{"key": "result", "type": "text"}],
        "rows": [{"when": ["2"], "then": ['"yes"']}, {"when": ["not(2)"], "then": ['"no"']}],
    }
    fields = document["forms"]["application"]["pages"][0]["fields"]
    fields[-1] = {
        "key": "size",
        "type": "decision_result",
        "label": {"en": "Size"},
        "options": {"table": table},
    }
    save_design(service=service, by=designer, base=str(design.latest_revision_id), document=document)
    page = open_editor("form")
    page.locator(".cwd-question", has_text="Size").click()
    panel = page.locator(".cwd-pane--end")
    column = panel.get_by_role("group", name="What is asked")
    expect(column.get_by_label("Fixed value")).to_have_count(2)
    column.get_by_role("button", name="Remove value 2").click()
    column.get_by_label("Value from").select_option(label="First day")
    expect(column.locator(".cwd-cel")).to_have_text("answers.begins")
    expect(panel.get_by_label("Kind of value").first).to_have_value('"date"')
    keep_picture(page, "designer-decision-column")
    panel.get_by_role("button", name="Open the table with 2 rules").click()
    expect(page.get_by_role("dialog").get_by_role("columnheader", name="First day")).to_be_visible()
    keep_picture(page, "designer-decision-table")


@MOSTLY_ON_A_DESK
def test_what_decides_about_what_is_read_and_leads_there_by_keyboard(
    open_editor: Open, service: Service, designer: User, size: tuple[int, int]
) -> None:
    ask_about_danger(service, designer)
    page = open_editor("form", size)
    page.get_by_role("button", name="What decides about what").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="What decides about what")
    line = dialog.get_by_role(
        "button", name="“Is the dog dangerous?” decides whether “Who trains it?” is shown"
    )
    expect(line).to_be_visible()
    keep_picture(page, f"designer-decides-{size[0]}")
    assert problems_on(page) == []
    dialog.get_by_role("button", name="As a drawing").click()
    expect(dialog.locator(".cwd-bow")).to_have_count(2)
    keep_picture(page, f"designer-decides-drawing-{size[0]}")
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
    dialog.get_by_role("button", name="In sentences").click()
    line.focus()
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(page.locator(".cwd-question--on .cwd-question__label")).to_have_text("Who trains it?")


@MOSTLY_ON_A_DESK
def test_the_preview_is_filled_in_and_says_what_it_leaves_out(
    open_editor: Open, service: Service, designer: User, size: tuple[int, int]
) -> None:
    ask_about_danger(service, designer)
    page = open_editor("form", size)
    page.get_by_role("button", name="Preview", exact=True).click()
    frame = page.frame_locator("iframe.cwd-frame")
    why = page.locator(".cwd-left-out")
    expect(why).to_contain_text("Not shown here: 1. Why?")
    why.locator("summary").click()
    expect(why).to_contain_text("“Who trains it?” is hidden")
    keep_picture(page, f"designer-preview-why-{size[0]}")
    frame.get_by_label("Full name").fill("Leila Haddad")
    frame.get_by_label("Yes", exact=True).check()
    expect(frame.get_by_label("Who trains it?")).to_be_visible()
    expect(frame.get_by_label("Full name")).to_have_value("Leila Haddad")
    expect(why).to_contain_text("Nothing is left out here")
    frame.get_by_role("button", name="Continue").click()
    expect(frame.get_by_role("heading", name="Last page")).to_be_visible()
    page.get_by_role("button", name="Check your answers", exact=True).click()
    expect(frame.get_by_text("Leila Haddad")).to_be_visible()
    keep_picture(page, f"designer-preview-check-{size[0]}")
    page.get_by_role("button", name="Empty the form").click()
    expect(frame.get_by_text("Leila Haddad")).to_have_count(0)
    page.get_by_role("button", name="Fill in made-up answers").click()
    page.get_by_role("button", name="The next made-up answers").click()
    expect(page.get_by_role("status").get_by_text("Made-up answers 2")).to_be_visible()
    expect(frame.locator(".govuk-summary-list__row").first).to_be_visible()
    assert problems_on(page) == []
    assert not is_wider_than_the_window(page)
    assert saved_fields(service)[0]["key"] == "name"
