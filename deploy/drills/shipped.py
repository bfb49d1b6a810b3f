"""The files that are shipped for the servers on-premises: drills start from them and from no others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from deploy.embedded.program import Failed
from deploy.embedded.servers import ROOT

ONPREM = ROOT / "deploy" / "onprem"
BACKUP = ROOT / "deploy" / "kubernetes" / "overlays" / "onprem" / "backup.yaml"


def shipped(name: str, changes: Mapping[str, str] | None = None) -> str:
    """A file of deploy/onprem; each of the changes must be about something that stands there."""
    return changed((ONPREM / name).read_text(), changes or {})


def changed(text: str, changes: Mapping[str, str]) -> str:
    """The text with what a drill has elsewhere; what is not found is no change but a mistake."""
    for old, new in changes.items():
        if old not in text:
            raise Failed(f"{old!r} is not in the file that is shipped")
        text = text.replace(old, new)
    return text


def lines_without(text: str, *beginnings: str) -> str:
    """The lines but those that begin so."""
    return "".join(line for line in text.splitlines(keepends=True) if not line.startswith(beginnings))


def setting(name: str) -> str:
    """One setting of PostgreSQL as it is shipped."""
    found = re.search(rf"^{name} = '?(.*?)'?$", shipped("postgresql.conf"), re.M)
    if found is None:
        raise Failed(f"{name} is not in postgresql.conf")
    return found[1]


def backup_script() -> str:
    """What the nightly job of the cluster does."""
    objects: list[dict[str, Any]] = list(yaml.safe_load_all(BACKUP.read_text()))
    [job] = [each for each in objects if each["kind"] == "CronJob"]
    [container] = job["spec"]["jobTemplate"]["spec"]["template"]["spec"]["containers"]
    return str(container["args"][0])
