"""Every benchmark runs; what it measures on a busy machine says nothing, so nothing of that is asked."""

from __future__ import annotations

import pytest

from tests.benchmarks.__main__ import measure, names


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", names())
def test_a_benchmark_runs_and_says_what_it_measured(transactional_db: None, name: str) -> None:
    rows = measure(name, quick=True)
    assert rows, "it broke: the reason is printed above"
    assert all(row.id and row.what and row.measured and row.target for row in rows)
