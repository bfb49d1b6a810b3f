"""Every kind of question with all the naughty strings: a linked error, or stored and shown as it is."""

import csv
import io
import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from bs4 import BeautifulSoup

from engine.core.spreadsheets import safe_cell, typed_cell
from engine.departments.models import Department
from engine.documents.application_pdf import Section, application_pdf
from forms_library.answer_tables import answer_cells
from forms_library.catalogue import field_types
from forms_library.compiled import CompiledForm
from forms_library.rendering import render_page
from forms_library.review import review
from forms_library.walking import invalid_values
from forms_library.walking.invalid import shaped
from forms_library.walking.posting import typed_sheet
from forms_library.walking.setting import Setting
from tests.forms_library.examples import OPTIONS, TODAY, form_of, label_of

LISTED = Path(__file__).resolve().parents[2].parent / "shared" / "cases" / "hostile" / "blns" / "blns.json"
OWN = [
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1+1",
    "＝1+1",
    "'=1+1",
    "<b>",
    "a" * 30_000,
    "‮abc",
    "\ud800",
    "\x00",
]
STRINGS: list[str] = [*(json.loads(LISTED.read_text()) if LISTED.exists() else []), *OWN]
KINDS = [kind for kind in field_types if kind.has_answer and not kind.computed]
SETTING = Setting(TODAY)
# what our own HTML is made of; anything else came from what was typed
RUNS = {"script", "iframe", "object", "embed", "base", "meta", "link", "style", "math", "frameset", "applet"}


def every_kind() -> Any:
    return pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)


def form(kind: Any) -> CompiledForm:
    """A form of one question."""
    options = OPTIONS.get(kind.key, {})
    return form_of({"key": "q", "type": kind.key, "label": label_of(kind), "options": options})


def stored(compiled: CompiledForm) -> dict[str, Any]:
    """The answers that are stored of all the strings, by the string."""
    question = compiled.fields["q"].question
    found = {}
    for text in STRINGS:
        sheet = typed_sheet(question, shaped(question, text))
        result = SETTING.post(compiled, "page", sheet, {})
        if not result.errors and result.answers["q"] is not None:
            found[text] = result.answers["q"]
    return found


def letters(text: str) -> str:
    """A text without spaces, and without the colons between the labels and answers of a group."""
    return "".join(text.replace(":", "").split())


def handlers_and_tags(html: str) -> list[str]:
    """All in HTML that could run: tags that load or run, handlers, addresses that are programs."""
    soup = BeautifulSoup(html, "html.parser")
    found = [tag.name for tag in soup.find_all(True) if tag.name in RUNS]
    for tag in soup.find_all(True):
        found += [name for name in tag.attrs if name.lower().startswith("on")]
        found += [
            str(tag[name])
            for name in ("href", "src")
            if str(tag.get(name, "")).lower().startswith("javascript")
        ]
    return found


@every_kind()
def test_any_string_is_refused_with_a_link_or_kept(kind: Any) -> None:
    faults = [finding for finding in invalid_values(form(kind), TODAY, STRINGS) if finding.fault]
    assert faults == []


@every_kind()
def test_what_is_stored_is_shown_exactly_and_runs_nowhere(kind: Any) -> None:
    compiled = form(kind)
    question = compiled.fields["q"].question
    for text, answer in stored(compiled).items():
        ((row,),) = [section.rows for section in review(compiled, {"q": answer}, "en", TODAY)]
        if row.masked:
            continue
        shown = BeautifulSoup(row.value_html, "html.parser").get_text("\n")
        assert letters(shown) == letters(question.text(answer, "en")), text
        page = render_page(
            compiled, "page", answers={"q": answer}, raw={}, errors=(), language="en", today=TODAY
        )
        clean = render_page(compiled, "page", answers={}, raw={}, errors=(), language="en", today=TODAY)
        assert handlers_and_tags(row.value_html) == []
        assert handlers_and_tags(page) == handlers_and_tags(clean), text


@pytest.mark.parametrize("key", ["short_text", "long_text"])
def test_texts_are_stored_as_they_were_typed(key: str) -> None:
    kept = stored(form(field_types[key]))
    assert len(kept) > len(STRINGS) / 2
    for text, answer in kept.items():
        typed = "".join(text.split())
        assert "".join(answer.split()) in (typed, _composed(typed)), text


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


@every_kind()
def test_no_cell_of_an_export_is_a_formula(kind: Any) -> None:
    compiled = form(kind)
    for text, answer in stored(compiled).items():
        cells = answer_cells(compiled, {"q": answer}, ())
        written = io.StringIO()
        csv.writer(written).writerow([safe_cell(cell) for cell in cells.values()])
        (read,) = csv.reader(io.StringIO(written.getvalue(), newline=""))
        for cell, value in zip(read, cells.values(), strict=True):
            assert not cell.lstrip("'").startswith(("=", "@", "\t", "\r", "＝")) or cell.startswith("'"), text
            assert typed_cell(cell) == ("" if value is None else str(value)), text


def test_one_pdf_holds_them_all(licensing: Department) -> None:
    texts: dict[str, None] = {}
    for key in ("short_text", "long_text"):
        compiled = form(field_types[key])
        question = compiled.fields["q"].question
        texts |= {question.text(answer, "en")[:2_000]: None for answer in stored(compiled).values()}
    data = application_pdf(
        department=licensing,
        language="en",
        title="All of them",
        sections=[Section("Strings", [(f"{number}", text) for number, text in enumerate(texts)])],
        made_at=datetime(2026, 11, 26, tzinfo=UTC),
    )
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) > len(texts) // 100  # all of the list where it is at hand, a few otherwise
        assert "/JavaScript" not in pdf.Root.get("/Names", pikepdf.Dictionary())
        links = [note for page in pdf.pages for note in page.get("/Annots", []) if "/A" in note]
        assert not [note for note in links if str(note["/A"].get("/S")) != "/GoTo"]
