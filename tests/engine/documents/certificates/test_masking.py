from __future__ import annotations

import pytest

from engine.documents.certificates.masking import masked


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Leila Haddad", "L•••• H•••••"),
        ("  Ana-María  Ó Briain ", "A••••••• Ó B•••••"),
        ("ليلى حداد", "ل••• ح•••"),
        ("李", "李"),
        ("", ""),
        ("x" * 60, "x" + "•" * 12),
    ],
)
def test_only_first_letters_are_shown(name, shown):
    assert masked(name) == shown
