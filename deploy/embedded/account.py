"""Who the servers and the demonstration run as: never root, which PostgreSQL refuses."""

from __future__ import annotations

import os
import pwd
import stat
import subprocess
from pathlib import Path

from deploy.embedded.program import Failed

SERVICE_USER = "nobody"


class Account:
    """A normal user is itself; root becomes `nobody`.

    Where `nobody` cannot reach a folder (root's home is closed), a user namespace shows root's own processes
    as `nobody` instead: the mode of no folder is changed and files stay root's. The same helps a number
    without a name, as some clusters give to containers, and which PostgreSQL refuses too.
    """

    def __init__(self, *reached: Path) -> None:
        """Takes every folder or file that the programs must reach."""
        self.uid, self.gid = os.geteuid(), os.getegid()
        self._change: list[str] = []
        self._namespace: list[str] = []
        if self.uid != 0:
            if not _has_name(self.uid):
                self._look_like(SERVICE_USER, f"user {self.uid} has no name in /etc/passwd")
        elif (closed := _first_closed(reached)) is not None:
            self._look_like(SERVICE_USER, f"{closed} is closed to other users")
        else:
            user = pwd.getpwnam(SERVICE_USER)
            self.uid, self.gid = user.pw_uid, user.pw_gid
            self._change = [f"--reuid={self.uid}", f"--regid={self.gid}", "--clear-groups"]

    def _look_like(self, name: str, why: str) -> None:
        user = pwd.getpwnam(name)
        self._namespace = ["unshare", "--user", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}"]
        if subprocess.run([*self._namespace, "true"], capture_output=True, check=False).returncode:
            raise Failed(
                f"PostgreSQL does not run as root or as a nameless user, {why}, and user namespaces are not "
                "allowed here. Clone into an open folder such as /srv, or start this as a normal user."
            )

    @property
    def is_other_user(self) -> bool:
        """Whether files must be handed over before this account can write them."""
        return self.uid != os.geteuid()

    def command(self, *argv: str, death: str = "TERM") -> list[str]:
        """`argv` under this account; the kernel sends it `death` when the launcher dies, even by SIGKILL."""
        # a change of user clears the wish to be told, so it is made by the same program and after the change
        return [*self._namespace, "setpriv", f"--pdeathsig={death}", *self._change, *argv]

    def own(self, path: Path) -> None:
        """Hands over a file or a whole folder; an earlier start may have run under another account."""
        if not path.exists() or path.lstat().st_uid == self.uid:
            return
        if os.geteuid() != 0:
            raise Failed(f"{path} belongs to another user. Remove it, or start this as that user.")
        for each in (path, *(path.rglob("*") if path.is_dir() else ())):
            os.chown(each, self.uid, self.gid, follow_symlinks=False)

    def private_folder(self, path: Path) -> Path:
        """A folder that only this account may enter."""
        path.mkdir(parents=True, exist_ok=True)
        self.own(path)
        path.chmod(0o700)
        return path

    def private_file(self, path: Path, text: str) -> Path:
        """A file that only this account may read, there in full or not at all."""
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as out:
            out.write(text)
        self.own(fresh)
        fresh.replace(path)
        return path


def _has_name(uid: int) -> bool:
    try:
        return bool(pwd.getpwuid(uid))
    except KeyError:
        return False


def _first_closed(reached: tuple[Path, ...]) -> Path | None:
    folders = (folder for each in reached for path in {each, each.resolve()} for folder in path.parents)
    return next((folder for folder in folders if folder.exists() and not _may_enter(folder)), None)


def _may_enter(folder: Path) -> bool:
    return bool(stat.S_IMODE(folder.stat().st_mode) & stat.S_IXOTH)
