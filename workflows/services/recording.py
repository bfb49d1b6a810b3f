"""The audit row of a verb; the engine writes the same rows, so they are made one floor below."""

from workflows.recording import recorded, recorded_case

__all__ = ["recorded", "recorded_case"]
