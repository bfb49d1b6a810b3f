"""Exports of Open Forms."""

import copy
import io
import json
import zipfile

import pytest

from forms_library.compiled import compile_form
from forms_library.definition import Form
from forms_library.importers.open_forms import OpenForms
from forms_library.importing.limits import read_document
from forms_library.importing.port import Imported
from tests.forms_library.importing.samples import MOJ, OPEN_FORMS, SCHEMA, XGOV


@pytest.fixture
def imported() -> Imported:
    return OpenForms().read(copy.deepcopy(OPEN_FORMS))


@pytest.fixture
def form(imported: Imported) -> Form:
    return imported.forms[0].form


def test_only_its_own_documents_are_recognised() -> None:
    assert OpenForms().recognises(OPEN_FORMS)
    assert OpenForms().recognises({"components": [{"key": "a", "type": "textfield"}]})
    assert not any(
        OpenForms().recognises(other) for other in (XGOV, MOJ, SCHEMA, [], None, {"components": []})
    )


def test_an_archive_is_read_as_its_files() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        for name, document in OPEN_FORMS.items():
            written.writestr(name, json.dumps(document))
    imported = OpenForms().read(read_document(archive.getvalue()))
    assert [page.title.in_("nl") for page in imported.forms[0].form.pages] == ["Wie", "Waar"]


def test_a_rule_shows_what_is_hidden_from_the_start(form: Form) -> None:
    fire = next(field for field in form.fields() if field.key == "vuur")
    assert fire.show_when == '"v" in answers.wat'


def test_a_simple_condition_compares_by_the_kind_of_the_answer(form: Form) -> None:
    why = next(field for field in form.fields() if field.key == "groot")
    assert why.show_when == '"m" in answers.wat'


def test_a_step_that_does_not_apply_is_stepped_over(form: Form) -> None:
    assert form.pages[1].show_when == "!((has(answers.gasten) && answers.gasten > 500))"


def test_a_fieldset_becomes_a_section_before_its_questions(form: Form) -> None:
    assert [field.type for field in form.pages[1].fields] == ["section", "short_text"]


def test_sensitive_answers_stay_sensitive(form: Form) -> None:
    assert [field.key for field in form.fields() if field.data_class == "sensitive"] == ["naam"]


def test_what_has_no_place_here_is_named(imported: Imported) -> None:
    found = {note.where for note in imported.report.of("lost")}
    assert "forms[0].payment_required" in found
    assert "formDefinitions[1].configuration.components[0].components[0].placeholder" in found
    assert "formLogic[2]" in found


def test_the_form_can_be_asked(form: Form) -> None:
    assert compile_form(form).fields.keys() >= {"naam", "gasten", "wat", "straat"}


def test_a_rule_that_reads_what_is_not_asked_is_a_defect_also_beside_a_question_without_a_name() -> None:
    document = copy.deepcopy(OPEN_FORMS)
    logic = next(name for name in document if name.startswith("formLogic"))
    definitions = next(name for name in document if name.startswith("formDefinitions"))
    document[definitions][0]["configuration"]["components"].append({"key": "", "type": "textfield"})
    document[logic][0]["json_logic_trigger"] = {"==": [{"var": "gone"}, 1]}
    found = {(note.code, note.path) for note in OpenForms().read(document).report.of("defect")}
    assert ("unknown_field", ("formLogic", 0, "json_logic_trigger")) in found
