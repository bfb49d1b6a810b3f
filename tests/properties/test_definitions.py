"""A definition survives its text: whatever is written is read again, and read again it is the same form."""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from forms_library.definition import Form
from tests.properties.forms import compiled_or_none, definitions
from workflows.services.package_text import read_package, write_package

EXAMPLES = [200, pytest.param(5_000, marks=[pytest.mark.slow, pytest.mark.timeout(1_800)])]


@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_definition_written_as_yaml_reads_as_the_same_definition(examples: int) -> None:
    seen = []

    @settings(max_examples=examples)
    @given(definitions())
    def survives(definition: dict[str, Any]) -> None:
        form = Form.model_validate(definition)
        written = form.model_dump(mode="json", by_alias=True, exclude_unset=True)
        assert read_package(write_package(written)) == written
        again = Form.model_validate(read_package(write_package(written)))
        assert again == form
        assert json.loads(json.dumps(written)) == written
        if (compiled := compiled_or_none(definition)) is not None:
            seen.append(len(list(compiled.questions())))
            assert compiled.form == again

    survives()
    assert len(seen) > examples / 2
