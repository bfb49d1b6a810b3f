"""Who handles which topic."""

import pytest

from engine.messages.handlers import NoHandler, handler, handler_of
from engine.messages.letters import send_written


def test_the_handlers_of_every_app_are_found() -> None:
    assert handler_of("letter") is send_written


def test_an_unknown_topic_is_named() -> None:
    with pytest.raises(NoHandler, match='"moon"'):
        handler_of("moon")


def test_a_topic_has_one_handler() -> None:
    handler_of("letter")
    with pytest.raises(ValueError, match="has a handler already"):
        handler("letter")(lambda payload, message: None)
    handler("letter")(send_written)
