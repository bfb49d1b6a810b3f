"""A service that asks every kind of question, and somebody without a mouse who answers all of them."""

from pathlib import Path
from random import Random
from typing import Any

from playwright.sync_api import Page, expect

from forms_library.catalogue import field_types
from forms_library.definition import Field
from forms_library.field_type import FieldType, Reading
from forms_library.walking.posting import inputs
from tests.forms_library.examples import OPTIONS, TODAY, label_of
from tests.portal.citizen.conftest import PACKAGE

ON_A_PAGE, MOST_TABS, MOST_ARROWS = 6, 80, 400
PLAIN = {"phrase": {"en": "an answer", "fr": "une réponse", "ar": "إجابة"}}
FORM_OPTIONS: dict[str, Any] = {
    **OPTIONS,
    "image": {"address": "/static/built/none.png", "alt": {"en": "A mark", "ar": "علامة"}},
}


def field_of(kind: Any) -> dict[str, Any]:
    """A field of this kind with a hint, as it stands in the package."""
    hint = {"hint": {"en": "A hint", "fr": "Un indice", "ar": "تلميح"}} if kind.has_answer else {}
    options = FORM_OPTIONS.get(kind.key, {})
    return {
        "key": f"q_{kind.key}",
        "type": kind.key,
        "label": label_of(kind),
        "options": options,
        **hint,
        **PLAIN,
    }


def pages() -> list[dict[str, Any]]:
    """All kinds, a few on each page."""
    fields = [field_of(kind) for kind in field_types]
    return [
        {
            "key": f"page_{n}",
            "title": {"en": f"Page {n + 1}", "fr": f"Page {n + 1}", "ar": f"صفحة {n + 1}"},
            "fields": part,
        }
        for n, part in enumerate(fields[i : i + ON_A_PAGE] for i in range(0, len(fields), ON_A_PAGE))
    ]


def package() -> dict[str, Any]:
    """The service."""
    form = {**PACKAGE["forms"]["application"], "pages": pages()}
    return {
        **PACKAGE,
        "key": "everything",
        "forms": {"application": form},
        "summary_fields": ["q_short_text"],
    }


def question_of(entry: dict[str, Any]) -> FieldType:
    """The question of a field of the package."""
    return field_types[entry["type"]](Field.model_validate(entry))


def to_type(entry: dict[str, Any], language: str) -> Any:
    """What is typed; in rows, one row."""
    question = question_of(entry)
    raw = question.example(Random(7))
    if entry["type"] == "autocomplete":
        return question.typed(question.parse(raw, Reading(TODAY, "en")), language)
    return raw[:1] if entry["type"] in ("repeating_group", "table") else raw


class Typist:
    """Somebody who has only a keyboard."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page, self.folder = page, folder

    def answer(self, entry: dict[str, Any], language: str) -> None:
        """Answer one question."""
        question = question_of(entry)
        if question.upload_rules:
            self.choose_file(entry["key"], question)
            return
        for name, values in inputs(entry["key"], to_type(entry, language)).items():
            found = self.page.locator(f'[name="{name}"]:not([type=hidden])')
            if found.count() and values != [""]:
                self.fill(name, values)

    def fill(self, name: str, values: list[str]) -> None:
        """Answer by the input of this name, whatever it is."""
        self.tab_to(f'[name="{name}"]')
        what = self.page.evaluate("[document.activeElement.tagName, document.activeElement.type].join()")
        if what == "INPUT,checkbox":
            self.tick(name, values)
        elif what == "INPUT,radio":
            self.go_to_radio(values[0])
        elif what.startswith("SELECT"):
            self.go_to_option(values[0])
        else:
            self.page.keyboard.insert_text(values[0])

    def tick(self, name: str, values: list[str]) -> None:
        for value in values:
            self.tab_to(f'[name="{name}"][value="{value}"]', here=True)
            self.page.keyboard.press("Space")

    def go_to_radio(self, value: str) -> None:
        self.page.keyboard.press("Space")
        for _ in range(MOST_ARROWS):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no radio button {value}")

    def go_to_option(self, value: str) -> None:
        for _ in range(MOST_ARROWS):
            if self.page.locator(":focus").input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no option {value}")

    def choose_file(self, key: str, question: FieldType) -> None:
        """The window of the system in which a file is chosen is not part of the page."""
        name, data = question.example_file(Random(7)) or ("", b"")
        self.tab_to(f'input[type=file][name="{key}"]')
        path = self.folder / name
        path.write_bytes(data)
        self.page.locator(":focus").set_input_files(path)
        expect(self.page.locator(".cw-sending")).to_have_count(0)  # sent at once, or with Continue

    def tab_to(self, selector: str, *, here: bool = False) -> None:
        """Go on with Tab until this has the focus."""
        for number in range(MOST_TABS):
            if number or not here:
                self.page.keyboard.press("Tab")
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
                return
        raise AssertionError(f"{selector} is not reached by Tab on {self.page.url}")

    def go_on(self) -> None:
        """Press Continue."""
        self.tab_to("main button.govuk-button:not(.govuk-button--secondary):not([aria-hidden])")
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
