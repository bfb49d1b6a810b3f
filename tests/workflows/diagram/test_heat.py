"""The warmth of steps."""

from datetime import timedelta

from tests.workflows.published import text_of
from workflows.definition import ServicePackage
from workflows.diagram import TINTS, draw, warmths
from workflows.services.package_text import read_package

HOUR = timedelta(hours=1)


def test_the_longest_stay_is_the_warmest_and_no_time_stays_white() -> None:
    spans = {"a": 100 * HOUR, "b": 60 * HOUR, "c": 30 * HOUR, "d": HOUR, "e": timedelta()}
    assert {key: warmth.level for key, warmth in warmths(spans, {}).items()} == {
        "a": 4, "b": 3, "c": 2, "d": 1, "e": 0,
    }  # fmt: skip
    assert warmths({}, {}) == {}
    assert warmths({"a": timedelta()}, {})["a"].level == 0


def test_a_warm_step_has_its_tint_and_its_times() -> None:
    package = ServicePackage.model_validate(read_package(text_of("licensing/trade-licence.yaml")))
    heat = warmths({"check": 9 * HOUR, "nowhere": HOUR}, {"check": "9 hours / 2 days"})
    picture = draw(package.workflow, "Licence", heat=heat)
    assert picture.count(f'fill="{TINTS[4]}"') == 1
    assert "9 hours / 2 days" in picture
    assert 'style="' not in picture
    assert f'fill="{TINTS[4]}"' not in draw(package.workflow, "Licence")
