"""Sentences for rules that the check refuses, in words that a department administrator understands."""

import difflib
import re
from collections.abc import Iterable

from engine.core.rules.functions import ALLOWED, SIGNATURES
from engine.core.rules.schema import TODAY, Schema


class RuleRefused(ValueError):
    """A rule that cannot be used: why, and where in its text."""

    def __init__(self, sentence: str, line: int = 1, column: int = 1) -> None:
        super().__init__(sentence)
        self.sentence, self.line, self.column = sentence, line, column


FIRST_ERROR = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")
UNKNOWN_NAME = re.compile(r"undeclared reference to '([^']*)'")
UNKNOWN_FIELD = re.compile(r"undefined field '([^']*)' not found in struct '([^']*)'")
NO_OVERLOAD = re.compile(r"found no matching overload for '([^']*)' applied to '(?:(.*)\.)?\((.*)\)'")
NO_GROUP = re.compile(r"expression of type '(.*)' cannot be the operand of a select")
MACROS = ("all", "exists", "exists_one", "filter", "map", "has")
SPELLED = {"and": "&&", "or": "||", "not": "!"}
WORDS = {
    "string": "a text",
    "int": "a whole number",
    "double": "a decimal number",
    "bool": "a yes or no",
    "google.protobuf.Timestamp": "a date",
    "timestamp": "a date",
    "google.protobuf.Duration": "a length of time",
    "duration": "a length of time",
    "null_type": "null",
    "list(string)": "a list of choices",
}
SIGNS = {"_<_": "<", "_<=_": "<=", "_>_": ">", "_>=_": ">=", "_==_": "==", "_!=_": "!=", "@in": "in"}
ARITHMETIC = {"_+_": "+", "_-_": "-", "_*_": "*", "_/_": "/", "_%_": "%"}
LOGIC = {"_&&_": "&&", "_||_": "||", "!_": "!", "_?_:_": "?"}
WHOLE = r"-?\d+(?![\d.eE])"
TOO_DEEP = "The rule is nested too deeply, or chains more than 30 parts. Put brackets around groups of parts."
DECIMAL_HINT = "Write whole numbers as decimals, such as 20.0 instead of 20, or put double(...) around them."


def from_library(message: str, source: str, schema: Schema) -> RuleRefused:
    """The refusal for what the library said."""
    if "recursion" in message:
        return RuleRefused(TOO_DEEP)
    found = FIRST_ERROR.search(message)
    if not found:
        return RuleRefused("The rule cannot be read.")
    line, column, said = int(found[1]), int(found[2]), found[3]
    lines = source.split("\n")
    here = lines[line - 1] if line <= len(lines) else ""
    return RuleRefused(_sentence(said, here, column, schema), line, column)


def _sentence(said: str, here: str, column: int, schema: Schema) -> str:
    if name := UNKNOWN_NAME.search(said):
        return _unknown_name(name[1], here, column, schema)
    if field := UNKNOWN_FIELD.search(said):
        return _unknown_field(field[1], field[2], schema)
    if overload := NO_OVERLOAD.search(said):
        return _no_overload(overload[1], _types(overload[2], overload[3]), here, column)
    if group := NO_GROUP.search(said):
        return _no_group(group[1])
    if "argument must be a field selection" in said:
        return "has() takes the name of an answer: has(answers.name)."
    if "Syntax error" in said:
        return _syntax(said, here, column)
    return "The rule cannot be read here."


def _near(name: str, known: Iterable[str]) -> str | None:
    return next(iter(difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)), None)


def _unknown_name(name: str, here: str, column: int, schema: Schema) -> str:
    if here[column - 1 : column] == "(":
        return _unknown_function(name)
    first = name.split(".")[0]
    for root, group in schema.roots.items():
        if first in group.fields:
            return f'Write {root}.{first}: "{first}" is one of the {root}.'
    loop = re.search(rf"\.(\w+)\(\s*{re.escape(name)}\s*[,)]", here)
    if loop and loop[1] not in ALLOWED:
        macro = _near(loop[1], MACROS) or "exists"
        return f"{loop[1]}() cannot be used so. Write rows.{macro}(row, ...) with a statement about row."
    near = _near(first, [*schema.roots, TODAY])
    hint = f' Did you mean "{near}"?' if near else f" Rules can read {', '.join([*schema.roots, TODAY])}."
    return f'There is nothing named "{first}".{hint}'


