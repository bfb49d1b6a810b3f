"""Every format writes a form, and says what it is and what it is good for."""

import json

import pytest
import yaml

from engine.core.registry import UnknownType
from forms_library.definition import Form
from forms_library.exporting.port import Exporter
from forms_library.exporting.writing import every_format, written
from tests.forms_library.examples import field

FORM = Form.model_validate(
    {
        "title": {"en": "Boats", "fr": "Bateaux"},
        "pages": [
            {
                "key": "one",
                "title": "One",
                "fields": [
                    field("name"),
                    field("age", "integer", show_when="has(answers.name)"),
                    field("note", "inset", label={"en": "Read this", "fr": "Lisez ceci"}),
                ],
            }
        ],
    }
)


@pytest.mark.parametrize("kind", every_format(), ids=lambda kind: kind.key)
def test_every_format_writes_the_form_and_speaks_three_languages(kind: type[Exporter]) -> None:
    made = written(FORM, kind.key, "en")
    assert yaml.safe_load(made.content)
    assert {"en", "fr", "ar"} <= set(kind.about.model_dump()) and kind.ending and "/" in kind.content_type


def test_what_can_be_read_again_whole_comes_first() -> None:
    whole = [kind.whole for kind in every_format()]
    assert whole == sorted(whole, reverse=True)


def test_texts_of_a_format_without_translations_are_in_the_language_that_is_asked_for() -> None:
    made = json.loads(written(FORM, "xgov", "fr").content)
    assert made["name"] == {"en": "Boats", "fr": "Bateaux"}
    texts = [one["content"] for page in made["pages"] for one in page["components"] if "content" in one]
    assert texts == ["Lisez ceci"]


def test_what_cannot_be_held_is_in_the_report() -> None:
    assert written(FORM, "caseway", "en").report.notes == []
    assert [note.code for note in written(FORM, "json_schema", "en").report] == ["rules"]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UnknownType):
        written(FORM, "pdf", "en")
