"""Which language a page is in, and the links that change it without JavaScript."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import escape_leading_slashes

from engine.core.languages import direction

PARAMETER = "lang"


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
    """A link for each language on offer that leads to this same page."""
    chosen = [code for code in known() if offered is None or code in offered or code == current]
    return [
        LanguageLink(code, known()[code], direction(code), _address(request, code), code == current)
        for code in chosen
    ]


def _address(request: HttpRequest, code: str) -> str:
    query = request.GET.copy()
    query[PARAMETER] = code
    return f"?{query.urlencode()}"


class LanguageMiddleware:
    """Keeps the language of a ``?lang=`` link in a cookie and returns to the page without it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        code = request.GET.get(PARAMETER, "") if request.method in ("GET", "HEAD") else ""
        if code not in known():
            return self.get_response(request)
        query = request.GET.copy()
        del query[PARAMETER]
        rest = f"?{query.urlencode()}" if query else ""
        response = HttpResponseRedirect(escape_leading_slashes(request.path) + rest)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=365 * 24 * 3600,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response
