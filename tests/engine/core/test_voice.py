"""A text knows in which language it is shown, and says so only where a page is built."""

from engine.core.marked_parts import plain
from engine.core.text import Text
from engine.core.voice import Voice, capitalised, framed_in, marked, marking, speaking

SENT = Text({"en": "Sent", "fr": "Envoyé", "ar": "أُرسل"})
DUTCH = Voice("nl", "fr")


def test_a_language_without_our_sentences_has_those_of_the_frame() -> None:
    assert SENT.in_("nl") == "Sent"
    with speaking(DUTCH):
        assert SENT.in_("nl") == "Envoyé"
    assert SENT.in_("nl") == "Sent"


def test_only_what_builds_a_page_is_marked() -> None:
    with speaking(DUTCH):
        with marking():
            assert SENT.in_("nl") == marked("Envoyé", "fr")
            assert Text({"nl": "Verzonden"}).in_("nl") == "Verzonden"
            assert Text("A-1").in_("nl") == "A-1"
            with marking(False):
                assert SENT.in_("nl") == "Envoyé"
        assert SENT.in_("nl") == "Envoyé"


def test_nothing_is_marked_where_the_page_is_in_a_language_of_ours() -> None:
    with marking():
        assert Text({"en": "Town"}).in_("fr") == "Town"


def test_a_region_is_not_another_language() -> None:
    with speaking(Voice("fr-CA", "fr", marks=True)):
        assert SENT.in_("fr-CA") == "Envoyé"


def test_the_frame_is_the_first_of_ours_that_there_is() -> None:
    ours = ["en", "fr", "ar"]
    assert framed_in(ours, ["nl", "fr-BE", "en"], ["en"]) == "fr"
    assert framed_in(ours, ["nl"], ["ar", "en"]) == "ar"
    assert framed_in(ours, ["nl"], []) == "en"


def test_the_first_letter_is_large_behind_a_mark_too() -> None:
    assert capitalised("street") == "Street"
    assert plain(capitalised(marked("street", "en"))) == "Street"
    assert capitalised("") == ""
