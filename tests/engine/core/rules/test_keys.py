"""Which names a field may have."""

import pytest

from engine.core.rules import Group, Rows, Schema, check_key, compile_rule

# reserved or built-in words of CEL, Python and protobuf that do no harm as names
HARMLESS = [
    "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop",
    "package", "namespace", "return", "var", "void", "while", "has", "all", "exists", "map", "filter",
    "size", "matches", "timestamp", "string", "int", "double", "type", "descriptor", "message", "class",
    "optional", "option", "syntax", "extend", "today", "answers", "work", "a_1", "a1", "sum", "date",
    "fold",
]  # fmt: skip


@pytest.mark.parametrize("key", ["in", "true", "false", "null", "row_number"])
def test_words_of_the_rules_are_refused(key: str) -> None:
    assert f'"{key}" cannot be a key: rules use this word.' in str(check_key(key))
    with pytest.raises(ValueError, match="rules use this word"):
        Schema({"answers": Group({key: "text"})})


@pytest.mark.parametrize("key", ["", "1a", "_a", "a-b", "a b", "größe", "a.b", "a\n", "٣", "a" * 101])
def test_other_signs_are_refused(key: str) -> None:
    assert check_key(key)


def test_every_other_word_can_name_a_field_a_group_and_a_row() -> None:
    assert [key for key in HARMLESS if check_key(key)] == []
    fields = dict.fromkeys(HARMLESS, "integer")
    schema = Schema({"answers": Group({**fields, "g": Group(fields), "r": Rows(fields)})})
    for key in HARMLESS:
        rule = compile_rule(
            f"answers.{key} > 1 && answers.g.{key} > 1 && answers.r.exists(i, i.{key} > 1)", schema
        )
        assert f"answers.{key}" in rule.reads
