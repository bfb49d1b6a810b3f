"""Where a case stands: its open items, each with the path and the splits that its token is on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.advancing import CLOSED
from workflows.models import Draft, WorkItem, WorkKind
from workflows.moving.terrain import BESIDE, MAIN
from workflows.validator.blocks import Stack

Head = tuple[str, str]  # key and type of an item that others run inside of, or that they parted at
OWNER = "OWNER"


@dataclass(frozen=True)
class Spot:
    """One open item, the region of its path, and the open splits as items, the innermost last."""

    item: Any
    region: str
    owner: int | None  # the item that the path runs inside of
    splits: tuple[int, ...]
    stack: Stack

    @property
    def token(self) -> str:
        """What items that race or belong together share."""
        return str(self.item.token)


@dataclass(frozen=True)
class Standing:
    """A case with all that is open on it."""

    case: Any
    spots: list[Spot]
    heads: Mapping[int, Head]
    answering: frozenset[int]  # items to which the applicant has begun to write an answer


def standings(cases: Iterable[Any]) -> list[Standing]:
    """Where some cases stand, asked for together."""
    by_key = {case.pk: case for case in cases}
    open_items = WorkItem.objects.filter(process__in=by_key).exclude(status__in=CLOSED).order_by("pk")
    items = list(open_items.select_related("owner"))
    heads = _heads(items)
    writing = _answering(items)
    found: dict[int, list[Spot]] = {key: [] for key in by_key}
    for item in items:
        item.process = by_key[item.process_id]
        found[item.process_id].append(_spot(item, heads))
    return [Standing(case, found[key], heads, writing) for key, case in by_key.items()]


def _heads(items: Iterable[Any]) -> dict[int, Head]:
    keys = {key for item in items for key in (*_keys(str(item.token)), *_keys(_block(item)))}
    rows = WorkItem.objects.filter(pk__in=keys) if keys else WorkItem.objects.none()
    return {pk: (node, kind) for pk, node, kind in rows.values_list("pk", "node_key", "flow_task_type")}


def _answering(items: Iterable[Any]) -> frozenset[int]:
    asked = [item.pk for item in items if item.kind == WorkKind.APPLICANT]
    drafts = Draft.objects.filter(work_item__in=asked) if asked else Draft.objects.none()
    return frozenset(key for key in drafts.values_list("work_item_id", flat=True) if key is not None)


def _spot(item: Any, heads: Mapping[int, Head]) -> Spot:
    token = str(item.token)
    region = BESIDE if token.startswith("beside_") else MAIN
    owner, splits = None, list[int]()
    for key in _keys(token):
        name, kind = heads.get(key, ("", ""))
        if kind == OWNER:
            region, owner, splits = name, key, []
        else:
            splits.append(key)
    return Spot(item, region, owner, tuple(splits), tuple(heads.get(key, ("", ""))[0] for key in splits))


def _keys(token: str) -> list[int]:
    """The items that a token runs inside of, the outermost first: 12 and 15 of "start/12_2/15_1"."""
    found = (part.partition("_")[0] for part in token.split("/")[1:])
    return [int(key) for key in found if key.isdigit()]


def _block(item: Any) -> str:
    """The token of the ways that a join waits for."""
    return str(item.data.get("block", "")) if item.flow_task_type == "JOIN" else ""


def split_of(item: Any) -> int | None:
    """The item at which the ways parted that a join waits for; None where none did."""
    return next(iter(reversed(_keys(_block(item)))), None)
