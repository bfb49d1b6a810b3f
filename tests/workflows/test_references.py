"""Reference numbers: no doubles, no gaps, by year on the clock of the department."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from workflows.references import next_reference

AT = datetime(2026, 5, 1, tzinfo=UTC)
MIDNIGHT = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_each_prefix_and_year_counts_by_itself() -> None:
    assert next_reference("TRL", AT, "UTC") == "TRL-2026-000001"
    assert next_reference("TRL", AT, "UTC") == "TRL-2026-000002"
    assert next_reference("RES", AT, "UTC") == "RES-2026-000001"
    assert next_reference("TRL", MIDNIGHT, "Europe/Berlin") == "TRL-2027-000001"


@pytest.mark.django_db(transaction=True)
def test_a_number_that_is_rolled_back_is_given_again_and_none_twice() -> None:
    given: list[str] = []

    def take() -> None:
        for number in range(10):
            try:
                with transaction.atomic():
                    reference = next_reference("TRL", AT, "UTC")
                    if number == 5:
                        raise LookupError
                    given.append(reference)
            except LookupError:
                pass
        connection.close()

    threads = [threading.Thread(target=take) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == [f"TRL-2026-{number:06d}" for number in range(1, 55)]
