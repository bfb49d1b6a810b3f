"""The conformance cases of CEL itself, through the bare library and through our door, each failure explained.

Run at each upgrade of the library. `pytest -s` prints both tables.
"""

import base64
import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cel_expr_python import cel
from cel_expr_python.ext import ext_bindings, ext_encoders, ext_math, ext_optional, ext_strings

from engine.core.rules import Facts, Group, RuleRefused, Schema, compile_rule

CASES = Path(__file__).parents[4].parent / "shared" / "cases" / "cel-spec" / "json"


class Class(NamedTuple):
    """One class of failures: how it is recognised, how many cases fail so, and why that is right."""

    pattern: str
    count: int
    reason: str


# by the file of the case
LIBRARY = (
    Class(r"network_ext", 60, "the wheel has no functions for network addresses"),
    Class(r"block_ext", 22, "the wheel has no cel.block(), which only optimisers write"),
    Class(r"enums", 2, "the case binds an enum value, which needs the protobuf messages of the suite"),
)
# by the sentence of the refusal, or "fault:" and what the rule said when it ran; the first that fits counts
DOOR = (
    Class(
        r"function dyn\(",
        157,
        "dyn() would switch the check of types off",
    ),
    Class(
        r"function (type|bool|bytes)\(",
        19,
        "types are settled at publishing; texts are never turned into yes or no",
    ),
    Class(
        r"function (timestamp|duration)\(",
        3,
        "days are written date(...); there are no times of day and no durations",
    ),
    Class(
        r"no function|\"(ip|cidr)\"",
        61,
        "a function that is not on the list of allowed ones",
    ),
    Class(
        r"nothing named \"(optional|base64|cel|x)\"",
        46,
        "rules read answers and today, and no names of their own",
    ),
    Class(
        r"gives a group or a list",
        78,
        "a rule gives one value: yes or no, text, number, date, choices",
    ),
    Class(
        r"Write numbers as 20",
        43,
        "no unsigned numbers and no bytes: no question is answered so",
    ),
    Class(
        r"with \{ \}",
        31,
        "a rule builds no groups of its own",
    ),
    Class(
        r"cannot be read|bind\(\) cannot",
        52,
        "the text is not in the language of the door: cel.block, cel.bind, bytes with NUL",
    ),
    Class(
        r"not null",
        5,
        "an answer that is not there is asked for with has(), never with null",
    ),
    Class(
        r"cannot be compared|meets a|must be of one kind",
        9,
        "values of different kinds are never mixed",
    ),
    Class(
        r"map\(\) can only",
        1,
        "map() only inside sum(), lowest(), highest(): it is quadratic",
    ),
    Class(
        r"fault: (divide by zero|a number is too large)",
        6,
        "amounts are decimals: no infinity and no NaN, a fault instead",
    ),
)
TYPES = {
    "bool": cel.Type.BOOL,
    "bytes": cel.Type.BYTES,
    "double": cel.Type.DOUBLE,
    "google.protobuf.Duration": cel.Type.DURATION,
    "google.protobuf.Timestamp": cel.Type.TIMESTAMP,
    "int": cel.Type.INT,
    "list": cel.Type.LIST,
    "map": cel.Type.MAP,
    "null_type": cel.Type.NULL,
    "string": cel.Type.STRING,
    "type": cel.Type.TYPE,
    "uint": cel.Type.UINT,
}
FILES = sorted(path.stem for path in CASES.glob("*.json")) if CASES.exists() else []
PLAIN = 897
SCHEMA = Schema({"answers": Group({"n": "integer"})})

pytestmark = pytest.mark.skipif(not FILES, reason="the conformance cases of cel-spec are not on this machine")


def _cases() -> Iterator[tuple[str, dict[str, Any]]]:
    for name in FILES:
        for case in json.loads((CASES / f"{name}.json").read_text()):
            if case.get("plain"):
                yield name, case


