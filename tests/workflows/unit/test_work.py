"""The unit of work: what is collected, when it is sent, and what a savepoint or a failure leaves."""

import pytest
from django.db import DatabaseError, connection, transaction

from engine.messages import outbox
from engine.messages.models import OutboxMessage
from workflows.models import Case, WorkItem
from workflows.unit import Conflict, current, debug_statements, unit


@pytest.fixture
def case(simple_package, publish, begin):
    return begin(publish(simple_package))


@pytest.fixture
def item(case):
    return WorkItem.objects.get(process=case, finished=None)


def outcome_of(row) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT outcome FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        return cursor.fetchone()[0]


pytestmark = pytest.mark.django_db


def test_any_other_statement_sees_what_was_collected(case):
    with unit():
        case.outcome = "seen"
        case.save()
        assert outcome_of(case) == "seen"


def test_a_column_that_was_changed_and_not_named_is_still_written_later(case):
    case = Case.objects.get(pk=case.pk)
    with unit():
        case.outcome, case.summary = "one", "two"
        case.save(update_fields=["summary"])
        current().flush()
        case.save()
    assert outcome_of(case) == "one"


def test_reading_one_column_again_does_not_forget_the_others(case):
    case = Case.objects.get(pk=case.pk)
    case.outcome = "kept"
    case.refresh_from_db(fields=["summary"])
    with unit():
        case.save()
    assert outcome_of(case) == "kept"


def test_a_value_that_was_saved_without_a_unit_and_changed_back_is_written(case):
    case = Case.objects.get(pk=case.pk)
    case.outcome = "other"
    case.save()
    with unit():
        case.outcome = ""
        case.save()
    assert outcome_of(case) == ""


def test_a_parent_that_gets_its_key_late_is_known_to_its_child(case, item):
    with unit():
        parent = Case(
            **{f.attname: getattr(case, f.attname) for f in Case._meta.concrete_fields if f.name != "id"}
        )
        parent.reference = "STL-2026-000777"
        child = item.flow_task.new_item(parent, item.token, {})
        parent.save()
        child.save()
    assert WorkItem.objects.get(pk=child.pk).process_id == parent.pk


def test_two_copies_of_one_row_are_written_in_order(case):
    first, second = Case.objects.get(pk=case.pk), Case.objects.get(pk=case.pk)
    with unit():
        first.outcome = "first"
        first.save()
        second.outcome = "second"
        second.save()
    assert outcome_of(case) == "second"


def test_several_rows_are_written_in_one_statement(package, publish, begin, django_assert_num_queries):
    version = publish(package)
    cases = [begin(version), begin(version)]
    for number, case in enumerate(cases):
        case.refresh_from_db()
        case.outcome = f"outcome {number}"
    with unit() as open_unit, django_assert_num_queries(1):
        for case in cases:
            case.save()
        open_unit.flush()
    assert [outcome_of(case) for case in cases] == ["outcome 0", "outcome 1"]


