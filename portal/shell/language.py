"""Which language a page is in, and the links that change it without JavaScript."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import escape_leading_slashes

from engine.core.languages import direction, own_name
from engine.core.text import LANGUAGE_TAG
from engine.core.voice import base_of
from portal.shell import reading

PARAMETER = "lang"
A_YEAR = 365 * 24 * 3600  # seconds


@dataclass(frozen=True)
class LanguageLink:
    """One language in the head of a page, under its own name."""

    code: str
    name: str
    direction: str
    address: str
    is_current: bool


def known() -> dict[str, str]:
    """The languages of the interface with their own names."""
    return dict(settings.LANGUAGES)


def links(request: HttpRequest, current: str, offered: Iterable[str] | None = None) -> list[LanguageLink]:
    """A link for each language on offer that leads to this same page.

    A page about a definition offers the languages of that; any other those of the interface.
    """
    codes = _of_the_definition(current) or [
        code for code in known() if offered is None or code in offered or code == current
    ]
    return [
        LanguageLink(code, name_of(code), direction(code), _address(request, code), code == current)
        for code in codes
    ]


def name_of(code: str) -> str:
    """What the readers of a language call it."""
    return known().get(code) or own_name(code)


def _of_the_definition(current: str) -> list[str]:
    """The languages of what the page is about, and the one that it is in."""
    codes = list(dict.fromkeys(reading.offered()))
    return [current, *codes] if codes and current not in codes else codes


def _address(request: HttpRequest, code: str) -> str:
    query = request.GET.copy()
    query[PARAMETER] = code
    return f"?{query.urlencode()}"


class LanguageMiddleware:
    """Keeps the language of a ``?lang=`` link in a cookie and returns to the page without it.

    A language that the interface does not speak has a cookie of its own: it counts where a definition has it,
    and everywhere else the language that was chosen before goes on.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = request.GET.get(PARAMETER, "") if request.method in ("GET", "HEAD") else ""
        if not _can_be_read(code):
            with reading.of_request(request):
                return reading.with_parts(self.get_response(request))
        query = request.GET.copy()
        del query[PARAMETER]
        rest = f"?{query.urlencode()}" if query else ""
        response = HttpResponseRedirect(escape_leading_slashes(request.path) + rest)
        if code in known():
            _keep(response, settings.LANGUAGE_COOKIE_NAME, code)
            response.delete_cookie(reading.COOKIE, samesite="Lax")
        else:
            _keep(response, reading.COOKIE, code)
        return response


def _can_be_read(code: str) -> bool:
    """Whether this is a language at all: a cookie holds nothing else."""
    if code in known():
        return True
    is_tag = len(code) <= reading.LONGEST_CODE and LANGUAGE_TAG.fullmatch(code) is not None
    return is_tag and own_name(code) not in (code, base_of(code))


def _keep(response: HttpResponse, cookie: str, code: str) -> None:
    response.set_cookie(
        cookie,
        code,
        max_age=A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
