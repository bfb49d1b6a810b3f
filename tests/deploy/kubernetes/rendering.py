"""The overlays as the cluster would get them."""

from __future__ import annotations

import functools
import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from opentelemetry.sdk import environment_variables

ROOT = Path(__file__).resolve().parents[3]
KUBERNETES = ROOT / "deploy" / "kubernetes"
SCHEMAS = ROOT.parent / "shared" / "schemas" / "crds"
OVERLAYS = ("onprem", "eks", "eks-dr")
Object = Mapping[str, Any]
POD_PATHS = {
    "Deployment": ("spec", "template"),
    "StatefulSet": ("spec", "template"),
    "Job": ("spec", "template"),
    "CronJob": ("spec", "jobTemplate", "spec", "template"),
}


def render(folder: str) -> list[Object]:
    """All objects of an overlay; skips where no program can render."""
    for program, verb in (("kustomize", "build"), ("kubectl", "kustomize")):
        if shutil.which(program):
            return _render(program, verb, folder)
    pytest.skip("neither kustomize nor kubectl is on this machine")


@functools.cache
def _render(program: str, verb: str, folder: str) -> list[Object]:
    done = subprocess.run(
        [program, verb, str(KUBERNETES / folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return [found for found in yaml.safe_load_all(done.stdout) if found]


def overlay(name: str) -> list[Object]:
    return render(f"overlays/{name}")


def named(item: Object) -> str:
    return f"{item['kind']} {item['metadata']['name']}"


def of_kind(objects: list[Object], *kinds: str) -> list[Object]:
    return [item for item in objects if item["kind"] in kinds]


def at(item: Any, *path: str) -> Any:
    """What lies at a path, None where it ends before."""
    for step in path:
        item = item.get(step) if isinstance(item, Mapping) else None
    return item


def pods(objects: list[Object]) -> Iterator[tuple[str, Object]]:
    """Every template of a pod with its owner's name, also those inside an analysis."""
    for item in objects:
        if path := POD_PATHS.get(item["kind"]):
            yield named(item), at(item, *path)
        for metric in at(item, "spec", "metrics") or () if item["kind"] == "AnalysisTemplate" else ():
            if template := at(metric, "provider", "job", "spec", "template"):
                yield named(item), template


def containers(objects: list[Object]) -> Iterator[tuple[str, Object]]:
    for owner, template in pods(objects):
        for container in template["spec"].get("initContainers", []) + template["spec"]["containers"]:
            yield f"{owner}, {container['name']}", container


def selects(selector: Mapping[str, str], labels: Mapping[str, str]) -> bool:
    return all(labels.get(key) == value for key, value in selector.items())


def is_built_in(item: Object) -> bool:
    """Whether Kubernetes itself knows this kind."""
    group = item["apiVersion"].rpartition("/")[0]
    return "." not in group or group.endswith(".k8s.io")


def schema_of(item: Object) -> Any:
    """The schema of a custom resource, None for what Kubernetes has built in; skips where no schemas are."""
    if is_built_in(item):
        return None
    if not SCHEMAS.exists():
        pytest.skip("the schemas of custom resources are not beside this checkout")
    group, _, version = item["apiVersion"].rpartition("/")
    path = SCHEMAS / group / f"{item['kind'].lower()}_{version}.json"
    assert path.exists(), f"{named(item)}: a kind without a schema, {group}/{version}"
    return json.loads(path.read_text())


def settings_of_the_product() -> set[str]:
    """Every name that the product reads from its environment."""
    found = set()
    for path in (ROOT / "portal/config").glob("*.py"):
        found |= set(re.findall(r'(?:env(?:\.\w+)?\(|\(\s*env,)\s*"(\w+)"', path.read_text()))
    for path in [*(ROOT / "deploy/image").glob("*.py"), ROOT / "engine/core/heartbeat.py"]:
        found |= set(re.findall(r'environ(?:\.get\(|\[)"(\w+)"', path.read_text()))
    # the SDK of OpenTelemetry reads its own
    return found | {name for name in vars(environment_variables) if name.startswith("OTEL_")}
