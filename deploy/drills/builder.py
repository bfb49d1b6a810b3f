"""buildah on this machine: a base by debootstrap, the image by deploy/image/build, nothing left behind.

`python -m deploy.drills.builder FOLDER` builds; the drill starts it ahead, beside the other drills.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from deploy.embedded.program import Failed, Program
from deploy.embedded.servers import ROOT

BASE, IMAGE = "localhost/caseway-base:bookworm", "localhost/caseway:drill"
SUITE = "bookworm"
TRUSTED = Path("/etc/ssl/certs")
LONGEST_S = 1500.0
NOT_HERE = 75  # EX_TEMPFAIL: what an image is made of can not be had
AWAY = re.compile(
    r"Temporary failure|[Cc]ould not resolve|Name or service not known|ENOTFOUND|EAI_AGAIN"
    r"|Network is unreachable|Connection (refused|timed out)"
    r"|Failed getting release file|No matching distribution"
)


class Builder:
    """One store of layers, which ends with the drill."""

    def __init__(self, folder: Path) -> None:
        """Makes nothing yet."""
        self.folder = folder
        self.env = {**os.environ, "BUILDAH_ISOLATION": "chroot", "BUILDER": "buildah", "BASE": BASE}
        self.env["CONTAINERS_STORAGE_CONF"] = str(folder / "storage.conf")

    def program(self) -> Program:
        """Builds, after everything else on this machine, and ends with whoever starts it."""
        patient = ("nice", "-n", "19", "setpriv", "--pdeathsig=TERM")
        argv = (*patient, sys.executable, "-m", "deploy.drills.builder", str(self.folder))
        return Program("image", argv, self.env, lambda: True)

    def build(self) -> None:
        """Base and image."""
        began = time.monotonic()
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = "\n".join(f'{name} = "{self.folder / name}"' for name in ("graphroot", "runroot"))
        Path(self.env["CONTAINERS_STORAGE_CONF"]).write_text(f'[storage]\ndriver = "overlay"\n{kept}\n')
        self._base()
        trusted = ("--volume", f"{TRUSTED}:/run/trusted:ro") if TRUSTED.exists() else ()
        self.run(str(ROOT / "deploy" / "image" / "build"), IMAGE, *trusted)
        (self.folder / "seconds").write_text(f"{time.monotonic() - began:.0f}")

    def _base(self) -> None:
        """A Debian of our own stands for the official one, which lies in a registry."""
        fresh = self.folder / "base"
        self.run("debootstrap", "--variant=minbase", SUITE, str(fresh))
        container = self.run("buildah", "from", "scratch").strip()
        self.run("buildah", "copy", "-q", container, str(fresh), "/")
        self.run("buildah", "commit", "-q", "--rm", container, BASE)

    @property
    def seconds(self) -> str:
        """How long it took."""
        return (self.folder / "seconds").read_text()

    def configuration(self) -> dict[str, Any]:
        """What the image says of itself."""
        found: dict[str, Any] = json.loads(self.run("buildah", "inspect", "--type", "image", IMAGE))
        config: dict[str, Any] = found["OCIv1"]["config"]
        return config

    def mount(self) -> Path:
        """Where the files of a container of it lie."""
        container = self.run("buildah", "from", IMAGE).strip()
        return Path(self.run("buildah", "mount", container).strip())

    def remove(self) -> None:
        """Everything: layers, and what is mounted of them, also after a build that was stopped half way."""
        mounted = [line.split()[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
        for place in reversed([each for each in mounted if each.startswith(f"{self.folder}/")]):
            subprocess.run(["umount", "-l", place], check=True)
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words: str) -> str:
        """One command to its end; gives what it wrote."""
        argv = ("setpriv", "--pdeathsig=TERM", *words)
        done = subprocess.run(
            argv, env=self.env, cwd="/", capture_output=True, text=True, check=False, timeout=LONGEST_S
        )
        if done.returncode:
            said = (done.stdout + done.stderr).strip().splitlines()
            raise Failed(f"{' '.join(words[:2])} failed", said[-10:])
        return done.stdout


def main(folder: str) -> int:
    """Build, or say why not in the last lines."""
    try:
        Builder(Path(folder)).build()
    except Failed as failure:
        print("\n".join((str(failure), *failure.last_lines)))
        return NOT_HERE if AWAY.search("\n".join(failure.last_lines)) else 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
