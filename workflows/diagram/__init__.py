"""The workflow as a picture and as a list, with what has happened in a case drawn in."""

from workflows.diagram.drawing import draw
from workflows.diagram.live import Live, live_state
from workflows.diagram.outline import OutlineStep, outline

__all__ = ["Live", "OutlineStep", "draw", "live_state", "outline"]
