"""Forms damaged or varied by chance: nothing is lost silently, and what is left can be filled in."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from forms_library.coverage.measuring import FIGURES, Measured, measure
from forms_library.coverage.sources import Source, sources
from forms_library.importing.reading import recognised
from tests.forms_library.importing.samples import MOJ, OPEN_FORMS, SCHEMA, XGOV
from tests.properties.damage.general import Step, damaged
from tests.properties.damage.json_schema import JSON_SCHEMA
from tests.properties.damage.moj import MOJ as MOJ_STEPS
from tests.properties.damage.open_forms import OPEN_FORMS as OPEN_FORMS_STEPS
from tests.properties.damage.xgov import XGOV as XGOV_STEPS

TODAY = date(2026, 11, 23)
CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
FORMATS: dict[str, tuple[Any, tuple[Step, ...], tuple[str, ...]]] = {
    "xgov": (XGOV, XGOV_STEPS, ("xgov-fsd", "xgov-core")),
    "moj": (MOJ, MOJ_STEPS, ("moj-forms",)),
    "open_forms": (OPEN_FORMS, OPEN_FORMS_STEPS, ("open-forms",)),
    "json_schema": (SCHEMA, JSON_SCHEMA, ()),
}
NO_PAGE = "refused: This form has no page on which anything is asked or said."
# a rule can stop everybody who would be shown the question, which no search proves; few forms are so
NOT_MET, FEW = "no walk that was tried shows this question", 50
NOT_SILENT = frozenset(("F1", "F5"))


def documents(key: str) -> list[Any]:
    """A sample, and the real forms of the format where they are at hand."""
    sample, _, folders = FORMATS[key]
    found = [sample]
    for folder in folders:
        if (CASES / folder).is_dir():
            real = [one for one in sources(CASES / folder) if one.importer and one.importer.key == key]
            found += [one.document for one in real]
    return found


def made(key: str, seeds: range) -> Iterator[Source]:
    """The forms in turn, each damaged by its seed; what is no such form any more is passed over."""
    known = documents(key)
    for seed in seeds:
        document = damaged(known[seed % len(known)], seed, FORMATS[key][1])
        importer = recognised(document)
        if importer is not None and importer.key == key:
            yield Source(f"{key} {seed}", document, importer)


def short(measured: Measured) -> list[str]:
    """What falls short of a figure; a way that contradicts itself does not."""
    return [
        f"{measured.name} {name}: {line}"
        for name, share in measured.shares.items()
        if share.good < share.total
        for line in share.short
        if not line.startswith("contradicts itself")
    ]


def measured(key: str, seeds: range, figures: frozenset[str]) -> tuple[int, list[str]]:
    """How many were measured, and all that falls short; a form without any page is rightly refused."""
    found: list[str] = []
    count = 0
    for source in made(key, seeds):
        lines = short(measure(source, TODAY, 1, figures))
        if not any(NO_PAGE in line for line in lines):
            found += lines
            count += 1
    unmet = [line for line in found if NOT_MET in line]
    found = [line for line in found if line not in unmet] if len(unmet) <= count / FEW else found
    return count, found


@pytest.mark.parametrize("key", FORMATS)
def test_nothing_of_a_damaged_form_is_lost_silently_and_no_defect_is_missed_or_made_up(key: str) -> None:
    count, found = measured(key, range(60), NOT_SILENT)
    assert found == []
    assert count > 40


@pytest.mark.parametrize("key", FORMATS)
def test_what_is_left_of_a_damaged_form_is_sent_walked_and_refuses_well(key: str) -> None:
    count, found = measured(key, range(1_000, 1_012), frozenset(FIGURES))
    assert found == []
    assert count > 6


@pytest.mark.slow
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("key", FORMATS)
def test_much_damage_loses_nothing_silently(key: str) -> None:
    count, found = measured(key, range(10_000, 12_000), NOT_SILENT)
    assert found == []
    assert count > 1_000


@pytest.mark.slow
@pytest.mark.timeout(7_200)
@pytest.mark.parametrize("key", FORMATS)
def test_what_is_left_after_much_damage_can_be_filled_in(key: str) -> None:
    count, found = measured(key, range(20_000, 20_300), frozenset(FIGURES))
    assert found == []
    assert count > 150
