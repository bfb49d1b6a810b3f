"""What `./run loadtest` takes."""

from __future__ import annotations

import pytest

from deploy.embedded.loadtest import options


def test_a_thousand_people_unless_said_otherwise() -> None:
    found = options([])
    assert (found.citizens + found.clerks, found.think, found.minutes) == (1000, 5, 4)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--citizens", "100000"], "between 1 and 5000 people"),
        (["--citizens", "0", "--clerks", "0"], "between 1 and 5000 people"),
        (["--minutes", "600"], "at most 60 minutes"),
        (["--minutes", "0"], "at most 60 minutes"),
    ],
)
def test_what_would_not_end_is_refused(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        options(words)
    assert said in capsys.readouterr().err
