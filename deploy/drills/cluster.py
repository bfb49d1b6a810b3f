"""PostgreSQL servers that follow one another: base backup, promotion, rewinding, by the embedded programs."""

from __future__ import annotations

import shutil
from urllib.parse import quote

from deploy.drills.ground import Ground
from deploy.drills.shipped import ONPREM
from deploy.embedded.postgres import USER, Postgres
from deploy.embedded.program import Failed, Program
from deploy.embedded.servers import DATABASE

SETTINGS = {"max_connections": "60", "shared_buffers": "64MB"}
# in the file and not among the arguments: pg_rewind starts the server once without them. What is shipped for
# members on-premises, but for what this machine has not, and for what a drill sets when it wants it
WRITTEN = f"""
include '{ONPREM / "postgresql.conf"}'
listen_addresses = ''
max_connections = 60
shared_buffers = 64MB
ssl = off
shared_preload_libraries = ''
synchronous_standby_names = ''
archive_mode = off
"""
REWIND_ATTEMPTS = 20


class Node:
    """One server of a cluster."""

    def __init__(self, ground: Ground, drill: str, name: str) -> None:
        """Starts nothing yet."""
        self.ground, self.name = ground, name
        self.folder = ground.own_folder(drill) / name
        self.server = Postgres(self.folder / "postgres", ground.account, durable=True)
        self.server.settings |= {**SETTINGS, "cluster_name": name}
        self.program: Program | None = None

    # --- life
    def fill(self) -> None:
        """Begin with what was prepared."""
        self.ground.copy_of_the_prepared(self.server.data)
        with (self.server.data / "postgresql.conf").open("a") as file:
            file.write(WRITTEN)

    def start(self, **settings: str) -> None:
        """Start and wait until it answers."""
        self.server.settings |= settings
        self.program = self.server.program()
        self.ground.supervisor.start(self.program)

    def stop(self) -> None:
        """End it in order."""
        assert self.program is not None
        self.ground.end(self.program)

    def kill(self) -> float:
        """Kill -9; gives the moment."""
        assert self.program is not None
        return self.ground.kill(self.program)

    # --- asking
    def sql(self, statement: str) -> str:
        """One statement, its answer as text."""
        common = ("-h", str(self.server.sockets), "-U", USER, "-d", DATABASE)
        return self.server.tool("psql", *common, "-AtXqc", statement).strip()

    def answers(self) -> bool:
        """Whether it takes connections; nothing is known of one that does not."""
        try:
            return self.sql("SELECT 1") == "1"
        except Failed:
            return False

    def set(self, name: str, value: str) -> None:
        """Change a setting while it runs."""
        self.sql(f"ALTER SYSTEM SET {name} = '{value}'")
        self.sql("SELECT pg_reload_conf()")

    # --- following
    def follow(self, primary: Node) -> None:
        """Become a copy of the primary, and stream from it once started."""
        self.ground.account.private_folder(self.folder)
        options = ("--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf")
        self.server.tool("pg_basebackup", "-D", str(self.server.data), "-d", primary.conninfo(), *options)

    def conninfo(self) -> str:
        """How another server reaches this one."""
        return f"host={self.server.sockets} user={USER} dbname=postgres"

    def is_followed(self) -> bool:
        """Whether a standby streams from it."""
        return self.sql("SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") == "1"

    def is_caught_up(self, other: Node) -> bool:
        """Whether it has replayed all that the other has written by now."""
        there = other.sql("SELECT pg_current_wal_lsn()")
        return self.sql(f"SELECT pg_last_wal_replay_lsn() >= '{there}'") == "t"

    def promote(self) -> None:
        """Take over."""
        if self.sql("SELECT pg_promote(true, 60)") != "t":
            raise Failed(f"{self.name} could not be promoted")

    def rewind_to(self, primary: Node) -> None:
        """After a crash: throw away what the new primary never got, and follow it."""
        primary.sql("CHECKPOINT")  # or pg_rewind compares with the time line from before the promotion
        options = ("--target-pgdata", str(self.server.data), "--source-server", primary.conninfo())
        for attempt in range(REWIND_ATTEMPTS):
            try:
                self.server.tool("pg_rewind", *options, "--write-recovery-conf")
                return
            except Failed:  # the children of a killed server take a moment to end
                if attempt == REWIND_ATTEMPTS - 1:
                    raise
                self.ground.supervisor.turn(0.5)

    def remove(self) -> None:
        """Stop it if it runs, and give the disk back."""
        if self.program is not None and self.program.is_alive:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def writable(*nodes: Node) -> str:
    """The DATABASE_URL that leads to whichever of them may be written."""
    hosts = quote(",".join(str(node.server.sockets) for node in nodes))
    return f"postgres://{USER}@/{DATABASE}?host={hosts}&target_session_attrs=read-write"


def pair(ground: Ground, drill: str) -> tuple[Node, Node]:
    """A primary that has the prepared data, and a standby that streams from it."""
    primary, standby = Node(ground, drill, "a"), Node(ground, drill, "b")
    primary.fill()
    primary.start()
    standby.follow(primary)
    standby.start()
    ground.until(primary.is_followed, "the standby streams")
    return primary, standby


def only(node: Node) -> str:
    """The DATABASE_URL of one server, whatever it may do."""
    return node.server.url(DATABASE)
