"""What is shipped for the servers on-premises; the drills start PostgreSQL, Redis and haproxy from it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from deploy.drills.edge import HOST, LIMIT, _certificate, configuration, limit_of_the_edge
from deploy.drills.outcome import LONGEST_OUTAGE_S
from deploy.drills.shipped import ONPREM, backup_script, setting, shipped
from deploy.embedded.program import Failed

NOBODY = 65534
PROMOTION_S = 15  # of repmgr, after it has given the primary up


def program(name: str, package: str) -> str:
    places = [
        *os.environ.get("PATH", "").split(":"),
        "/usr/sbin",
        *map(str, Path("/").glob("usr/lib/postgresql/*/bin")),
    ]
    found = shutil.which(name, path=":".join(places))
    if not found:
        pytest.skip(f"{name} is not on this machine (Debian: {package})")
    return found


def run(*words: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload, no-any-return]


# --- PostgreSQL
def test_a_segment_is_archived_whole_and_never_written_over(tmp_path: Path) -> None:
    segment, archived = tmp_path / "segment", tmp_path / "wal-1"
    segment.write_bytes(b"a" * 100)
    assert run(ONPREM / "archive", segment, archived).returncode == 0
    assert archived.read_bytes() == segment.read_bytes()
    assert run(ONPREM / "archive", segment, archived).returncode == 0  # the same once more, after a crash
    segment.write_bytes(b"b" * 100)
    assert run(ONPREM / "archive", segment, archived).returncode != 0
    assert archived.read_bytes() == b"a" * 100
    assert run(ONPREM / "archive", segment, tmp_path / "no-folder" / "wal-1").returncode != 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["segment", "wal-1"]


FAKES = {
    "pg_basebackup": 'mkdir "${2#--pgdata=}" && echo "$LABEL" >"${2#--pgdata=}/backup_label"',
    "pg_verifybackup": "exit ${BROKEN:-0}",
    "pg_archivecleanup": 'echo "$*" >cleaned',
}
LABEL = "START WAL LOCATION: 0/4000028 (file 00000001000000000000000{})"


def back_up(folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The nightly job with programs of PostgreSQL that are played."""
    programs = folder / "programs"
    programs.mkdir(exist_ok=True)
    for name, does in FAKES.items():
        (programs / name).write_text(f"#!/bin/sh\n{does}\n")
        (programs / name).chmod(0o755)
    (folder / "backups" / "wal").mkdir(parents=True, exist_ok=True)
    script = backup_script().replace("cd /backups", f"cd {folder / 'backups'}")
    return run("bash", "-euc", script, env={"PATH": f"{programs}:/usr/bin:/bin", **settings})


def test_a_backup_removes_what_is_older_than_35_others_and_wal_that_helps_none(tmp_path: Path) -> None:
    assert back_up(tmp_path, LABEL=LABEL.format(4)).returncode == 0
    [first] = (tmp_path / "backups").glob("base-*.tar.gz")
    assert (tmp_path / "backups" / "cleaned").read_text() == "wal 000000010000000000000004\n"
    for day in range(10, 45):
        shutil.copy(first, first.with_name(f"base-202001{day}T001000Z.tar.gz"))
    first.unlink()
    assert back_up(tmp_path, LABEL=LABEL.format(9)).returncode == 0
    kept = sorted(path.name for path in (tmp_path / "backups").glob("base-*"))
    assert len(kept) == 35
    assert kept[0] == "base-20200111T001000Z.tar.gz"
    assert not any(name.endswith(".part") for name in kept)


def test_a_backup_that_is_not_whole_removes_nothing(tmp_path: Path) -> None:
    cut_off, unreadable = tmp_path / "cut-off", tmp_path / "unreadable"
    for folder in (cut_off, unreadable):
        folder.mkdir()
    assert back_up(cut_off, LABEL=LABEL.format(4), BROKEN="1").returncode != 0
    [left] = (cut_off / "backups").glob("base-*")
    assert left.name.endswith(".part")
    os.utime(left, (0, 0))
    done = back_up(unreadable, LABEL="nothing")
    assert (done.returncode, "no WAL was removed" in done.stderr) == (1, True)
    assert not (unreadable / "backups" / "cleaned").exists()
    assert back_up(cut_off, LABEL=LABEL.format(4)).returncode == 0  # and what was left is gone
    assert [path.suffix for path in (cut_off / "backups").glob("base-*")] == [".gz"]


def test_backup_archive_and_restore_mean_the_same_folders() -> None:
    archived = re.search(r'"(/\S+)/%f"', setting("archive_command"))
    assert archived
    assert f'cp "{archived[1]}/%f"' in shipped("recovery.conf")
    assert str(Path(archived[1]).parent) in backup_script()


def test_the_runbook_of_a_restore_names_these_files() -> None:
    page = (ONPREM.parent / "runbooks" / "restore.md").read_text()
    assert {"deploy/onprem/recovery.conf", "deploy/onprem/encrypt"} <= set(
        re.findall(r"deploy/[\w./]+\w", page)
    )
    [pattern] = re.findall(r"name=(base-)", backup_script())
    assert f"`{pattern}<time>.tar.gz`" in page


