"""A service that another one calls, and the step that calls it."""

from __future__ import annotations

import json
from typing import Any

from tests.workflows.steps import end, start, task

LOST = {"key": "lost", "type": "error_end", "code": "no_record"}


def question(key: str, kind: str = "short_text", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": key.capitalize(), "required": False, **more}


def background(*nodes: dict[str, Any], key: str = "background-check") -> dict[str, Any]:
    """The service that is called: somebody looks whether the police know a person."""
    fields = [question("name"), question("fee", "decimal"), question("number", data_class="sensitive")]
    steps = nodes or (task("look", clean="done", known="refused", gone="lost"), LOST)
    ends = [end("done", "approved"), end("refused", "refused")]
    used = [each for each in ends if f'"{each["key"]}"' in json.dumps(steps)]
    return {
        "format": 1,
        "key": key,
        "title": {"en": "Background check"},
        "languages": ["en"],
        "reference_prefix": "BGC",
        "forms": {"application": {"title": "Check", "pages": [{"key": "p", "title": "P", "fields": fields}]}},
        "workflow": {
            "decide_within": {"working_days": 5},
            "start": "applied",
            "nodes": [start(steps[0]["key"]), *steps, *used],
        },
    }


def call(**more: Any) -> dict[str, Any]:
    return {
        "key": "police",
        "type": "sub_process",
        "service": "background-check",
        "inputs": {
            "name": {"copy": "answers.owner"},
            "fee": {"type": "decimal", "value": "answers.amount * 2.0"},
        },
        "outputs": {"clean": {"type": "yes_no", "value": 'work.look.outcome == "clean"'}},
        "next": "check",
        **more,
    }
