"""The site that is left: read only, copied to the end, nothing runs, its door is shut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from deploy.region.cluster import RESTS, Cluster
from deploy.region.sites import READY
from deploy.region.steps import Step
from deploy.region.terminal import Refused, Stopped

CAUGHT_UP_S = 900
MAY_BE_LOST_S = 900.0
GONE = "the primary is gone"
FOLLOWS = {"status": "available", "follows": "THE-PRIMARY", "zones": False}
NOTHING = "nothing: the other region had everything before it was promoted"


@dataclass
class Leaving:
    """Leaves one site for another."""

    source: Cluster
    target: Cluster
    said_gone: bool
    accepts_loss: bool
    drain_s: float

    def __post_init__(self) -> None:
        """Nothing was asked yet."""
        self.reachable = self.speaks = True

    def steps(self) -> Iterator[Step]:
        """Nobody writes there any more, whatever comes back."""
        name = self.source.site.name
        shut = Step(f"{name} takes no visitors, even when it comes back", self._is_shut, self._shut)
        still = Step(f"Nothing of the product runs at {name}", self._is_still, self._still, 900)
        yield Step(f"Argo CD leaves {name} as it is", self._is_left, self._leave_it)
        if self.reachable and self.speaks:
            copied = f"What {name} wrote reaches the other region"
            yield Step(f"{name} becomes read only", self._is_read_only, self._become_read_only)
            yield Step(copied, self._is_noted, self._copy, ended=self._has_note)
            yield from (shut, still)
            return
        yield from (shut, still) if self.reachable else (shut,)
        yield Step("How much is lost is written down", self._is_noted, self._note_lag, ended=self._has_note)

    def only_steps_that_stop(self) -> Iterator[Step]:
        """A site that was left has come back: the other one writes, so nothing is measured or asked."""
        name = self.source.site.name
        yield Step(f"Argo CD leaves {name} as it is", self._is_left, self._leave_it)
        yield Step(f"{name} takes no visitors", self._is_shut, self._shut)
        yield Step(f"Nothing of the product runs at {name}", self._is_still, self._still, 900)

    def look(self) -> None:
        """Whether the site can be stopped; if not, whether it may be given up."""
        terminal = self.source.terminal
        try:
            runs = bool(self.source.pods("pod/scheduler-0"))
        except Refused as error:
            self.reachable, why = False, str(error)
        else:
            self._listen(runs=runs)
            return
        if self.is_promoted():
            terminal.say(
                f"  {self.source.site.name} cannot be asked ({why}); the other region writes already."
            )
        elif self.source.answers():
            raise Stopped(
                f"https://{self.source.site.host} answers, but its cluster cannot be stopped: {why}. "
                "Two sites would take applications. Get access to the cluster, or take every rule out of the "
                "security group of its balancer; then start again."
            )
        elif not self.said_gone:
            raise Stopped(
                f"{self.source.site.name} does not answer, neither its pages nor its cluster ({why}); its "
                f"database is {self._state_there()}. If nobody can reach it, and it will not be back within "
                f"the hour, start again with --confirm '{GONE}'. What has not reached the other region is "
                "lost then."
            )

    def _listen(self, *, runs: bool) -> None:
        """A cluster without its database can be stopped, but tells nothing any more."""
        try:
            if runs:
                self.source.mode()
        except Refused as error:
            self.speaks = False
            if not self.said_gone and not self.is_promoted():
                raise Stopped(
                    f"The pods of {self.source.site.name} run, but the product cannot be asked: {error}. "
                    f"Where its database is lost, start again with --confirm '{GONE}': the pods are "
                    "stopped, and what has not reached the other region is lost."
                ) from None

    def is_promoted(self) -> bool:
        """Whether the other database follows nobody any more."""
        return not self.target.database(FOLLOWS).get("follows")

    def _state_there(self) -> str:
        try:
            return f"'{self.source.database({}).get('status')}', says AWS"
        except Refused:
            return "not known to AWS"

    # --- Argo CD, the door
    def _is_left(self) -> bool:
        return not self.source.heals(planned=False)

    def _leave_it(self) -> None:
        self.source.let_heal(heal=False)

    def _is_shut(self) -> bool:
        return self.source.door()[1] != READY

    def _shut(self) -> None:
        self.source.set_door(is_open=False)

    # --- read only
    def _is_still(self) -> bool:
        return not self.source.pods()

    def _is_read_only(self) -> bool:
        return self._is_still() or self.source.mode("read-only").startswith("read-only")

    def _become_read_only(self) -> None:
        self.source.terminal.do(self.source.manage("site_mode", "read-only"))

    # --- how much is lost
    def _has_note(self) -> bool:
        return bool(self.target.note("lost", planned=NOTHING))

    def _is_noted(self) -> bool:
        # it is the last word once nothing runs any more or the other one writes; until then it is asked anew
        asks = self.reachable and self.speaks
        return self._has_note() and (self.is_promoted() or (asks and self._is_still()))

    def _copy(self) -> None:
        try:
            words = self.source.manage("standbys", f"--wait={CAUGHT_UP_S}")
            self.source.terminal.rest(self.drain_s)  # what was under way may still be written
            self.source.terminal.do(words, bound_s=CAUGHT_UP_S + 60)
            self.target.write(lost=NOTHING)
        except Refused as error:
            if not self.accepts_loss:
                raise Stopped(
                    f"The other region does not have everything: {error}. Nothing was promoted; the site is "
                    "read only. Mend the line (deploy/runbooks/replication-lag.md) and start again, or with "
                    f"--accept-loss; or let it be: deploy/region/switch stay {self.source.site.name}."
                ) from None
            self._note_lag()

    def _note_lag(self) -> None:
        lag_s, until = self._lag()
        if lag_s is None:
            lost = "not known: ReplicaLag has no value of the last hour"
        else:
            more = ", more than was promised" if lag_s > MAY_BE_LOST_S else ""
            lost = (
                f"at most {lag_s:.0f} s ({lag_s / 60:.1f} minutes{more}): what was acknowledged after "
                f"{until:%Y-%m-%d %H:%M:%S} UTC, by ReplicaLag"
            )
        self.target.write(lost=lost)

    def _lag(self) -> tuple[float | None, datetime]:
        """The newest lag that is known, and the moment up to which everything has arrived."""
        now = datetime.now(UTC)
        span = (
            f"--start-time={now - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
            f"--end-time={now:%Y-%m-%dT%H:%M:%SZ}",
        )
        whose = f"--dimensions=Name=DBInstanceIdentifier,Value={self.target.site.database}"
        words = (
            "cloudwatch",
            "get-metric-statistics",
            "--namespace=AWS/RDS",
            "--metric-name=ReplicaLag",
            whose,
        )
        asked = self.target.aws(*words, *span, "--period=60", "--statistics=Maximum")
        points = json.loads(self.target.terminal.look(asked, '{"Datapoints": []}'))["Datapoints"]
        known = [point for point in points if point["Maximum"] >= 0]  # -1: it does not follow
        if not known:
            return None, now
        newest = max(known, key=lambda point: datetime.fromisoformat(point["Timestamp"]))
        at, lag_s = datetime.fromisoformat(newest["Timestamp"]), float(newest["Maximum"])
        return lag_s, at.astimezone(UTC) - timedelta(seconds=lag_s)

    # --- nothing runs
    def _still(self) -> None:
        run, kubectl = self.source.terminal.do, self.source.kubectl
        run(kubectl("annotate", "--overwrite", "scaledobject", "--all", f"{RESTS}=0"))
        self.source.suspend(rest=True)
        run(kubectl("delete", "job", "--all", "--wait=false"))
        run(kubectl("scale", "rollout/web", "--replicas=0"))
        run(kubectl("scale", "deployment,statefulset", "--all", "--replicas=0"))
