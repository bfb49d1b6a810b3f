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


# --- the public door
EDGE = (cloud.TERRAFORM / "modules/edge/main.tf").read_text()
NAMES = {"onprem": "onprem", "eks": "primary", "eks-dr": "dr"}


def public_name() -> str:
    return cloud.modules("primary")["edge"].given["public_name"].strip('"')


def answered(name: str) -> set[str]:
    """The hosts that reach a page: known to the balancer, where there is one, the route and the product."""
    objects = overlay(name)
    [route] = of_kind(objects, "VirtualService")
    hosts = set(route["spec"]["hosts"]) & set(settings(name)["ALLOWED_HOSTS"].split(","))
    for balancer in of_kind(objects, "Ingress"):
        hosts &= {rule["host"] for rule in balancer["spec"]["rules"]}
    [gateway] = of_kind(objects, "Gateway")
    taken = gateway["spec"]["servers"][0]["hosts"]
    return hosts if taken == ["*"] else hosts & set(taken)


@each_overlay
def test_a_site_answers_to_the_public_name_and_to_its_own(name: str) -> None:
    assert answered(name) == {public_name(), f"{NAMES[name]}.{public_name()}"}


@each_cloud
def test_the_health_check_of_a_site_asks_by_a_name_that_is_answered_and_leads_there(name: str) -> None:
    [check] = cloud.blocks(EDGE, 'resource "aws_route53_health_check" "this"')
    [record] = cloud.blocks(EDGE, 'resource "aws_route53_record" "site"')
    asked = cloud.attributes(check)["fqdn"]
    assert asked == cloud.attributes(record)["name"] == '"${each.key}.${var.public_name}"'
    host = asked.strip('"').replace("${each.key}", cloud.SITES[name])
    assert host.replace("${var.public_name}", public_name()) in answered(name)
    [route] = of_kind(overlay(name), "VirtualService")
    refused = [each["match"][0]["uri"]["exact"] for each in route["spec"]["http"] if "match" in each]
    assert cloud.attributes(check)["resource_path"].strip('"') not in refused


@each_cloud
def test_cloudfront_and_the_balancer_speak_a_common_version_of_tls(name: str) -> None:
    [spoken] = re.findall(r"origin_ssl_protocols\s+= \[\"(TLSv1\.\d)\"\]", EDGE)
    [balancer] = of_kind(overlay(name), "Ingress")
    policy = balancer["metadata"]["annotations"]["alb.ingress.kubernetes.io/ssl-policy"]
    oldest = re.match(r"ELBSecurityPolicy-TLS13-1-(\d)-", policy)
    assert oldest
    assert spoken == f"TLSv1.{oldest[1]}"


@each_cloud
def test_the_balancer_is_open_to_cloudfront_and_who_watches_and_to_nobody_else(name: str) -> None:
    [balancer] = of_kind(overlay(name), "Ingress")
    given = balancer["metadata"]["annotations"]
    groups = given["alb.ingress.kubernetes.io/security-groups"].split(", ")
    door = (cloud.TERRAFORM / "modules/eks/door.tf").read_text()
    assert groups == re.findall(r'Name = "([\w-]+)"', door)
    assert "0.0.0.0/0" not in door
    assert "alb.ingress.kubernetes.io/inbound-cidrs" not in given


def test_a_gateway_that_takes_every_name_stands_behind_a_balancer() -> None:
    for name in OVERLAYS:
        [gateway] = of_kind(overlay(name), "Gateway")
        assert (gateway["spec"]["servers"][0]["hosts"] == ["*"]) == bool(of_kind(overlay(name), "Ingress"))
