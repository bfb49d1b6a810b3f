"""What can be wrong with a step that a clerk does."""

from __future__ import annotations

from typing import Any

from engine.core.problems import Problems
from workflows.node_type import Surroundings
from workflows.role_checks import check_role

RESERVED = {"outcome"}  # what the engine itself records beside the answers of a step


def check_person_step(options: Any, around: Surroundings, problems: Problems) -> None:
    """Title, form, and the people who may not do the step."""
    if not options.title:
        problems.at("title").mend("missing", "This step needs a title: staff see it in their queue.")
    check_role(options.role, around, problems.at("role"))
    check_staff_form(options, around, problems)
    check_not_by(options, around, problems)


def check_not_by(options: Any, around: Surroundings, problems: Problems) -> None:
    """The people who may not do the step."""
    for number, key in enumerate(options.not_by):
        place = problems.at("not_by", number)
        if key not in around.nodes:
            place.mend("unknown_step", f'There is no step "{key}".')
        elif key == options.key:
            place.mend("not_by_itself", "A step cannot exclude who does the step itself.")
        elif around.type_of(key).family not in ("person", "start"):
            place.mend("not_a_person", f'Nobody in person does the step "{key}", so it excludes nobody.')


def check_staff_form(options: Any, around: Surroundings, problems: Problems) -> None:
    """The form of one page that staff fill in."""
    if options.form is None:
        return
    form = around.forms.get(options.form)
    if form is None:
        problems.at("form").mend("unknown_form", f'There is no form "{options.form}" in this package.')
        return
    for name in sorted({field.key for field in form.fields()} & RESERVED):
        problems.at("form").mend("reserved", f'A question of a staff form cannot be called "{name}".')
    if len(form.pages) > 1:
        problems.at("form").mend("pages", "A form for staff has one page.")
