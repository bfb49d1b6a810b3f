"""How long to wait before trying again."""

from engine.core.waiting import back_off


def test_the_wait_doubles_up_to_an_hour() -> None:
    waits = [back_off(attempts).total_seconds() for attempts in range(1, 10)]
    for wait, most in zip(waits, [30, 60, 120, 240, 480, 960, 1920, 3600, 3600], strict=True):
        assert most * 0.75 <= wait <= most
    assert back_off(10_000).total_seconds() <= 3600
