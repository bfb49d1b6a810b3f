"""Answers of rows and groups under another version: what is still asked in them is kept, the rest named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from forms_library.bound import CompiledField


@dataclass
class Trimmed:
    """Rows or a group without what the new question no longer asks in them, and what that was."""

    answer: Any
    dropped: list[tuple[CompiledField, Any]] = field(default_factory=list)

    def by_question(self) -> dict[str, list[tuple[CompiledField, Any]]]:
        """What was dropped, together for each question inside."""
        found: dict[str, list[tuple[CompiledField, Any]]] = {}
        for asked, answer in self.dropped:
            found.setdefault(asked.path, []).append((asked, answer))
        return found


def trimmed(old: CompiledField, new: CompiledField, answer: Any) -> Trimmed | None:
    """The answer as far as the new question asks for it; None where nothing inside has to go."""
    if not old.children or not new.children or old.has_rows != new.has_rows:
        return None
    made = Trimmed(None)
    rows = answer if isinstance(answer, list) else [answer]
    kept = [_record(old, new, row, made) for row in rows if isinstance(row, Mapping)]
    made.answer = kept if isinstance(answer, list) else kept[0] if kept else {}
    return made if made.dropped else None


def _record(
    old: CompiledField, new: CompiledField, record: Mapping[str, Any], made: Trimmed
) -> dict[str, Any]:
    children = {child.key: child for child in old.children}
    targets = {child.key: child for child in new.children if child.question.has_answer}
    kept: dict[str, Any] = {}
    for key, value in record.items():
        asked, target = children.get(key), targets.get(key)
        if asked is None or asked.question.computed:
            kept[key] = value
        elif target is None or target.field.type != asked.field.type:
            made.dropped.append((asked, value))
        elif asked.children and (inside := trimmed(asked, target, value)) is not None:
            kept[key] = inside.answer
            made.dropped += inside.dropped
        else:
            kept[key] = value
    return kept
