"""Patterns as XPath reads them."""

import pytest

from engine.core.feel.functions.patterns import pattern_of


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "found"),
    [
        ("^fo+$", "i", "FOO", True),
        ("a.c", "", "a\nc", False),
        ("a.c", "s", "a\nc", True),
        ("^b$", "m", "a\nb\nc", True),
        ("a b", "x", "ab", True),
        ("a.c", "q", "abc", False),
        (r"^\p{Lu}\p{Ll}+$", "", "École", True),
        (r"^\P{L}+$", "", "12", True),
        (r"^[\p{L}-]+$", "", "a-b", True),
        ("^[a-z-[aeiou]]+$", "", "xyz", True),
        ("^[a-z-[aeiou]]+$", "", "xyza", False),
        ("^[^a-c-[x]]$", "", "d", True),
        ("^[^a-c-[x]]$", "", "x", False),
        (r"^\i\c*$", "", "_ab-1", True),
        (r"^\i\c*$", "", "1ab", False),
        (r"(a)\1", "", "aa", True),
        ("a$", "", "a\n", False),
        ("[[]", "", "[", True),
    ],
)
def test_a_pattern_finds_what_it_means(pattern: str, flags: str, text: str, found: bool) -> None:
    assert (pattern_of(pattern, flags).search(text) is not None) is found


@pytest.mark.parametrize(
    ("pattern", "flags"),
    [
        ("(", ""),
        ("a", "z"),
        ("(?=a)", ""),
        (r"\q", ""),
        (r"\p{Xx}", ""),
        (r"\p", ""),
        ("[a", ""),
        ("a" * 2_000, ""),
    ],
)
def test_what_is_no_pattern_is_refused(pattern: str, flags: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        pattern_of(pattern, flags)
