"""How the course of a case can be changed: to which steps it can be moved, and what can be done at all."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.utils.timezone import now
from viewflow.workflow import STATUS

from engine.core.problems import Problems
from engine.departments.models import User
from workflows.models import Case, WorkItem, WorkKind
from workflows.node_type import node_types
from workflows.roles import may_steer
from workflows.selectors.versions import KEPT, package_of
from workflows.undoing import UNDO_WITHIN, last_decided
from workflows.validator.blocks import find_blocks
from workflows.validator.net import net_of


def offered_changes(user: User, case: Case) -> list[str]:
    """What the person can try with the case as it stands; each verb checks again and says why not."""
    steers = may_steer(user, case.department_id)
    if case.archived_at is not None:
        return ["unarchive"] if steers else []
    if case.finished is not None:
        return ["reopen", "archive"] if steers else []
    undo = ["undo"] if may_undo(user, case.department_id, last_decided(_decided(case))) else []
    return [*undo, "move", "cancel"] if steers else undo


def may_undo(user: User, department_id: int, decided: Any) -> bool:
    """Whether a person may take back what was decided last: for ten minutes their own, else who steers."""
    if decided is None:
        return False
    own = decided.owner_id == user.pk and decided.finished > now() - UNDO_WITHIN
    return own or may_steer(user, department_id)


def _decided(case: Case) -> list[WorkItem]:
    found = WorkItem.objects.filter(process=case, kind=WorkKind.PERSON, status=STATUS.DONE)
    return list(found.order_by("-finished", "-pk")[:1])


def can_be_moved_to(case: Case, node_key: str) -> bool:
    """Whether the case can go on at this step."""
    return node_key in _resting_places(case.version_id)


def steps_to_move_to(case: Case, language: str) -> list[tuple[str, str]]:
    """The steps at which the case can go on, key and title, in the order in which they are written."""
    nodes = package_of(case.version_id).nodes
    return [(key, nodes[key].title.in_(language) or key) for key in _resting_places(case.version_id)]


@lru_cache(maxsize=KEPT)
def _resting_places(version_id: int) -> tuple[str, ...]:
    """Steps that wait for staff, outside of ways that run side by side: a join would wait for the others."""
    package = package_of(version_id)
    net = net_of(package.workflow, package.nodes)
    blocks = find_blocks(net, {key: Problems() for key in package.nodes})
    main, inside = set(blocks.levels.get((), ())), {key for key, stack in blocks.places if stack}
    return tuple(
        key
        for key, options in package.nodes.items()
        if key in main - inside and node_types[options.type].family_of(options) == "person"
    )
