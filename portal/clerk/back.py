"""The way back after something was done."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

HERE = "_here"


def back(request: HttpRequest, otherwise: str = "clerk:queue") -> HttpResponse:
    """To the page that the person came from, if it is one of ours."""
    here = request.POST.get(HERE, "")
    ours = here.startswith("/work/") and here.isprintable() and len(here) <= 2000
    if ours and url_has_allowed_host_and_scheme(here, allowed_hosts={request.get_host()}):
        return redirect(here)
    return redirect(otherwise)
