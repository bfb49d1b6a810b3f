"""Files that are refused, and those of every version of DMN."""

import time
from pathlib import Path

import pytest

from forms_library.importing.port import Refused
from tests.workflows.dmn.models import decision, model, text
from workflows.dmn.opening import open_definitions

DECISION = decision("a", text("1"))
BILLION = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">&b;</definitions>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/">&a;</definitions>"""


@pytest.mark.parametrize(
    "version",
    ["20151101/dmn.xsd", "20180521/MODEL/", "20191111/MODEL/", "20211108/MODEL/", "20230324/MODEL/"],
)
def test_every_version_of_the_standard_is_read(version: str) -> None:
    scheme = "https" if version >= "2019" else "http"
    root = open_definitions(model(DECISION, xmlns=f"{scheme}://www.omg.org/spec/DMN/{version}"))
    assert root.get("name") == "m"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (BILLION, "not XML that may be read"),
        (OUTSIDE, "not XML that may be read"),
        (b"", "not XML that may be read"),
        (b"\x00\x01", "not XML that may be read"),
        (b"<definitions/>", "is not DMN"),
        (b"<html xmlns='http://www.w3.org/1999/xhtml'/>", "is not DMN"),
        (model("<list>" * 100 + "</list>" * 100), "more than 80 deep"),
        (model("<list/>" * 100_001), "more than 100,000 elements"),
        (model("x" * 5_000_000), "larger than 5 MB"),
    ],
    ids=[
        "billion laughs",
        "a file outside",
        "nothing",
        "noise",
        "no namespace",
        "a page",
        "deep",
        "wide",
        "large",
    ],
)
def test_what_is_hostile_or_no_dmn_is_refused_at_once(data: bytes, why: str) -> None:
    begun = time.monotonic()
    with pytest.raises(Refused, match=why):
        open_definitions(data)
    assert time.monotonic() - begun < 5


def test_the_hostile_files_of_others_are_refused() -> None:
    folder = Path(__file__).parents[3].parent / "shared" / "cases" / "hostile"
    if not folder.exists():
        pytest.skip("the hostile files are not on this machine")
    for path in folder.rglob("*.xml"):
        with pytest.raises(Refused):
            open_definitions(path.read_bytes())
