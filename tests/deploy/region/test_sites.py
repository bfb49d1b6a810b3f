"""What the switch knows of the regions is what terraform and the overlays make."""

from __future__ import annotations

import re

import pytest
import yaml

from deploy.region.cluster import HEALED
from deploy.region.sites import COUNTS, PUBLIC_NAME, READY, SITES, other
from deploy.region.taking import ASLEEP, FIRST_HEADS, WANTED
from tests.deploy.kubernetes import cloud
from tests.deploy.kubernetes.rendering import ROOT, at, of_kind, overlay
from tests.deploy.releasing import Releases

each_site = pytest.mark.parametrize("name", list(SITES))


@each_site
def test_region_database_and_name_are_those_of_terraform(name: str) -> None:
    site = SITES[name]
    folder = ROOT / "terraform" / "live" / site.label
    assert cloud.SITES[name] == site.label
    assert cloud.default(site.label, "region") == site.region
    assert f'name  = "{site.database}"' in re.sub(r"name +=", "name  =", (folder / "main.tf").read_text())
    variables = (folder / "variables.tf").read_text()
    for variable in re.findall(r"(\w+) = ", WANTED[site.label]):
        assert f'variable "{variable}"' in variables


@each_site
def test_only_a_site_with_a_form_that_sleeps_is_said_to_sleep(name: str) -> None:
    site = SITES[name]
    assert site.sleeps == (ASLEEP in (ROOT / site.overlay).read_text().splitlines())
    assert other(other(site)) is site


def test_a_site_that_is_awake_runs_what_the_switch_waits_for() -> None:
    objects = overlay("eks")
    [scaler] = [
        item for item in of_kind(objects, "HorizontalPodAutoscaler") if item["metadata"]["name"] == "web"
    ]
    made = {"rollout/web": at(scaler, "spec", "minReplicas")}
    scaled = {at(item, "spec", "scaleTargetRef", "name") for item in of_kind(objects, "ScaledObject")}
    for item in of_kind(objects, "Deployment", "StatefulSet"):
        name = item["metadata"]["name"]
        if name not in scaled | {"web"}:
            made[f"{item['kind'].lower()}/{name}"] = item["spec"]["replicas"]
    assert made == COUNTS


def test_argo_cd_is_let_heal_as_its_applications_say_and_leaves_counts_to_the_switch() -> None:
    text = (ROOT / "deploy/kubernetes/argocd/applications.yaml").read_text()
    found = {each["metadata"]["name"]: each["spec"] for each in yaml.safe_load_all(text)}
    for name in SITES:
        spec = found[f"caseway-{name}"]
        assert spec["syncPolicy"]["automated"] == HEALED
        left = {each["kind"]: each["jsonPointers"] for each in spec["ignoreDifferences"]}
        assert left["Rollout"] == left["Deployment"] == ["/spec/replicas"]


@each_site
def test_the_health_check_and_the_first_job_are_those_of_the_product(name: str) -> None:
    edge = (ROOT / "terraform/modules/edge/main.tf").read_text()
    assert f'"{READY}"' in edge
    assert f"{SITES[name].label}.{PUBLIC_NAME}" == SITES[name].host
    assert FIRST_HEADS in (ROOT / "deploy/README.md").read_text()


# --- the stages that turn it
def test_a_site_is_let_awake_and_asleep_by_its_branch_and_main_is_left_to_people(releases: Releases) -> None:
    first = releases.git(releases.home, "rev-parse", "HEAD")
    done = releases.stage(first, "a", "gitops", "eks-dr")
    assert done.returncode == 0, done.stderr
    before = releases.rendered("eks-dr", releases.cloned("release-eks-dr"))
    done = releases.stage(first, "a", "awake", "eks-dr")
    assert done.returncode == 0, done.stderr
    assert "Merge the branch awake-eks-dr" in done.stdout
    awake = releases.rendered("eks-dr", releases.cloned("release-eks-dr"))
    assert ("name: migrate" in awake, "paused-replicas" in awake) == (True, False)
    assert ("name: migrate" in before, "paused-replicas" in before) == (False, True)
    assert releases.git(releases.bare, "rev-parse", "main") == first
    assert "name: migrate" in releases.rendered("eks-dr", releases.cloned("awake-eks-dr"))
    again = releases.stage(first, "a", "awake", "eks-dr")
    assert "release-eks-dr: it is so already." in again.stdout
    done = releases.stage(first, "a", "asleep", "eks-dr")
    assert done.returncode == 0, done.stderr
    assert releases.rendered("eks-dr", releases.cloned("release-eks-dr")) == before


def test_a_site_that_never_sleeps_is_not_put_to_sleep(releases: Releases) -> None:
    done = releases.stage(releases.git(releases.home, "rev-parse", "HEAD"), "a", "asleep", "eks")
    assert (done.returncode, done.stderr) == (64, "eks has no asleep.yaml: it never sleeps.\n")
