"""Hostile definitions are refused at import with their reason, within 512 MB and 10 seconds."""

import pytest

from tests.engine.documents.conftest import HOSTILE
from tests.hostile.packages import CASES
from tests.limits import Measured, measured

# a part of the reason, for each case; the pattern that is slow elsewhere is linear here and so is taken
REASONS = {
    "100,000 fields in YAML": "too long",
    "100,000 fields in pages": "at most 2,000",
    "100,000 fields on a page": "at most 2,000",
    "100,000 foreign fields": "",
    "100,000 schema properties": "",
    "brackets 10,000 deep": "too long",
    "brackets 2,000 deep": "too many parts",
    "not 4,000 deep": "too many parts",
    "choices in choices": "deeply",
    "JSON 10,000 deep": "nested more than",
    "YAML 10,000 deep": "deep",
    "a pattern with look-ahead": "pattern cannot be used",
    "a pattern that repeats too often": "pattern cannot be used",
    "four loops": "At most 3 loops",
    "a list of lists": "",
    "YAML that unfolds": "anchors and aliases",
    "YAML that runs a program": "tags",
    "XML entities": "XML",
    "XML as a package": "",
    "a zip in zips": "No importer",
    "10 MB in 10 KB": "",
    "100 MB in a zip": "unpacks to more than",
    "a schema of itself": "more than",
}
# these become forms, without what is hostile in them; the report says what is not carried
TAKEN = {
    "conditions in conditions",
    "conditions in a circle",
    "every page to every page",
    "50,000 elements deep",
    "800,000 elements",
    "a pattern that is slow elsewhere",
    "numbers that are none",
    "branches in a circle",
    "a rule of 60,000 parts",
}
FROM_SHARED = {"XML entities", "XML as a package", "a zip in zips", "10 MB in 10 KB"}


@pytest.fixture(scope="module")
def became() -> dict[str, Measured]:
    """What each definition became, and its cost."""
    cases = [name for name in CASES if HOSTILE.exists() or name not in FROM_SHARED]
    found = measured("tests.hostile.packages:take", cases, megabytes=512, seconds=10)
    for name, one in found.items():
        print(f"{name}: {one.said[:120]}; {one.seconds:.2f} s, {one.megabytes:.0f} MB")  # noqa: T201
    return found


@pytest.mark.parametrize("name", sorted(REASONS))
def test_a_hostile_definition_is_refused_with_its_reason(name: str, became: dict[str, Measured]) -> None:
    if name not in became:
        pytest.skip("the hostile cases are not on this machine")
    assert became[name].said.startswith("refused: ")
    assert REASONS[name] in became[name].said


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_a_hostile_foreign_form_becomes_one_without_what_is_hostile(
    name: str, became: dict[str, Measured]
) -> None:
    assert became[name].said == "taken"


def test_every_case_is_looked_at() -> None:
    assert set(CASES) == set(REASONS) | TAKEN
