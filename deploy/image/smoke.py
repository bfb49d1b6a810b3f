"""`python -m deploy.image.smoke <address>`: asks for what must work.

Inside a cluster it asks new pods before they get the traffic, by the public name; from outside a site after
its release, by the name in the address. /livez is not among the pages: the gateway shows it to nobody.
"""

from __future__ import annotations

import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request

PAGES = ("/readyz", "/", "/accounts/login/")
_browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def trouble(address: str, path: str, host: str) -> str:
    """What is wrong with one page, empty when it answers."""
    request = urllib.request.Request(f"{address}{path}", headers={"Host": host, "X-Forwarded-Proto": "https"})
    try:
        with _browser.open(request, timeout=20) as answer:
            if answer.status != 200:
                return f"{path}: {answer.status}"
            return _not_ready(answer.read()) if path == "/readyz" else ""
    except urllib.error.HTTPError as error:
        return f"{path}: {error.code}"
    except OSError as error:
        return f"{path}: {error}"


def _not_ready(told: bytes) -> str:
    """What is away, although the page answers: pods that run live with it, new ones wait."""
    try:
        states = json.loads(told)
    except ValueError:
        return "/readyz: is not the page of the product"
    away = [f"{name} {state}" for name, state in states.items() if state != "ready"]
    return f"/readyz: {', '.join(away)}" if away else ""


def main(arguments: list[str]) -> int:
    """Ask for each page and name what is wrong."""
    own = os.environ.get("ALLOWED_HOSTS", "").split(",")[0]
    host = own or urllib.parse.urlsplit(arguments[0]).netloc
    troubles = [found for path in PAGES if (found := trouble(arguments[0], path, host))]
    print("\n".join(troubles) or f"{len(PAGES)} pages answer")
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
