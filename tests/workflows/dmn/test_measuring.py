"""The technology compatibility kit, and folders of our own."""

from pathlib import Path

import pytest

from tests.workflows.dmn.models import decision, given, model, text
from workflows.dmn.measuring import measure

KIT = Path(__file__).parents[3].parent / "shared" / "cases" / "dmn-tck"
TWICE = model(given("n", "number") + decision("twice", text("n * 2"), "i_n"))
CASES = """<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
<modelName>{model}</modelName>
<testCase id="1"><inputNode name="n"><value>4</value></inputNode>
<resultNode name="twice" type="decision"><expected>
<value xsi:type="xsd:decimal">8.0000000001</value></expected></resultNode></testCase>
<testCase id="2"><inputNode name="n"><value xsi:nil="true"/></inputNode>
<resultNode name="twice" type="decision"><expected><value xsi:type="xsd:decimal">{second}</value></expected>
</resultNode></testCase></testCases>"""


@pytest.mark.skipif(not KIT.exists(), reason="the DMN cases are not on this machine")
def test_every_open_case_of_the_kit_passes() -> None:
    found = [one for one in measure(KIT) if one.share is not None]
    assert {one.file: one.share.short for one in found if one.share and one.share.fraction < 1} == {}
    assert sum(one.share.total for one in found if one.share) >= 120


def test_a_case_that_falls_short_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "twice.dmn").write_bytes(TWICE)
    (tmp_path / "cases.xml").write_text(CASES.format(model="twice.dmn", second="9"))
    (one,) = measure(tmp_path)
    assert one.share is not None
    assert (one.share.good, one.share.total) == (1, 2)
    assert one.share.short == ("2: twice is null, not 9 (null * number has no value.)",)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [("other.dmn", TWICE, 'There is no model "twice.dmn"'), ("twice.dmn", b"<x/>", "is not DMN")],
)
def test_without_a_model_no_case_passes(tmp_path: Path, name: str, content: bytes, why: str) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "cases.xml").write_text(CASES.format(model="twice.dmn", second="9"))
    one = next(iter(measure(tmp_path)))
    assert one.share is not None
    assert one.share.good == 0
    assert all(why in line for line in one.share.short)


def test_what_holds_no_cases_is_named(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "lonely.dmn").write_bytes(TWICE)
    (tmp_path / "odd.xml").write_text("<x/>")
    assert {one.file: one.why for one in measure(tmp_path)} == {
        "odd.xml": "This file holds no test cases of DMN.",
        "a/lonely.dmn": "No cases lie beside this model.",
    }
