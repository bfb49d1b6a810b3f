"""A service package as YAML text: read strictly, written so that reading it again gives the same.

YAML has traps that a department should not fall into: `on` and `no` read as true and false, `2026-01-01` as
a date, a word given twice silently loses the first, and anchors can unfold a small file into gigabytes. Here
a word is a word, doubled words are problems with their lines, and anchors are refused.
"""

import math
import re
from typing import Any

import yaml

from engine.core.problems import Problems

LIMIT = 2_000_000  # characters; the largest real package we know has 300,000
MOST_PARTS = 200_000  # words, lists and groups; five times the largest real package
DEEPEST = 60
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
FLOAT = re.compile(
    r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+][0-9]+)?"
)  # what a writer of YAML 1.1 would quote
WORDS: dict[str, bool | None] = {"true": True, "false": False, "null": None, "~": None, "": None}
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_package(source: str | bytes) -> dict[str, Any]:
    """The package in a YAML text; raises DefinitionRefused with every problem of the text."""
    problems = Problems()
    text = _decoded(source, problems)
    problems.refuse_if_any()
    found: Any = None
    try:
        _refuse_tricks(text, problems)
        problems.refuse_if_any()
        root = yaml.compose(text, Loader=Loader)
        found = _value(root, problems) if root is not None else None
    except yaml.YAMLError as error:
        problems.mend("yaml", _sentence(error))
    if not problems and not isinstance(found, dict):
        problems.mend(
            "yaml", "This is not a service package: it must begin with words such as format and key."
        )
    problems.refuse_if_any()
    return dict(found)


def write_package(package: dict[str, Any]) -> str:
    """The YAML text of a package."""
    text: str = yaml.dump(package, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    return text


def _decoded(source: str | bytes, problems: Problems) -> str:
    try:
        text = source.decode("utf-8-sig") if isinstance(source, bytes) else source.removeprefix("\ufeff")
    except UnicodeDecodeError:
        problems.mend("encoding", "This file is not text in UTF-8.")
        return ""
    if len(text) > LIMIT:
        problems.mend("too_large", f"This text is too long: at most {LIMIT:,} characters.")
    return text


def _refuse_tricks(text: str, problems: Problems) -> None:
    """Anchors, aliases, tags, absurd depth and number; found without building anything."""
    depth = documents = 0
    for number, event in enumerate(yaml.parse(text, Loader=Loader)):
        line = event.start_mark.line + 1 if event.start_mark else 0
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if getattr(event, "anchor", None):
            problems.mend("anchor", f"Line {line}: anchors and aliases (& and *) cannot be used here.")
            return
        if str(getattr(event, "tag", None) or "").startswith(("!", "tag:")):
            problems.mend("tag", f"Line {line}: tags (words that begin with !) cannot be used here.")
            return
        if depth > DEEPEST or documents > 1:
            problems.mend("shape", f"Line {line}: this is nested too deeply, or a second document begins.")
            return
        if number > MOST_PARTS:
            problems.mend("too_large", f"This text has too many parts: more than {MOST_PARTS:,}.")
            return


def _value(node: Any, problems: Problems) -> Any:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, problems)
    if isinstance(node, yaml.SequenceNode):
        return [_value(child, problems.at(number)) for number, child in enumerate(node.value)]
    return _scalar(node)


def _mapping(node: Any, problems: Problems) -> dict[str, Any]:
    found: dict[str, Any] = {}
    lines: dict[str, int] = {}
    for name, child in node.value:
        line = name.start_mark.line + 1
        if not isinstance(name, yaml.ScalarNode):
            problems.mend("yaml", f"Line {line}: a list or group cannot be a word before the colon.")
            continue
        word = str(name.value)
        if word in lines:
            problems.at(word).mend(
                "doubled", f'"{word}" is given twice, in lines {lines[word]} and {line}. Keep one of them.'
            )
            continue
        lines[word] = line
        found[word] = _value(child, problems.at(word))
    return found


def _scalar(node: Any) -> Any:
    text = str(node.value)
    if node.style:  # quoted, or a block of text
        return text
    if text.lower() in WORDS and text in {"", "~", "null", "true", "false", "True", "False"}:
        return WORDS[text.lower()]
    if INTEGER.fullmatch(text) and len(text) < 20:
        return int(text)
    if FLOAT.fullmatch(text) and math.isfinite(float(text)):
        return float(text)
    return text


def _sentence(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    what = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    return f"Line {mark.line + 1}: {what}." if mark else f"This is not YAML: {what}."


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as blocks, and repeats a value where others write an alias."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _text)
