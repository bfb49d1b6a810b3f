"""What the template of a question page is given."""

from typing import Any

from formtools.wizard.views import StepsHelper

from engine.core.voice import marking
from forms_library.reacting import awaited
from forms_library.rendering import error_summary, render_page
from portal.citizen.brought_up import brought_up
from portal.citizen.drafts import address_of_check, address_of_page, application_title
from portal.citizen.known import locked_on, offered_on
from portal.citizen.page_form import PageForm
from portal.citizen.page_token import page_token
from portal.citizen.row_focus import pressed_in, with_focus
from portal.citizen.walk import Walk
from workflows.services.drafts import BEFORE


@marking()
def page_context(walk: Walk, form: PageForm, steps: StepsHelper, *, to_check: bool) -> dict[str, Any]:
    """Everything but notices."""
    page, errors, draft = walk.page(form.key), form.errors, walk.draft
    intro = page.page.intro.in_(walk.language) if page.page.intro else ""
    return {
        "draft": draft,
        "department": draft.department,
        "service_title": application_title(draft.service_version_id, walk.language),
        "page_title": page.page.title.in_(walk.language),
        "question_is_heading": page.asks_one,
        "intro": [part.strip() for part in intro.split("\n\n") if part.strip()],
        "section_title": page.page.section.in_(walk.language) if page.page.section else "",
        "step": steps.step1,
        "steps": steps.count + 1,
        **fields_context(walk, form),
        "summary_html": error_summary(errors, walk.language),
        "has_errors": bool(errors),
        "brought_up": brought_up(walk, form) if form.unseen else None,
        "reacts_to": awaited(walk.form, form.key, {error.field_key for error in errors}),
        "takes_files": any(asked.question.upload_rules for asked in page.everything()),
        "address": address_of_page(draft, form.key),
        "back_address": _back(walk, steps, to_check=to_check),
        "to_check": to_check,
        "page_token": page_token(draft),
        "offered": offered_on(walk, form.key),
        "before": draft.raw.get(BEFORE, {}).get(form.key, ()),
        "note": draft.work_item.data.get("note", "") if draft.work_item else "",
    }


@marking()
def fields_context(walk: Walk, form: PageForm) -> dict[str, Any]:
    """The questions, and for the next request which of them stood there and which were called wrong."""
    return {
        "fields_html": with_focus(_fields(walk, form), pressed_in(form)),
        "asked": ",".join(form.asked),
        "wrong": ",".join(dict.fromkeys(error.field_key for error in form.errors)),
    }


def _fields(walk: Walk, form: PageForm) -> str:
    result = form.result
    return render_page(
        walk.form,
        form.key,
        answers={**walk.offered, **walk.draft.answers, **walk.locked, **result.kept},
        raw=result.raw,
        errors=form.errors,
        language=walk.language,
        today=walk.today,
        calendar=walk.calendar,
        only=walk.only,
        known=locked_on(walk, form.key),
    )


def _back(walk: Walk, steps: StepsHelper, *, to_check: bool) -> str:
    draft = walk.draft
    if to_check:
        return address_of_check(draft)
    if steps.prev:
        return address_of_page(draft, steps.prev)
    if draft.work_item:
        return f"/applications/{draft.work_item.process.reference}/"
    return f"/{draft.department.key}/{draft.service_version.service.key}/"
