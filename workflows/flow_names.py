"""How rows name the flow of a service version, and finding a flow by this name as Viewflow itself does."""

from __future__ import annotations

from typing import Any

from viewflow.workflow.fields import import_flow_by_ref

from workflows.unit import Unresolvable


def name_of(service_id: int, number: int) -> str:
    """The name under which the virtual module answers a version."""
    return f"S{service_id}_V{number}"


def flow_named(service_id: int, number: int) -> Any:
    """The flow of a version; raises Unresolvable where there is none."""
    try:
        return import_flow_by_ref(f"workflows/flows.{name_of(service_id, number)}")
    except ImportError as error:
        raise Unresolvable(f"service {service_id} has no version {number}") from error
