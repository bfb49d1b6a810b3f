"""The site that takes over: its database is promoted, it wakes, is looked through, and opens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from deploy.region.cluster import RESTS, Cluster
from deploy.region.fencing import FOLLOWS, NOTHING
from deploy.region.sites import COUNTS, PUBLIC_NAME, READY
from deploy.region.steps import Step
from deploy.region.terminal import Refused, Stopped

PROMOTED = {"status": "available", "follows": None, "zones": True}
PAGES = (READY, "/", "/accounts/login/")
HOUR_S = 3600.0
STAGE = "deploy/pipelines/stage"
ASLEEP = "- path: asleep.yaml"
FIRST_HEADS = "first-heads"
WANTED = {"dr": "awake = true and promoted = true", "primary": "follows = null"}


def sleeps_on(cluster: Cluster, branch: str) -> bool:
    """Whether a branch lets a site be asleep."""
    look, site = cluster.terminal.look, cluster.site
    look(["git", "fetch", "--quiet", "origin", f"refs/heads/{branch}"])
    return ASLEEP in look(["git", "show", f"FETCH_HEAD:{site.overlay}"]).splitlines()


@dataclass
class Taking:
    """Takes over at one site."""

    target: Cluster
    remarks: list[str] = field(default_factory=list)

    def steps(self) -> Iterator[Step]:
        """From a database that follows to a site that takes applications."""
        site = self.target.site
        yield Step(
            f"{site.database} is promoted: it follows nobody and can be written",
            self._is_promoted,
            self._promote,
            2400,
        )
        yield Step(f"{site.database} has the sizes of a primary", self._is_large, self._ask_for_sizes)
        if site.sleeps:
            yield Step(f"The branch of {site.name} lets it be awake", self._is_awake, self._wake)
        yield Step(f"Argo CD heals {site.name} again", self._heals, self._let_heal)
        yield Step(f"{site.name} runs what its branch says", self._runs_all, self._run_it, 1800)
        yield Step("The record of what was done is whole", self._is_verified, self._verify)
        yield Step(f"{site.name} may be written", self._is_normal, self._become_normal)
        yield Step(f"{site.name} takes visitors", self._is_open, self._open)
        yield Step(f"Pages answer at {site.host} and {PUBLIC_NAME}", self._pages_answer)
        if site.sleeps:
            yield Step("The heads of the record are kept here too", self._has_heads, self._keep_heads)
        yield Step("Every document was read", self._is_read, self._read_documents)

    def again(self) -> Iterator[Step]:
        """From a site that was stopped, and is still the primary, to one that takes applications."""
        site = self.target.site
        yield Step(f"Argo CD heals {site.name} again", self._heals, self._let_heal)
        yield Step(f"{site.name} runs what its branch says", self._runs_all, self._run_it, 1800)
        yield Step(f"{site.name} may be written", self._is_normal, self._become_normal)
        yield Step(f"{site.name} takes visitors", self._is_open, self._open)
        yield Step(f"Pages answer at {site.host} and {PUBLIC_NAME}", self._pages_answer)

    def remains(self) -> Iterator[str]:
        """What is left to do by hand."""
        yield from self.remarks
        if self.target.site.sleeps and sleeps_on(self.target, "main"):
            branch = f"awake-{self.target.site.name}"
            yield f"Merge the branch {branch} to main before the next release, or it sleeps again."

    # --- the database
    def _is_promoted(self) -> bool:
        state = self.target.database(PROMOTED)
        return state["status"] == "available" and not state["follows"]

    def _promote(self) -> None:
        terminal, site = self.target.terminal, self.target.site
        if not self.target.note("lost", planned=NOTHING):
            raise Stopped("It is not written down how much is lost: start again, it is measured first.")
        # a promotion that was begun shows as another state: it is waited for and not asked for twice
        if self.target.database(FOLLOWS)["status"] == "available":
            words = ("rds", "promote-read-replica", "--db-instance-identifier", site.database)
            terminal.do(self.target.aws(*words, "--backup-retention-period", "35"))

    def _is_large(self) -> bool:
        return bool(self.target.database(PROMOTED)["zones"]) or self.target.note("small") == "accepted"

    def _ask_for_sizes(self) -> None:
        site = self.target.site
        folder = f"terraform/live/{site.label}"
        text = (
            f"By hand, now: in {folder} set {WANTED[site.label]}; terraform plan -out=tonight, read it: it "
            "may change sizes and Multi-AZ and must destroy nothing; terraform apply tonight. Then start "
            "this again. (In a hurry, with few people about: start again with --small, and apply it "
            "tomorrow night.)"
        )
        if not self.target.terminal.plans:
            raise Stopped(text)
        self.target.terminal.say(f"  ! {text}")

    # --- what runs
    def _is_awake(self) -> bool:
        return not sleeps_on(self.target, f"release-{self.target.site.name}")

    def _wake(self) -> None:
        self.target.terminal.do([STAGE, "awake", self.target.site.name])

    def _heals(self) -> bool:
        return self.target.heals(planned=True)

    def _let_heal(self) -> None:
        self.target.let_heal(heal=True)

    def _runs_all(self) -> bool:
        return not self.target.lacks()

    def _run_it(self) -> None:
        run, kubectl = self.target.terminal.do, self.target.kubectl
        run([STAGE, "synced", self.target.site.name], bound_s=2700)
        # Argo CD leaves counts of copies and what it does not name as they are: that is brought back by hand
        run(kubectl("annotate", "scaledobject", "--all", f"{RESTS}-"))
        self.target.suspend(rest=False)
        for name, number in COUNTS.items():
            run(kubectl("scale", name, f"--replicas={number}"))

    # --- is it whole?
    def _is_verified(self) -> bool:
        return self.target.note("verified", planned="yes") == "yes"

    def _verify(self) -> None:
        try:
            told = self.target.terminal.do(self.target.manage("verify_audit"), bound_s=2 * HOUR_S)
        except Refused as error:
            raise Stopped(
                f"The record is not whole: {error}. The site stays as it is; call the second person of the "
                "rota and follow deploy/runbooks/jobs-failed.md before anybody writes."
            ) from None
        self.target.terminal.say(f"  {told}")
        self.target.write(verified="yes")

    def _is_normal(self) -> bool:
        return self.target.mode() == "normal"

    def _become_normal(self) -> None:
        self.target.terminal.do(self.target.manage("site_mode", "normal"))

    def _is_open(self) -> bool:
        return self.target.door()[1] == READY

    def _open(self) -> None:
        self.target.set_door(is_open=True)

    def _pages_answer(self) -> bool:
        hosts = (self.target.site.host, PUBLIC_NAME)
        return all(self.target.answers(path, host) for host in hosts for path in PAGES)

    def _has_heads(self) -> bool:
        # one that failed found heads of an earlier time: the next night compares with them
        words = (
            "get",
            "job",
            FIRST_HEADS,
            "--ignore-not-found",
            "--output=jsonpath={.status.succeeded}{.status.failed}",
        )
        return bool(self.target.terminal.look(self.target.kubectl(*words), "1"))

    def _keep_heads(self) -> None:
        make = (
            "create",
            "job",
            FIRST_HEADS,
            "--from=cronjob/nightly-audit",
            "--dry-run=client",
            "--output=json",
        )
        empty: dict[str, Any] = {"spec": {"template": {"spec": {"containers": [{"args": []}]}}}}
        job = json.loads(self.target.terminal.look(self.target.kubectl(*make), json.dumps(empty)))
        job["spec"]["template"]["spec"]["containers"][0]["args"].append("--first")
        self.target.terminal.do(self.target.kubectl("apply", "--filename=-"), given=json.dumps(job))

    def _is_read(self) -> bool:
        return bool(self.target.note("documents", planned="whole"))

    def _read_documents(self) -> None:
        """People work already; what is missing is a list and no reason to close."""
        terminal, found = self.target.terminal, "whole"
        try:
            terminal.say(f"  {terminal.do(self.target.manage('check_documents'), bound_s=4 * HOUR_S)}")
        except Refused as error:
            found = str(error).rpartition(": ")[2]
            self.remarks.append(f"{found} Follow deploy/runbooks/documents-unservable.md; keep its list.")
        self.target.write(documents=found)
