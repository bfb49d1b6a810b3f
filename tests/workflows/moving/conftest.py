"""Versions of one small service that differ in a part or two."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from workflows.models import ServiceVersion

Change = Callable[[dict[str, Any]], None]


@pytest.fixture
def pair(publish: Any) -> Callable[[dict[str, Any], Change], tuple[ServiceVersion, ServiceVersion]]:
    """A version of a package, and the next one with a change."""

    def make(package: dict[str, Any], change: Change) -> tuple[ServiceVersion, ServiceVersion]:
        newer = copy.deepcopy(package)
        change(newer)
        return publish(package), publish(newer)

    return make


@pytest.fixture
def nodes_of() -> Callable[[dict[str, Any]], dict[str, dict[str, Any]]]:
    """The steps of a package by key, to be changed in place."""
    return lambda package: {node["key"]: node for node in package["workflow"]["nodes"]}