def test_nothing_is_acknowledged_that_one_server_alone_holds_and_no_statement_is_logged() -> None:
    assert setting("synchronous_commit") == "on"
    assert setting("synchronous_standby_names").startswith("ANY 1")
    assert setting("log_min_duration_statement") == "-1"
    assert setting("ssl_min_protocol_version") == "TLSv1.3"


def test_a_setting_that_is_not_shipped_is_no_setting_of_a_drill() -> None:
    with pytest.raises(Failed, match="not in the file that is shipped"):
        shipped("sentinel.conf", {"sentinel monitor other": "x"})
    with pytest.raises(Failed, match="no_such"):
        setting("no_such")


def test_repmgr_knows_every_setting_and_promotes_within_the_outage_that_was_promised() -> None:
    text = shipped("repmgr.conf")
    known = dict(re.findall(r"^(\w+)='?([^'\n]*)'?$", text, re.M))
    patience_s = int(known["reconnect_attempts"]) * int(known["reconnect_interval"])
    assert patience_s + PROMOTION_S < LONGEST_OUTAGE_S
    assert known["failover"] == "automatic"
    assert (" standby promote " in known["promote_command"], "%n" in known["follow_command"]) == (True, True)


@pytest.mark.parametrize(
    ("old", "new", "found"), [("", "", False), ("reconnect_attempts", "reconect_attempts", True)]
)
def test_repmgr_reads_its_file_without_a_complaint(old: str, new: str, found: bool, tmp_path: Path) -> None:
    repmgr = program("repmgr", "postgresql-15-repmgr")
    path = tmp_path / "repmgr.conf"
    path.write_text(shipped("repmgr.conf").replace(old, new) if old else shipped("repmgr.conf"))
    folders: Sequence[Path] = [path, *(each for each in path.parents if each.is_relative_to("/tmp"))]
    for each in folders[: -1 if len(folders) > 1 else None]:
        each.chmod(0o755)
    who = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}
    done = run(repmgr, "-f", path, "node", "status", **who)
    assert "could not translate host name" in done.stderr or "connection to" in done.stderr  # it came so far
    assert ("problems were" in done.stderr or "errors were" in done.stderr) is found, done.stderr


# --- the door
def test_the_limit_of_the_door_is_the_one_of_the_cloud() -> None:
    assert f"gt {limit_of_the_edge()} " == LIMIT
    assert LIMIT in shipped("haproxy.cfg")


def test_only_what_reached_no_server_is_sent_again_and_only_tls_1_3_is_spoken() -> None:
    text = shipped("haproxy.cfg")
    assert "retry-on conn-failure\n" in text
    assert text.count("ssl-min-ver TLSv1.3\n") == text.count("bind ")


def test_haproxy_reads_what_is_shipped_and_what_the_drill_makes_of_it(tmp_path: Path) -> None:
    haproxy = program("haproxy", "haproxy")
    certificate, key = _certificate()
    (tmp_path / "edge.pem").write_text(certificate + key)
    (tmp_path / "ca.crt").write_text(certificate)
    made = configuration(tmp_path, {8443: 3000, 8444: 60}, {"a": 8001})
    assert f"bind {HOST}:8444 " in made
    assert f"server a {HOST}:8001\n" in made
    for text in (made, shipped("haproxy.cfg", {"/etc/caseway": str(tmp_path)})):
        (tmp_path / "haproxy.cfg").write_text(text)
        done = run(haproxy, "-c", "-f", tmp_path / "haproxy.cfg")
        assert (done.returncode, "ALERT" in done.stderr, "WARNING" in done.stderr) == (0, False, False), (
            done.stderr
        )


# --- disks
def test_a_disk_is_encrypted_once_with_aes_256_and_never_over_something(tmp_path: Path) -> None:
    cryptsetup = program("cryptsetup", "cryptsetup-bin")
    disk, key, short = tmp_path / "disk", tmp_path / "key", tmp_path / "short"
    key.write_bytes(os.urandom(64))
    short.write_bytes(b"secret")
    disk.touch()
    os.truncate(disk, 40 * 1024 * 1024)
    env = {**os.environ, "PATH": f"{os.environ['PATH']}:{Path(cryptsetup).parent}:/usr/sbin"}
    assert "shorter than 64 bytes" in run(ONPREM / "encrypt", disk, short, env=env).stderr
    done = run(ONPREM / "encrypt", disk, key, env=env)
    assert done.returncode == 0, done.stderr
    told = run(cryptsetup, "luksDump", disk).stdout
    assert done.stdout.strip() in told
    assert ("cipher: aes-xts-plain64" in told, "Cipher key: 512 bits" in told) == (
        True,
        True,
    )  # two keys of 256
    assert run(cryptsetup, "open", "--test-passphrase", "--key-file", key, disk).returncode == 0
    again = run(ONPREM / "encrypt", disk, key, env=env)
    assert (again.returncode, "encrypted already" in again.stderr) == (1, True)
