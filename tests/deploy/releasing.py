"""A bare repository of releases, and fresh checkouts of it as jobs and operators make them."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class Releases:
    """One repository and whoever works with it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.number = folder, 0
        self.bare = folder / "origin.git"
        self.git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.bare))
        self.home = folder / "developer"
        self.git(folder, "clone", "--quiet", str(self.bare), str(self.home))
        for part in ("deploy/kubernetes", "deploy/pipelines"):
            shutil.copytree(ROOT / part, self.home / part)
        self.develop("first")

    def git(self, place: Path, *words: str) -> str:
        named = ("-c", "user.name=d", "-c", "user.email=d@example.gov", "-c", "init.defaultBranch=main")
        env = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "GIT_CONFIG_NOSYSTEM": "1"}
        done = subprocess.run(
            ["git", *named, *words], cwd=place, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def develop(self, said: str) -> str:
        (self.home / "said").write_text(said)
        self.git(self.home, "add", "--all")
        self.git(self.home, "commit", "--quiet", "-m", said)
        self.git(self.home, "push", "--quiet", "origin", "HEAD:main")
        return self.git(self.home, "rev-parse", "HEAD")

    def stage(
        self, commit: str, letter: str, *words: str, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        self.number += 1
        place = self.folder / f"job-{self.number}"
        place.mkdir()
        self.git(place, "init", "--quiet", ".")
        self.git(place, "fetch", "--quiet", "--depth", "1", f"file://{self.bare}", commit)
        self.git(place, "checkout", "--quiet", "--detach", "FETCH_HEAD")
        self.git(place, "remote", "add", "origin", f"file://{self.bare}")
        (place / ".data/pipeline").mkdir(parents=True)
        (place / ".data/pipeline/digest").write_text(f"sha256:{letter * 64}")
        env = {"PATH": "/usr/bin:/bin", "HOME": str(self.folder), "COMMIT": commit}
        env |= {"IMAGE": "registry.example.gov/caseway", **settings}
        stage = str(place / "deploy/pipelines/stage")
        return subprocess.run([stage, *words], env=env, capture_output=True, text=True, check=False)

    def runs(self, site: str) -> tuple[str, str]:
        """What a site is told: the sources, and the first letter of the digest in all that is rendered."""
        place = self.folder / f"argo-{site}-{self.number}"
        self.git(self.folder, "clone", "--quiet", "--branch", f"release-{site}", str(self.bare), str(place))
        rendered = self.rendered(site, place)
        [digest] = set(re.findall(r"gov/caseway@sha256:(\w{64})", rendered))
        return (place / "said").read_text(), digest[0]

    def rendered(self, site: str, place: Path) -> str:
        """The objects of a site, from a checkout."""
        words = ("kubectl", "kustomize", f"deploy/kubernetes/overlays/{site}")
        return subprocess.run(words, cwd=place, capture_output=True, text=True, check=True).stdout

    def cloned(self, branch: str) -> Path:
        """A fresh checkout of a branch."""
        self.number += 1
        place = self.folder / f"clone-{self.number}"
        self.git(self.folder, "clone", "--quiet", "--branch", branch, f"file://{self.bare}", str(place))
        return place
