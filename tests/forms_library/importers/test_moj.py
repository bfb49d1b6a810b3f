"""Services of MOJ Forms."""

import copy

import pytest

from forms_library.compiled import compile_form
from forms_library.definition import Form
from forms_library.importers.moj import Moj
from forms_library.importing.port import Imported, Refused
from tests.forms_library.importing.samples import MOJ, OPEN_FORMS, SCHEMA, XGOV


@pytest.fixture
def imported() -> Imported:
    return Moj().read(copy.deepcopy(MOJ))


@pytest.fixture
def form(imported: Imported) -> Form:
    return imported.forms[0].form


def test_only_its_own_documents_are_recognised() -> None:
    assert Moj().recognises(MOJ)
    assert not any(Moj().recognises(other) for other in (XGOV, OPEN_FORMS, SCHEMA, [], None))


def test_branches_become_links_of_the_page_before(form: Form) -> None:
    size = next(page for page in form.pages if page.origin == "p2")
    assert [(link.to, link.when, link.origin) for link in size.next or []] == [
        ("call", 'answers.size_1 == "v-1"', "c1"),
        ("more", None, None),
    ]


def test_an_exit_page_ends_the_form_and_the_page_of_answers_is_ours(form: Form) -> None:
    assert [page.key for page in form.pages if page.exit] == ["call"]
    assert "p5" not in {page.origin for page in form.pages}


def test_a_text_is_shown_by_its_condition(form: Form) -> None:
    note = next(field for field in form.fields() if field.origin == "q3")
    assert note.show_when == "has(answers.size_1)"
    assert note.options["text"] == "Stay **away**"


def test_a_condition_on_a_question_that_is_gone_is_a_defect(imported: Imported) -> None:
    assert ("defect", "unknown_field", "flow.b1.next.conditionals[1]") in {
        (note.kind, note.code, note.where) for note in imported.report
    }


def test_what_has_no_place_here_is_named(imported: Imported) -> None:
    assert "pages[4].send_body" in {note.where for note in imported.report.of("lost")}


def test_the_form_can_be_asked(form: Form) -> None:
    assert compile_form(form).fields["depth"].field.required is False


@pytest.mark.parametrize(
    "change", [{"flow": 3}, {"flow": {"p1": {"next": 3}}}, {"flow": {"p2": {"next": {"default": "p2"}}}}]
)
def test_no_odd_flow_breaks_the_reading(change: dict[str, object]) -> None:
    compile_form(Moj().read({**copy.deepcopy(MOJ), **change}).forms[0].form)


def test_a_service_without_a_page_is_refused() -> None:
    with pytest.raises(Refused):
        Moj().read({"flow": {}, "pages": []})
