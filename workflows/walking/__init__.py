"""Walking a workflow by itself: by chance, or every way; on the real engine, and nothing of it stays."""

from workflows.walking.findings import Findings, Problem
from workflows.walking.walker import walk

__all__ = ["Findings", "Problem", "walk"]
