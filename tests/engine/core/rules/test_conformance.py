"""The conformance cases of CEL itself: run at each upgrade of the library."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from cel_expr_python import cel
from cel_expr_python.ext import ext_bindings, ext_encoders, ext_math, ext_optional, ext_strings

CASES = Path(__file__).parents[4].parent / "shared" / "cases" / "cel-spec" / "json"
# what this build of the library lacks or does otherwise: RULES.md, "Conformance"
ABSENT = {"network_ext", "block_ext"}
OTHERWISE = {"enums": 2, "optionals": 2}
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


@pytest.fixture(scope="module")
def library() -> Any:
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


@pytest.mark.skipif(not FILES, reason="the conformance cases of cel-spec are not on this machine")
@pytest.mark.parametrize("name", [name for name in FILES if name not in ABSENT])
def test_the_plain_cases_pass(name: str, library: Any) -> None:
    cases = [case for case in json.loads((CASES / f"{name}.json").read_text()) if case.get("plain")]
    failed = [case["name"] for case in cases if not _passes(case, library)]
    assert len(failed) <= OTHERWISE.get(name, 0), failed
