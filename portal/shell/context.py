"""What every template may ask for."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from engine.core.languages import direction


def shell(request: HttpRequest) -> dict[str, Any]:
    """The language of the page and its direction; nothing here asks the database."""
    return page_language()


def page_language() -> dict[str, str]:
    """The same two values, for pages that are drawn without a request."""
    language = get_language() or "en"
    return {"language": language, "direction": direction(language)}
