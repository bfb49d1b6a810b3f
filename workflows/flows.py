"""The virtual module that rows refer to: `workflows/flows.S12_V3` is the flow of service 12, version 3."""

from __future__ import annotations

import re
from typing import Any

from workflows.compiler import flow_for

_NAME = re.compile(r"S(\d{1,18})_V(\d{1,9})")


def __getattr__(name: str) -> Any:
    """Compile the version on first use."""
    match = _NAME.fullmatch(name)
    flow = flow_for(int(match[1]), int(match[2])) if match else None
    if flow is None:
        raise AttributeError(name)
    return flow
