"""The site that was left, once its database follows the other one: it stands ready again, asleep."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from deploy.region.cluster import Cluster
from deploy.region.sites import READY
from deploy.region.steps import Step
from deploy.region.taking import STAGE, sleeps_on
from deploy.region.terminal import Stopped

LEAST_WEB = 2
FOLLOWING = {"status": "available", "follows": "THE-PRIMARY", "zones": False}


@dataclass
class StandingBy:
    """Lets a site sleep."""

    site: Cluster

    def look(self) -> None:
        """Refuse what would let two sites write."""
        site = self.site.site
        if not self.site.database(FOLLOWING).get("follows"):
            raise Stopped(
                f"{site.database} follows nobody: what runs at {site.name} would write. Build it anew as a "
                "replica first (deploy/runbooks/region-switch.md, The way back)."
            )
        if not site.sleeps:
            raise Stopped(
                f"{site.name} has no form that sleeps: leave it shut, its database follows all the same. "
                f"`deploy/region/switch to {site.name}` opens it."
            )

    def steps(self) -> Iterator[Step]:
        """From a site that is shut to one that reads and waits."""
        name = self.site.site.name
        yield Step(f"The branch of {name} lets it be asleep", self._is_asleep, self._sleep)
        yield Step(f"Argo CD heals {name} again", self._heals, self._let_heal)
        yield Step(f"{name} serves what may be read", self._serves, self._serve, 1800)
        yield Step(f"{name} takes visitors when the other one is lost", self._is_open, self._open)

    def _is_asleep(self) -> bool:
        asleep = sleeps_on(self.site, f"release-{self.site.site.name}")
        return asleep or self.site.terminal.plans

    def _sleep(self) -> None:
        self.site.terminal.say(f"  {self.site.terminal.do([STAGE, 'asleep', self.site.site.name])}")

    def _heals(self) -> bool:
        return self.site.heals(planned=True)

    def _let_heal(self) -> None:
        self.site.let_heal(heal=True)

    def _serves(self) -> bool:
        words = self.site.kubectl("get", "rollout/web", "--output=jsonpath={.status.readyReplicas}")
        return int(self.site.terminal.look(words, str(LEAST_WEB)) or 0) >= LEAST_WEB

    def _serve(self) -> None:
        self.site.terminal.do([STAGE, "synced", self.site.site.name], bound_s=2700)
        self.site.terminal.do(self.site.kubectl("scale", "rollout/web", f"--replicas={LEAST_WEB}"))

    def _is_open(self) -> bool:
        return self.site.door()[1] == READY

    def _open(self) -> None:
        self.site.set_door(is_open=True)
