"""One region, asked through kubectl, aws and curl."""

from __future__ import annotations

import json
from typing import Any

from deploy.region.sites import COUNTS, READY, SHUT, Site, argo_context
from deploy.region.terminal import Refused, Stopped, Terminal

OURS = "app.kubernetes.io/part-of=caseway"
ALIVE = "--field-selector=status.phase!=Succeeded,status.phase!=Failed"
RESTS = "autoscaling.keda.sh/paused-replicas"
NOTE = "caseway.example.gov/switch-"
HEALED = {"prune": True, "selfHeal": True}  # as deploy/kubernetes/argocd/applications.yaml has it


class Cluster:
    """Questions whose answers say how far the switch is, and the words that change it."""

    def __init__(self, terminal: Terminal, site: Site) -> None:
        """Asks nothing yet."""
        self.terminal, self.site = terminal, site

    # --- words
    def kubectl(self, *words: str) -> list[str]:
        """A command in the namespace of the product."""
        return [*self._kubectl(self.site.name), "--namespace=caseway", *words]

    def argo(self, verb: str, *words: str) -> list[str]:
        """A command about the Application of this site."""
        where = [*self._kubectl(argo_context()), "--namespace=argocd"]
        return [*where, verb, "application", f"caseway-{self.site.name}", *words]

    def aws(self, *words: str) -> list[str]:
        """A command in this region."""
        return ["aws", "--region", self.site.region, "--output=json", *words]

    def _kubectl(self, context: str) -> list[str]:
        return ["kubectl", f"--context={context}", "--request-timeout=20s"]

    # --- pods
    def pods(self, planned: str = "") -> list[str]:
        """What runs of the product, or is about to."""
        words = self.kubectl("get", "pods", f"--selector={OURS}", ALIVE, "--output=name")
        return self.terminal.look(words, planned).split()

    def manage(self, *words: str) -> list[str]:
        """A command of manage.py in a pod that runs."""
        who = "--selector=app.kubernetes.io/name in (scheduler,web)"
        running = "--field-selector=status.phase=Running"
        found = self.terminal.look(
            self.kubectl("get", "pods", who, running, "--output=name"), "pod/scheduler-0"
        )
        if not found:
            raise Refused(f"no pod runs at {self.site.name} that could be asked")
        inside = self.kubectl(
            "exec", found.split()[0], "--container=caseway", "--", "python", "manage.py", *words
        )
        # what runs in a pod may take longer than the question of whether it exists
        return [word for word in inside if not word.startswith("--request-timeout")]

    def mode(self, planned: str = "normal") -> str:
        """`normal`, or why the site is read only."""
        return self.terminal.look(self.manage("site_mode"), planned)

    def lacks(self) -> list[str]:
        """Programs that should run and do not, all that a site has when it is awake."""
        return [name for name, wanted in COUNTS.items() if self._ready(name) < wanted]

    def _ready(self, name: str) -> int:
        words = self.kubectl("get", name, "--output=jsonpath={.status.readyReplicas}")
        return int(self.terminal.look(words, str(COUNTS[name])) or 0)

    def suspend(self, *, rest: bool) -> None:
        """Let the nightly jobs rest, or start again."""
        words = self.kubectl("get", "cronjob", "--output=name")
        for name in self.terminal.look(words, "cronjob.batch/nightly-audit").split():
            patch = json.dumps({"spec": {"suspend": rest}})
            self.terminal.do(self.kubectl("patch", name, f"--patch={patch}"))

    # --- notes, kept where the next person finds them
    def note(self, name: str, planned: str = "") -> str:
        """What the switch wrote down about itself."""
        words = self.kubectl("get", "namespace", "caseway", "--output=json")
        told = json.dumps({"metadata": {"annotations": {NOTE + name: planned}}})
        kept = json.loads(self.terminal.look(words, told))
        return str(kept["metadata"].get("annotations", {}).get(NOTE + name, ""))

    def write(self, **notes: str) -> None:
        """Write them down at the namespace of this site."""
        told = [f"{NOTE}{name}={text}" for name, text in notes.items()]
        self.terminal.do(self.kubectl("annotate", "--overwrite", "namespace", "caseway", *told))

    # --- Argo CD
    def heals(self, *, planned: bool) -> bool:
        """Whether Argo CD brings back what is changed by hand."""
        path = "--output=jsonpath={.spec.syncPolicy.automated}"
        return bool(self.terminal.look(self.argo("get", path), "{}" if planned else ""))

    def let_heal(self, *, heal: bool) -> None:
        """Let Argo CD bring back what differs, or leave it."""
        patch = {"spec": {"syncPolicy": {"automated": HEALED if heal else None}}}
        self.terminal.do(self.argo("patch", "--type=merge", f"--patch={json.dumps(patch)}"))

    # --- the database
    def database(self, planned: dict[str, Any]) -> dict[str, Any]:
        """Its state, whom it follows, and whether it has the sizes of a primary."""
        what = "status:DBInstanceStatus,follows:ReadReplicaSourceDBInstanceIdentifier,zones:MultiAZ"
        words = self.aws("rds", "describe-db-instances", "--db-instance-identifier", self.site.database)
        found: dict[str, Any] = json.loads(
            self.terminal.look([*words, "--query", f"DBInstances[0].{{{what}}}"], json.dumps(planned)) or "{}"
        )
        return found

    # --- the door
    def door(self) -> tuple[str, str]:
        """The health check of this site, and what it asks for."""
        query = (
            f"HealthChecks[?HealthCheckConfig.FullyQualifiedDomainName=='{self.site.host}']"
            ".[Id,HealthCheckConfig.ResourcePath]"
        )
        words = self.aws("route53", "list-health-checks", "--query", query)
        found = json.loads(self.terminal.look(words, json.dumps([["ID-OF-THE-CHECK", READY]])))
        if len(found) != 1:
            raise Stopped(f"Route 53 has {len(found)} health checks for {self.site.host}, not one.")
        return str(found[0][0]), str(found[0][1])

    def set_door(self, *, is_open: bool) -> None:
        """Let the public name lead here, or never, however healthy the site says it is."""
        path = READY if is_open else SHUT
        words = (
            "route53",
            "update-health-check",
            "--health-check-id",
            self.door()[0],
            "--resource-path",
            path,
        )
        self.terminal.do(self.aws(*words))

    def answers(self, path: str = READY, host: str = "") -> bool:
        """Whether a page comes, asked from here."""
        code = "%{http_code}"
        address = f"https://{host or self.site.host}{path}"
        words = [
            "curl",
            "--silent",
            "--max-time",
            "20",
            "--output",
            "/dev/null",
            "--write-out",
            code,
            address,
        ]
        try:
            return self.terminal.look(words, "200") == "200"
        except Refused:
            return False