def _library() -> Any:
    """The bare library with its extensions, without our door."""
    kinds = (ext_bindings.ExtBindings, ext_encoders.ExtEncoders, ext_math.ExtMath)
    more = (ext_optional.ExtOptional, ext_strings.ExtStrings)
    return cel.NewEnv(variables={"x": cel.Type.DYN}, extensions=[kind() for kind in (*kinds, *more)])


def _expected(value: dict[str, Any]) -> Any:
    ((kind, content),) = value.items()
    match kind:
        case "int64_value" | "uint64_value":
            return int(content)
        case "double_value":
            return float(content)
        case "bytes_value":
            return base64.b64decode(content)
        case "list_value":
            return [_expected(item) for item in content.get("values", [])]
        case "map_value":
            entries = content.get("entries", [])
            return {_expected(entry["key"]): _expected(entry["value"]) for entry in entries}
        case "type_value":
            return TYPES.get(content, content)
    return content


def _passes(case: dict[str, Any], library: Any) -> bool:
    bound = {name: _expected(given["value"]) for name, given in case.get("bindings", {}).items()}
    try:
        program = library.compile(case["expr"], disable_check=case.get("disable_check", False))
        answer = program.eval(data=bound)
    except RuntimeError:
        return "eval_error" in case
    if answer.type() == cel.Type.ERROR:
        return "eval_error" in case
    expected, given = _expected(case["value"]), answer.plain_value()
    return expected == given or (expected != expected and given != given)


def _failure(case: dict[str, Any]) -> str:
    """Why a case does not pass the door: its sentence, its fault, or another value; empty when it passes."""
    try:
        rule = compile_rule(case["expr"], SCHEMA, None)
    except RuleRefused as refused:
        return "" if "eval_error" in case else refused.sentence
    outcome = rule.run(Facts(SCHEMA, {}, date(2026, 3, 5)))
    if "eval_error" in case:
        return "value instead of an error" if outcome.known else ""
    if not outcome.known:
        return f"fault: {outcome.fault}"
    expected = _expected(case["value"])
    given: Any = outcome.value
    same = float(given) == expected if isinstance(expected, float) else given == expected
    return "" if same else f"another value: {outcome.value}"


def _table(
    title: str, classes: tuple[Class, ...], failures: list[tuple[str, str]]
) -> tuple[dict[str, int], list[str]]:
    """How many fail in each class, and the failures that no class explains; both are printed."""
    counted: Counter[str] = Counter()
    unexplained = []
    for sign, case in failures:
        found = next((one for one in classes if re.search(one.pattern, sign)), None)
        counted[found.pattern if found else "unexplained"] += 1
        if not found:
            unexplained.append(f"{case}: {sign}")
    print(f"\n{title}: {PLAIN - len(failures)} of {PLAIN} cases pass; {len(failures)} fail:")  # noqa: T201
    for one in classes:
        print(f"  {counted[one.pattern]:4}  {one.reason}")  # noqa: T201
    return dict(counted), unexplained


def test_the_library_fails_only_as_explained() -> None:
    library = _library()
    failures = [(name, case["name"]) for name, case in _cases() if not _passes(case, library)]
    counted, unexplained = _table("The library alone", LIBRARY, failures)
    assert not unexplained
    assert counted == {one.pattern: one.count for one in LIBRARY}


def test_the_door_fails_only_as_explained() -> None:
    cases = list(_cases())
    failures = [
        (sign, f"{name} {case['name']} {case['expr'][:60]}")
        for name, case in cases
        if (sign := _failure(case))
    ]
    counted, unexplained = _table("The door of rules", DOOR, failures)
    assert len(cases) == PLAIN
    assert not unexplained
    assert counted == {one.pattern: one.count for one in DOOR}


def test_an_unexplained_failure_is_noticed() -> None:
    _, unexplained = _table("A test", DOOR, [("another value: 3", "fp_math add")])
    assert unexplained == ["fp_math add: another value: 3"]
