"""Patterns of a department: RE2 only, whole answers, never slow."""

import time

import pytest

from engine.core.rules.patterns import matches, problem_of


@pytest.mark.parametrize("pattern", ["(?=a)", r"(a)\1", "a)|(b", "[", "(a{1000}){1000}", "x" * 501])
def test_what_re2_does_not_take_is_refused_with_words(pattern):
    assert problem_of(pattern)


@pytest.mark.parametrize("pattern", ["(a+)+", "(.*)*x", "[A-Z]{2}-[0-9]{4}", "a|b", r"\p{L}+"])
def test_what_re2_takes_is_taken(pattern):
    assert problem_of(pattern) is None


def test_the_whole_answer_must_match():
    assert matches("a|b", "b") and not matches("a|b", "ab")
    assert not matches("[0-9]+", "12\n")


def test_a_pattern_made_to_hang_does_not():
    started = time.perf_counter()
    assert not matches("(a+)+", "a" * 20_000 + "!")
    assert not matches("(a|a)*b", "a" * 20_000)
    assert time.perf_counter() - started < 0.5
