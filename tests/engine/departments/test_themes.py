"""The colours of a department."""

import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.departments import themes
from engine.departments.themes import INK, Theme, check, contrast, nearest

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    "brand, ratio",
    [("#17405c", 10.9), ("#5a2433", 12.1), ("#1f4d2b", 9.7), ("#3d2f66", 11.7), ("#0d4f57", 9.2)],
)
def test_the_offered_colours_pass_as_in_the_design(brand: str, ratio: float) -> None:
    assert contrast(brand, "#ffffff") == pytest.approx(ratio, abs=0.06)
    check(themes.DEFAULT._replace(brand=brand))


@settings(deadline=None)  # no timed assertion
@given(COLOURS, COLOURS, st.sampled_from([4.5, 7.0]))
def test_the_nearest_colour_passes_when_any_can(wanted: str, against: str, least: float) -> None:
    found = contrast(nearest(wanted, against, least), against)
    reachable = max(contrast("#000000", against), contrast("#ffffff", against))
    assert found >= least or found == pytest.approx(reachable)


def test_a_colour_that_passes_stays() -> None:
    assert nearest("#17405c", "#ffffff", 4.5) == "#17405c"


def test_the_refusal_names_what_how_much_and_the_way_out() -> None:
    with pytest.raises(ValidationError) as refused:
        check(Theme("#8aa0ad", "#ffffff", "#445566", "#000000"))
    brand, tint = refused.value.message_dict["brand"][0], refused.value.message_dict["tint"][0]
    assert "has a contrast of 2.7 and needs 4.5" in brand
    assert "needs 7" in tint
    near = re.search(r"#[0-9a-f]{6}", brand)
    assert near and contrast(near[0], "#ffffff") >= 4.5
    near = re.search(r"#[0-9a-f]{6}", tint)
    assert near and contrast(near[0], INK) >= 7


def test_the_style_file_holds_four_variables_and_its_name_follows_them() -> None:
    painted = SimpleNamespace(brand="#17405C", on_brand="#ffffff", tint="#eaf1f5", line="#9dbacb")
    assert themes.theme_css(painted) == (
        ":root{--dept-brand:#17405c;--dept-on-brand:#ffffff;--dept-tint:#eaf1f5;--dept-line:#9dbacb}\n"
    )
    before = themes.theme_hash(painted)
    painted.brand = "#5a2433"
    assert re.fullmatch(r"[0-9a-f]{12}", before)
    assert themes.theme_hash(painted) != before
