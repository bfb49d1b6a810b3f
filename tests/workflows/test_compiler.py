"""Versions become flows: once, side by side, and also in a process that has never seen them."""

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from engine.core.problems import DefinitionRefused
from tests.databases import address_of_this_database
from workflows import compiler
from workflows.compiler import build_flow, flow_for
from workflows.definition import ServicePackage
from workflows.models import Case, ServiceVersion

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.django_db
def test_a_version_is_compiled_once(simple_package, publish):
    version = publish(simple_package)
    flow = flow_for(version.service_id, version.number)
    assert flow is flow_for(version.service_id, version.number)
    assert (flow.__module__, flow.__name__) == ("workflows.flows", f"S{version.service_id}_V1")


@pytest.mark.django_db
def test_a_version_that_is_not_there_gives_none():
    assert flow_for(4711, 1) is None


@pytest.mark.django_db
def test_two_hundred_versions_live_side_by_side(simple_package, publish, begin, clerk, decide):
    versions = []
    for number in range(200):
        nodes = {node["key"]: node for node in simple_package["workflow"]["nodes"]}
        nodes["check"]["title"] = f"Check {number}"
        versions.append(publish(simple_package))
    flows = [flow_for(version.service_id, version.number) for version in versions]
    assert len({flow.__name__ for flow in flows}) == 200
    assert flows[7].step("check").options.title.in_("en") == "Check 7"
    for number in (0, 99, 199):
        case = begin(versions[number])
        assert Case.objects.get(pk=case.pk).flow_class is flows[number]
        decide(case, "check", clerk, "accept")


@pytest.mark.django_db(transaction=True)
def test_racing_threads_make_one_class(simple_package, publish):
    version = publish(simple_package)
    found, gate = [], threading.Barrier(16)

    def resolve():
        gate.wait()
        found.append(flow_for(version.service_id, version.number))
        connection.close()

    threads = [threading.Thread(target=resolve) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({id(flow) for flow in found}) == 1


@pytest.mark.django_db(transaction=True)
def test_a_process_that_never_saw_the_version_goes_on_with_its_case(simple_package, publish, begin, clerk):
    case = begin(publish(simple_package), amount="9000.00")
    code = (
        "import django; django.setup()\n"
        "from workflows.models import WorkItem\n"
        "from engine.departments.models import User\n"
        f"item = WorkItem.objects.get(process_id={case.pk}, finished=None)\n"
        "with item.activation() as activation:\n"
        f"    activation.decide(User.objects.get(pk={clerk.pk}), 'accept')\n"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_this_database(),
        "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
    }
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert case.task_set.get(finished=None).node_key == "approve"


@pytest.mark.django_db
def test_a_version_that_cannot_be_built_is_refused_before_it_is_kept(simple_package):
    simple_package["forms"]["application"]["pages"][0]["fields"][0]["type"] = "crystal_ball"
    with pytest.raises(DefinitionRefused):
        build_flow(ServicePackage.model_validate(simple_package), 4711, 1)
    assert (4711, 1) not in compiler._flows


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE workflows_serviceversion SET note = 'changed'",
        "DELETE FROM workflows_serviceversion",
        "UPDATE workflows_submission SET number = 9",
        "DELETE FROM workflows_submission",
    ],
)
def test_the_database_refuses_to_change_what_is_final(sql, simple_package, publish, begin):
    begin(publish(simple_package))
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db
def test_a_version_number_is_given_once(simple_package, publish):
    version = publish(simple_package)
    assert ServiceVersion.objects.filter(service=version.service).count() == 1
    assert publish(simple_package).number == 2
