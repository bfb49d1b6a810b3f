from __future__ import annotations

import re

import pytest

from engine.documents.certificates.codes import as_code, looks_like_number, new_code


def test_codes_are_easy_to_read_and_do_not_repeat():
    codes = {new_code() for _ in range(2000)}
    assert len(codes) == 2000
    assert all(re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}", each) for each in codes)


@pytest.mark.parametrize("typed", ["7Q4K-M2XD", "7q4km2xd", " 7Q4K M2XD ", "7Q4K–M2XD", "7Q4K\u200e-M2XD"])
def test_a_code_is_understood_however_it_was_typed(typed):
    assert as_code(typed) == "7Q4K-M2XD"


@pytest.mark.parametrize("typed", ["", "7Q4K", "7Q4K-M2XO", "TL-2026-000001", "x" * 10_000, "\x00"])
def test_what_is_no_code_is_none(typed):
    assert as_code(typed) is None


def test_a_number_is_recognised_so_that_the_page_can_ask_for_the_code():
    assert looks_like_number(" tl-2026-000001 ")
    assert not looks_like_number("7Q4K-M2XD")
