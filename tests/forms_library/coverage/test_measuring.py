"""What an import keeps, measured against the source; and whether the measure notices a loss."""

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms_library.coverage import of_moj, of_open_forms, of_xgov
from forms_library.coverage.keeping import Kept
from forms_library.coverage.measuring import FIGURES, measure
from forms_library.coverage.pieces import WHOLE
from forms_library.coverage.sources import Source, sources
from forms_library.importing.port import Imported, ImportedForm
from forms_library.importing.reading import read_forms, recognised
from forms_library.importing.report import Report
from tests.forms_library.importing.samples import MOJ, OPEN_FORMS, SCHEMA, XGOV

TODAY = date(2026, 11, 23)
CASES = Path(__file__).resolve().parents[4] / "shared" / "cases"
FOLDERS = ("xgov-fsd", "xgov-core", "moj-forms", "open-forms")
SAMPLE = 12


def source(document: Any) -> Source:
    return Source("sample", copy.deepcopy(document), recognised(document))


@pytest.mark.parametrize(
    "document", [XGOV, MOJ, OPEN_FORMS, SCHEMA], ids=["xgov", "moj", "open_forms", "schema"]
)
def test_the_samples_are_kept_sent_walked_refused_and_told_in_full(document: Any) -> None:
    measured = measure(source(document), TODAY, seeds=3)
    short = {name: share.short for name, share in measured.shares.items() if share.fraction < 1}
    assert not short
    assert set(measured.shares) == set(FIGURES)


def without_notes(imported: Imported) -> Imported:
    return Imported(imported.forms, Report(), imported.document, imported.format)


def test_a_loss_that_no_note_names_is_silent() -> None:
    index = Kept(without_notes(read_forms(copy.deepcopy(XGOV))))
    silent = {str(piece.path[-1]) for piece in of_xgov.pieces(XGOV) if index.silent(piece)}
    assert "exposeToContext" in silent
    assert "emailAddress" in silent


@pytest.mark.parametrize("page", ["/berth", "/sorry"])
def test_a_page_that_went_missing_is_noticed_with_all_that_stood_on_it(page: str) -> None:
    imported = read_forms(copy.deepcopy(XGOV))
    form = imported.forms[0].form
    less = form.model_copy(update={"pages": [one for one in form.pages if one.origin != page]})
    index = Kept(Imported((ImportedForm(less, "x"),), imported.report))
    silent = [piece for piece in of_xgov.pieces(XGOV) if index.silent(piece)]
    assert {"page", "component"} <= {piece.kind for piece in silent}


def test_a_link_without_its_condition_and_a_choice_that_went_missing_are_noticed() -> None:
    document = read_forms(copy.deepcopy(XGOV)).forms[0].form.model_dump(mode="json", exclude_unset=True)
    document["pages"][0]["next"][0].pop("when")
    berth = next(field for page in document["pages"] for field in page["fields"] if field["key"] == "berth")
    berth["options"]["choices"].pop()
    form = type(read_forms(XGOV).forms[0].form).model_validate(document)
    index = Kept(Imported((ImportedForm(form, "x"),), Report()))
    silent = {(piece.kind, piece.owner) for piece in of_xgov.pieces(XGOV) if index.silent(piece)}
    assert {("link", "/start"), ("item", "berth"), ("condition", WHOLE)} <= silent


def test_defects_are_found_without_the_importers() -> None:
    assert {code for code, _ in of_xgov.defects(XGOV)} == {
        "unknown_page",
        "unknown_field",
        "unused_condition",
    }
    assert of_moj.defects(MOJ) == {("unknown_field", ("flow", "b1", "next", "conditionals", 1))}
    assert of_open_forms.defects(OPEN_FORMS) == set()


def within(*places: str | int) -> Any:
    """A part of a copy of the sample, and the whole copy."""
    document: Any = copy.deepcopy(XGOV)
    part = document
    for place in places:
        part = part[place]
    return part, document


def with_condition(value: Any, **more: Any) -> Any:
    """The sample with another condition, used by its first page."""
    conditions, document = within("conditions")
    conditions.append({"name": "other", "displayName": "other", "value": value} | more)
    document["pages"][1]["next"].append({"path": "/sorry", "condition": "other"})
    return document


def reading(name: str) -> Any:
    """The sample with a condition on this field."""
    return with_condition(
        {"conditions": [{"field": {"name": name}, "operator": "is", "value": {"value": "1"}}]}
    )


def numbers_where_yes_or_no_is_expected() -> Any:
    options, document = within("pages", 1, "components", 1, "options")
    options |= {"required": 1, "hideTitle": 0}
    document["sections"][0]["hideTitle"] = 0
    return document


