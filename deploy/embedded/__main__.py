"""`python -m deploy.embedded <verb>`; started by ./run once everything is installed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable

from deploy.embedded import checks, demo, loadtest, manage, testing
from deploy.embedded.servers import ROOT


def _demo(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run demo")
    parser.add_argument("--fresh", action="store_true", help="forget all data and start over")
    parser.add_argument("--port", type=int, default=8000, help="the first port to try (8000)")
    options = parser.parse_args(words)
    return demo.demo(fresh=options.fresh, port=options.port)


def _test(words: list[str]) -> int:
    slow = "--slow" in words
    return testing.test(slow, [word for word in words if word != "--slow"])


def _check(words: list[str]) -> int:
    argparse.ArgumentParser(prog="./run check").parse_args(words)
    return checks.check()


VERBS: dict[str, Callable[[list[str]], int]] = {
    "demo": _demo,
    "test": _test,
    "bench": testing.bench,
    "loadtest": loadtest.loadtest,
    "check": _check,
    "manage": manage.manage,
}


def main() -> int:
    """Runs the verb."""
    os.chdir(ROOT)
    os.umask(0o022)
    return VERBS[sys.argv[1]](sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
