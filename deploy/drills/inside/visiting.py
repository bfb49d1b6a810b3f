"""People who look at a site through all of its pages' code; nothing but the socket is missing."""

from __future__ import annotations

from django.test import Client

from engine.departments.models import User

APPLICANT, CLERK = "applicant-0@example.org", "clara.nunes@registry.example"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = {APPLICANT: ("/applications/",), CLERK: ("/work/", "/work/cases/")}


def run(what: str, *cookies: str) -> dict[str, object]:
    """Sign in and give the cookies, or look with cookies from elsewhere."""
    if what == "sign-in":
        return {"cookies": [_signed_in(address) for address in PAGES]}
    clients = [_with(cookie) for cookie in cookies]
    read = [
        client.get(page).status_code
        for client, pages in zip(clients, PAGES.values(), strict=True)
        for page in pages
    ]
    written = [client.post("/applications/", {"name": "x"}).status_code for client in clients]
    ready = Client(SERVER_NAME="127.0.0.1").get("/readyz").status_code
    return {"read": read, "written": written, "ready": ready}


def _signed_in(address: str) -> str:
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(email=address), backend=BACKEND)
    return client.cookies["sessionid"].value


def _with(cookie: str) -> Client:
    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
    client.cookies["sessionid"] = cookie
    return client