def a_name_with_a_dot_in_a_section() -> Any:
    components, document = within("pages", 0, "components")
    components.append({"name": 2.5, "type": "TextField", "title": "How long?", "options": {}})
    return document


def choices_that_are_only_read_and_have_no_words() -> Any:
    components, document = within("pages", 2, "components")
    components.append({"name": "read", "type": "FlashCard", "title": "Lengths", "list": "l", "options": {}})
    items = [{"text": "Short", "value": "short"}, {"text": [None, 1], "value": 72}]
    document["lists"].append({"name": "l", "type": "string", "items": items})
    return document


def a_list_that_is_not_needed() -> Any:
    component, document = within("pages", 0, "components", 0)
    del document["lists"]
    component["values"] = {"type": "static", "items": [{"label": "Quay", "value": "quay"}]}
    component |= {"options": {"list": "nolist"}, "list": ""}
    return document


def a_condition_that_only_a_second_of_its_name_uses() -> Any:
    conditions, document = within("conditions")
    inner = {"conditions": [{"conditionName": "never"}]}
    conditions.append({"name": "never", "displayName": "never", "value": inner})
    return document


def a_condition_inside_another_that_reads_nothing_that_is_there() -> Any:
    return with_condition({"conditions": [{"conditionName": "never"}]})


def a_condition_on_a_text_of_a_page_that_repeats() -> Any:
    document = reading("intro")
    document["pages"][1]["repeatField"] = "has_boat"
    return document


def a_condition_on_what_stands_in_an_unknown_component() -> Any:
    document = reading("inner")
    inner = {"name": "inner", "type": "TextField", "title": "Inner"}
    odd = {"name": "odd", "type": "12", "title": "Odd", "options": {}, "children": [inner]}
    document["pages"][0]["components"].append(odd)
    return document


@pytest.mark.parametrize(
    "changed",
    [
        numbers_where_yes_or_no_is_expected,
        a_name_with_a_dot_in_a_section,
        choices_that_are_only_read_and_have_no_words,
        a_list_that_is_not_needed,
        a_condition_that_only_a_second_of_its_name_uses,
        a_condition_inside_another_that_reads_nothing_that_is_there,
        a_condition_on_a_text_of_a_page_that_repeats,
        a_condition_on_what_stands_in_an_unknown_component,
    ],
)
def test_odd_values_in_xgov_forms_are_kept_or_named_and_defects_stand_where_they_are(
    changed: Callable[[], Any],
) -> None:
    document = changed()
    measured = measure(source(document), TODAY, 1, frozenset(("F1", "F5")))
    assert {name: share.short for name, share in measured.shares.items()} == {"F1": (), "F5": ()}


def test_a_folder_is_told_file_by_file_and_what_is_no_form_is_named(tmp_path: Path) -> None:
    (tmp_path / "boat.json").write_text(json.dumps(XGOV))
    (tmp_path / "other.json").write_text('{"a": 1}')
    (tmp_path / "broken.json").write_text("{")
    (tmp_path / "notes.txt").write_text("x")
    export = tmp_path / "export"
    export.mkdir()
    for name, document in OPEN_FORMS.items():
        (export / name).write_text(json.dumps(document))
    found = {one.name: one.importer.key if one.importer else one.why for one in sources(tmp_path)}
    assert found == {
        "export": "open_forms",
        "boat.json": "xgov",
        "other.json": "This is no form of a known format.",
        "broken.json": "This file is not sound JSON.",
        "notes.txt": "This is neither JSON nor a ZIP archive.",
    }


@pytest.mark.parametrize("folder", FOLDERS)
def test_real_forms_lose_nothing_silently_and_their_defects_are_told(folder: str) -> None:
    _whole(folder, SAMPLE, frozenset(("F1", "F2", "F5")), 1)


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_all_real_forms_are_covered_in_full(folder: str) -> None:
    _whole(folder, None, frozenset(FIGURES), 20)


def _whole(folder: str, most: int | None, figures: frozenset[str], seeds: int) -> None:
    if not (CASES / folder).is_dir():
        pytest.skip(f"the shared cases {folder} are not here")
    found = [one for one in sources(CASES / folder) if one.importer]
    step = max(1, len(found) // most) if most else 1
    measured = [measure(one, TODAY, seeds, figures) for one in found[::step]]
    short = [
        f"{one.name} {name}: {share.short[:2]}"
        for one in measured
        for name, share in one.shares.items()
        if share.fraction < 1
    ]
    assert measured
    assert not short
