"""Walkers: fill any form by its types, constraints and rules, along all its paths, and wrongly on purpose."""

from forms_library.walking.random_walk import random_walk
from forms_library.walking.trace import Finding, PathReport, Step, Walk, WalkedPath

__all__ = ["Finding", "PathReport", "Step", "Walk", "WalkedPath", "random_walk"]
