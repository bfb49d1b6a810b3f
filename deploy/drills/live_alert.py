"""Something breaks, our own rules notice it, our own routes call somebody, and say when it is over."""

from __future__ import annotations

import json
import sys
import time
from functools import partial
from pathlib import Path

from deploy.drills.book import Book
from deploy.drills.cluster import Node, only
from deploy.drills.delivering import background, delivered
from deploy.drills.edge import HOST
from deploy.drills.faster import FASTER, routes, rules
from deploy.drills.ground import Ground
from deploy.drills.outcome import Outcome, require
from deploy.drills.packages import lacking
from deploy.drills.pager import CHAT, EVENTS, Pager
from deploy.drills.postgres_failover import more_in
from deploy.drills.web_drain import answers, web
from deploy.embedded.postgres import server_environment
from deploy.embedded.product import START_WITHIN_S
from deploy.embedded.program import Program
from deploy.embedded.redis import free_port
from deploy.embedded.servers import ROOT

TITLE, PEOPLE, KEY = "live-alert", 1, "drill-routing-key"
PROGRAMS = {"prometheus": "prometheus", "prometheus-alertmanager": "prometheus-alertmanager"}
BEHIND, NO_WEB = "OutboxBehind", "NoWebServer"
EVERY, SCRAPE_S = ("scrape_interval", "scrape_timeout", "evaluation_interval"), 2
HEALTHY_S = 20.0
CALLED_WITHIN_S, LETTERS_WAIT_S = 120.0, 240.0


def run(ground: Ground) -> list[Outcome]:
    """The relay dies, then the web server; each call arrives, and the end of the first too."""
    ground.tell(TITLE)
    if reason := lacking(PROGRAMS):
        ground.tell(f"{TITLE}: not rehearsed, {reason}")
        return []
    node = Node(ground, TITLE, "a")
    node.fill()
    node.start()
    pager = Pager(KEY)
    settings = {"DATABASE_URL": only(node)}
    programs = background(ground, TITLE, settings)
    programs |= _watched(ground, settings)
    watching = _watching(ground, pager, programs)
    book = Book(node.folder.parent / "book")
    load = ground.begin("applying", str(book.path), str(PEOPLE), "plain", **settings)
    more_in(ground, book)
    _stays_quiet(ground, pager)
    broken_at = ground.kill(programs["relay"])
    behind = _called(ground, pager, BEHIND, broken_at)
    web_ended_at = ground.kill(programs["web metrics"])
    ground.supervisor.start(programs["relay"])
    no_web = _called(ground, pager, NO_WEB, web_ended_at)
    ground.until(lambda: pager.arrived(BEHIND, "resolve") is not None, "the end of the first is told")
    ground.end(load)
    counts, letters = delivered(ground, node, book, broken_at)
    require(len(pager.said) >= 2, "nothing was written to the chat")
    for alert in (BEHIND, NO_WEB):
        require(any(each.startswith(f"{alert}: ") for each in pager.messages), f"{alert} sent no SMS")
    for program in (*watching, programs["worker"], programs["relay"], programs["figures"]):
        ground.end(program)
    pager.close()
    node.remove()
    notes = (
        behind,
        no_web,
        f"waits and limits were a {FASTER}th of ours; all {letters['letters']} letters left, each once",
    )
    return [Outcome(TITLE, letters["again_s"], **counts, within_s=LETTERS_WAIT_S, notes=notes)]


def _watched(ground: Ground, settings: dict[str, str]) -> dict[str, Program]:
    """A web server that counts, and the program that counts the business."""
    ports = {name: free_port() for name in ("web", "web metrics", "figures")}
    folder = ground.own_folder(f"{TITLE}/metrics")
    counting = {
        "METRICS_PORT": str(ports["web metrics"]),
        "METRICS_ADDRESS": HOST,
        "PROMETHEUS_MULTIPROC_DIR": str(folder),
        "REQUEST_METRICS": "true",
    }
    serving = web(ground, "metrics", ports["web"], {**settings, **counting})
    words = ("manage.py", "serve_metrics", "--address", HOST, "--port", str(ports["figures"]))
    address = f"http://{HOST}:{ports['figures']}/metrics"
    figures = Program(
        "figures",
        ground.account.command(sys.executable, *words),
        {**ground.env, **settings},
        partial(answers, address),
        ready_within_s=START_WITHIN_S,
        floor=1,
    )
    ground.supervisor.start(serving, figures)
    targets = [f"{HOST}:{ports[name]}" for name in ("web metrics", "figures")]
    _written(ground, ground.own_folder(TITLE) / "targets.json", targets)
    return {"web metrics": serving, "figures": figures}


def _watching(ground: Ground, pager: Pager, programs: dict[str, Program]) -> list[Program]:
    """Prometheus with our rules, and Alertmanager with our routes."""
    folder, ports = ground.own_folder(f"{TITLE}/watching"), (free_port(), free_port())
    keys = ground.own_folder(f"{TITLE}/keys")
    ground.account.private_file(keys / "pagerduty", KEY)
    ground.account.private_file(keys / "slack", f"{pager.address}{CHAT}")
    targets = json.loads((ground.own_folder(TITLE) / "targets.json").read_text())
    scraped = {
        "global": dict.fromkeys(EVERY, f"{SCRAPE_S}s"),
        "scrape_configs": [{"job_name": "caseway", "static_configs": [{"targets": targets}]}],
        "alerting": {"alertmanagers": [{"static_configs": [{"targets": [f"{HOST}:{ports[1]}"]}]}]},
        "rule_files": [str(_written(ground, folder / "rules.yaml", rules()))],
    }
    prometheus = _written(ground, folder / "prometheus.yaml", scraped)
    told = _written(
        ground, folder / "alertmanager.yaml", routes(keys, f"{pager.address}{EVENTS}", pager.address)
    )
    commands = {
        "prometheus": (f"--config.file={prometheus}", f"--storage.tsdb.path={folder}/figures"),
        "prometheus-alertmanager": (
            f"--config.file={told}",
            f"--storage.path={folder}/alerts",
            "--cluster.listen-address=",
        ),
    }
    found = [
        Program(
            name,
            ground.account.command(name, *words, f"--web.listen-address={HOST}:{port}"),
            server_environment(),
            partial(answers, f"http://{HOST}:{port}/-/ready"),
        )
        for (name, words), port in zip(commands.items(), ports, strict=True)
    ]
    ground.supervisor.start(*found)
    return found


def _written(ground: Ground, path: Path, content: object) -> Path:
    """JSON is YAML."""
    return ground.account.private_file(path, json.dumps(content, indent=1))


def _stays_quiet(ground: Ground, pager: Pager) -> None:
    """While everything works nobody is called by what will break."""
    end = time.monotonic() + HEALTHY_S
    ground.until(lambda: time.monotonic() > end, "it is healthy for a while")
    for alert in (BEHIND, NO_WEB):
        require(pager.arrived(alert) is None, f"{alert} called somebody before anything broke")


def _called(ground: Ground, pager: Pager, alert: str, since: float) -> str:
    ground.until(lambda: pager.arrived(alert) is not None, f"{alert} calls somebody", CALLED_WITHIN_S)
    at, page = pager.arrived(alert), pager.page(alert)
    assert at is not None
    runbook = page["custom_details"]["runbook"]
    require((ROOT / runbook).exists(), f"the call names no page that there is: {runbook}")
    return f"{alert} called after {at - since:.0f} s: {page['summary']} ({runbook})"
