"""Functions over contexts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.core.feel.signatures import builtin

Context = Mapping[str, Any]


@builtin("get value", "m: context, key: string")
def entry(context: Context, key: str) -> Any:
    """What stands under a name."""
    return context.get(key)


@builtin("get value", "context: context, keys: list")
def entry_inside(context: Context, keys: list[Any]) -> Any:
    """What stands under a name inside others."""
    found: Any = context if keys else None
    for key in keys:
        found = found.get(key) if isinstance(found, Mapping) else None
    return found


@builtin("get entries", "m: context")
def entries(context: Context) -> list[Any]:
    """Every name with what stands under it."""
    return [{"key": name, "value": value} for name, value in context.items()]


@builtin("context", "entries: list of context")
def context_of(pairs: list[Any]) -> Context | None:
    """A context out of names and values."""
    made: dict[str, Any] = {}
    for pair in pairs:
        name = pair.get("key") if isinstance(pair, Mapping) else None
        if not isinstance(name, str) or name in made or "value" not in pair:
            return None
        made[name] = pair["value"]
    return made


@builtin("context put", "context: context, key: string, value: any")
def put(context: Context, key: str, value: Any) -> Context:
    """With another entry."""
    return {**context, key: value}


@builtin("context put", "context: context, keys: list of string, value: any")
def put_inside(context: Context, keys: list[Any], value: Any) -> Context | None:
    """With another entry inside others."""
    if not keys or not all(isinstance(key, str) for key in keys):
        return None
    if len(keys) == 1:
        return {**context, keys[0]: value}
    inner: Any = context.get(keys[0], {})
    if inner is not None and not isinstance(inner, Mapping):
        return None
    changed = put_inside(inner or {}, keys[1:], value)
    return None if changed is None else {**context, keys[0]: changed}


@builtin("context merge", "contexts: list of context")
def merge(contexts: list[Any]) -> Context | None:
    """Several contexts made one; the last one counts."""
    if not all(isinstance(context, Mapping) for context in contexts):
        return None
    return {name: value for context in contexts for name, value in context.items()}
