"""Problems and checklist as the client is handed them, in the language of the reader."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language

from engine.core.problems import Problem
from portal.designer.checking import Checked
from portal.designer.checklist import checklist
from portal.designer.sentences import say

MOST = 500
"""So many problems are told at once; whoever has more mends these first."""


def problem_lines(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Each problem with its path, those to mend first."""
    language = get_language() or "en"
    ordered = sorted(problems, key=lambda problem: problem.severity != "mend")
    return [
        {
            "path": list(problem.path),
            "where": problem.where,
            "sentence": say(problem.sentence, language),
            "severity": problem.severity,
            "code": problem.code,
        }
        for problem in ordered[:MOST]
    ]


def state_of(document: dict[str, Any], checked: Checked) -> dict[str, Any]:
    """The problems and the checklist of a document."""
    lines = checklist(document, checked)
    return {
        "problems": problem_lines(checked.problems),
        "checklist": [
            {
                "key": line.key,
                "done": line.done,
                "sentence": line.sentence,
                "tab": line.tab,
                "path": list(line.path),
            }
            for line in lines
        ],
    }
