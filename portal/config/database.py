"""The database as the environment names it; part of the settings."""

from __future__ import annotations

from typing import Any

import environ

LIMITS = {"lock_timeout": "10s", "statement_timeout": "60s"}


def configured(env: environ.FileAwareEnv) -> dict[str, Any]:
    """One PostgreSQL, asked directly or through a pooler that gives a connection for one transaction."""
    found: dict[str, Any] = env.db_url("DATABASE_URL")
    found["ENGINE"] = "portal.config.postgresql"
    options = found.setdefault("OPTIONS", {})
    if "host" in options:  # postgres://user@/name?host=/folder: a Unix socket, or several servers
        found["HOST"] = options.pop("host")
    found["CONN_MAX_AGE"] = env.int("DATABASE_CONNECTION_AGE_S", default=600)
    found["CONN_HEALTH_CHECKS"] = True
    found["ATOMIC_REQUESTS"] = False  # a case is locked in a transaction of its own
    options["connect_timeout"] = 5
    options["prepare_threshold"] = None  # a statement prepared on one connection is unknown on the next
    if env.bool("DATABASE_POOLED", default=False):
        # a cursor that outlives its transaction would be asked on another connection; limits: the pooler's
        found["DISABLE_SERVER_SIDE_CURSORS"] = True
    else:
        options["options"] = " ".join(f"-c {name}={value}" for name, value in LIMITS.items())
    # migrated once, copied by each worker of the tests
    found["TEST"] = {"TEMPLATE": env.str("TEST_TEMPLATE", default="") or None}
    return found
