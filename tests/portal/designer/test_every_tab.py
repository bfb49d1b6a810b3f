"""The editor in a real browser: by keyboard alone, by mouse, and looked at by axe in every tab."""

from __future__ import annotations

import copy
from collections.abc import Callable
from copy import deepcopy

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from engine.departments.models import Department, User
from engine.departments.roles import Role
from portal.designer.designs import open_design, save_design
from portal.designer.models import LibraryPart, ServiceDesign
from portal.designer.starting_points import create_service
from tests.chromium import (
    DESKTOP,
    PHONE,
    is_wider_than_the_window,
    keep_picture,
    let_in,
    problems_on,
)
from tests.conftest import Person
from tests.journeys.hands import Keyboard, write
from workflows.models import Service

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDE = (1920, 1080)
TABS = ("overview", "form", "workflow", "certificate", "messages", "people", "versions")
Open = Callable[..., Page]
MOSTLY_ON_A_DESK = pytest.mark.parametrize(
    "size",
    [pytest.param(DESKTOP, id="desktop"), pytest.param(PHONE, id="phone", marks=pytest.mark.slow)],
)


@pytest.fixture
def designer(person: Person, licensing: Department) -> User:
    """Somebody who designs, and may not publish."""
    return person("Dora Design", Role.DESIGNER, licensing)


@pytest.fixture
def service(designer: User, licensing: Department) -> Service:
    """A service that was made from nothing."""
    return create_service(
        department=licensing,
        by=designer,
        key="dogs",
        title="Register a dog",
        languages=["en", "fr"],
        template="check",
    )


@pytest.fixture
def open_editor(
    browse: Callable[..., Page],
    service: Service,
    designer: User,
    live_server: LiveServer,
) -> Open:
    """Opens the editor at a tab, in a browser in which the designer has signed in."""

    def make(tab: str, size: tuple[int, int] = DESKTOP) -> Page:
        client = Client()
        client.force_login(designer, backend="allauth.account.auth_backends.AuthenticationBackend")
        page = browse(size)
        let_in(page, client, live_server.url)
        page.goto(f"{live_server.url}{reverse('designer:design', args=('licensing', service.key))}#{tab}")
        expect(page.locator(".cwd-content > :not(.cwd-loading)").first).to_be_visible()
        return page

    return make


def saved_fields(service: Service, page: int = 0) -> list[dict[str, object]]:
    """The questions of a page, as they are stored."""
    document = ServiceDesign.objects.get(service=service).document
    fields: list[dict[str, object]] = document["forms"]["application"]["pages"][page]["fields"]
    return fields


def until_saved(page: Page) -> None:
    """Wait until the last change has reached the server."""
    expect(page.locator(".cwd-saved")).to_contain_text("Saved")


def type_in(page: Page, words: str) -> None:
    """Replace what stands in the field that has the focus."""
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


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
