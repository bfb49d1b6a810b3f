"""The environment as the settings read it: whatever is refused is named by its variable, in one line."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

YES = frozenset(environ.Env.BOOLEAN_TRUE_STRINGS)
NO = frozenset({"false", "off", "no", "n", "0", ""})

POSTGRES = ("postgres", "postgresql")


class Environment(environ.FileAwareEnv):  # type: ignore[misc]  # environ has no types
    """Reads a variable, or the file that <NAME>_FILE names."""

    def get_value(self, var: str, *args: Any, **options: Any) -> Any:
        """The value; who cannot be read or converted is named."""
        try:
            return super().get_value(var, *args, **options)
        except ImproperlyConfigured:
            raise  # says which
        except OSError as error:
            raise ImproperlyConfigured(f"{var}_FILE cannot be read: {error.strerror}.") from error
        except ValueError as error:
            raise ImproperlyConfigured(f"{var} is not what it must be: {error}.") from error

    def bool(self, var: str, default: Any = environ.Env.NOTSET) -> bool:
        """Yes or no; anything else is refused, where it would otherwise be a silent no."""
        text = str(self.get_value(var, cast=str, default=default)).strip().lower()
        if text not in YES | NO:
            raise ImproperlyConfigured(f"{var} must be true or false.")
        return text in YES

    def db_url(self, var: str = "DATABASE_URL", *args: Any, **options: Any) -> Any:
        """A PostgreSQL; several servers may stand in one address, and what it holds is never repeated."""
        known = str(self.get_value(var, cast=str)).partition("://")[0] in POSTGRES
        try:
            found = super().db_url(var, *args, **options) if known else {}
        except ValueError:
            found = {}
        if not found:
            raise ImproperlyConfigured(f"{var} must be an address that begins with postgres://.")
        return found


def address(env: environ.FileAwareEnv, name: str, *schemes: str, default: str = "") -> str:
    """An address of one of these kinds; what it holds is never repeated, since it may be a password."""
    given = str(env.str(name, default=default) if default else env.str(name)).strip()
    try:
        parts = urlsplit(given)
        known = parts.scheme in schemes and (parts.port is None or bool(parts.port))
    except ValueError:
        known = False
    if not known:
        raise ImproperlyConfigured(f"{name} must be an address that begins with {schemes[0]}://.")
    return given
