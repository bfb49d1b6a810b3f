"""What a cluster is told and what its cloud has are the same."""

from __future__ import annotations

import json
import re

import pytest

from tests.deploy.kubernetes import cloud
from tests.deploy.kubernetes.rendering import OVERLAYS, ROOT, Object, at, containers, of_kind, overlay

each_overlay = pytest.mark.parametrize("name", OVERLAYS)
each_cloud = pytest.mark.parametrize("name", cloud.SITES)
ROLE = "eks.amazonaws.com/role-arn"


def settings(name: str) -> dict[str, str]:
    [config] = [
        item
        for item in of_kind(overlay(name), "ConfigMap")
        if item["metadata"]["name"].startswith("caseway-")
    ]
    found: dict[str, str] = config["data"]
    return found


def remote_keys(objects: list[Object]) -> set[str]:
    specs = [item["spec"] for item in of_kind(objects, "ExternalSecret")]
    keys = {each["remoteRef"]["key"] for spec in specs for each in spec.get("data", ())}
    return keys | {each["extract"]["key"] for spec in specs for each in spec.get("dataFrom", ())}


# --- where documents lie
@each_overlay
def test_nothing_is_left_for_an_overlay_to_set(name: str) -> None:
    assert "set-by-the-overlay" not in json.dumps(overlay(name))


@each_overlay
def test_every_bucket_is_one_that_terraform_makes_and_lies_where_the_pods_are_told(name: str) -> None:
    told = settings(name)
    pairs = {key: told[key] for key in ("S3_BUCKET", "REPLICA_S3_BUCKET") if key in told}
    assert pairs, "a site without any bucket"
    for key, bucket in pairs.items():
        region = told[key.replace("BUCKET", "REGION")]
        assert (bucket, region) in cloud.buckets().items()


def test_every_bucket_that_terraform_makes_is_used_by_one_site() -> None:
    used = [settings(name).get(key) for name in OVERLAYS for key in ("S3_BUCKET", "REPLICA_S3_BUCKET")]
    assert sorted(filter(None, used)) == sorted(cloud.buckets())


@each_overlay
def test_new_documents_go_to_the_one_store_that_the_site_has(name: str) -> None:
    told = settings(name)
    place = told["DOCUMENTS_ONLY_TO"]
    assert {"s3": "S3_BUCKET", "nas": "NAS_FOLDER"}[place] in told
    if place == "nas":  # a folder of a file system that cannot be written takes nothing
        programs = [each for _, each in containers(overlay(name)) if each.get("args") == ["web"]]
        assert programs
        for program in programs:
            assert told["NAS_FOLDER"] in {each["mountPath"] for each in program["volumeMounts"]}


# --- secrets
@each_cloud
def test_every_secret_that_is_asked_for_is_one_that_terraform_makes_and_the_reader_may_read(
    name: str,
) -> None:
    asked = remote_keys(overlay(name))
    assert asked == cloud.secrets(cloud.SITES[name])


@each_overlay
def test_every_secret_that_is_asked_for_is_explained_to_the_operator(name: str) -> None:
    text = (ROOT / "deploy/README.md").read_text()
    steps = text[text.index("4. **Secrets.**") : text.index("5. **Clusters.**")]
    assert remote_keys(overlay(name)) <= set(re.findall(r"`(caseway/\w+)`", steps))


# --- roles
@each_cloud
def test_every_role_that_pods_take_is_made_there_and_trusts_them(name: str) -> None:
    roles = cloud.roles_of_pods(cloud.SITES[name])
    taken = 0
    for account in of_kind(overlay(name), "ServiceAccount"):
        arn = at(account, "metadata", "annotations", ROLE)
        if arn:
            taken += 1
            known = f"{account['metadata']['namespace']}:{account['metadata']['name']}"
            assert known in roles[arn.rpartition("/")[2]]
    assert taken == 3


@each_cloud
def test_every_store_of_secrets_asks_the_region_of_its_site(name: str) -> None:
    [store] = of_kind(overlay(name), "SecretStore")
    assert at(store, "spec", "provider", "aws", "region") == cloud.default(cloud.SITES[name], "region")
