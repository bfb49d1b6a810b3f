"""Shapes and checksums of identity numbers."""

import importlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms_library.identifiers import CHECKSUMS, checksum_holds, compact, fits, spaced


@pytest.mark.parametrize("name", CHECKSUMS)
def test_every_checksum_that_may_be_asked_for_exists_and_refuses_nonsense(name):
    assert importlib.import_module(f"stdnum.{name}")
    for nonsense in ("", "X", "0", "9" * 30, "ABCDEFGH1"):
        assert checksum_holds(nonsense, name) in (True, False)


def test_a_number_fits_its_shape():
    assert fits("AB123", "AA 999")
    assert fits("X1Y2", "****")
    assert not fits("1B123", "AA 999")
    assert not fits("AB12", "AA 999")
    assert not fits("ÄB123", "AA 999")


@given(st.text(alphabet="0123456789ABC .-/", max_size=30))
def test_a_compact_number_is_spaced_as_its_shape_and_compact_again(text):
    number = compact(text)
    assert compact(spaced(number, "9999 9999-9999")) == number
