"""Staff sign in with a second factor: until they have one, the workbench sends them to set it up."""

from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

STAFF_PATHS = (
    "/work/",
    "/manage/",
    "/accounts/people/",
    "/accounts/absence/",
    "/accounts/calendar/",
    "/cms/",
    "/admin/",
)
SEEN = "second_factor_seen"


class SecondFactorMiddleware:
    """Lets nobody into a staff room who has only a password, unless the installation says otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.STAFF_SECOND_FACTOR and request.path.startswith(STAFF_PATHS) and self._lacks_one(request):
            return redirect("mfa_activate_totp")
        return self.get_response(request)

    def _lacks_one(self, request: HttpRequest) -> bool:
        """Asked once a session: removing the last factor is refused to staff by the adapter."""
        if not request.user.is_authenticated or request.session.get(SEEN):
            return False
        if not is_mfa_enabled(request.user):
            return True
        request.session[SEEN] = True
        return False
