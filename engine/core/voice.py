"""In which language the sentences around a definition are said, and how a part in another one is marked.

A definition may be in any language; our own sentences are in few. Where a page is in a language without ours,
its frame is said in another. Such a part stands between the language tags of Unicode: nothing is seen of them
where they are left standing, and `engine.core.marked_parts` makes ``lang`` and ``dir`` of them in HTML.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar, Token
from dataclasses import dataclass, replace

TAG, CANCEL = "\U000e0001", "\U000e007f"
END = TAG + CANCEL
LETTERS = 0xE0000  # the invisible letters stand this far above those of ASCII


@dataclass(frozen=True)
class Voice:
    """The language of what is read now, that of the frame around it, and whether parts are marked."""

    language: str = ""
    frame: str = "en"
    marks: bool = False


_PLAIN = Voice()
_voice: ContextVar[Voice] = ContextVar("voice", default=_PLAIN)


def voice() -> Voice:
    """How we speak now."""
    return _voice.get()


def speak(wanted: Voice) -> Token[Voice]:
    """Speak like this from now on."""
    return _voice.set(wanted)


@contextmanager
def speaking(wanted: Voice) -> Iterator[None]:
    """Speak like this for a while."""
    token = _voice.set(wanted)
    try:
        yield
    finally:
        _voice.reset(token)


@contextmanager
def marking(marks: bool = True) -> Iterator[None]:
    """Mark the parts of texts that are shown, where the page is in a language without a frame of ours.

    Texts that are kept or compared are never marked, so this stands around what builds a page.
    """
    now = _voice.get()
    with speaking(replace(now, marks=marks and bool(now.language))):
        yield


def framed_in(known: Sequence[str], *languages: Sequence[str]) -> str:
    """The first of these languages that has a frame of ours, else the first of ours."""
    wanted = (tag for tags in languages for tag in tags)
    return next((base for tag in wanted if (base := base_of(tag)) in known), known[0])


def base_of(language: str) -> str:
    """The language without its region or script: fr for fr-CA."""
    return language.partition("-")[0].lower()


def marked(text: str, language: str) -> str:
    """A text that says in which language it is."""
    if not text or not language:
        return text
    return TAG + "".join(chr(LETTERS + ord(letter)) for letter in language if letter < "\x7f") + text + END


def capitalised(text: str) -> str:
    """The first letter large, behind the mark if there is one."""
    place = next((n for n, letter in enumerate(text) if not TAG <= letter <= CANCEL), 0)
    return text[:place] + text[place : place + 1].upper() + text[place + 1 :]


def shown(text: str, language: str, wanted: str) -> str:
    """A text of this language for somebody who reads another one: marked where pages are built."""
    if not _voice.get().marks or language in ("", "und") or base_of(language) == base_of(wanted):
        return text
    return marked(text, language)
