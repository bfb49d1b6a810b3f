"""What another format cannot hold is named: a form written out and read again loses nothing silently."""

from typing import Any

import pytest
from hypothesis import given, settings

from forms_library.coverage.round_trip import silent_loss, yaml_loss
from forms_library.definition import Form
from forms_library.exporters.xgov import Xgov
from tests.properties.forms import compiled_or_none, definitions

EXAMPLES = [200, pytest.param(5_000, marks=[pytest.mark.slow, pytest.mark.timeout(1_800)])]


@pytest.mark.parametrize("examples", EXAMPLES)
def test_a_form_written_for_another_builder_loses_nothing_silently(examples: int) -> None:
    written = []

    @settings(max_examples=examples)
    @given(definitions())
    def survives(definition: dict[str, Any]) -> None:
        if compiled_or_none(definition) is None:
            return
        form = Form.model_validate(definition)
        written.append(len(form.fields()))
        assert silent_loss(form, Xgov())[1] == []
        assert yaml_loss(form) == []

    survives()
    assert len(written) > examples / 2
