"""The workflow as a picture and as a list, with what has happened in a case drawn in."""

from workflows.diagram.drawing import draw
from workflows.diagram.heat import TINTS, Warmth, warmths
from workflows.diagram.live import Live, live_state
from workflows.diagram.outline import OutlineStep, outline

__all__ = ["TINTS", "Live", "OutlineStep", "Warmth", "draw", "live_state", "outline", "warmths"]
