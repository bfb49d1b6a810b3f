"""Web servers are replaced one after the other behind haproxy, under load and without one failed request."""

from __future__ import annotations

import http.client
import ssl
import sys
import time
import urllib.request

from deploy.drills.book import Book
from deploy.drills.cluster import Node, only
from deploy.drills.edge import BACKEND, HOST, Edge
from deploy.drills.ground import Ground
from deploy.drills.outcome import Outcome, require
from deploy.drills.packages import lacking
from deploy.drills.postgres_failover import more_in
from deploy.embedded.product import START_WITHIN_S
from deploy.embedded.program import Program
from deploy.embedded.redis import free_port

TITLE, PEOPLE, ENOUGH = "web-drain", 6, 40
LONGEST_SILENCE_S = 15.0  # nobody waits for a server that ends; a busy small machine is slow as it is
FLOOD = "127.0.2.1"
BUSY, BUSY_WITHIN_S = 2, 5.0  # SIGTERM comes while so many requests are answered
_browser = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def run(ground: Ground) -> list[Outcome]:
    """What a release does to the web servers, and what the edge refuses."""
    ground.tell(TITLE)
    if reason := lacking({"haproxy": "haproxy"}):
        ground.tell(f"{TITLE}: not rehearsed, {reason}")
        return []
    node = Node(ground, TITLE, "a")
    node.fill()
    node.start()
    ports = {"a": free_port(), "b": free_port()}
    edge = Edge(ground, ground.own_folder(TITLE), ports)
    settings = {"DATABASE_URL": only(node), "PUBLIC_ADDRESS": edge.address, "BEHIND_PROXY": "true"}
    servers = {name: web(ground, name, port, settings) for name, port in ports.items()}
    ground.supervisor.start(*servers.values())
    ground.supervisor.start(edge.program)
    spoken, refused_after = _what_is_refused(edge)
    book = Book(node.folder.parent / "book")
    words = ("browse", str(book.path), edge.address, str(edge.certificate), str(PEOPLE))
    load = ground.begin("browsing", *words, **settings)
    more_in(ground, book, ENOUGH)
    began_at = book.times()[-1]
    under_way = [_replace(ground, edge, servers, name, book) for name in ports]
    failed = ground.finish(load)["failed"]
    (counts,) = ground.inside(("browsing", "count", str(book.path)), **settings)
    counts["lost"] += len(failed)
    notes = (
        f"{book.count()} answers, {len(failed)} failed requests {failed[:3] if failed else ''}".strip(),
        f"{' and '.join(map(str, under_way))} requests were under way where SIGTERM came",
        f"{spoken}; TLS 1.2 is refused; request {refused_after} of one address gets 429, others are answered",
    )
    for program in (edge.program, *servers.values()):
        ground.end(program)
    node.remove()
    silence_s = book.longest_silence_s(began_at)
    return [Outcome(TITLE, silence_s, **counts, within_s=LONGEST_SILENCE_S, notes=notes)]


def web(ground: Ground, name: str, port: int, settings: dict[str, str]) -> Program:
    """The web server as the image starts it, on loopback."""
    argv = ground.account.command(sys.executable, "-m", "deploy.image.role", "web")
    own = {"GUNICORN_CMD_ARGS": f"--bind {HOST}:{port}", "WEB_WORKERS": "1", "WEB_THREADS": "6"}
    env = {**ground.env, **settings, **own}
    return Program(
        f"web {name}",
        argv,
        env,
        lambda: answers(f"http://{HOST}:{port}/readyz"),
        ready_within_s=START_WITHIN_S,
        stop_within_s=40,
        floor=1,
    )


def answers(address: str) -> bool:
    """Whether a page is there."""
    try:
        with _browser.open(address, timeout=5) as answer:
            return bool(answer.status == http.HTTPStatus.OK)
    except OSError:
        return False


def _replace(ground: Ground, edge: Edge, servers: dict[str, Program], name: str, book: Book) -> int:
    """As a cluster does it: no new requests, SIGTERM, then its successor; gives what was under way."""
    end = time.monotonic() + BUSY_WITHIN_S
    while edge.under_way(name) < BUSY and time.monotonic() < end:
        time.sleep(0.01)
    edge.tell(f"set server {BACKEND}/{name} state drain")
    under_way = edge.under_way(name)
    ground.end(servers[name])
    require(servers[name].exit_code == 0, f"web {name} {servers[name].how_it_ended}")
    more_in(ground, book, ENOUGH)
    ground.supervisor.start(servers[name])
    edge.tell(f"set server {BACKEND}/{name} state ready")
    ground.until(lambda: edge.is_up(name), f"web {name} gets requests again")
    more_in(ground, book, ENOUGH)
    return under_way


def _what_is_refused(edge: Edge) -> tuple[str, int]:
    """An old TLS, and whoever asks too much; gives what is spoken, and which request was too much."""
    require(edge.version_spoken(ssl.TLSVersion.TLSv1_2) == "", "TLS 1.2 is spoken")
    spoken = edge.version_spoken(ssl.TLSVersion.MAXIMUM_SUPPORTED)
    require(spoken == "TLSv1.3", f"{spoken or 'nothing'} is spoken")
    statuses = [_status(edge, FLOOD) for _ in range(edge.narrow_limit + 1)]
    require(set(statuses[:-1]) == {200}, f"a request within the limit was refused: {statuses}")
    require(statuses[-1] == 429, f"a request beyond the limit got {statuses[-1]}")
    require(_status(edge, "127.0.2.2") == 200, "another address is refused too")
    return spoken.replace("v", " "), len(statuses)


def _status(edge: Edge, source: str) -> int:
    trust = ssl.create_default_context(cafile=str(edge.certificate))
    line = http.client.HTTPSConnection(
        HOST, edge.narrow_port, timeout=30, context=trust, source_address=(source, 0)
    )
    try:
        line.request("GET", "/livez")
        return line.getresponse().status
    finally:
        line.close()
