"""The actions by which a case can begin, and those that a person may take."""

from engine.departments.models import User
from workflows.models import Draft
from workflows.node_type import Action, node_types
from workflows.roles import may_do_any
from workflows.selectors.versions import Version, version_of


def actions_of_start(version: Version, start: str) -> list[Action]:
    """All actions of a start, the first of the workflow if none is named; empty where there is no choice."""
    options = version.node(start or version.package.workflow.start)
    if options is None or node_types[options.type].family != "start":
        return []
    return node_types[options.type].actions(options)


def first_actions(user: User, version: Version, department_id: int, start: str) -> list[Action]:
    """The actions by which this person may begin: as an applicant, or at a named start as staff."""
    package, known = version.package, actions_of_start(version, start)
    if not start:
        return [action for action in known if package.may_apply(action)]
    return [action for action in known if may_do_any(user, package.staff_among(action.roles), department_id)]


def beginnings(user: User, draft: Draft, language: str) -> list[tuple[str, str]]:
    """The buttons that send a draft, key and label, where there is more than one."""
    if draft.work_item_id is not None:
        return []
    version = version_of(draft.service_version_id)
    found = first_actions(user, version, draft.department_id, draft.start)
    return [(action.key, action.label.in_(language)) for action in found] if len(found) > 1 else []


def form_of_start(version: Version, start: str) -> str:
    """The form that is filled in before a case begins here; empty where nothing is asked."""
    options = version.node(start)
    if options is None or node_types[options.type].family != "start":
        return version.package.start_form_key  # a case put straight into a state is asked for all the same
    return str(getattr(options, "form", None) or "")
