"""What an importer understood becomes a field that the house takes: the rest falls away and is named."""

import pytest

from forms_library.importing.making import make_field
from forms_library.importing.report import Report

EXCLUDING = (
    ("short_text", {"min_length": 2, "max_length": 1}, "min_length"),
    ("short_text", {"min_length": 300, "width": 20}, "min_length"),
    ("decimal", {"places": 1, "min": "3", "max": "2"}, "min"),
    ("date", {"earliest": "2026-03-02", "latest": "2026-03-01"}, "earliest"),
)


@pytest.mark.parametrize(("kind", "options", "word"), EXCLUDING)
def test_of_limits_that_exclude_every_answer_one_falls_away_and_is_named(kind, options, word):
    report = Report()
    data = {"key": "name", "type": kind, "label": "Name", "options": options}
    made = make_field(data, ("pages", 0), report).data
    assert made["type"] == kind
    assert made["options"] == {key: value for key, value in options.items() if key != word}
    assert [note.path for note in report] == [("pages", 0)]
    assert f'"{word}" cannot be carried' in next(iter(report)).sentence
