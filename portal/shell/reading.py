"""Pages about a definition are in any language of it; our sentences around it in one that we have.

A view says with `settle` what its page is about. From then on ``get_language`` is the language of the reader,
and a sentence of ours that is not in it says so by itself (`engine.core.voice`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, trans_real

from engine.core.languages import direction
from engine.core.marked_parts import plain, resolved
from engine.core.voice import Voice, base_of, framed_in, marked, speak, speaking, voice
from engine.departments.spoken import ours

COOKIE = "reading_language"
LONGEST_CODE = 12  # characters, as a draft keeps it
CONTEXT_SEPARATOR = "\x04"  # what gettext puts between a context and a sentence
_active = trans_real._active  # type: ignore[attr-defined]  # Django takes translations in no other way


@dataclass(frozen=True)
class Wanted:
    """What somebody wants to read; whether they chose it themselves, and whether the page is only read."""

    languages: tuple[str, ...] = ()
    is_chosen: bool = False
    is_safe: bool = False


_wanted: ContextVar[Wanted | None] = ContextVar("wanted", default=None)
_offered: ContextVar[tuple[str, ...]] = ContextVar("offered", default=())


def offered() -> tuple[str, ...]:
    """The languages of the definition that the page is about; empty on any other page."""
    return _offered.get()


@contextmanager
def of_request(request: HttpRequest) -> Iterator[None]:
    """Know what somebody wants to read, while their request is answered."""
    with asked_for(_wanted_by(request)):
        yield


@contextmanager
def asked_for(wanted: Wanted) -> Iterator[None]:
    """Answer for somebody who wants to read this; afterwards everything is as before."""
    kept, here = _wanted.set(wanted), _offered.set(())
    try:
        with speaking(Voice()):
            yield
    finally:
        _wanted.reset(kept)
        _offered.reset(here)


def _wanted_by(request: HttpRequest) -> Wanted:
    is_safe = request.method in ("GET", "HEAD")
    chosen = request.COOKIES.get(COOKIE) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    if chosen:
        return Wanted((chosen[:LONGEST_CODE],), is_chosen=True, is_safe=is_safe)
    accepted = trans_real.parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    return Wanted(tuple(code for code, _weight in accepted), is_safe=is_safe)


def settle(languages: Sequence[str], department: Sequence[str] = (), answered_in: str = "") -> str:
    """The page is about a definition in these languages; returns the one that the page is in.

    Who has chosen none on this device reads on in the language in which they answered before.
    """
    wanted = _wanted.get()
    if wanted is None:
        return get_language() or "en"
    _offered.set(tuple(languages))
    before = (answered_in,) if answered_in and not wanted.is_chosen else ()
    found = _first_of(languages, (*before, *wanted.languages))
    if found and found not in ours():
        frame = framed_in(ours(), [found], languages, department)
        _read(Voice(found, frame, marks=wanted.is_safe))
    return get_language() or "en"


def _first_of(languages: Sequence[str], wanted: Sequence[str]) -> str:
    """The first wanted language that there is, or the nearest to it; empty where there is none."""
    there = [language for language in languages if len(language) <= LONGEST_CODE]
    for want in wanted:
        if same := [each for each in there if each.lower() == want.lower()]:
            return same[0]
        if near := [each for each in there if base_of(each) == base_of(want)]:
            return near[0]
    return ""


def _read(now: Voice) -> None:
    speak(now)
    _active.value = Translations(now)


@contextmanager
def read_in(language: str, languages: Sequence[str], department: Sequence[str] = ()) -> Iterator[None]:
    """Draw a page for somebody who reads this language; what is drawn goes through `drawn`."""
    before = getattr(_active, "value", None)
    frame = framed_in(ours(), [language], languages, department)
    is_ours = language in ours()
    now = Voice("" if is_ours else language, frame, marks=not is_ours)
    try:
        with asked_for(Wanted((language,), is_chosen=True, is_safe=True)), speaking(now):
            _offered.set(tuple(languages))
            trans_real.activate(language) if is_ours else _read(now)
            yield
    finally:
        if before is None:
            trans_real.deactivate()
        else:
            _active.value = before


def drawn(html: str) -> str:
    """A page with its parts in other languages marked."""
    return resolved(html, get_language() or "en")


def with_parts(response: HttpResponse) -> HttpResponse:
    """The same for the answer to a request."""
    if not voice().language or response.streaming or "html" not in response.get("Content-Type", ""):
        return response
    response.content = drawn(response.content.decode(response.charset)).encode(response.charset)
    if response.has_header("Content-Length"):
        response["Content-Length"] = str(len(response.content))
    return response


def for_script(sentence: str) -> dict[str, str]:
    """A sentence of ours that a script puts into the page, with its language where that is another."""
    frame = voice().frame if voice().language else ""
    return {"said": plain(sentence), **({"lang": frame, "dir": direction(frame)} if frame else {})}


class Translations:
    """Our sentences for a reader of another language: in that of the frame, and marked so."""

    def __init__(self, now: Voice) -> None:
        self._language, self._frame = now.language, now.frame
        self._same = base_of(now.language) == base_of(now.frame)
        self._said = trans_real.translation(now.frame)

    def gettext(self, message: str) -> str:
        """A sentence."""
        return self._marked(self._said.gettext(message))

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        """A sentence about a number of things."""
        return self._marked(self._said.ngettext(singular, plural, number))

    def to_language(self) -> str:
        """The language of the reader: the texts of the definition are in it."""
        return self._language

    def _marked(self, sentence: str) -> str:
        if self._same or CONTEXT_SEPARATOR in sentence:
            return sentence
        return marked(sentence, self._frame)


def in_reading(text: str) -> str:
    """A date or a figure that is in the language of the reader, inside any sentence."""
    return marked(text, voice().language) if voice().language else text
