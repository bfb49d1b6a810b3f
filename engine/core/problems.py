"""Every problem of a definition, collected, each with its path and a plain sentence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import ValidationError

Part = str | int
Severity = Literal["mend", "look"]


@dataclass(frozen=True)
class Problem:
    """One thing that must be mended, or that is worth a look."""

    path: tuple[Part, ...]
    code: str
    sentence: str
    severity: Severity = "mend"

    @property
    def where(self) -> str:
        """The path as text: forms.application.pages[0].fields[2]."""
        return place(self.path)


def place(path: tuple[Part, ...]) -> str:
    """Write a path the way people write it in YAML and JSON tools."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".")


class DefinitionRefused(Exception):
    """A definition has problems that must be mended."""

    def __init__(self, problems: "Problems") -> None:
        self.problems = problems
        super().__init__("; ".join(f"{problem.where}: {problem.sentence}" for problem in problems.must_mend))


class Problems:
    """A collector; `at()` gives a child that writes into the same list under a longer path."""

    def __init__(self, path: tuple[Part, ...] = (), found: list[Problem] | None = None) -> None:
        self.path = path
        self._found: list[Problem] = [] if found is None else found

    def at(self, *parts: Part) -> "Problems":
        """The same list, one or more steps deeper."""
        return Problems(self.path + parts, self._found)

    def mend(self, code: str, sentence: str) -> None:
        """Note what must be mended before the definition can be used."""
        self._found.append(Problem(self.path, code, sentence, "mend"))

    def look(self, code: str, sentence: str) -> None:
        """Note what is allowed but probably not meant."""
        self._found.append(Problem(self.path, code, sentence, "look"))

    @property
    def must_mend(self) -> list[Problem]:
        """Only those that stand in the way."""
        return [problem for problem in self._found if problem.severity == "mend"]

    def refuse_if_any(self) -> None:
        """Raise DefinitionRefused when something must be mended; a "look" does not refuse."""
        if self.must_mend:
            raise DefinitionRefused(self)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def __len__(self) -> int:
        return len(self._found)

    def __bool__(self) -> bool:
        return bool(self._found)


SENTENCES = {
    "missing": "This is missing.",
    "extra_forbidden": "This word is not known here.",
    "string_type": "This must be a text.",
    "string_too_short": "This must not be empty.",
    "string_too_long": "This text is too long: at most {max_length} characters.",
    "string_pattern_mismatch": "This must look like {pattern}.",
    "string_unicode": "This text holds characters that cannot be stored.",
    "bool_type": "This must be true or false.",
    "bool_parsing": "This must be true or false.",
    "int_type": "This must be a whole number.",
    "int_parsing": "This must be a whole number.",
    "int_from_float": "This must be a whole number.",
    "decimal_parsing": "This must be a number.",
    "float_parsing": "This must be a number.",
    "list_type": "This must be a list.",
    "dict_type": "This must be a group of named values.",
    "model_type": "This must be a group of named values.",
    "model_attributes_type": "This must be a group of named values.",
    "too_short": "This needs at least {min_length}, and has {actual_length}.",
    "too_long": "This may hold at most {max_length}, and has {actual_length}.",
    "literal_error": "This must be {expected}.",
    "enum": "This must be {expected}.",
    "greater_than": "This must be more than {gt}.",
    "greater_than_equal": "This must be at least {ge}.",
    "less_than": "This must be less than {lt}.",
    "less_than_equal": "This must be at most {le}.",
    "date_from_datetime_parsing": "This must be a date such as 2026-03-01.",
    "date_type": "This must be a date such as 2026-03-01.",
    "union_tag_not_found": "The {discriminator} is missing.",
    "union_tag_invalid": 'The type "{tag}" is not known. Known are {expected_tags}.',
}


PATTERNS: dict[str, str] = {}
"""What is said where a text is not of a pattern, by the pattern."""


def known_pattern(pattern: str, sentence: str) -> str:
    """The pattern, with what is said to whoever types something else."""
    PATTERNS[pattern] = sentence
    return pattern


def from_pydantic(error: ValidationError, problems: Problems, document: Any = None) -> None:
    """Add what pydantic found; with the document, steps that only name a union's branch fall away."""
    for found in error.errors(include_url=False):
        path = found["loc"] if document is None else _path_in(document, found["loc"])
        context = found.get("ctx", {})
        sentence = _pattern_sentence(found) or SENTENCES.get(found["type"], "").format_map(_Plain(context))
        if not sentence:
            sentence = str(context.get("error") or found["msg"]).rstrip(".") + "."
        problems.at(*path).mend(found["type"], sentence)


def _pattern_sentence(found: Mapping[str, Any]) -> str:
    """What is said instead of a pattern that only programmers can read."""
    if found["type"] != "string_pattern_mismatch":
        return ""
    return (
        SENTENCES["string_too_short"] if found["input"] == "" else PATTERNS.get(found["ctx"]["pattern"], "")
    )


class _Plain(dict[str, Any]):
    """Context for a sentence; a detail that pydantic leaves out does not break it."""

    def __missing__(self, key: str) -> str:
        return "…"


def _path_in(document: Any, path: tuple[Part, ...]) -> tuple[Part, ...]:
    """Keep the steps that exist in the document, and the last one: it may name what is missing."""
    kept: list[Part] = []
    for number, part in enumerate(path):
        step = _step(document, part)
        if step is not _NOTHING:
            document = step
            kept.append(part)
        elif number == len(path) - 1 and isinstance(document, Mapping):
            kept.append(part)
    return tuple(kept)


_NOTHING = object()


def _step(document: Any, part: Part) -> Any:
    if isinstance(document, Mapping):
        return document.get(part, _NOTHING)
    if isinstance(document, Sequence) and not isinstance(document, str) and isinstance(part, int):
        return document[part] if 0 <= part < len(document) else _NOTHING
    return _NOTHING
