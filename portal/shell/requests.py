"""Requests as views behind a sign-in get them."""

from django.http import HttpRequest

from engine.departments.models import User


class SignedInRequest(HttpRequest):
    """A request of somebody who is signed in; a type for views under ``login_required``."""

    user: User
