"""Who may read the record."""

from engine.audit import log
from engine.audit.selectors import audit_record, history
from engine.departments.models import Department, User


def test_an_auditor_reads_the_record_of_the_department_and_no_other(
    licensing: Department, registry: Department, auditor: User, clerk: User, administrator: User
) -> None:
    log.record("ours", chain="department:licensing", department_id=licensing.pk)
    log.record("theirs", chain="department:registry", department_id=registry.pk)
    log.record("system", chain="system")
    assert [entry.verb for entry in audit_record(auditor)] == ["ours"]
    for other in (clerk, administrator):
        assert not audit_record(other).exists()


def test_a_history_is_in_order_with_its_people(clerk: User) -> None:
    log.append(log.row(verb, chain="case:1", actor=clerk) for verb in ("a", "b", "c"))
    assert [(entry.position, entry.verb) for entry in history("case:1")] == [(1, "a"), (2, "b"), (3, "c")]
