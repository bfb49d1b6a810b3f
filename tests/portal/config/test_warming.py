"""What the first visitor of a process would wait for."""

import json
import os
import subprocess
import sys

from tests.house import ROOT

LOOKS = """
import gc, json, os, sys
import portal.config.wsgi
from django.db import connection
from django.template import engines
from django.utils.translation import trans_real
loaders = engines["django"].engine.template_loaders
print(json.dumps({
    "views": "portal.clerk.case" in sys.modules,
    "templates": sum(len(getattr(loader, "get_template_cache", ())) for loader in loaders),
    "languages": sorted(trans_real._translations),
    "frozen": gc.get_freeze_count(),
    "connected": connection.connection is not None,
    "threads": len(os.listdir("/proc/self/task")),
}))
"""


def test_a_web_server_has_its_pages_and_words_before_the_first_request_and_asked_nobody() -> None:
    nowhere = {"DATABASE_URL": "postgres://nobody@127.0.0.1:9/none", "REDIS_URL": "redis://127.0.0.1:9/0"}
    env = {**os.environ, **nowhere, "DJANGO_SETTINGS_MODULE": "portal.config.settings", "LOG_LEVEL": "ERROR"}
    ran = subprocess.run(
        [sys.executable, "-c", LOOKS], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    found = json.loads(ran.stdout.splitlines()[-1])
    assert found["views"]
    assert found["templates"] > 100
    assert {"en", "fr", "ar"} <= set(found["languages"])
    assert found["frozen"] > 100_000
    # it is copied into several processes: what it had open would be open in all of them
    assert (found["connected"], found["threads"]) == (False, 1)
