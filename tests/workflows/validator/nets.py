"""Workflows for the checks of the net, written as a few steps, and what is found wrong with them."""

import copy
from typing import Any

from tests.workflows.conftest import PACKAGE, with_nodes
from workflows.validator import check_package


def package_of(*nodes: dict[str, Any]) -> dict[str, Any]:
    """A package with these steps."""
    package = copy.deepcopy(PACKAGE)
    package["certificates"], package["messages"] = {}, {}
    return with_nodes(package, *nodes)


def wrong(*nodes: dict[str, Any], severity: str = "mend") -> dict[str, str]:
    """What is wrong with the net: code and sentence, by the key of the step."""
    package = package_of(*nodes)
    keys = [node["key"] for node in package["workflow"]["nodes"]]
    found = {}
    for problem in check_package(package):
        if problem.severity == severity and problem.path[:2] == ("workflow", "nodes"):
            found[f"{keys[int(problem.path[2])]}: {problem.code}"] = problem.sentence
    return found
