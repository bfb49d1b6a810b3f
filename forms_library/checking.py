"""Every problem of a form before it is published, each with its path and a plain sentence."""

from collections.abc import Sequence

from engine.core.problems import Problems
from forms_library.bound import CompiledField, CompiledForm
from forms_library.checking_order import check_circles, check_order, circles, places
from forms_library.checking_prefill import check_prefill
from forms_library.checking_rows import check_rows, check_size
from forms_library.checking_rules import check_rules
from forms_library.checking_ways import check_ways
from forms_library.compiled import Context, build, list_name
from forms_library.definition import Field, Form, Page
from forms_library.nested_type import NestedType
from forms_library.row_names import TAKEN_IN_ROWS
from forms_library.rows_type import RowsType

__all__ = ["TAKEN", "TAKEN_PAGES", "check_form", "circles", "places"]
# Names of inputs and ids that every page of the portal has for itself.
TAKEN = frozenset({"main", "csrfmiddlewaretoken"})
# "done" is a step of the walker of pages, "check" and "sent" are addresses beside the pages.
TAKEN_PAGES = frozenset({"done", "check", "sent"})


def check_form(form: Form, problems: Problems, context: Context | None = None) -> CompiledForm:
    """Note all problems; the result can be asked only when none must be mended."""
    compiled = build(form, problems, context)
    for number, page in enumerate(form.pages):
        at = problems.at("pages", number)
        _page(page, compiled, at)
        for index, field in enumerate(page.fields):
            _field(field, compiled.fields.get(field.key), at.at("fields", index))
    check_ways(compiled, problems)
    check_circles(compiled, problems)
    check_order(compiled, problems)
    check_rules(compiled, problems)
    check_prefill(compiled, problems)
    check_rows(compiled, problems)
    check_size(compiled, problems)
    return compiled


def _page(page: Page, compiled: CompiledForm, problems: Problems) -> None:
    if page.key in TAKEN_PAGES:
        problems.mend(
            "taken_key", f'A page cannot have the key "{page.key}": the portal uses it. Choose another.'
        )
    if not page.title:
        problems.at("title").mend("no_title", "The page needs a title.")
    own = [field.key for field in page.fields]
    for index, check in enumerate(page.checks):
        if check.field not in own:
            sentence = f'There is no field "{check.field}" on this page to show the sentence at.'
            problems.at("checks", index, "field").mend("unknown_field", sentence)
        if not check.sentence:
            problems.at("checks", index, "sentence").mend("no_sentence", "The check needs a sentence.")
    asks = any(asked.question.has_answer for asked in compiled.pages[page.key].fields)
    if page.exit and asks:
        problems.at("exit").mend(
            "exit_asks", "A page on which the walk ends cannot ask anything: it holds texts only."
        )
    if not asks and not page.exit:
        problems.look("no_question", "The page asks nothing.")


def _field(field: Field, asked: CompiledField | None, problems: Problems) -> None:
    if field.key in TAKEN:
        sentence = f'A field cannot have the key "{field.key}": the portal uses it. Choose another.'
        problems.at("key").mend("taken_key", sentence)
    if asked is None:
        if not field.label:
            problems.at("label").mend("no_label", f'The field "{field.key}" needs a label.')
        return
    question = asked.question
    if not field.label and question.needs_label:
        problems.at("label").mend("no_label", f'The field "{field.key}" needs a label.')
    if not question.has_answer and field.required_when:
        problems.at("required_when").look(
            "no_answer", "This is a text, not a question: nothing can be required."
        )
    for code in field.errors:
        if code not in question.error_codes():
            known = ", ".join(sorted(question.error_codes()))
            problems.at("errors", code).mend(
                "unknown_error", f'There is no error "{code}" here. There are: {known}.'
            )
    question.problems(problems)
    if isinstance(question, NestedType):
        _inside(asked, question, problems.at("options"))


def _inside(asked: CompiledField, question: NestedType, problems: Problems) -> None:
    """The questions of a group or of rows, and the rules across a row."""
    name = list_name(question)
    bound = {child.key: child for child in asked.children}
    for index, field in enumerate(question.children()):
        at = problems.at(name, index)
        if isinstance(question, RowsType) and field.key in TAKEN_IN_ROWS:
            sentence = f'A field in rows cannot have the key "{field.key}": a button has this name.'
            at.at("key").mend("taken_key", sentence)
        holds = field.key in bound and isinstance(bound[field.key].question, NestedType)
        if holds and isinstance(question, RowsType) and question.one_line:
            at.at("type").mend("not_one_line", "A column of a table cannot hold questions itself.")
        _field(field, bound.get(field.key), at)
    if not any(child.question.has_answer for child in asked.children):
        problems.at(name).mend("no_question", "There is no question in it.")
    checks: Sequence[object] = getattr(question.options, "checks", ())
    for index, check in enumerate(checks):
        key = getattr(check, "field", "")
        if key not in bound:
            sentence = f'There is no field "{key}" in the row to show the sentence at.'
            problems.at("checks", index, "field").mend("unknown_field", sentence)
