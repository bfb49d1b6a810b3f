"""`deploy/region/switch to <site>` leaves one region for the other; `stay` gives up; `stand-by` sleeps."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.region.cluster import Cluster
from deploy.region.fencing import FOLLOWS, GONE, Leaving
from deploy.region.needs import missing
from deploy.region.report import Report
from deploy.region.sites import SITES, other
from deploy.region.standing_by import StandingBy
from deploy.region.steps import walk
from deploy.region.taking import Taking
from deploy.region.terminal import ROOT, Plan, Refused, Stopped, Terminal

ONE_SWITCH = timedelta(days=1)  # notes that are older belong to another one
DRAIN_S = 75.0  # two seconds until every process knows, and a minute for requests (WEB_DRAIN_S)
STOPPED, NOT_READY = 1, 69  # EX_UNAVAILABLE
LAST = (
    "Now by hand: apply as a citizen once, decide as a clerk once; tell the departments, with what is lost.",
    "Not tonight: the way back (deploy/runbooks/region-switch.md). Nobody starts the site that was left.",
)


def main(words: Sequence[str]) -> int:
    """Check what is needed, walk the steps, and say how it ended."""
    given = _arguments().parse_args(words)
    report = Report(None if given.plan else Path(given.report or _report_of(given.verb, given.site)))
    kind = Plan if given.plan else Terminal
    terminal = kind(report.tell, given.patience, given.every)
    target, source = (Cluster(terminal, site) for site in (SITES[given.site], other(SITES[given.site])))
    if lacking := missing(terminal, target, source):
        for sentence in lacking:
            report.tell(sentence)
        report.tell("Nothing was changed. Get these, then start again.")
        return NOT_READY
    try:
        VERBS[given.verb](given, target, source, report)
    except (Stopped, Refused) as error:
        report.tell(f"STOPPED: {error}")
        return STOPPED
    return 0


def _stay(_given: argparse.Namespace, target: Cluster, source: Cluster, report: Report) -> None:
    """A switch is given up before anything was promoted."""
    if not source.database(FOLLOWS).get("follows"):
        raise Stopped(
            f"{source.site.database} was promoted: there is no staying at {target.site.name} any more."
        )
    walk(list(Taking(target).again()), target.terminal, report)
    source.write(begun="")
    report.tell(f"{target.site.name} is the primary as before; nothing is lost.")


def _fence(given: argparse.Namespace, target: Cluster, source: Cluster, report: Report) -> None:
    """A site that was left has come back: it is stopped, unless it is the one that was switched to."""
    leaving = Leaving(target, source, given.confirm == GONE, given.accept_loss, given.drain)
    taken, own = source.note("begun", planned="now"), target.note("begun")
    if not leaving.is_promoted() and not target.terminal.plans:
        raise Stopped(f"{source.site.database} follows: {target.site.name} is the primary.")
    if not taken or taken < own:
        raise Stopped(f"Nobody switched to {source.site.name} since: {target.site.name} is the primary.")
    walk(list(leaving.only_steps_that_stop()), target.terminal, report)
    report.tell(f"Nothing runs at {target.site.name}; {source.site.name} is the primary.")


def _stand_by(_given: argparse.Namespace, target: Cluster, _source: Cluster, report: Report) -> None:
    standing_by = StandingBy(target)
    standing_by.look()
    walk(list(standing_by.steps()), target.terminal, report)
    report.tell(f"{target.site.name} stands ready.")


def _switch(given: argparse.Namespace, target: Cluster, source: Cluster, report: Report) -> None:
    leaving = Leaving(source, target, given.confirm == GONE, given.accept_loss, given.drain)
    taking = Taking(target)
    _begin(leaving, target, report)
    leaving.look()
    if given.small:
        target.write(small="accepted")
    walk([*leaving.steps(), *taking.steps()], target.terminal, report)
    lost = target.note("lost", planned="what was measured before the promotion")
    took = report.minutes(datetime.now(UTC))
    report.tell(f"{target.site.name} is the primary now. The switch took {took:.0f} minutes.")
    report.tell(f"Lost: {lost}.")
    for sentence in (*taking.remains(), *LAST):
        report.tell(sentence)


def _begin(leaving: Leaving, target: Cluster, report: Report) -> None:
    """Go on with the switch that is under way, or begin one: notes of an older one do not count."""
    now = datetime.now(UTC)
    begun = target.note("begun")
    if begun and now - datetime.fromisoformat(begun) < ONE_SWITCH:
        report.since(begun)
        report.tell(f"Goes on with the switch that began at {begun}.")
        return
    if leaving.is_promoted():
        raise Stopped(
            f"{target.site.database} follows nobody, and no switch to {target.site.name} is under way: it is "
            "the primary already, or must be built anew as a replica (deploy/runbooks/region-switch.md, The "
            "way back)."
        )
    target.write(begun=f"{now:%Y-%m-%dT%H:%M:%S%z}", lost="", verified="", documents="", small="")


VERBS = {"to": _switch, "stay": _stay, "fence": _fence, "stand-by": _stand_by}


def _report_of(verb: str, site: str) -> Path:
    return ROOT / ".data" / "region" / f"{verb}-{site}-{datetime.now(UTC):%Y-%m-%d}.txt"


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="deploy/region/switch",
        description="Leaves one region for the other. Start it again at any time: it looks and goes on.",
    )
    parser.add_argument(
        "verb",
        choices=list(VERBS),
        help="take over there; give a switch up; stop what came back; let it sleep",
    )
    parser.add_argument("site", choices=list(SITES), help="the region that this is about")
    parser.add_argument(
        "--plan", "--dry-run", action="store_true", help="say every command in its order, run none"
    )
    parser.add_argument("--confirm", metavar="WORDS", help=f"where it does not answer: '{GONE}'")
    parser.add_argument("--accept-loss", action="store_true", help="go on although something did not arrive")
    parser.add_argument("--small", action="store_true", help="open with the sizes of a site that sleeps")
    parser.add_argument(
        "--drain", type=float, default=DRAIN_S, help="seconds for requests that are under way"
    )
    parser.add_argument("--report", help="where the timeline goes; by default below .data/region")
    parser.add_argument("--patience", type=float, default=1.0, help="multiplies every bound")
    parser.add_argument("--every", type=float, default=5.0, help="seconds between two looks")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
