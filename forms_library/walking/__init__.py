"""Walkers: fill any form by its types, constraints and rules, along all its paths, and wrongly on purpose."""

from forms_library.walking.graph import paths
from forms_library.walking.invalid import invalid_values
from forms_library.walking.path_walk import walk_paths
from forms_library.walking.random_walk import random_walk
from forms_library.walking.trace import Finding, PathReport, Step, Walk, WalkedPath

__all__ = [
    "Finding",
    "PathReport",
    "Step",
    "Walk",
    "WalkedPath",
    "invalid_values",
    "paths",
    "random_walk",
    "walk_paths",
]
