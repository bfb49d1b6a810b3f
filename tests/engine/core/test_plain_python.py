"""The core can be imported without Django."""

import subprocess
import sys


def test_the_core_imports_no_django() -> None:
    names = "languages, problems, registry, rules, sealing, text, worktime"
    code = f"from engine.core import {names}\nimport sys\nassert 'django' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
