"""Secrets reach the pods in the way that lets them follow a rotation."""

from __future__ import annotations

import pytest

from portal.config.rotation import GROUPS
from tests.deploy.kubernetes.rendering import OVERLAYS, at, containers, overlay, pods

FOLLOWED = {name for names in GROUPS for name in names}
each_overlay = pytest.mark.parametrize("name", OVERLAYS)


@each_overlay
def test_every_secret_file_is_one_that_the_product_reads_again(name: str) -> None:
    files = {
        env["name"].removesuffix("_FILE")
        for _, container in containers(overlay(name))
        if container["name"] == "caseway"
        for env in container.get("env", ())
        if str(env.get("value", "")).startswith("/etc/caseway/")
    }
    assert "DATABASE_URL" in files
    assert files <= FOLLOWED


@each_overlay
def test_no_secret_is_mounted_as_a_single_file_or_given_as_a_variable_since_those_never_change(
    name: str,
) -> None:
    for owner, template in pods(overlay(name)):
        secret = {volume["name"] for volume in at(template, "spec", "volumes") or () if "secret" in volume}
        for container in template["spec"]["containers"]:
            for mount in container.get("volumeMounts", ()):
                assert not (mount["name"] in secret and "subPath" in mount), owner
            assert not any(at(env, "valueFrom", "secretKeyRef") for env in container.get("env", ())), owner
            assert not any("secretRef" in source for source in container.get("envFrom", ())), owner
