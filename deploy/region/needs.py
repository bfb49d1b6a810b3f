"""What the operator needs at hand: every program and every access, and all that is missing at once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

from deploy.region.cluster import Cluster
from deploy.region.terminal import Refused, Terminal

PROGRAMS = ("kubectl", "aws", "git", "curl")
YES = "yes"


def missing(terminal: Terminal, target: Cluster, source: Cluster) -> list[str]:
    """One sentence for each thing that is not there; nothing is changed by asking."""
    without = [name for name in PROGRAMS if not terminal.plans and not shutil.which(name)]
    found = [f"The program {name} is not in PATH." for name in without]
    for what, words in _accesses(target, source):
        if words[0] not in without:
            found += _refusal(terminal, what, words)
    return found


def _accesses(target: Cluster, source: Cluster) -> Iterator[tuple[str, list[str]]]:
    yield "AWS knows you", ["aws", "sts", "get-caller-identity", "--output=json"]
    whose = ("--db-instance-identifier", target.site.database)
    yield f"the database of {target.site.name}", target.aws("rds", "describe-db-instances", *whose)
    yield "the health checks of Route 53", target.aws("route53", "list-health-checks", "--max-items=1")
    for verb, thing in (("create", "pods/exec"), ("patch", "namespaces"), ("update", "deployments/scale")):
        yield f"the cluster {target.site.name}: {verb} {thing}", target.kubectl("auth", "can-i", verb, thing)
    for cluster in (target, source):
        yield f"Argo CD: caseway-{cluster.site.name}", cluster.argo("get", "--output=name")
    if target.site.sleeps:
        branch = f"refs/heads/release-{target.site.name}"
        yield f"the repository: {branch}", ["git", "ls-remote", "--exit-code", "origin", branch]


def _refusal(terminal: Terminal, what: str, words: list[str]) -> list[str]:
    try:
        terminal.look(words, YES)
    except Refused as error:
        return [f"No access to {what} ({error})."]
    return []
