"""Every open case finds its workflow, or the health check says which does not."""

import pytest
from django.db import connection

from workflows.health import unresolvable_cases
from workflows.models import WorkItem
from workflows.unit import Unresolvable

pytestmark = pytest.mark.django_db


def change(case, column, table, value):
    with connection.cursor() as cursor:
        key = "id" if table == "workflows_case" else "process_id"
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE {key} = %s", [value, case.pk])


def test_nothing_is_wrong_with_cases_of_published_versions(simple_package, publish, begin):
    begin(publish(simple_package))
    assert unresolvable_cases() == []


def test_a_missing_version_is_found(simple_package, publish, begin):
    case = begin(publish(simple_package))
    change(case, "flow_class", "workflows_case", "workflows/flows.S4711_V1")
    assert unresolvable_cases() == ["workflows/flows.S4711_V1"]


def test_a_missing_step_is_found_and_not_run(simple_package, publish, begin, open_work, clerk):
    version = publish(simple_package)
    case = begin(version)
    lost = f"workflows/flows.S{version.service_id}_V1.n_lost"
    change(case, "flow_task", "workflows_workitem", lost)
    assert unresolvable_cases() == [lost]
    with pytest.raises(Unresolvable), WorkItem.objects.get(process=case, finished=None).activation():
        pass


def test_a_case_without_its_version_is_not_run(simple_package, publish, begin):
    case = begin(publish(simple_package))
    change(case, "flow_task", "workflows_workitem", "workflows/flows.S4711_V1.n_check")
    with pytest.raises(Unresolvable), WorkItem.objects.get(process=case, finished=None).activation():
        pass