def _unknown_function(name: str) -> str:
    if name in SIGNATURES:
        return f"{name}() is written as {SIGNATURES[name]}."
    near = _near(name, [*ALLOWED, *MACROS])
    hint = f" Did you mean {SIGNATURES.get(near, f'{near}(...)')}?" if near else ""
    return f"There is no function {name}().{hint}"


def _unknown_field(name: str, struct: str, schema: Schema) -> str:
    path, fields = schema.messages.get(struct, ("", {}))
    if not path:
        return f'A value has no part named "{name}".'
    near = _near(name, fields)
    hint = f' Did you mean "{near}"?' if near else ""
    return f'There is no "{name}" in {path}.{hint}'


def _types(target: str | None, arguments: str) -> list[str]:
    depth, types, word = 0, [], ""
    for letter in arguments:
        depth += {"(": 1, ")": -1}.get(letter, 0)
        if letter == "," and not depth:
            types.append(word.strip())
            word = ""
        else:
            word += letter
    return [t for t in [target or "", *types, word.strip()] if t]


def _word(type_name: str) -> str:
    if type_name in WORDS:
        return WORDS[type_name]
    return "a list" if type_name.startswith("list(") else "a group of answers"


def _no_overload(function: str, types: list[str], here: str, column: int) -> str:
    if "null_type" in types:
        return "To ask whether a question was answered, write has(answers.name), not null."
    if function in SIGNS or function in ARITHMETIC:
        sign = SIGNS.get(function) or ARITHMETIC[function]
        return _two_sides(sign, types, here, column, "compared" if function in SIGNS else "calculated")
    if function == "_?_:_" and types[0] == "bool":
        results = " and ".join(_word(t) for t in types[1:])
        return f"Both results of ? : must be of one kind; here they are {results}."
    if function in LOGIC:
        other = next((t for t in types if t != "bool"), "bool")
        return f"{LOGIC[function]} works on statements that are yes or no; here it meets {_word(other)}."
    takes = " and ".join(_word(t) for t in types) or "nothing"
    example = f" Write it as {SIGNATURES[function]}." if function in SIGNATURES else ""
    return f"{function}() cannot be used on {takes}.{example}"


def _two_sides(sign: str, types: list[str], here: str, column: int, verb: str) -> str:
    pair = set(types)
    if pair == {"double", "int"}:
        return _whole_number(here, column, len(sign))
    if sign == "in" and types[1:] and not types[1].startswith("list("):
        return f"What stands after in must be a list, such as [1, 2]; here it is {_word(types[1])}."
    words = " and ".join(_word(t) for t in types)
    if pair & {"google.protobuf.Timestamp", "timestamp"} and "string" in pair:
        return f'{words.capitalize()} cannot be {verb} with {sign}. Write a day as date("2026-03-01").'
    return f"{words.capitalize()} cannot be {verb} with {sign}."


def _whole_number(here: str, column: int, width: int) -> str:
    """Name the literal beside the operator: fee < 20 wants 20.0."""
    after = re.match(rf"\s*\(?\s*({WHOLE})", here[column - 1 + width :])
    before = re.search(r"(?<![\w.])(-?\d+)\s*$", here[: column - 1])
    literal = after or before
    if not literal:
        return f"A decimal number meets a whole number here. {DECIMAL_HINT}"
    return f"A decimal number meets a whole number here: write {literal[1]}.0 instead of {literal[1]}."


def _no_group(type_name: str) -> str:
    if type_name.startswith("list("):
        return "These are several rows: go over them with exists, all, filter, or sum(rows.map(...))."
    return f"This is {_word(type_name)} and has no parts."


def _syntax(said: str, here: str, column: int) -> str:
    word = re.match(r"\w+", here[column - 1 :])
    if word and word[0] in SPELLED:
        return f'Write {SPELLED[word[0]]} instead of "{word[0]}".'
    if "<EOF>" in said and "mismatched input '<EOF>'" in said:
        return "The rule ends too early."
    if re.match(r"=(?!=)", here[column - 1 :]):
        return "Write == to compare."
    if re.match(r"[\"']", here[column - 1 :]):
        return "A text must end with the same quotation mark that it begins with."
    return "The rule cannot be read from here on."
