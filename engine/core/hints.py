"""How a setting is drawn: the hints beside its JSON Schema, which the designer reads."""

from typing import Any


def ui(widget: str, **hints: Any) -> dict[str, Any]:
    """How the designer draws one setting, for `json_schema_extra`: `help` and `example` may stand beside."""
    return {"ui": {"widget": widget, **hints}}
