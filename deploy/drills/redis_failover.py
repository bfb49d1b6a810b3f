"""The primary of Redis is killed while letters leave; Sentinel names another, and nothing is missing."""

from __future__ import annotations

import time
from pathlib import Path

from deploy.drills.book import Book
from deploy.drills.cluster import Node, only, writable
from deploy.drills.delivering import background, delivered
from deploy.drills.follower import PRIMARY, Follower, ask
from deploy.drills.ground import Ground
from deploy.drills.outcome import Outcome, require
from deploy.drills.postgres_failover import more_in
from deploy.drills.shipped import changed, lines_without, shipped
from deploy.embedded.postgres import server_environment
from deploy.embedded.program import Program
from deploy.embedded.redis import Redis, free_port
from deploy.embedded.servers import ROOT

PEOPLE, SENTINELS = 2, 3
# what this machine has not: certificates, names of others, folders of the system
ELSEWHERE = ("port", "tls-", "aclfile", "dir", "maxmemory ", "sentinel resolve-hostnames")
TARGET_S = 30.0  # a worker tries its broker again after 2, 4, 6 and 8 seconds


def run(ground: Ground) -> list[Outcome]:
    """Letters of every application must leave, each once."""
    title = "redis-failover"
    ground.tell(title)
    node = Node(ground, title, "a")
    node.fill()
    node.start()
    programs, first, sentinels = _servers(ground, title)
    follower = Follower(sentinels)
    book = Book(node.folder.parent / "book")
    where = {"DATABASE_URL": writable(node), "REDIS_URL": f"redis://127.0.0.1:{follower.port}/0"}
    workers = list(background(ground, title, {**where, "DATABASE_URL": only(node)}).values())
    load = ground.begin("applying", str(book.path), str(PEOPLE), "plain", **where)
    asked = ground.begin("asking", **where)
    more_in(ground, book)
    before, killed_at, same = follower.primary(), time.time(), [worker.pid for worker in workers]
    ground.kill(first)
    ground.until(lambda: follower.primary() not in (None, before), "Sentinel names another primary")
    named_s = time.time() - killed_at
    more_in(ground, book)
    ground.end(load)
    _stayed_in_service(ground.finish(asked))
    outcome = _delivered(ground, title, node, book, killed_at, named_s)
    require(same == [worker.pid for worker in workers], "worker or relay ended with the loss of Redis")
    for program in (*workers, *programs):
        ground.end(program)
    follower.close()
    node.remove()
    return [outcome]


def _stayed_in_service(told: dict[str, dict[str, int]]) -> None:
    """The page that a cluster asks named Redis, and took no web server out of service."""
    require(set(told["statuses"]) == {"200"}, f"/readyz answered {told['statuses']}")
    require(told["redis"].get("away", 0) > 0, f"/readyz never named Redis as away: {told['redis']}")
    require(told["redis"].get("ready", 0) > 0, f"/readyz never found Redis: {told['redis']}")


def _delivered(
    ground: Ground, title: str, node: Node, book: Book, killed_at: float, named_s: float
) -> Outcome:
    counts, letters = delivered(ground, node, book, killed_at)
    all_done_s = time.time() - killed_at
    notes = (
        f"Sentinel named another primary after {named_s:.1f} s; all {letters['done']} messages were done"
        f" after {all_done_s:.0f} s, {letters['letters']} letters, each once",
    )
    return Outcome(title, letters["again_s"], **counts, within_s=TARGET_S, notes=notes)


def _servers(ground: Ground, title: str) -> tuple[list[Program], Program, list[int]]:
    """A primary, a replica and three sentinels."""
    ports = [free_port() for _ in range(2 + SENTINELS)]
    first = _redis(ground, title, ports[0])
    second = _redis(ground, title, ports[1], f"replicaof 127.0.0.1 {ports[0]}")
    ground.supervisor.start(first, second)
    ground.until(lambda: "master_link_status:up" in ask(ports[1], "INFO replication"), "the replica follows")
    where = {f"{PRIMARY} redis-1.example.gov 6379 ": f"{PRIMARY} 127.0.0.1 {ports[0]} "}
    sentinels = [_redis(ground, title, port, where=where) for port in ports[2:]]
    ground.supervisor.start(*sentinels)
    known = f"num-other-sentinels\r\n${len(str(SENTINELS - 1))}\r\n{SENTINELS - 1}"
    asked = f"SENTINEL master {PRIMARY}"
    ground.until(
        lambda: all(known in ask(port, asked) for port in ports[2:]), "the sentinels know each other"
    )
    return [second, *sentinels], first, ports[2:]


def _redis(
    ground: Ground, title: str, port: int, *lines: str, where: dict[str, str] | None = None
) -> Program:
    """A server from the file that is shipped, or a sentinel when it is told whom to watch."""
    folder = ground.own_folder(title) / f"redis-{port}"
    ground.account.private_folder(folder)
    own = (f"port {port}", "bind 127.0.0.1", f'dir "{folder}"', "loglevel warning", "protected-mode no")
    kept = lines_without(shipped("sentinel.conf" if where else "redis.conf"), *ELSEWHERE)
    text = "\n".join((*own, changed(kept, where or {}), *lines))
    path: Path = ground.account.private_file(folder / "redis.conf", f"{text}\n")
    program = Redis(ROOT, folder, ground.account, durable=False).path
    argv = (str(program), str(path), *(("--sentinel",) if where else ()))
    return Program(f"redis {port}", ground.account.command(*argv), server_environment(), lambda: _pongs(port))


def _pongs(port: int) -> bool:
    try:
        return "+PONG" in ask(port, "PING")
    except OSError:
        return False
