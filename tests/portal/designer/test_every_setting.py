"""From what is missing to its setting; roles, pages and forms; and the focus, which never gets lost."""

from __future__ import annotations

from copy import deepcopy

import pytest
from playwright.sync_api import expect

from engine.departments.models import User
from portal.designer.designs import open_design, save_design
from portal.designer.models import ServiceDesign
from tests.chromium import (
    keep_picture,
)
from tests.journeys.hands import Keyboard, write
from tests.portal.designer.opened_editor import Open, until_saved
from tests.portal.designer.opened_editor import designer as designer
from tests.portal.designer.opened_editor import open_editor as open_editor
from tests.portal.designer.opened_editor import service as service
from workflows.models import Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_role_of_ones_own_is_made_and_given_a_step_by_keyboard(open_editor: Open, service: Service) -> None:
    page = open_editor("people")
    hands = Keyboard(page)
    keep_picture(page, "designer-people-first")
    write(hands, page.get_by_label("Name of a role of your own"), "Dog inspector")
    hands.press(page.get_by_role("button", name="Add the role"))
    expect(page.get_by_role("button", name="Dog inspector")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("made by this service")).to_be_visible()
    page.evaluate("location.hash = 'workflow'")
    hands.press(page.locator(".react-flow__node").nth(1))
    hands.pick(page.get_by_label("Who does it"), "Dog inspector (0)")
    expect(page.locator(".react-flow__node").nth(1)).to_contain_text("Dog inspector")
    page.evaluate("location.hash = 'people'")
    expect(page.get_by_text("Nobody has this role")).to_be_visible()
    keep_picture(page, "designer-people-made")
    until_saved(page)
    document = ServiceDesign.objects.get(service=service).document
    assert document["roles"] == {"dog_inspector": {"title": {"en": "Dog inspector"}}}
    assert "dog_inspector" in [node.get("role") for node in document["workflow"]["nodes"]]


def test_a_line_of_the_overview_leads_to_the_very_setting(open_editor: Open) -> None:
    page = open_editor("overview")
    hands = Keyboard(page)
    hands.press(page.get_by_role("button", name="Write a title and one sentence of summary"))
    expect(page.locator('[data-path="title"] :focus')).to_have_count(1)


def test_what_is_wrong_with_a_rule_is_shown_among_the_rules(
    open_editor: Open, service: Service, designer: User
) -> None:
    design = open_design(service=service, by=designer)
    document = deepcopy(design.document)
    document["forms"]["application"]["pages"][0]["fields"][0]["show_when"] = "answers.nothing == 1"
    save_design(service=service, by=designer, base=str(design.latest_revision_id), document=document)
    page = open_editor("overview")
    hands = Keyboard(page)
    hands.press(page.locator("#cwd-problems summary"))
    hands.press(page.get_by_role("button", name="Show").first)
    expect(page.get_by_role("button", name="Rules", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.locator('[data-path$="show_when"] :focus')).to_have_count(1)


def test_the_focus_follows_what_is_moved_and_never_gets_lost(open_editor: Open) -> None:
    page = open_editor("form")
    hands = Keyboard(page)
    hands.press(page.locator(".cwd-question__label").first)
    toolbar = page.locator(".cwd-question--on").get_by_role("toolbar")
    hands.press(toolbar.get_by_role("button", name="Duplicate"))
    hands.press(toolbar.get_by_role("button", name="Duplicate"))
    hands.press(toolbar.get_by_role("button", name="Move up"))
    expect(toolbar.get_by_role("button", name="Move up")).to_be_focused()
    hands.press(toolbar.get_by_role("button", name="Delete"))
    expect(page.locator(".cwd-question--on :focus")).to_have_count(1)


def test_pages_are_put_in_order_and_forms_are_copied_and_deleted_by_buttons(
    open_editor: Open, service: Service
) -> None:
    page = open_editor("form")
    hands = Keyboard(page)
    hands.press(page.get_by_role("button", name="Add a page"))
    hands.press(page.get_by_role("button", name="Move the page up"))
    expect(page.get_by_role("heading", name="Page 1", exact=True)).to_be_visible()
    hands.press(page.get_by_role("button", name="Settings of the form"))
    keep_picture(page, "designer-form-settings")
    hands.press(page.get_by_role("button", name="Duplicate the form"))
    expect(page.get_by_label("Form", exact=True).locator("option")).to_have_count(2)
    until_saved(page)
    forms = ServiceDesign.objects.get(service=service).document["forms"]
    assert [len(form["pages"]) for form in forms.values()] == [2, 2]
    hands.press(page.get_by_role("button", name="Delete the form"))
    expect(page.get_by_label("Form", exact=True).locator("option")).to_have_count(1)
    until_saved(page)
    assert list(ServiceDesign.objects.get(service=service).document["forms"]) == ["application"]
