"""The address of a test's own database, for programs that a test starts."""

import os
from urllib.parse import urlsplit

from django.db import connection


def address_of_this_database() -> str:
    """DATABASE_URL with the name of the database that this test uses; a socket stays in the query."""
    given = urlsplit(os.environ["DATABASE_URL"])
    return given._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
