"""The limits under which hostile input is run do stop what passes them."""

import time

from tests.limits import measured


def costly(what: str) -> str:
    """Takes too much of one thing."""
    if what == "memory":
        return str(len(bytearray(100 * 1024 * 1024)))
    if what == "time":
        while True:
            pass
    if what == "sleep":
        time.sleep(60)
    if what == "break":
        raise ValueError("no")
    return "done"


def test_memory_and_time_are_limited_and_errors_are_told() -> None:
    cases = ["memory", "time", "sleep", "break", "nothing"]
    found = measured("tests.test_limits:costly", cases, megabytes=64, seconds=1)
    said = [one.said for one in found.values()]
    assert said == ["out of memory", "out of time", "out of time", "breaks: ValueError: no", "done"]
    assert 0.5 < found["time"].seconds < 3
    assert found["sleep"].seconds < 0.5
