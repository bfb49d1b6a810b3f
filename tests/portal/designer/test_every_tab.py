"""The editor in a real browser: by keyboard alone, by mouse, and looked at by axe in every tab."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from portal.designer.models import LibraryPart, ServiceDesign
from tests.chromium import (
    DESKTOP,
    PHONE,
    is_wider_than_the_window,
    keep_picture,
    problems_on,
)
from tests.journeys.hands import Keyboard
from tests.portal.designer.opened_editor import Open, saved_fields, type_in, until_saved
from tests.portal.designer.opened_editor import designer as designer
from tests.portal.designer.opened_editor import open_editor as open_editor
from tests.portal.designer.opened_editor import service as service
from workflows.models import Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = (1920, 1080)
TABS = ("overview", "form", "workflow", "certificate", "messages", "people", "versions")


def test_a_page_with_questions_and_a_condition_is_made_by_keyboard_alone(
    open_editor: Open, service: Service
) -> None:
    page = open_editor("form")
    page.keyboard.press("Control+/")
    page.keyboard.type("yes or no")
    page.keyboard.press("Enter")
    page.keyboard.press("F2")
    type_in(page, "Is the dog dangerous?")
    page.keyboard.press("Control+/")
    page.keyboard.type("short text")
    page.keyboard.press("Enter")
    page.keyboard.press("F2")
    type_in(page, "Who trains the dog?")
    expect(page.locator(".cwd-question__label")).to_have_text(
        ["Full name", "Is the dog dangerous?", "Who trains the dog?"]
    )

    page.get_by_role("button", name="Rules", exact=True).focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Add a condition: Shown when").focus()
    page.keyboard.press("Enter")
    add = page.get_by_role("button", name="Condition", exact=True)
    expect(add).to_be_enabled()
    add.focus()
    page.keyboard.press("Enter")
    question = page.get_by_label("Question", exact=True)
    question.focus()
    page.keyboard.type("Is the dog")
    expect(page.locator(".cwd-cel")).to_have_text("answers.is_the_dog_dangerous")
    expect(page.locator(".cwd-question--on")).to_contain_text("Only if")

    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+ArrowDown")
    until_saved(page)
    page.reload()
    expect(page.locator(".cwd-question__label")).to_have_text(
        ["Full name", "Is the dog dangerous?", "Who trains the dog?"]
    )
    stored = saved_fields(service)
    assert [field["key"] for field in stored] == ["name", "is_the_dog_dangerous", "who_trains_the_dog"]
    assert stored[2]["show_when"] == "answers.is_the_dog_dangerous"


def test_a_step_is_added_by_keyboard_where_the_way_goes(open_editor: Open, service: Service) -> None:
    page = open_editor("workflow")
    page.locator('.react-flow__node[data-id="applied"]').focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator('.react-flow__node[data-id="check"]')).to_be_focused()
    page.keyboard.press("Insert")
    page.keyboard.type("approval")
    page.keyboard.press("Enter")
    expect(page.locator(".cwd-pane--end h2")).to_have_text("Approval")
    until_saved(page)
    nodes = ServiceDesign.objects.get(service=service).document["workflow"]["nodes"]
    made = next(node for node in nodes if node["type"] == "approval")
    check = next(node for node in nodes if node["key"] == "check")
    assert check["outcomes"][0]["next"] == made["key"]
    assert made["approve"] == "approved"


def test_questions_are_dragged_and_what_was_done_is_undone(open_editor: Open, service: Service) -> None:
    page = open_editor("form")
    page.locator(".cwd-kinds button").first.click()
    expect(page.locator(".cwd-question")).to_have_count(2)
    until_saved(page)
    last = saved_fields(service)[1]["key"]
    page.locator(".cwd-grip").nth(1).hover()
    page.mouse.down()
    page.locator(".cwd-question").first.hover(position={"x": 60, "y": 12})
    page.locator(".cwd-question").first.hover(position={"x": 60, "y": 8})
    page.mouse.up()
    until_saved(page)
    expect(page.locator(".cwd-question__label").nth(1)).to_have_text("Full name")
    page.keyboard.press("Control+z")
    expect(page.locator(".cwd-question__label").first).to_have_text("Full name")
    until_saved(page)
    assert [field["key"] for field in saved_fields(service)] == ["name", last]


def test_the_preview_is_the_real_page(open_editor: Open) -> None:
    page = open_editor("form")
    page.get_by_role("button", name="Preview").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text("Full name").first).to_be_visible()
    keep_picture(page, "designer-preview")
    page.get_by_role("button", name="Phone", exact=True).click()
    page.get_by_role("button", name="Show errors").click()
    expect(frame.get_by_role("alert")).to_be_visible()
    keep_picture(page, "designer-preview-phone")


def test_a_certificate_and_a_letter_are_the_real_ones(open_editor: Open, service: Service) -> None:
    page = open_editor("certificate")
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.get_by_role("button", name="Add a certificate").last.click()
    page.get_by_label("Title", exact=True).fill("Dog licence")
    paper = page.get_by_role("img", name="The certificate as it would be printed")
    expect(paper).to_be_visible()
    assert paper.evaluate("image => image.naturalWidth") == 1240
    problem = page.locator(".cwd-part-problem").first
    expect(problem).to_be_visible()
    problem.click()
    assert page.evaluate("document.activeElement.closest('.cwd-pane--end') !== null")
    keep_picture(page, "designer-certificate-made")

    page.evaluate("location.hash = 'messages'")
    page.get_by_role("button", name="Add a message").last.click()
    page.get_by_label("Letter", exact=True).fill("Wait until ")
    page.get_by_role("button", name="Day by which it is due").click()
    letter = page.frame_locator("iframe.cwd-letter__frame")
    expect(letter.get_by_role("main").get_by_text("Wait until")).to_contain_text("20")
    band = letter.get_by_text("Licensing Department", exact=True)
    expect(band).to_have_css("background-color", "rgb(23, 64, 92)")
    keep_picture(page, "designer-message-made")
    page.get_by_role("button", name="As plain text").click()
    expect(page.locator(".cwd-letter__text")).to_contain_text("Dear Leila Haddad")
    assert complaints == []


def test_an_expired_session_loses_nothing(open_editor: Open, service: Service) -> None:
    page = open_editor("form")
    page.context.clear_cookies(name="sessionid")
    page.locator(".cwd-kinds button").first.click()
    expect(page.get_by_role("dialog", name="You have been signed out")).to_be_visible()
    assert len(saved_fields(service)) == 1
    assert page.evaluate("Object.values(localStorage).some((kept) => kept.includes('document'))")


@pytest.mark.parametrize(
    "size",
    [
        pytest.param(DESKTOP, id="desktop"),
        pytest.param(WIDE, id="wide", marks=pytest.mark.slow),
        pytest.param(PHONE, id="phone"),
    ],
)
def test_axe_finds_nothing_in_any_tab(open_editor: Open, size: tuple[int, int]) -> None:
    page = open_editor("overview", size)
    found = {}
    for tab in TABS:
        page.evaluate(f"location.hash = '{tab}'")
        expect(page.locator(f'.cwd-tabs [aria-current][href="#{tab}"]')).to_have_count(1)
        expect(page.locator(".cwd-loading")).to_have_count(0)
        keep_picture(page, f"designer-{tab}-{size[0]}")
        found[tab] = problems_on(page) + (["scrolls sideways"] if is_wider_than_the_window(page) else [])
    assert {tab: problems for tab, problems in found.items() if problems} == {}


def test_questions_and_steps_are_kept_in_the_library_and_put_in_again_by_keyboard(
    open_editor: Open, service: Service
) -> None:
    page = open_editor("form")
    hands = Keyboard(page)
    hands.press(page.locator(".cwd-question__label"))
    hands.press(page.get_by_role("button", name="Keep in the library"))
    dialog = page.get_by_role("dialog", name="Keep in the library")
    expect(dialog.get_by_label("Name in the library of the department")).to_be_focused()
    type_in(page, "The holder")
    assert problems_on(page) == []
    page.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    library = page.get_by_role("group", name="Library of the department")
    hands.press(library.get_by_role("button", name="The holder"))
    expect(page.locator(".cwd-question__label")).to_have_text(["Full name", "Full name"])
    hands.press(page.get_by_role("button", name="Rename or delete what is kept"))
    hands.press(page.get_by_role("button", name="Rename The holder"))
    type_in(page, "The owner")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Rename The owner")).to_be_visible()
    assert problems_on(page) == []
    keep_picture(page, "designer-library")
    page.keyboard.press("Escape")
    until_saved(page)
    assert [field["key"] for field in saved_fields(service)] == ["name", "name_2"]

    page.evaluate("location.hash = 'workflow'")
    page.locator('.react-flow__node[data-id="check"]').focus()
    page.keyboard.press("Enter")
    hands.press(page.get_by_role("button", name="Keep steps as a pattern"))
    keep_picture(page, "designer-keep-steps")
    hands.press(page.get_by_role("button", name="Keep it"))
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator('.react-flow__node[data-id="applied"]').focus()
    page.keyboard.press("Insert")
    page.keyboard.type("check the app")
    hands.press(page.get_by_role("dialog").get_by_role("button", name="Check the application"))
    until_saved(page)
    nodes = ServiceDesign.objects.get(service=service).document["workflow"]["nodes"]
    assert [node["key"] for node in nodes][:3] == ["applied", "check_2", "check"]
    assert (nodes[0]["next"], nodes[1]["outcomes"][0]["next"]) == ("check_2", "approved")
    kept = LibraryPart.objects.order_by("name").values_list("name", "what")
    assert list(kept) == [("Check the application", "nodes"), ("The owner", "fields")]
