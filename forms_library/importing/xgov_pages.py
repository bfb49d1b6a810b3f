"""What the programs behind the pages of a digital-form-builder form mean here."""

from __future__ import annotations

from forms_library.importing.making import FieldDraft, PageDraft, make_field
from forms_library.importing.names import Keys
from forms_library.importing.source import Node

REPEATED = "RepeatingFieldPageController"
PLAIN = ("continue", "pagecontroller", "pagecontrollerbase", "continuepagecontroller")
START = ("start", "startpagecontroller")


def is_summary(node: Node) -> bool:
    """The page of the answers to check is always there, so it is no page of the form."""
    controller = str(node.value.get("controller") or "").lower()
    named = node.text("path") == "/summary"
    if not ("summary" in controller or (named and "confirm" in controller)) or "minisummary" in controller:
        return False
    sentence = "This page becomes the page on which all answers are checked."
    node.report.changed(node.path, "summary", sentence)
    node.ignore("controller")
    if node.value.get("title"):
        node.lost("title", "summary", "The page of answers has a title of its own here.")
    if node.get("components"):
        node.lost("components", "summary", "Texts on the page of answers are not carried.")
    if node.get("next"):
        node.lost("next", "after", "What comes after the page of answers is not carried.")
    return True


def is_repeated(node: Node) -> bool:
    """Whether the page is filled in several times. Start and simple pages need no program."""
    controller = node.text("controller")
    plain = controller.rsplit("/", 1)[-1].split(".")[0].lower()
    at = (*node.path, "controller")
    if plain in START:
        node.report.changed(at, "start", "A page to start from looks like any other page here.")
    elif plain in PLAIN:
        node.report.changed(at, "plain", "This kind of page is the usual one here.")
    elif controller == REPEATED:
        sentence = "This page is filled in several times: here its questions are asked in rows."
        node.report.changed(at, "repeat", sentence)
    elif controller and controller != "MiniSummaryPageController":
        node.lost("controller", "controller", "Program code of the old system is not carried.")
    return controller == REPEATED or bool(node.value.get("repeatField"))


def repeated_rows(page: PageDraft, node: Node, keys: Keys) -> list[FieldDraft]:
    """The questions of a page that repeats are the questions of a row."""
    asked = [field for field in page.fields if field.has_answer]
    if not asked:
        return page.fields
    sentence = "This page is filled in several times: its questions become the rows of one page."
    node.report.changed(node.path, "repeat", sentence)
    data = {
        "key": keys.field(f"{page.data['key']}_rows"), "type": "repeating_group",
        "label": page.data["title"], "options": {"fields": [field.data for field in asked], "min": 1},
    }  # fmt: skip
    rows = make_field(data, node.path, node.report)
    return [field for field in page.fields if not field.has_answer] + [rows]
