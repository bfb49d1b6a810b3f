"""What starts in a cluster, and what a release is judged by."""

from __future__ import annotations

import math
import re
from fnmatch import fnmatchcase

import pytest

from tests.deploy.kubernetes.rendering import (
    OVERLAYS,
    ROOT,
    Object,
    containers,
    of_kind,
    overlay,
    render,
)


@pytest.fixture(params=OVERLAYS)
def objects(request: pytest.FixtureRequest) -> list[Object]:
    return overlay(request.param)


@pytest.mark.parametrize(
    ("result", "promoted"),
    [
        ([], False),  # nobody was seen
        ([math.nan], True),  # seen, and asked for nothing
        ([0.0], True),
        ([5.0], False),
    ],
)
def test_a_release_is_only_promoted_by_a_monitoring_that_sees(
    result: list[float], promoted: bool, objects: list[Object]
) -> None:
    [health] = [item for item in of_kind(objects, "AnalysisTemplate") if item["metadata"]["name"] == "health"]
    conditions = {each["name"]: each["successCondition"] for each in health["spec"]["metrics"]}
    assert holds(conditions["errors"], result) == holds(conditions["latency"], result) == promoted
    assert [holds(conditions["seen"], found) for found in ([], [0.0], [4.0])] == [False, False, True]


def holds(condition: str, result: list[float]) -> bool:
    """What Argo Rollouts makes of an answer of Prometheus."""
    words = condition.replace("&&", "and").replace("||", "or")
    return bool(eval(words, {"__builtins__": {}}, {"len": len, "isNaN": math.isnan, "result": result}))


def test_only_an_image_that_our_pipelines_signed_starts(objects: list[Object]) -> None:
    [policy] = render("signatures")
    [rule] = policy["spec"]["rules"]
    [verified] = rule["verifyImages"]
    assert (verified["failureAction"], verified["required"], verified["verifyDigest"]) == (
        "Enforce",
        True,
        True,
    )
    assert policy["spec"]["webhookConfiguration"]["failurePolicy"] == "Fail"
    [place] = rule["match"]["any"]
    own = {each["image"] for _, each in containers(objects) if each["name"] == "caseway"}
    assert own
    assert all(any(fnmatchcase(image, known) for known in verified["imageReferences"]) for image in own)
    programs = {
        item["metadata"]["namespace"] for item in of_kind(objects, "Deployment", "StatefulSet", "CronJob")
    }
    assert programs == set(place["resources"]["namespaces"])


def test_who_may_sign_is_the_job_that_signs() -> None:
    [policy] = render("signatures")
    [verified] = policy["spec"]["rules"][0]["verifyImages"]
    signers = {
        entry["keyless"]["issuer"]: entry["keyless"]["subject"]
        for entry in verified["attestors"][0]["entries"]
    }
    workflow = ROOT / ".github/workflows/release.yaml"
    assert "deploy/pipelines/stage sign" in workflow.read_text()
    issuer = re.search(r'default = "(token[\w.]+)"', (ROOT / "terraform/modules/ci/variables.tf").read_text())
    assert issuer
    subject = signers[f"https://{issuer[1]}"]
    assert subject.endswith(f"/{workflow.relative_to(ROOT)}@refs/heads/main")
    assert verified["attestations"][0]["attestors"] == verified["attestors"]
    assert "cosign attest --yes --type cyclonedx" in (ROOT / "deploy/pipelines/stage").read_text()
