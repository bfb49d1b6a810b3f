"""`python -m deploy.drills.inside [["VERB", "WORD"]]`, as JSON; answers likewise, into DRILL_ANSWER."""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import django

VERBS = (
    "prepare",
    "applying",
    "counting",
    "hashing",
    "visiting",
    "certificates",
    "documents",
    "letters",
    "switching",
    "browsing",
    "asking",
)


def main() -> int:
    """Do it and answer."""
    django.setup()
    answers = [_done(verb, *words) for verb, *words in json.loads(sys.argv[1])]
    Path(os.environ["DRILL_ANSWER"]).write_text(json.dumps(answers))
    return 0


def _done(verb: str, *words: str) -> Any:
    if verb not in VERBS:
        raise SystemExit(f"There is no verb {verb!r}.")
    return import_module(f"deploy.drills.inside.{verb}").run(*words)


if __name__ == "__main__":
    sys.exit(main())