@pytest.mark.parametrize("apart", [False, True])
def test_a_row_that_is_gone_is_a_conflict(case, item, apart):
    Case.objects.get(pk=case.pk)
    with pytest.raises(Conflict), transaction.atomic(), unit(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("DELETE FROM workflows_case WHERE id = %s", [case.pk])
        case.outcome = item.outcome = "lost"
        case.save()
        item.save()
        if apart:
            with debug_statements():
                current().flush()


class TestSavepoints:
    def test_one_in_which_nothing_is_sent_costs_nothing(self, case):
        sent = []

        def listen(execute, sql, params, many, context):
            sent.append(sql.split()[0])
            return execute(sql, params, many, context)

        with unit() as open_unit, connection.execute_wrapper(listen):  # inside of the unit's own wrapper
            with transaction.atomic():
                case.outcome = "held"
                case.save()
            open_unit.flush()
        assert sent == ["UPDATE"]
        assert outcome_of(case) == "held"

    def test_rolling_back_a_held_one_forgets_what_was_collected_in_it(self, case):
        with unit():
            case.summary = "before"
            case.save()
            with pytest.raises(ValueError, match="stop"), transaction.atomic():
                case.outcome = "inside"
                case.save(update_fields=["outcome"])
                raise ValueError("stop")
            assert outcome_of(case) == ""
        assert Case.objects.get(pk=case.pk).summary == "before"

    def test_one_can_be_used_again_after_its_rollback(self, case):
        """Django sends RELEASE after ROLLBACK TO."""
        with unit():
            for outcome in ("one", "two"):
                with pytest.raises(ValueError, match=outcome), transaction.atomic():
                    case.outcome = outcome
                    case.save(update_fields=["outcome"])
                    raise ValueError(outcome)
            case.outcome = "three"
            case.save(update_fields=["outcome"])
        assert outcome_of(case) == "three"

    def test_rolling_back_one_that_was_sent_takes_the_rows_with_it(self, case, item):
        with unit():
            with pytest.raises(ValueError, match="stop"), transaction.atomic():
                case.outcome = "inside"
                case.save()
                added = item.flow_task.new_item(case, item.token, {})
                added.save()
                assert outcome_of(case) == "inside"
                raise ValueError("stop")
            assert outcome_of(case) == ""
            assert added._state.adding
            case.save()  # memory says "inside" still, and the unit knows that the database does not
        assert outcome_of(case) == "inside"
        assert not WorkItem.objects.filter(pk=added.pk).exists()

    def test_a_database_error_inside_one_leaves_the_rest(self, case):
        with unit():
            case.outcome = "before"
            case.save()
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        assert outcome_of(case) == "before"

    def test_nested_ones_are_sent_in_their_order(self, case):
        with unit(), transaction.atomic():
            case.outcome = "outer"
            case.save(update_fields=["outcome"])
            with pytest.raises(ValueError, match="stop"), transaction.atomic():
                case.outcome = "inner"
                case.save(update_fields=["outcome"])
                assert outcome_of(case) == "inner"
                raise ValueError("stop")
            assert outcome_of(case) == "outer"
        assert outcome_of(case) == "outer"


class TestFailures:
    def fail(self, case, item, how):
        """Change a case inside a unit and fail in one of several ways."""
        with unit() as open_unit:
            case.outcome = item.outcome = "lost"
            case.save()
            item.save()
            open_unit.insert(outbox.TABLE, **outbox.row("topic", {}, key="lost"))
            how(open_unit)

    def stop(self, open_unit):
        raise ValueError("stop")

    def stop_after_a_flush(self, open_unit):
        open_unit.flush()
        raise ValueError("stop")

    def too_long(self, open_unit):
        open_unit.insert(outbox.TABLE, **outbox.row("t" * 500, {}, key="too long"))

    @pytest.mark.parametrize("how", ["stop", "stop_after_a_flush", "too_long"])
    def test_nothing_is_left(self, case, item, how):
        with pytest.raises((ValueError, DatabaseError)):
            self.fail(case, item, getattr(self, how))
        assert outcome_of(case) == outcome_of(item) == ""
        assert not OutboxMessage.objects.filter(idempotency_key="lost").exists()
        assert current() is None

    @pytest.mark.django_db(transaction=True)
    def test_nothing_is_left_after_a_failure_at_commit(self, case, item):
        with pytest.raises(DatabaseError), unit():
            case.outcome = "lost"
            case.save()
            item.owner_id = 4711
            item.save()
        assert outcome_of(case) == ""

    def test_a_later_save_writes_again_what_failed(self, case, item):
        with pytest.raises(ValueError, match="stop"):
            self.fail(case, item, self.stop_after_a_flush)
        with unit():
            case.save()
        assert outcome_of(case) == "lost"


def test_the_debug_mode_names_the_table_that_refused(case, item):
    with pytest.raises(DatabaseError, match="too long"), debug_statements(), unit():
        case.outcome = "x" * 41
        case.save()
        item.data = {"a": 1}
        item.save()


def test_a_nested_unit_joins_the_outer(case):
    with unit() as outer, unit() as inner:
        assert inner is outer
    assert current() is None


def test_what_is_put_off_is_done_once_at_the_end_and_before_the_commit(case):
    done = []
    with unit() as open_unit:
        for _ in range(2):
            open_unit.at_end("look", lambda: done.append(outcome_of(case)))
        case.outcome = "seen"
        case.save()
        assert done == []
    assert done == ["seen"]


def test_what_is_put_off_can_put_off_more(case):
    done = []
    with unit() as open_unit:
        open_unit.at_end(
            "first", lambda: (done.append(1), open_unit.at_end("second", lambda: done.append(2)))
        )
    assert done == [1, 2]


def test_after_a_failure_nothing_that_was_put_off_is_done(case):
    done = []
    with pytest.raises(ZeroDivisionError), unit() as open_unit:
        open_unit.at_end("look", lambda: done.append(1))
        raise ZeroDivisionError
    assert done == []
