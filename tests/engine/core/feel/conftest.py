"""Expressions worked out and written down."""

from collections.abc import Callable
from typing import Any

import pytest

from engine.core.feel import new_run, outermost, read_expression
from engine.core.feel.writing import write


@pytest.fixture
def say() -> Callable[..., str]:
    """What an expression comes to, as FEEL writes it."""

    def said(text: str, **names: Any) -> str:
        return write(read_expression(text).value(outermost(new_run(), names)), inside=True)

    return said
