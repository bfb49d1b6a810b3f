"""What can be shown of a certificate that is not finished."""

from __future__ import annotations

from portal.designer.usable_part import usable_part
from workflows.parts import CertificateDefinition

STAND_INS = {"title": "", "statement": "", "prefix": "X", "languages": ["en"], "holder": "name"}


def test_what_is_right_stays_and_what_is_wrong_is_stood_in_for() -> None:
    given = {
        "title": {"en": "Licence"},
        "prefix": "not good",
        "rows": [{"field": "a"}, {"field": 5}, {"field": "b"}],
        "moon": 1,
        "valid_for": {"moons": 3},
    }
    part = usable_part(CertificateDefinition, given, STAND_INS)
    assert (part.title.in_("en"), part.prefix, part.holder) == ("Licence", "X", "name")
    assert [row.field for row in part.rows] == ["a", "b"]
    assert part.valid_for is None


def test_of_nothing_at_all_the_stand_ins_are_left() -> None:
    for given in (None, [], 7, "x", {"languages": 5, "rows": "x"}):
        assert usable_part(CertificateDefinition, given, STAND_INS).prefix == "X"
